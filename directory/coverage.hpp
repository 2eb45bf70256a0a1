// Coverage gaps: where is nothing? A policy held against an edition at an instant, district by district.
#pragma once

#include "directory/coverage/supply_basis.hpp"
#include "directory/policy.hpp"
#include "directory/reader.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::directory {

/// A district's answer, first match of the design's table. Never a yes or no.
enum class Tier : std::uint8_t { suspended, no_data, full, partial, out_of_reach, outreach, unconfirmed, blank };
inline constexpr std::array k_tiers{Tier::suspended,    Tier::no_data,  Tier::full,        Tier::partial,
                                    Tier::out_of_reach, Tier::outreach, Tier::unconfirmed, Tier::blank};

std::string_view code_of(Tier) noexcept;
const Label& label_of(Tier) noexcept;

/// Unknown figures are empty, never zero.
struct DistrictCoverage {
    std::uint32_t district = 0; ///< index into Reader::districts()
    Tier tier = Tier::no_data;
    std::int64_t services = 0;          ///< standing, in force at the instant, surely of this district, confirmed
    std::int64_t services_possible = 0; ///< of this district perhaps (town-level), or unconfirmed
    std::int64_t services_outreach = 0; ///< outreach services surely of this district
    std::int64_t services_planned = 0;
    /// Standing services, were all that are possible to be there; empty: lists do not say what there is besides.
    std::optional<std::int64_t> services_at_most;
    std::optional<std::int64_t> children;
    std::optional<std::int64_t> children_covered; ///< surely within the policy's walk of any counted place, anywhere
    /// Were every place that is possible, wherever it may be, to be the nearest it can be.
    std::optional<std::int64_t> children_covered_at_most;
    std::optional<double> share_covered;
    std::optional<double> share_covered_at_most;
    std::optional<double> per_1000_children; ///< of `services`; empty: none is confirmed, and there may be some
    std::optional<double> per_1000_children_at_most;
    std::optional<double> nearest_m_median;          ///< straight line, over children
    std::optional<double> supply_ratio;              ///< of a supply reading: capacity a child
    std::optional<double> supply;                    ///< likewise: what of it falls to the district's children
    std::optional<double> need;                      ///< where the policy weighs by one
    std::vector<std::uint32_t> functions_missing;    ///< indices into Policy::functions
    std::vector<std::uint32_t> constituents_missing; ///< of a merged area: indices into Reader::districts()
    /// Codes: list_partial, list_expired, list_later, list_undated, planned, unlocated_nearby, children_estimated,
    /// children_unplaced, need_estimated, need_withheld, function_unconfirmed, reach_unknown, reach_unconfirmed,
    /// supply_unconfirmed, constituent_missing, withheld.
    std::vector<std::string> notes;
    bool children_withheld = false; ///< known, and not told; so are what is reckoned from them
    bool covered_withheld = false;  ///< likewise, of who is within reach

    /// Standing services as a figure of the district; empty where none is confirmed and there may be some.
    [[nodiscard]] std::optional<std::int64_t> services_told() const noexcept {
        return services == 0 && services_at_most != 0 ? std::nullopt : std::optional(services);
    }
};

struct CoverageTotals {
    std::int64_t districts = 0; ///< that are counted: neither suspended nor without data
    std::array<std::int64_t, k_tiers.size()> by_tier{};
    std::optional<double> share_with_any;         ///< 充足率: counted districts with at least one standing service
    std::optional<double> share_with_any_at_most; ///< the same, were every unconfirmed district to have one
    /// Standing services over counted districts: confirmed ones alone. Empty where there are none and may be some.
    std::optional<double> places_per_district;
    std::optional<double> places_per_district_at_most; ///< with those that are possible; empty: lists do not say
    // Of all counted districts; unknown where it is of one of them: a sum without it would be too low and not say so.
    std::optional<std::int64_t> children;
    std::optional<std::int64_t> children_covered;
    std::optional<std::int64_t> children_covered_at_most;
    std::optional<double> share_covered;
    std::optional<double> share_covered_at_most;
    std::optional<double> per_1000_children;
    std::optional<double> per_1000_children_at_most;
    std::optional<std::int64_t> children_known;  ///< of those whose figure is known: there are at least so many
    std::int64_t districts_children_unknown = 0; ///< counted districts whose figure is not
    bool children_withheld = false;              ///< known, and not told; so are what is reckoned from them
    bool covered_withheld = false;               ///< likewise, of who is within reach
    // Where the policy's services went; they add up to `services`.
    std::int64_t services = 0;
    std::int64_t services_assigned = 0;
    std::int64_t services_possible = 0;
    std::int64_t services_unlocated = 0;
    std::int64_t services_outside = 0; ///< with a position, in no district of the layer

    friend bool operator==(const CoverageTotals&, const CoverageTotals&) = default;
};

/// A district with nothing, numbered for the map and the list beside it.
struct BlankArea {
    int number = 0;
    std::uint32_t district = 0;
    std::optional<geo::LonLat> label_point; ///< empty: nobody knows where the district lies
    std::optional<std::int64_t> children;
    std::optional<double> need;
};

/// The need that the policy weighs by, over the layer.
struct CoverageNeed {
    std::uint32_t sample = k_no_index; ///< one of its figures in Reader::needs(): its unit, period and source;
                                       ///< k_no_index: none has been imported
    std::optional<double> total;       ///< empty: some figure is unknown
    bool is_plan = false;              ///< of a period that has not begun
};

struct Coverage {
    const Policy* policy = nullptr;
    const Layer* layer = nullptr;
    Instant at;
    std::string children_basis;       ///< e.g. "mesh 250 m, ages 0-14, by area"; empty where no population is loaded
    std::vector<std::uint32_t> lists; ///< the answer rests on these, indices into Reader::lists()
    CoverageTotals totals;
    std::vector<DistrictCoverage> districts;      ///< in the layer's order (by code)
    std::optional<std::int64_t> children_outside; ///< in no district of the layer
    bool outside_withheld = false;                ///< it is known, and not told
    std::int64_t children_unplaced = 0;           ///< of towns that nobody can locate: in no figure, and not outside
    std::optional<SupplyBasis> supply;            ///< of a supply reading
    std::optional<CoverageNeed> need;             ///< where the policy weighs by one
    std::vector<std::string> unknown_districts;   ///< codes of Policy::local_travel that the layer does not have
    std::vector<BlankArea> blank_areas;           ///< the largest need first, else most children; unknown last
};

/// Counts of children that the public is not told where they are fewer, and not none.
inline constexpr std::int64_t k_least_children_told = 5;

/// \param layer one of reader's layers
/// \param least_told what `k_least_children_told` is unless an operator says otherwise; staff are told everything
Coverage compute_coverage(const Reader& reader, const Policy& policy, const Layer& layer, Instant at,
                          std::int64_t least_told = k_least_children_told);

} // namespace shirube::directory
