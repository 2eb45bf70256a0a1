#include "server/staff/desk/pick_map.hpp"

#include "directory/designated_city.hpp"
#include "geo/area.hpp"
#include "geo/clip.hpp"
#include "geo/distance.hpp"
#include "server/pages/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>
#include <string>
#include <vector>

namespace shirube::server {

namespace {

constexpr double k_nearest_m = 700; ///< across the last step: a pixel is some two metres
constexpr double k_nearer = 4;      ///< each step sees a quarter of the one before
constexpr double k_letter_px = 12;
constexpr std::size_t k_most_places = 400;

geo::LonLat middle_of(const geo::Box& box) { return {(box.west + box.east) / 2, (box.south + box.north) / 2}; }

double stretch_at(double lat) { return std::cos(lat * std::numbers::pi / 180); }

/// A square on the ground around a point, by its height in degrees of latitude.
geo::Box square(geo::LonLat middle, double height) {
    const double half_lon = height / 2 / stretch_at(middle.lat);
    return {middle.lon - half_lon, middle.lat - height / 2, middle.lon + half_lon, middle.lat + height / 2};
}

struct Spot {
    double x = 0;
    double y = 0;
};

Spot place(const geo::Box& seen, geo::LonLat point) {
    return {(point.lon - seen.west) / (seen.east - seen.west) * k_pick_px,
            (seen.north - point.lat) / (seen.north - seen.south) * k_pick_px};
}

std::string path_of(const geo::MultiPolygon& area, const geo::Box& seen) {
    const double edge = (seen.east - seen.west) / 20; // cut outside, so that the cut is not seen
    const auto cut = geo::clip_to_box(area, {seen.west - edge, seen.south - edge, seen.east + edge, seen.north + edge});
    std::string path;
    const auto append = [&](geo::Ring ring) {
        if (!ring.empty() && !(ring.front() == ring.back())) {
            ring.push_back(ring.front());
        }
        const auto kept = geo::simplify(ring, (seen.north - seen.south) / k_pick_px / 2);
        constexpr std::size_t k_least = 4;
        for (std::size_t i = 0; kept.size() >= k_least && i + 1 < kept.size(); ++i) {
            const auto spot = place(seen, kept[i]);
            fmt::format_to(std::back_inserter(path), "{}{:.1f} {:.1f}", i == 0 ? 'M' : 'L', spot.x, spot.y);
        }
        path += kept.size() >= k_least ? "Z" : "";
    };
    for (const auto& polygon : cut) {
        append(polygon.outer);
        std::ranges::for_each(polygon.holes, append);
    }
    return path;
}

/// Names where there is room, the important first.
class Names {
  public:
    explicit Names(View map) : map_(map) {}

    void put(std::string_view text, Spot at, std::string_view kind) {
        double width = 0;
        for (const char c : text) {
            const auto byte = static_cast<unsigned char>(c);
            width += byte < 0x80 ? k_letter_px * 0.6 : (byte & 0xc0U) == 0xc0U ? k_letter_px : 0;
        }
        const Room room{at.x - width / 2, at.y - k_letter_px, at.x + width / 2, at.y + k_letter_px / 3};
        const bool is_inside = room.left >= 0 && room.right <= k_pick_px && room.top >= 0 && room.bottom <= k_pick_px;
        if (!is_inside || std::ranges::any_of(taken_, [&](const Room& other) { return room.meets(other); })) {
            return;
        }
        taken_.push_back(room);
        View name = map_.section("MAP_NAME");
        name.set("X", fmt::format("{:.1f}", at.x));
        name.set("Y", fmt::format("{:.1f}", at.y));
        name.set("KIND", kind);
        name.set("TEXT", text);
    }

