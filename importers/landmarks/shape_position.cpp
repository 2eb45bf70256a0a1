#include "importers/landmarks/shape_position.hpp"

#include "importers/files/source_tables.hpp"

#include <charconv>
#include <cmath>

namespace shirube::importers {

namespace {

std::optional<double> number_of(std::string_view text) {
    double number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return !text.empty() && error == std::errc() && end == text.data() + text.size() && std::isfinite(number)
               ? std::optional(number)
               : std::nullopt;
}

} // namespace

std::optional<geo::LonLat> shape_position(std::string_view longitude, std::string_view latitude) {
    const auto lon = number_of(longitude);
    const auto lat = number_of(latitude);
    if (!lon || !lat || !geo::within_japan({.lon = *lon, .lat = *lat})) {
        return std::nullopt;
    }
    return geo::LonLat{.lon = *lon, .lat = *lat};
}

std::optional<geo::LonLat> take_shape_position(RowCells& cells) {
    const std::string_view lon = cells.raw(k_longitude_column);
    const std::string_view lat = cells.raw(k_latitude_column);
    const auto position = shape_position(lon, lat);
    if (!position && number_of(lon) && number_of(lat)) {
        cells.note({"facility_outside_japan"}, k_latitude_column);
    }
    return position;
}

} // namespace shirube::importers
