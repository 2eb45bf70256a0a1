#include "geo/web_mercator.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

namespace shirube::geo {
namespace {

double tiles_across(std::uint32_t zoom) { return static_cast<double>(std::uint32_t{1} << zoom); }

/// The share of the scheme's world west of a longitude.
double world_x(double lon) { return (lon + 180) / 360; }

/// The share of the scheme's world north of a latitude.
double world_y(double lat) {
    const double bounded = std::clamp(lat, -k_mercator_max_lat, k_mercator_max_lat);
    const double sine = std::sin(bounded * std::numbers::pi / 180);
    return 0.5 - std::atanh(sine) / (2 * std::numbers::pi);
}

double lat_of(double y) { return std::atan(std::sinh(std::numbers::pi * (1 - 2 * y))) * 180 / std::numbers::pi; }

} // namespace

Box tile_box(TileId tile) {
    assert(valid(tile));
    const double across = tiles_across(tile.z);
    return {tile.x / across * 360 - 180, lat_of((tile.y + 1) / across), (tile.x + 1) / across * 360 - 180,
            lat_of(tile.y / across)};
}

TileId tile_at(LonLat point, std::uint32_t zoom) {
    assert(zoom <= k_max_zoom);
    const double across = tiles_across(zoom);
    const auto cell = [&](double share) {
        return static_cast<std::uint32_t>(std::clamp(share * across, 0.0, across - 1));
    };
    return {zoom, cell(world_x(point.lon)), cell(world_y(point.lat))};
}

TilePoint to_tile(LonLat point, TileId tile, double extent) {
    assert(valid(tile));
    const double across = tiles_across(tile.z);
    return {(world_x(point.lon) * across - tile.x) * extent, (world_y(point.lat) * across - tile.y) * extent};
}

} // namespace shirube::geo