  private:
    struct Room {
        double left;
        double top;
        double right;
        double bottom;
        [[nodiscard]] bool meets(const Room& other) const {
            return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
        }
    };
    View map_;
    std::vector<Room> taken_;
};

} // namespace

PickMap::PickMap(const directory::Reader& reader, std::string_view owner) : reader_(reader) {
    geo::Box ground;
    for (const auto& district : reader.districts()) {
        if (directory::designated_city_of(district.municipality) == owner) {
            ground.expand(geo::box_of(district.geometry));
        }
    }
    for (const auto& town : reader.towns()) {
        if (directory::designated_city_of(town.municipality) == owner) {
            ground.expand(town.position);
        }
    }
    if (ground.is_empty()) {
        return;
    }
    const auto middle = middle_of(ground);
    constexpr double k_around = 1.1;
    constexpr double k_least_deg = 0.01;
    const double height =
        std::max({(ground.east - ground.west) * stretch_at(middle.lat), ground.north - ground.south, k_least_deg}) *
        k_around;
    whole_ = square(middle, height);
    double across_m = geo::distance_m({middle.lon, whole_.south}, {middle.lon, whole_.north});
    for (; across_m > k_nearest_m; across_m /= k_nearer) {
        ++last_step_;
    }
}

geo::Box PickMap::seen(int step, std::optional<geo::LonLat> around) const {
    if (step <= 0 || !around) {
        return whole_;
    }
    return square(*around, (whole_.north - whole_.south) / std::pow(k_nearer, std::min(step, last_step_)));
}

geo::LonLat PickMap::at(const geo::Box& seen, double x, double y) noexcept {
    return {seen.west + (seen.east - seen.west) * x / k_pick_px,
            seen.north - (seen.north - seen.south) * y / k_pick_px};
}

geo::LonLat PickMap::moved(const geo::Box& seen, geo::LonLat point, std::string_view where) noexcept {
    constexpr double k_part = 16;
    const double up = (seen.north - seen.south) / k_part;
    const double right = (seen.east - seen.west) / k_part;
    return where == "north"   ? geo::LonLat{point.lon, point.lat + up}
           : where == "south" ? geo::LonLat{point.lon, point.lat - up}
           : where == "east"  ? geo::LonLat{point.lon + right, point.lat}
           : where == "west"  ? geo::LonLat{point.lon - right, point.lat}
                              : point;
}

void PickMap::draw(View map, const geo::Box& seen, std::optional<geo::LonLat> point) const {
    const auto* layer = usual_layer(reader_);
    for (std::uint32_t i = 0; layer != nullptr && i < layer->count; ++i) {
        const auto& district = reader_.districts()[layer->first + i];
        if (geo::box_of(district.geometry).intersects(seen)) {
            map.section("MAP_AREA").set("PATH", path_of(district.geometry, seen));
        }
    }
    std::size_t drawn = 0;
    for (const auto& site : reader_.sites()) {
        if (site.position && seen.contains(*site.position) && drawn++ < k_most_places) {
            const auto spot = place(seen, *site.position);
            View dot = map.section("MAP_DOT");
            dot.set("X", fmt::format("{:.1f}", spot.x));
            dot.set("Y", fmt::format("{:.1f}", spot.y));
        }
    }
    Names names(map);
    for (const auto kind :
         {directory::LandmarkKind::station, directory::LandmarkKind::school, directory::LandmarkKind::facility}) {
        for (const auto& landmark : reader_.landmarks()) {
            const auto& reading = landmark.reading;
            if (reading.kind == kind && reading.position && seen.contains(*reading.position)) {
                names.put(reading.name, place(seen, *reading.position), "landmark");
            }
        }
    }
    for (const auto& town : reader_.towns()) {
        if (town.koaza.empty() && seen.contains(town.position)) {
            names.put(town.town, place(seen, town.position), "town");
        }
    }
    if (point && seen.contains(*point)) {
        const auto spot = place(seen, *point);
        View chosen = map.section("MAP_CHOSEN");
        chosen.set("X", fmt::format("{:.1f}", spot.x));
        chosen.set("Y", fmt::format("{:.1f}", spot.y));
    }
}

} // namespace shirube::server
