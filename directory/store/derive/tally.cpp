#include "directory/store/derive/tally.hpp"

namespace shirube::directory {

void Tally::count(const std::string& entity, std::string_view before, std::string_view after) {
    auto& both = compared_[entity];
    both.before += before;
    both.after += after;
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
