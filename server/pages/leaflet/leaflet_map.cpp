#include "server/pages/leaflet/leaflet_map.hpp"

#include "geo/area.hpp"
#include "geo/clip.hpp"
#include "geo/distance.hpp"
#include "server/pages/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>
#include <numbers>
#include <optional>

namespace shirube::server {

namespace {

constexpr double k_margin_mm = 6;
constexpr double k_tolerance_mm = 0.12; ///< a third of a printed line
constexpr double k_least_area_km = 0.8; ///< one place alone is shown with the streets' length around it
constexpr double k_name_mm = 3.2;       ///< 9 pt
/// Beyond half the area's own size a place would make the map useless for all others: it is told in words.
constexpr double k_reach_of_area = 0.5;
constexpr PaperBox k_scale_box{0, -11, 46, 0}; ///< from the lower left corner
constexpr PaperBox k_north_box{-11, 0, 0, 14}; ///< from the upper right corner

geo::Box widened(geo::Box box, double share) {
    const double lon = (box.east - box.west) * share;
    const double lat = (box.north - box.south) * share;
    return {box.west - lon, box.south - lat, box.east + lon, box.north + lat};
}

/// Of the districts, as far as anybody knows where they lie.
geo::Box box_of(const directory::Reader& reader, std::span<const std::uint32_t> districts) {
    geo::Box box;
    for (const auto district : districts) {
        box.expand(geo::box_of(reader.districts()[district].geometry));
    }
    return box;
}

geo::LonLat position_of(const directory::Reader& reader, std::uint32_t service) {
    return *reader.sites()[reader.services()[service].site].position;
}

/// What the map shows: the districts with the places that lie near them; without districts all the places.
geo::Box area_of(const directory::Reader& reader, std::span<const std::uint32_t> services,
                 std::span<const std::uint32_t> districts) {
    const auto ground = box_of(reader, districts);
    geo::Box area = ground;
    const auto near = ground.is_empty() ? geo::Box{-180, -90, 180, 90} : widened(ground, k_reach_of_area);
    for (const auto service : services) {
        if (const auto position = position_of(reader, service); near.contains(position)) {
            area.expand(position);
        }
    }
    if (area.is_empty()) {
        return area;
    }
    const geo::LonLat middle{(area.west + area.east) / 2, (area.south + area.north) / 2};
    const double half_lat = k_least_area_km / 2 / 111.2;
    const double half_lon = half_lat / std::cos(middle.lat * std::numbers::pi / 180);
    area.expand(geo::LonLat{middle.lon - half_lon, middle.lat - half_lat});
    area.expand(geo::LonLat{middle.lon + half_lon, middle.lat + half_lat});
    return area;
}

std::string path_of(const geo::MultiPolygon& whole, const PaperFrame& frame) {
    // Cut a little outside the paper, so that the cut itself is not seen.
    const auto area = geo::clip_to_box(whole, widened(frame.seen(), 0.05));
    std::string path;
    const auto append = [&](geo::Ring ring) {
        if (!ring.empty() && !(ring.front() == ring.back())) {
            ring.push_back(ring.front());
        }
        constexpr std::size_t k_least = 4;
        const auto kept = geo::simplify(ring, k_tolerance_mm * frame.degrees_per_mm());
        for (std::size_t i = 0; kept.size() >= k_least && i + 1 < kept.size(); ++i) {
            const auto point = frame.place(kept[i]);
            fmt::format_to(std::back_inserter(path), "{}{:.2f} {:.2f}", i == 0 ? 'M' : 'L', point.x, point.y);
        }
        path += kept.size() >= k_least ? "Z" : "";
    };
    for (const auto& polygon : area) {
        append(polygon.outer);
        std::ranges::for_each(polygon.holes, append);
    }
    return path;
}

LeafletMap::Scale scale_of(const PaperFrame& frame) {
    constexpr std::array k_lengths_m{20'000, 10'000, 5'000, 2'000, 1'000, 500, 200, 100};
    constexpr double k_longest_mm = 36;
    for (const int metres : k_lengths_m) {
        const double length = metres * frame.mm_per_km() / 1000;
        if (length <= k_longest_mm) {
            return {metres, length};
        }
    }
    return {};
}

/// As wide as the letters are printed: a kanji as wide as it is high, a Latin letter some half.
double width_of_text_mm(std::string_view text) {
    double width = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        width += byte < 0x80 ? 0.6 * k_name_mm : (byte & 0xc0U) == 0xc0U ? k_name_mm : 0;
    }
    return width;
}

/// Names find their place after the pins, the important first; what has no room is left out.
class Names {
  public:
    Names(LeafletMap& map, const PaperBox& paper, std::vector<PaperBox> taken)
        : map_(map), paper_(paper), taken_(std::move(taken)) {
        for (const auto& pin : map.pins) {
            taken_.push_back(pin.box.grown(0.4));
            if (pin.beside) {
                taken_.push_back(PaperBox{pin.place.x, pin.place.y, pin.place.x, pin.place.y}.grown(1));
            }
        }
    }

