// Indicators of need as an edition has them: series of one unit over the districts of one layer (or municipalities, or
// cells), and the figure that holds at an instant. Two units of one indicator are two series: they are never added.
#pragma once

#include "directory/calendar.hpp"
#include "directory/reader.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shirube::directory {

struct NeedSeries {
    std::string indicator; ///< as its lists write it
    Unit unit = Unit::persons;
    std::string layer;                ///< of districts, or "municipality" or "mesh"
    std::vector<std::uint32_t> needs; ///< indices into Reader::needs()
};

/// One area of a series and the figure that holds for it.
struct NeedArea {
    std::uint32_t district = k_no_index; ///< k_no_index: a municipality, a cell, or a district that no list has
    std::optional<std::uint32_t> need;   ///< index into Reader::needs(); empty: nobody says anything of this area
};

/// By indicator, unit and layer. Indicators of one folded name are one.
std::vector<NeedSeries> need_series(const Reader& reader);

/// Every district of the series' layer in its order, each with the figure whose period began last by the day; then
/// areas that figures speak of and no list of districts has. Figures of periods that begin later are not there.
std::vector<NeedArea> need_areas(const Reader& reader, const NeedSeries& series, Day day);

/// The figures of a district that hold on a day, one a series, by indicator and unit. Where none has begun by then (a
/// plan of the years to come) the first that will.
std::vector<std::uint32_t> needs_of_district(const Reader& reader, std::uint32_t district, Day day);

} // namespace shirube::directory
