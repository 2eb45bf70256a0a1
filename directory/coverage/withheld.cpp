#include "directory/coverage/withheld.hpp"

#include "geo/suppression.hpp"

#include <algorithm>
#include <vector>

namespace shirube::directory {

namespace {

using Counts = std::vector<std::optional<std::int64_t>>;

bool is_small(std::optional<std::int64_t> count, std::int64_t least) { return count && *count > 0 && *count < least; }

/// Which cells of a column may not be told. Those that are summed up are one table whose sum is known; the others stand
/// each for itself, and can hide nobody.
std::vector<bool> withheld_in(const Counts& counts, const std::vector<bool>& is_summed, std::int64_t least) {
    Counts summed;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (is_summed[i]) {
            summed.push_back(counts[i]);
        }
    }
    const auto told = geo::told_counts({summed.size(), 1, summed}, least);
    std::vector<bool> out(counts.size());
    std::size_t next = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = is_summed[i] ? told[next++].withheld : is_small(counts[i], least);
    }
    return out;
}

std::optional<std::int64_t> rest_of(std::optional<std::int64_t> children, std::optional<std::int64_t> covered) {
    return children && covered ? std::optional(*children - *covered) : std::nullopt;
}

void withhold_totals(CoverageTotals& totals, std::int64_t least) {
    if (is_small(totals.children, least)) {
        totals.children.reset();
        totals.children_known.reset();
        totals.per_1000_children.reset();
    }
    if (is_small(totals.children_covered, least) ||
        is_small(rest_of(totals.children, totals.children_covered), least) || !totals.children) {
        totals.children_covered.reset();
        totals.share_covered.reset();
    }
}

} // namespace

void withhold_small_children(Coverage& coverage, std::int64_t least) {
    auto& districts = coverage.districts;
    Counts children;
    Counts covered;
    Counts not_covered;
    std::vector<bool> is_summed;
    for (const auto& of : districts) {
        children.push_back(of.children);
        covered.push_back(of.children_covered);
        not_covered.push_back(rest_of(of.children, of.children_covered));
        is_summed.push_back(of.tier != Tier::suspended && of.tier != Tier::no_data);
    }
    const std::size_t count = districts.size();
    const auto without_children = withheld_in(children, is_summed, least);
    const auto without_covered = withheld_in(covered, is_summed, least);
    const auto without_rest = withheld_in(not_covered, is_summed, least);
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
            // A need that was parted by children is their number in other words.
            if (std::ranges::find(of.notes, "need_estimated") != of.notes.end()) {
                of.need.reset();
            }
        }
        of.children_covered.reset();
        of.share_covered.reset();
        of.notes.emplace_back("withheld");
    }
    withhold_totals(coverage.totals, least);
    // Those outside are part of no sum.
    if (is_small(coverage.children_outside, least)) {
        coverage.children_outside.reset();
    }
}

} // namespace shirube::directory
