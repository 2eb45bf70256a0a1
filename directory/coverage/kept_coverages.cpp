#include "directory/coverage/kept_coverages.hpp"

namespace shirube::directory {

KeptCoverages::Made KeptCoverages::of(const Reader& reader, const OfferedPolicy& offered, const Layer& layer, Day day,
                                      std::int64_t least_told) const {
    const Key key{&offered, &layer, least_told};
    if (auto kept = find(key, day)) {
        return kept;
    }
    // Two threads that ask at once may both work it out: one of both is kept, and they are the same.
    auto made = std::make_shared<const Coverage>(compute_coverage(reader, offered.policy, layer, {day, 0}, least_told));
    keep(key, day, made);
    return made;
}

KeptCoverages::Made KeptCoverages::find(const Key& key, Day day) const {
    const std::scoped_lock lock(mutex_);
    if (day != day_) {
        return nullptr;
    }
    const auto found = kept_.find(key);
    return found == kept_.end() ? nullptr : found->second;
}

void KeptCoverages::keep(const Key& key, Day day, const Made& made) const {
    // Of a district a few hundred bytes: a dozen policies over every layer of a city, and ten megabytes at most.
    constexpr std::size_t k_most_districts = 20'000;
    const std::scoped_lock lock(mutex_);
    if (day != day_) {
        kept_.clear();
        districts_ = 0;
        day_ = day;
    }
    if (districts_ + made->districts.size() <= k_most_districts && kept_.try_emplace(key, made).second) {
        districts_ += made->districts.size();
    }
}

} // namespace shirube::directory
