#include "server/tiles/tile_source.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

namespace shirube::server {
namespace {

using directory::PositionQuality;

/// Cells along a side of a tile, as a power of two: 32 cells of 16 pixels, where a tile is drawn 512 wide. With smaller
/// ones a metropolis in a country's directory makes tiles of more than half a megabyte.
constexpr std::uint32_t k_cell_bits = 5;

/// A place the source keeps back is drawn nowhere, even if somebody knows where it is.
bool is_shown(const directory::SiteRow& site) {
    return site.position && site.quality != PositionQuality::withheld && site.quality != PositionQuality::none;
}

/// What one cell holds of one programme.
struct Pile {
    std::uint64_t count = 0;
    const PlaceIndex::Entry* first = nullptr;
};

} // namespace

TileSource::TileSource(directory::Reader reader) : reader_(std::move(reader)) {
    layers_.reserve(reader_.layers().size());
    for (const directory::Layer& layer : reader_.layers()) {
        layers_.emplace_back(reader_.districts().subspan(layer.first, layer.count));
    }
    std::vector<std::pair<WorldPoint, std::uint32_t>> places;
    const auto services = reader_.services();
    for (const std::uint32_t service : services.indices()) {
        if (services[service].site == directory::k_no_index) {
            continue;
        }
        if (const directory::SiteRow& site = reader_.sites()[services[service].site]; is_shown(site)) {
            places.emplace_back(world_point(*site.position), service);
            service_bounds_.expand(*site.position);
        }
    }
    services_ = PlaceIndex(places);
}

std::string TileSource::districts_tile(const directory::Layer& layer, geo::TileId tile) const {
    const auto number = static_cast<std::size_t>(&layer - reader_.layers().data());
    assert(number < layers_.size() && geo::valid(tile));
    TileLayerWriter areas(k_districts_layer);
    layers_[number].for_each_in(tile, [&](std::uint32_t place, const std::vector<TilePolygon>& polygons) {
        const std::uint32_t index = layer.first + place;
        const directory::DistrictRow& district = reader_.districts()[index];
        const std::array properties{
            TileProperty{"code", district.code},
            TileProperty{"name", district.name},
            TileProperty{"municipality", district.municipality},
            TileProperty{"municipality_name", district.municipality_name},
            TileProperty{"status", directory::code_of(district.status)},
        };
        areas.add_area(index, polygons, properties);
    });
    std::string written;
    areas.write_to(written);
    return written;
}

std::string TileSource::services_tile(geo::TileId tile, directory::Day day) const {
    assert(geo::valid(tile));
    TileLayerWriter points(k_services_layer);
    if (tile.z >= k_all_services_zoom) {
        add_every_service(tile, day, points);
    } else {
        add_thinned_services(tile, day, points);
    }
    std::string written;
    points.write_to(written);
    return written;
}

void TileSource::add_every_service(geo::TileId tile, directory::Day day, TileLayerWriter& points) const {
    for (const PlaceIndex::Entry& entry : services_.in_tile(tile)) {
        if (const directory::Status status = reader_.status_on(entry.item, day); status != directory::Status::closed) {
            add_service(entry, tile, status, std::nullopt, points);
        }
    }
}

void TileSource::add_thinned_services(geo::TileId tile, directory::Day day, TileLayerWriter& points) const {
    const directory::Taxonomy& taxonomy = reader_.taxonomy();
    std::vector<Pile> piles(taxonomy.programmes().size());
    std::vector<directory::ProgrammeIndex> used;
    const auto empty_cell = [&] {
        std::sort(used.begin(), used.end());
        for (const directory::ProgrammeIndex programme : used) {
            const Pile pile = std::exchange(piles[programme], {});
            if (pile.count == 1) {
                add_service(*pile.first, tile, reader_.status_on(pile.first->item, day), pile.count, points);
                continue;
            }
            const std::array properties{
                TileProperty{"programme", taxonomy.at(programme).code},
                TileProperty{"family", taxonomy.at(taxonomy.family_of(programme)).code},
                TileProperty{"count", pile.count},
            };
            points.add_point(std::nullopt, corner_of(pile.first->point, tile), properties);
        }
        used.clear();
    };

    QuadKey cell = 0;
    for (const PlaceIndex::Entry& entry : services_.in_tile(tile)) {
        if (reader_.status_on(entry.item, day) == directory::Status::closed) {
            continue;
        }
        if (const QuadKey here = cell_of(entry.key, tile.z, k_cell_bits); here != cell) {
            empty_cell();
            cell = here;
        }
        const directory::ProgrammeIndex programme = reader_.services()[entry.item].programme;
        Pile& pile = piles[programme];
        if (pile.count++ == 0) {
            pile.first = &entry;
            used.push_back(programme);
        }
    }
    empty_cell();
}

void TileSource::add_service(const PlaceIndex::Entry& entry, geo::TileId tile, directory::Status status,
                             std::optional<std::uint64_t> count, TileLayerWriter& points) const {
    const directory::ServiceRow& service = reader_.services()[entry.item];
    const directory::SiteRow& site = reader_.sites()[service.site];
    const directory::Taxonomy& taxonomy = reader_.taxonomy();
    std::array<TileProperty, 7> properties{
        TileProperty{"id", service.id},
        TileProperty{"name", site.name},
        TileProperty{"programme", taxonomy.at(service.programme).code},
        TileProperty{"family", taxonomy.at(taxonomy.family_of(service.programme)).code},
        TileProperty{"status", directory::code_of(status)},
    };
    std::size_t size = 5;
    if (site.quality != PositionQuality::exact) {
        properties[size++] = {"quality", directory::code_of(site.quality)};
    }
    if (count) {
        properties[size++] = {"count", *count};
    }
    points.add_point(entry.item, corner_of(entry.point, tile), std::span(properties).first(size));
}

std::optional<geo::Box> TileSource::district_bounds(const directory::Layer& layer) const {
    const auto number = static_cast<std::size_t>(&layer - reader_.layers().data());
    assert(number < layers_.size());
    const geo::Box& box = layers_[number].bounds();
    return box.is_empty() ? std::nullopt : std::optional(box);
}

std::optional<geo::Box> TileSource::service_bounds() const {
    return service_bounds_.is_empty() ? std::nullopt : std::optional(service_bounds_);
}

} // namespace shirube::server