    void put(LeafletMap::Name::Kind kind, const std::string& text, PaperPoint at) {
        if (put_.contains(text)) {
            return; // a station of several lines, a town of several parts
        }
        const double half = width_of_text_mm(text) / 2 + (is_marked(kind) ? 2 : 0);
        for (const double down : {0.0, -4.0, 4.0}) {
            // What is marked stands by its mark, which is the very place.
            if (is_marked(kind) && down != 0) {
                break;
            }
            const PaperPoint middle{is_marked(kind) ? at.x + half - 2 : at.x, at.y + down};
            const PaperBox box{middle.x - half - 0.4, middle.y - k_name_mm / 2 - 0.3, middle.x + half + 0.4,
                               middle.y + k_name_mm / 2 + 0.3};
            const bool is_free =
                paper_.contains(box) &&
                std::ranges::none_of(taken_, [&](const PaperBox& other) { return other.overlaps(box); }) &&
                std::ranges::none_of(map_.pins, [&](const Pin& pin) { return pin.beside && line_crosses(pin, box); });
            if (is_free) {
                taken_.push_back(box);
                put_.emplace(text, true);
                map_.names.push_back({kind, text, is_marked(kind) ? at : middle});
                return;
            }
        }
    }

  private:
    static bool is_marked(LeafletMap::Name::Kind kind) noexcept {
        return kind == LeafletMap::Name::Kind::station || kind == LeafletMap::Name::Kind::landmark;
    }

