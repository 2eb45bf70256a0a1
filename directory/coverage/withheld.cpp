#include "directory/coverage/withheld.hpp"

#include "geo/suppression.hpp"

#include <algorithm>
#include <array>
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
    const bool all = is_small(totals.children, least);
    const bool parts = all || is_small(totals.children_covered, least) ||
                       is_small(totals.children_covered_at_most, least) ||
                       is_small(rest_of(totals.children, totals.children_covered), least) ||
                       is_small(rest_of(totals.children, totals.children_covered_at_most), least) ||
                       is_small(rest_of(totals.children_covered_at_most, totals.children_covered), least);
    if (all) {
        totals.children.reset();
        totals.children_known.reset();
        totals.per_1000_children.reset();
        totals.per_1000_children_at_most.reset();
        totals.children_withheld = true;
    }
    if (parts || !totals.children) {
        totals.covered_withheld = totals.children_covered.has_value();
        totals.children_covered.reset();
        totals.children_covered_at_most.reset();
        totals.share_covered.reset();
        totals.share_covered_at_most.reset();
    }
}

} // namespace

void withhold_small_children(Coverage& coverage, std::int64_t least) {
    auto& districts = coverage.districts;
    std::vector<bool> is_summed;
    for (const auto& of : districts) {
        is_summed.push_back(of.tier != Tier::suspended && of.tier != Tier::no_data);
    }
    /// Which districts may not be told of some of their children.
    const auto without = [&](auto&& count_of) {
        Counts counts;
        for (const auto& of : districts) {
            counts.push_back(count_of(of));
        }
        return withheld_in(counts, is_summed, least);
    };
    using Of = const DistrictCoverage&;
    const auto without_children = without([](Of of) { return of.children; });
    // Children, those reached surely or possibly and those not make sums: what would be a difference goes too.
    const std::array without_parts{
        without([](Of of) { return of.children_covered; }),
        without([](Of of) { return rest_of(of.children, of.children_covered); }),
        without([](Of of) { return of.children_covered_at_most; }),
        without([](Of of) { return rest_of(of.children, of.children_covered_at_most); }),
        without([](Of of) { return rest_of(of.children_covered_at_most, of.children_covered); }),
    };
    for (std::size_t i = 0; i < districts.size(); ++i) {
        auto& of = districts[i];
        const bool all = without_children[i];
        if (!all && std::ranges::none_of(without_parts, [&](const auto& part) { return part[i]; })) {
            continue;
        }
        if (all) {
            of.children_withheld = true;
            of.children.reset();
            of.per_1000_children.reset();
            of.per_1000_children_at_most.reset();
            of.supply_ratio.reset();
            of.supply.reset();
            // A need that was parted by children is their number in other words.
            if (std::ranges::find(of.notes, "need_estimated") != of.notes.end()) {
                of.need.reset();
            }
        }
        of.covered_withheld = of.children_covered.has_value();
        of.children_covered.reset();
        of.children_covered_at_most.reset();
        of.share_covered.reset();
        of.share_covered_at_most.reset();
        of.notes.emplace_back("withheld");
    }
    withhold_totals(coverage.totals, least);
    // Those outside are part of no sum.
    if (is_small(coverage.children_outside, least)) {
        coverage.outside_withheld = true;
        coverage.children_outside.reset();
    }
}

} // namespace shirube::directory
