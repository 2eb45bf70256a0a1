#include "server/pages/coverage_drawing.hpp"

#include "geo/clip.hpp"
#include "geo/distance.hpp"
#include "server/pages/drawing_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>
#include <numbers>

namespace shirube::server {

CoverageDrawing::CoverageDrawing(const directory::Reader& reader, const directory::Layer& layer) {
    const auto districts = reader.districts().subspan(layer.first, layer.count);
    for (const auto& district : districts) {
        box_.expand(geo::box_of(district.geometry));
    }
    if (box_.is_empty()) {
        return;
    }
    stretch_ = std::cos((box_.south + box_.north) / 2 * std::numbers::pi / 180);
    const double across = std::max((box_.east - box_.west) * stretch_, 1e-6);
    scale_ = (k_width - 2 * k_margin) / across;
    height_ = (box_.north - box_.south) * scale_ + 2 * k_margin;
    shapes_.reserve(districts.size());
    for (std::uint32_t i = 0; i < districts.size(); ++i) {
        const auto& area = districts[i].geometry;
        const bool has_corner = !geo::box_of(area).is_empty();
        shapes_.push_back({layer.first + i, path_of(area), has_corner ? geo::point_inside(area) : geo::LonLat{}});
    }
}

CoverageDrawing::Point CoverageDrawing::place(geo::LonLat position) const noexcept {
    return {k_margin + (position.lon - box_.west) * stretch_ * scale_, k_margin + (box_.north - position.lat) * scale_};
}

double CoverageDrawing::units_per_km() const noexcept {
    if (box_.is_empty()) {
        return 0;
    }
    const geo::LonLat middle{(box_.west + box_.east) / 2, (box_.south + box_.north) / 2};
    const double degree_m = geo::distance_m(middle, {middle.lon, middle.lat + 0.01}) * 100;
    return scale_ * 1000 / degree_m;
}

std::string CoverageDrawing::path_of(const geo::MultiPolygon& area) const {
    std::string path;
    for (const auto& polygon : area) {
        append_ring(path, polygon.outer);
        for (const auto& hole : polygon.holes) {
            append_ring(path, hole);
        }
    }
    return path;
}

void CoverageDrawing::append_ring(std::string& path, const geo::Ring& ring) const {
    geo::Ring closed = ring;
    if (!closed.empty() && !(closed.front() == closed.back())) {
        closed.push_back(closed.front());
    }
    const auto kept = geo::simplify(closed, k_tolerance_units / scale_);
    // A closed ring of which two corners are left is too small to be seen.
    constexpr std::size_t k_least = 4;
    if (kept.size() < k_least) {
        return;
    }
    for (std::size_t i = 0; i + 1 < kept.size(); ++i) {
        const Point point = place(kept[i]);
        path += i == 0 ? 'M' : 'L';
        append_tenths(path, point.x);
        path += ' ';
        append_tenths(path, point.y);
    }
    path += 'Z';
}

std::shared_ptr<const CoverageDrawing> drawing_of(const directory::Reader& reader, const directory::Layer& layer) {
    struct Kept {
        std::string edition;
        std::string layer;
        std::shared_ptr<const CoverageDrawing> drawing;
    };
    static std::mutex guard;
    static std::array<Kept, 6> kept;
    static std::size_t oldest = 0;
    {
        const std::lock_guard lock(guard);
        for (const auto& one : kept) {
            if (one.drawing && one.layer == layer.code && one.edition == reader.edition()) {
                return one.drawing;
            }
        }
    }
    // Drawn outside the lock: a prefecture takes a while, and two at once do no harm.
    auto drawing = std::make_shared<const CoverageDrawing>(reader, layer);
    const std::lock_guard lock(guard);
    kept.at(oldest++ % kept.size()) = {reader.edition(), layer.code, drawing};
    return drawing;
}

} // namespace shirube::server