    LeafletMap& map_;
    PaperBox paper_;
    std::vector<PaperBox> taken_;
    std::map<std::string, bool> put_;
};

void put_names(Names& names, const directory::Reader& reader, const PaperFrame& frame,
               std::span<const std::uint32_t> neighbours, std::span<const std::uint32_t> districts) {
    using directory::LandmarkKind;
    using Kind = LeafletMap::Name::Kind;
    for (const auto kind : {LandmarkKind::station, LandmarkKind::school, LandmarkKind::facility}) {
        for (const auto& landmark : reader.landmarks()) {
            const auto& reading = landmark.reading;
            if (reading.kind == kind && reading.position && frame.seen().contains(*reading.position)) {
                names.put(kind == LandmarkKind::station ? Kind::station : Kind::landmark, reading.name,
                          frame.place(*reading.position));
            }
        }
    }
    for (const auto neighbour : neighbours) {
        const auto at = reader.label_point(neighbour);
        if (std::ranges::find(districts, neighbour) == districts.end() && at && frame.seen().contains(*at)) {
            names.put(Kind::district, reader.districts()[neighbour].name, frame.place(*at));
        }
    }
    for (const auto& town : reader.towns()) {
        if (town.koaza.empty() && frame.seen().contains(town.position)) {
            names.put(Kind::town, town.town, frame.place(town.position));
        }
    }
}

/// The layer that outlines come from, and its districts on the paper.
std::vector<std::uint32_t> neighbours_of(const directory::Reader& reader, std::span<const std::uint32_t> districts,
                                         const geo::Box& seen) {
    const auto* layer =
        districts.empty() ? usual_layer(reader) : reader.find_layer(reader.districts()[districts.front()].layer);
    std::vector<std::uint32_t> out;
    for (std::uint32_t i = 0; layer != nullptr && i < layer->count; ++i) {
        if (geo::box_of(reader.districts()[layer->first + i].geometry).intersects(seen)) {
            out.push_back(layer->first + i);
        }
    }
    return out;
}

} // namespace

PaperFrame::PaperFrame(const geo::Box& area, double width_mm, double height_mm) {
    const geo::LonLat middle{(area.west + area.east) / 2, (area.south + area.north) / 2};
    stretch_ = std::cos(middle.lat * std::numbers::pi / 180);
    constexpr double k_least_deg = 1e-6;
    const double across = std::max((area.east - area.west) * stretch_, k_least_deg);
    const double upward = std::max(area.north - area.south, k_least_deg);
    scale_ = std::min((width_mm - 2 * k_margin_mm) / across, (height_mm - 2 * k_margin_mm) / upward);
    const double half_lon = width_mm / 2 / scale_ / stretch_;
    const double half_lat = height_mm / 2 / scale_;
    seen_ = {middle.lon - half_lon, middle.lat - half_lat, middle.lon + half_lon, middle.lat + half_lat};
}

PaperPoint PaperFrame::place(geo::LonLat position) const noexcept {
    return {(position.lon - seen_.west) * stretch_ * scale_, (seen_.north - position.lat) * scale_};
}

double PaperFrame::mm_per_km() const noexcept {
    const geo::LonLat middle{(seen_.west + seen_.east) / 2, (seen_.south + seen_.north) / 2};
    constexpr double k_step_deg = 0.01;
    return scale_ * k_step_deg * 1000 / geo::distance_m(middle, {middle.lon, middle.lat + k_step_deg});
}

LeafletMap draw_leaflet_map(const directory::Reader& reader, std::span<const std::uint32_t> services,
                            std::span<const std::uint32_t> districts, double width_mm, double height_mm) {
    LeafletMap map;
    const auto area = area_of(reader, services, districts);
    if (area.is_empty()) {
        return map;
    }
    map.width_mm = width_mm;
    map.height_mm = height_mm;
    const PaperFrame frame(area, width_mm, height_mm);
    const auto neighbours = neighbours_of(reader, districts, frame.seen());
    for (const auto neighbour : neighbours) {
        map.neighbours.push_back(path_of(reader.districts()[neighbour].geometry, frame));
    }
    for (const auto district : districts) {
        map.areas.push_back(path_of(reader.districts()[district].geometry, frame));
    }
    map.scale = scale_of(frame);

    const PaperBox paper{0.8, 0.8, width_mm - 0.8, height_mm - 0.8};
    const std::vector<PaperBox> taken{
        {k_scale_box.left, height_mm + k_scale_box.top, k_scale_box.right, height_mm + k_scale_box.bottom},
        {width_mm + k_north_box.left, k_north_box.top, width_mm + k_north_box.right, k_north_box.bottom}};
    std::vector<std::size_t> shown; // by item of the pins, into `services`
    std::vector<PaperPoint> points;
    std::vector<std::size_t> sites;
    for (std::size_t i = 0; i < services.size(); ++i) {
        const auto position = position_of(reader, services[i]);
        if (frame.seen().contains(position)) {
            shown.push_back(i);
            points.push_back(frame.place(position));
            sites.push_back(reader.services()[services[i]].site);
        }
    }
    map.pins = points.empty() ? std::vector<Pin>{} : lay_out_pins(points, sites, paper, taken);
    for (auto& pin : map.pins) {
        bool roughly = false;
        for (auto& item : pin.items) {
            item = shown[item];
            roughly = roughly || is_about(reader.sites()[reader.services()[services[item]].site]);
        }
        map.roughly.push_back(roughly);
    }
    Names names(map, paper, taken);
    put_names(names, reader, frame, neighbours, districts);
    return map;
}

} // namespace shirube::server
