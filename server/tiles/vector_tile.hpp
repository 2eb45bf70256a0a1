// Writing one layer of a Mapbox Vector Tile, version 2.1: features with their properties, each key and value once.
#pragma once

#include "server/tiles/tile_plane.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

namespace shirube::server {

/// A property of a feature. Texts are not copied: they must live as long as the layer is written.
struct TileProperty {
    std::string_view key;
    std::variant<std::string_view, std::uint64_t> value;
};

/// An exterior ring (positive surface) followed by its holes (negative).
using TilePolygon = std::vector<TileRing>;

class TileLayerWriter {
  public:
    explicit TileLayerWriter(std::string_view name) : name_(name) {}

    void add_point(std::optional<std::uint64_t> id, TileCorner point, std::span<const TileProperty> properties);

    /// \pre at least one polygon, each with at least its exterior ring; rings have three corners or more and the
    /// surface's sign that the format asks for
    void add_area(std::uint64_t id, std::span<const TilePolygon> polygons, std::span<const TileProperty> properties);

    [[nodiscard]] bool empty() const noexcept { return features_.empty(); }

    /// Appends the layer to a tile; nothing where it holds no feature.
    void write_to(std::string& tile) const;

  private:
    enum class GeometryType : std::int32_t { point = 1, area = 3 }; ///< as the format numbers them

    void add_feature(std::optional<std::uint64_t> id, GeometryType type, std::span<const TileProperty> properties);
    std::uint32_t key_index(std::string_view key);
    std::uint32_t value_index(const TileProperty& property);

    std::string name_;
    std::string features_; ///< encoded, one message after the other
    std::vector<std::string_view> keys_;
    std::string values_; ///< encoded likewise
    std::uint32_t value_count_ = 0;
    std::unordered_map<std::string_view, std::uint32_t> text_values_;
    std::unordered_map<std::uint64_t, std::uint32_t> number_values_;
    std::vector<std::uint32_t> geometry_; ///< of the feature being added
    std::vector<std::uint32_t> tags_;
};

} // namespace shirube::server
