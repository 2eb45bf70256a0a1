#include "directory/coverage/withheld.hpp"

#include "geo/suppression.hpp"

#include <algorithm>
#include <vector>

namespace shirube::directory {

namespace {

/// Which cells of a column may not be told, its sum being known.
std::vector<bool> withheld_in(const std::vector<std::optional<std::int64_t>>& counts, std::int64_t least) {
    const auto told = geo::told_counts({counts.size(), 1, counts}, least);
    std::vector<bool> out(counts.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = told[i].withheld;
    }
    return out;
}

} // namespace

void withhold_small_children(Coverage& coverage, std::int64_t least) {
    auto& districts = coverage.districts;
    std::vector<std::optional<std::int64_t>> children;
    std::vector<std::optional<std::int64_t>> covered;
    std::vector<std::optional<std::int64_t>> not_covered;
    for (const auto& of : districts) {
        children.push_back(of.children);
        covered.push_back(of.children_covered);
        not_covered.push_back(of.children && of.children_covered ? std::optional(*of.children - *of.children_covered)
                                                                 : std::nullopt);
    }
    const std::size_t count = districts.size();
    const auto without_children = withheld_in(children, least);
    const auto without_covered = withheld_in(covered, least);
    const auto without_rest = withheld_in(not_covered, least);
    for (std::size_t i = 0; i < count; ++i) {
        auto& of = districts[i];
        // Children, those reached and those not make one sum: what would be the difference of the other two goes too.
        const bool all = without_children[i];
        const bool parts = all || without_covered[i] || without_rest[i];
        if (!parts) {
            continue;
        }
        if (all) {
            of.children.reset();
            of.per_1000_children.reset();
            of.supply_ratio.reset();
        }
        of.children_covered.reset();
        of.share_covered.reset();
        of.notes.emplace_back("withheld");
    }
    // Those outside are part of no sum.
    if (coverage.children_outside > 0 && coverage.children_outside < least) {
        coverage.children_outside.reset();
    }
}

} // namespace shirube::directory
