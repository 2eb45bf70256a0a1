// Figures of coverage in pages. Unknown is a dash that says so, never 0.
#pragma once

#include "directory/coverage.hpp"
#include "server/pages/templates.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace shirube::server {

/// Shows NAME_KNOWN with the value, or NAME_WITHHELD where it is known and not told, or NAME_UNKNOWN.
void set_figure(View view, std::string_view name, const std::optional<std::string>& value, bool is_withheld = false);

/// A figure that is sure to some degree alone, in words; an empty end is not known.
struct FigureRange {
    std::optional<std::string> least;
    std::optional<std::string> most;
    bool is_withheld = false;
};

/// Shows NAME_KNOWN with VALUE where both ends are the same, else NAME_RANGE with LEAST and MOST, NAME_AT_LEAST or
/// NAME_AT_MOST where one is not known; NAME_WITHHELD or NAME_UNKNOWN where neither is.
void set_range(View view, std::string_view name, const FigureRange& range);

/// The same as plain text: "多くて124、少なくて0".
std::string range_in_words(const FigureRange& range, const Texts& texts);

/// Children beyond the policy's walk, of a district or of the totals.
FigureRange not_reached_range(const directory::DistrictCoverage& of);
FigureRange not_reached_range(const directory::CoverageTotals& of);
/// The share within it.
FigureRange share_covered_range(const directory::DistrictCoverage& of);
FigureRange share_covered_range(const directory::CoverageTotals& of);
/// Places for a thousand children.
FigureRange per_1000_range(const directory::DistrictCoverage& of);
FigureRange per_1000_range(const directory::CoverageTotals& of);
FigureRange places_per_district_range(const directory::CoverageTotals& of);

std::optional<std::string> as_count(std::optional<std::int64_t> number);
std::optional<std::string> as_percent(std::optional<double> share);
std::optional<std::string> as_decimal(std::optional<double> value, int places);

/// Children beyond the policy's walk of every counted place.
std::optional<std::int64_t> not_reached(std::optional<std::int64_t> children, std::optional<std::int64_t> covered);

/// TIER (the code) and TIER_WORDS.
void set_tier(View view, directory::Tier tier);

/// The notes of a district in words.
std::string notes_in_words(const directory::DistrictCoverage& district, const Texts& texts);

} // namespace shirube::server
