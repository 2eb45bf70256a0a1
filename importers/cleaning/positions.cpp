#include "importers/cleaning/positions.hpp"

#include "importers/cleaning/text.hpp"
#include "importers/cleaning/withheld.hpp"

#include <charconv>
#include <cmath>

namespace shirube::importers {

namespace {

/// Degrees; nothing for an empty cell; not-a-number for one that cannot be read.
std::optional<double> degrees(std::string_view cell) {
    const std::string text = plain(clean_text(cell).text);
    if (text.empty() || says_nothing(text) || is_withheld(text)) {
        return std::nullopt;
    }
    double value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    if (fault != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
        return std::nan("");
    }
    return value;
}

} // namespace

Cell<geo::LonLat> parse_position(std::string_view latitude, std::string_view longitude) {
    const auto problem = [](std::string_view code) { return std::unexpected(CellProblem{code}); };
    const auto lat = degrees(latitude);
    const auto lon = degrees(longitude);
    if (!lat && !lon) {
        return std::nullopt;
    }
    if ((lat && std::isnan(*lat)) || (lon && std::isnan(*lon))) {
        return problem("position_unreadable");
    }
    if (!lat || !lon) {
        return problem("position_half");
    }
    if (*lat == 0 && *lon == 0) {
        return problem("position_zero");
    }
    const geo::LonLat position{.lon = *lon, .lat = *lat};
    if (geo::within_japan(position)) {
        return position;
    }
    if (geo::within_japan({.lon = *lat, .lat = *lon})) {
        return problem("position_swapped");
    }
    return problem("position_outside_japan");
}

} // namespace shirube::importers
