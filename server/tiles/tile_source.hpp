// The tiles of one edition. Built once when the edition is loaded and never changed: many threads may ask at once.
#pragma once

#include "directory/reader.hpp"
#include "geo/web_mercator.hpp"
#include "server/tiles/district_shapes.hpp"
#include "server/tiles/place_index.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::server {

/// The address part and the tile layer of what is not a district layer.
inline constexpr std::string_view k_services_layer = "services";
/// The tile layer of every district layer.
inline constexpr std::string_view k_districts_layer = "districts";

/// From this zoom on every service is a point of its own.
inline constexpr std::uint32_t k_all_services_zoom = 12;

class TileSource {
  public:
    explicit TileSource(directory::Reader reader);

    /// The districts of a layer: polygons with {code, name, municipality, municipality_name, status}; the feature's id
    /// is the district's index in Reader::districts(). An empty text is a tile without features.
    /// \pre geo::valid(tile); layer is one of the reader's
    [[nodiscard]] std::string districts_tile(const directory::Layer& layer, geo::TileId tile) const;

    /// The services that stand on `day` (not closed) and have a position: points with {id, name, programme, family,
    /// status}, and {quality} where the position is not exact; the feature's id is the index in Reader::services().
    ///
    /// Below k_all_services_zoom the services of one programme in one cell (16 pixels of a tile drawn 512 wide) are one
    /// point with {programme, family, count}, where the first of them stands. Where count is 1 it has the rest too.
    /// \pre geo::valid(tile)
    [[nodiscard]] std::string services_tile(geo::TileId tile, directory::Day day) const;

    /// Around what a layer holds; nothing where it is empty.
    [[nodiscard]] std::optional<geo::Box> district_bounds(const directory::Layer& layer) const;
    [[nodiscard]] std::optional<geo::Box> service_bounds() const;

  private:
    void add_every_service(geo::TileId tile, directory::Day day, TileLayerWriter& points) const;
    void add_thinned_services(geo::TileId tile, directory::Day day, TileLayerWriter& points) const;
    void add_service(const PlaceIndex::Entry& entry, geo::TileId tile, directory::Status status,
                     std::optional<std::uint64_t> count, TileLayerWriter& points) const;

    directory::Reader reader_;
    std::vector<DistrictShapes> layers_; ///< as Reader::layers()
    PlaceIndex services_;
    geo::Box service_bounds_;
};

} // namespace shirube::server
