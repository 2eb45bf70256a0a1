#include "server/staff/match/point_map.hpp"

#include "directory/audience.hpp"
#include "directory/codes.hpp"
#include "geo/area.hpp"
#include "geo/clip.hpp"
#include "server/pages/drawing_text.hpp"
#include "server/staff/unmet_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
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

/// By index into Reader::districts().
std::vector<std::uint32_t> districts_of(const directory::Reader& reader, std::string_view owner) {
    std::vector<std::uint32_t> districts;
    for (const auto& layer : reader.layers()) {
        for (std::uint32_t i = layer.first; layer.code == k_unmet_layer && i < layer.first + layer.count; ++i) {
            const auto& district = reader.districts()[i];
            if (directory::owner_of(district.municipality) == owner && !geo::box_of(district.geometry).is_empty()) {
                districts.push_back(i);
            }
        }
    }
    return districts;
}

/// Where names stand already. A name is written where it covers none of them; looked at closer names get smaller, so
/// that more of them have room.
class NamesByZoom {
  public:
    enum class Anchor : std::uint8_t { middle, start };

    /// How close one must look until the name has room, 1 for the whole drawing; 0: at no closeness that is offered.
    int room_for(double x, double y, std::string_view name, Anchor anchor) {
        for (const int zoom : k_zooms) {
            const Written name_there{x, y, width_in_ems(name), anchor, zoom};
            const auto covers = [&](const Written& other) {
                const int both = std::max(zoom, other.zoom); // from where on both are written
                return box(name_there, both).overlaps(box(other, both));
            };
            if (std::ranges::none_of(written_, covers)) {
                written_.push_back(name_there);
                return zoom;
            }
        }
        return 0;
    }

  private:
    static constexpr std::array k_zooms{1, 2, 4, 8, 16}; // as the page's script offers
    static constexpr double k_em = 36;                   // the larger of the letters in styles/match.css
    static constexpr double k_mark = 11;                 // from a mark to its name

    struct Written {
        double x = 0;
        double y = 0;
        double ems = 0;
        Anchor anchor = Anchor::middle;
        int zoom = 1;
    };
    struct Box {
        double left = 0;
        double right = 0;
        double top = 0;
        double bottom = 0;
        [[nodiscard]] bool overlaps(const Box& other) const {
            return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
        }
    };
    static Box box(const Written& of, int zoom) {
        const double letters = of.ems * k_em / zoom;
        const double height = k_em / zoom;
        const double mark = k_mark / zoom;
        // A name beside its mark takes the mark in.
        return of.anchor == Anchor::middle
                   ? Box{of.x - letters / 2, of.x + letters / 2, of.y - height / 2, of.y + height / 2}
                   : Box{of.x - mark, of.x + mark + letters, of.y - height / 2, of.y + height / 2};
    }

    std::vector<Written> written_;
};

void write_name(View mark, double x, double y, std::string_view name, NamesByZoom& names, NamesByZoom::Anchor anchor) {
    mark.set("X", fmt::format("{:.0f}", x));
    mark.set("Y", fmt::format("{:.0f}", y));
    if (const int zoom = names.room_for(x, y, name, anchor); zoom > 0) {
        View written = mark.section("WRITTEN");
        written.set("NAME", name);
        written.set("ZOOM", zoom);
    }
}

/// Stations and schools, by which people know where they are; stations first, they are fewer.
void fill_landmarks(View map, const directory::Reader& reader, const Frame& frame, NamesByZoom& written) {
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
            write_name(mark, frame.x(at.lon), frame.y(at.lat), reading.name, written, NamesByZoom::Anchor::start);
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
    for (const auto district : districts) {
        box.expand(geo::box_of(reader.districts()[district].geometry));
    }
    const Frame frame(box);
    View map = form.section("MAP");
    map.set("WIDTH", fmt::format("{:.0f}", frame.width()));
    map.set("HEIGHT", fmt::format("{:.0f}", frame.height()));
    map.set("WEST", fmt::format("{:.7f}", box.west - k_margin / frame.lon_units));
    map.set("NORTH", fmt::format("{:.7f}", box.north + k_margin / frame.lat_units));
    map.set("LON_UNITS", fmt::format("{:.5f}", frame.lon_units));
    map.set("LAT_UNITS", fmt::format("{:.5f}", frame.lat_units));
    NamesByZoom written;
    for (const auto index : districts) {
        const auto& district = reader.districts()[index];
        View shape = map.section("SHAPE");
        shape.set("PATH", path_of(district.geometry, frame));
        if (const auto middle = reader.label_point(index)) {
            write_name(map.section("DISTRICT_NAME"), frame.x(middle->lon), frame.y(middle->lat), district.name, written,
                       NamesByZoom::Anchor::middle);
        }
    }
    fill_landmarks(map, reader, frame, written);
    return true;
}

} // namespace shirube::server
