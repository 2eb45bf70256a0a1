#include "directory/store/derive/tally.hpp"

#include "directory/store/identity.hpp"

namespace shirube::directory {

namespace {

/// What stands for an entity is kept as a digest: the texts of 200,000 rows would fill the memory once more. Empty
/// stays empty.
void add(std::string& so_far, std::string_view text) {
    if (text.empty()) {
        return;
    }
    constexpr std::size_t enough = 15; // what a string holds in itself
    const auto digest = digest_of({so_far, text});
    so_far.assign(reinterpret_cast<const char*>(digest.data()), enough);
}

} // namespace

void Tally::count(const std::string& entity, std::string_view before, std::string_view after) {
    auto& both = compared_[entity];
    add(both.before, before);
    add(both.after, after);
}

EntityChanges Tally::changes(std::int64_t standing) const {
    EntityChanges changes;
    changes.unchanged = standing;
    for (const auto& [entity, both] : compared_) {
        if (!both.after.empty() && !both.of_other_list) {
            --changes.unchanged; // counted below by what became of it
        }
        if (both.before.empty()) {
            ++changes.added;
        } else if (both.after.empty()) {
            ++changes.gone;
        } else if (both.before == both.after) {
            ++changes.unchanged;
        } else {
            ++changes.changed;
        }
    }
    return changes;
}

} // namespace shirube::directory
