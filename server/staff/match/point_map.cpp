#include "server/staff/match/point_map.hpp"

#include "directory/audience.hpp"
#include "directory/codes.hpp"
#include "geo/area.hpp"
#include "geo/clip.hpp"
#include "server/staff/unmet_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

namespace shirube::server {

namespace {

constexpr double k_width = 1000;
constexpr double k_margin = 20;
constexpr double k_tolerance_units = 0.8;
constexpr std::size_t k_most_landmarks = 60;

/// Units of the drawing: 1,000 across, y downward, degrees of longitude narrowed by the middle latitude.
struct Frame {
    geo::Box box;
    double lon_units = 1; ///< units a degree of longitude
    double lat_units = 1;

    explicit Frame(geo::Box of) : box(of) {
        const double narrow = std::cos((box.south + box.north) / 2 * std::numbers::pi / 180);
        constexpr double k_least_degrees = 1e-4;
        const double across = std::max({(box.east - box.west) * narrow, box.north - box.south, k_least_degrees});
        lat_units = (k_width - 2 * k_margin) / across;
        lon_units = lat_units * narrow;
    }
    [[nodiscard]] double x(double lon) const { return k_margin + (lon - box.west) * lon_units; }
    [[nodiscard]] double y(double lat) const { return k_margin + (box.north - lat) * lat_units; }
    [[nodiscard]] double width() const { return x(box.east) + k_margin; }
    [[nodiscard]] double height() const { return y(box.south) + k_margin; }
};

void append_ring(std::string& path, const geo::Ring& ring, const Frame& frame) {
    geo::Ring closed = ring;
    if (!closed.empty() && !(closed.front() == closed.back())) {
        closed.push_back(closed.front());
    }
    const auto kept = geo::simplify(closed, k_tolerance_units / frame.lat_units);
    constexpr std::size_t k_least = 4; // of a closed ring that has an area
    for (std::size_t i = 0; kept.size() >= k_least && i + 1 < kept.size(); ++i) {
        path += fmt::format("{}{:.0f} {:.0f}", i == 0 ? "M" : "L", frame.x(kept[i].lon), frame.y(kept[i].lat));
    }
    path += kept.size() >= k_least ? "Z" : "";
}

std::string path_of(const geo::MultiPolygon& area, const Frame& frame) {
    std::string path;
    for (const auto& polygon : area) {
        append_ring(path, polygon.outer, frame);
        for (const auto& hole : polygon.holes) {
            append_ring(path, hole, frame);
        }
    }
    return path;
}

std::vector<const directory::DistrictRow*> districts_of(const directory::Reader& reader, std::string_view owner) {
    std::vector<const directory::DistrictRow*> districts;
    for (const auto& layer : reader.layers()) {
        for (std::uint32_t i = layer.first; layer.code == k_unmet_layer && i < layer.first + layer.count; ++i) {
            const auto& district = reader.districts()[i];
            if (directory::owner_of(district.municipality) == owner && !geo::box_of(district.geometry).is_empty()) {
                districts.push_back(&district);
            }
        }
    }
    return districts;
}

/// Stations and schools, by which people know where they are; stations first, they are fewer.
void fill_landmarks(View map, const directory::Reader& reader, const Frame& frame) {
    std::size_t shown = 0;
    std::vector<std::string> names;
    for (const auto kind : {directory::LandmarkKind::station, directory::LandmarkKind::school}) {
        for (const auto& landmark : reader.landmarks()) {
            const auto& reading = landmark.reading;
            if (reading.kind != kind || !reading.position || shown == k_most_landmarks) {
                continue;
            }
            const auto& at = *reading.position;
            const bool is_inside = at.lon >= frame.box.west && at.lon <= frame.box.east && at.lat >= frame.box.south &&
                                   at.lat <= frame.box.north;
            if (!is_inside || std::ranges::find(names, reading.name) != names.end()) {
                continue;
            }
            ++shown;
            names.push_back(reading.name);
            View mark = map.section("LANDMARK");
            mark.set("KIND", kind == directory::LandmarkKind::station ? "station" : "school");
            mark.set("X", fmt::format("{:.0f}", frame.x(at.lon)));
            mark.set("Y", fmt::format("{:.0f}", frame.y(at.lat)));
            mark.set("NAME", reading.name);
        }
    }
}

} // namespace

bool fill_point_map(View form, const directory::Reader& reader, std::string_view owner) {
    const auto districts = districts_of(reader, owner);
    if (districts.empty()) {
        return false;
    }
    geo::Box box;
    for (const auto* district : districts) {
        box.expand(geo::box_of(district->geometry));
    }
    const Frame frame(box);
    View map = form.section("MAP");
    map.set("WIDTH", fmt::format("{:.0f}", frame.width()));
    map.set("HEIGHT", fmt::format("{:.0f}", frame.height()));
    map.set("WEST", fmt::format("{:.7f}", box.west - k_margin / frame.lon_units));
    map.set("NORTH", fmt::format("{:.7f}", box.north + k_margin / frame.lat_units));
    map.set("LON_UNITS", fmt::format("{:.5f}", frame.lon_units));
    map.set("LAT_UNITS", fmt::format("{:.5f}", frame.lat_units));
    for (const auto* district : districts) {
        View shape = map.section("SHAPE");
        shape.set("PATH", path_of(district->geometry, frame));
        const auto middle = geo::point_inside(district->geometry);
        View name = map.section("DISTRICT_NAME");
        name.set("NAME", district->name);
        name.set("X", fmt::format("{:.0f}", frame.x(middle.lon)));
        name.set("Y", fmt::format("{:.0f}", frame.y(middle.lat)));
    }
    fill_landmarks(map, reader, frame);
    return true;
}

} // namespace shirube::server
