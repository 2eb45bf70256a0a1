#include "server/tiles/vector_tile.hpp"

#include <protozero/pbf_builder.hpp>

#include <algorithm>
#include <cassert>
#include <cstddef>

namespace shirube::server {
namespace {

// Field numbers: https://github.com/mapbox/vector-tile-spec/blob/master/2.1/vector_tile.proto
enum class TileField : protozero::pbf_tag_type { layer = 3 };
enum class LayerField : protozero::pbf_tag_type { name = 1, feature = 2, key = 3, value = 4, extent = 5, version = 15 };
enum class FeatureField : protozero::pbf_tag_type { id = 1, tags = 2, type = 3, geometry = 4 };
enum class ValueField : protozero::pbf_tag_type { text = 1, number = 5 };

constexpr std::uint32_t k_version = 2;

enum class Command : std::uint32_t { move_to = 1, line_to = 2, close_path = 7 };

std::uint32_t command(Command what, std::size_t times) {
    return static_cast<std::uint32_t>(what) | static_cast<std::uint32_t>(times) << 3U;
}

/// Moves the pen and says by how much, as the format does.
void put_step(std::vector<std::uint32_t>& geometry, TileCorner& pen, TileCorner to) {
    geometry.push_back(protozero::encode_zigzag32(to.x - pen.x));
    geometry.push_back(protozero::encode_zigzag32(to.y - pen.y));
    pen = to;
}

void put_ring(std::vector<std::uint32_t>& geometry, TileCorner& pen, const TileRing& ring) {
    geometry.push_back(command(Command::move_to, 1));
    put_step(geometry, pen, ring.front());
    geometry.push_back(command(Command::line_to, ring.size() - 1));
    std::for_each(ring.begin() + 1, ring.end(), [&](TileCorner corner) { put_step(geometry, pen, corner); });
    geometry.push_back(command(Command::close_path, 1));
}

} // namespace

void TileLayerWriter::add_point(std::optional<std::uint64_t> id, TileCorner point,
                                std::span<const TileProperty> properties) {
    TileCorner pen;
    geometry_ = {command(Command::move_to, 1)};
    put_step(geometry_, pen, point);
    add_feature(id, GeometryType::point, properties);
}

void TileLayerWriter::add_area(std::uint64_t id, std::span<const TilePolygon> polygons,
                               std::span<const TileProperty> properties) {
    assert(!polygons.empty());
    TileCorner pen;
    geometry_.clear();
    for (const TilePolygon& polygon : polygons) {
        assert(!polygon.empty() && twice_surface(polygon.front()) > 0);
        for (const TileRing& ring : polygon) {
            put_ring(geometry_, pen, ring);
        }
    }
    add_feature(id, GeometryType::area, properties);
}

void TileLayerWriter::add_feature(std::optional<std::uint64_t> id, GeometryType type,
                                  std::span<const TileProperty> properties) {
    tags_.clear();
    for (const TileProperty& property : properties) {
        tags_.push_back(key_index(property.key));
        tags_.push_back(value_index(property));
    }
    protozero::pbf_builder<LayerField> layer(features_);
    protozero::pbf_builder<FeatureField> feature(layer, LayerField::feature);
    if (id) {
        feature.add_uint64(FeatureField::id, *id);
    }
    feature.add_packed_uint32(FeatureField::tags, tags_.begin(), tags_.end());
    feature.add_enum(FeatureField::type, static_cast<std::int32_t>(type));
    feature.add_packed_uint32(FeatureField::geometry, geometry_.begin(), geometry_.end());
}

std::uint32_t TileLayerWriter::key_index(std::string_view key) {
    // A handful of keys: looking through them beats hashing.
    const auto found = std::find(keys_.begin(), keys_.end(), key);
    if (found == keys_.end()) {
        keys_.push_back(key);
        return static_cast<std::uint32_t>(keys_.size() - 1);
    }
    return static_cast<std::uint32_t>(found - keys_.begin());
}

std::uint32_t TileLayerWriter::value_index(const TileProperty& property) {
    protozero::pbf_builder<LayerField> layer(values_);
    if (const auto* text = std::get_if<std::string_view>(&property.value)) {
        const auto [place, is_new] = text_values_.try_emplace(*text, value_count_);
        if (is_new) {
            ++value_count_;
            protozero::pbf_builder<ValueField> value(layer, LayerField::value);
            value.add_string(ValueField::text, text->data(), text->size());
        }
        return place->second;
    }
    const std::uint64_t number = std::get<std::uint64_t>(property.value);
    const auto [place, is_new] = number_values_.try_emplace(number, value_count_);
    if (is_new) {
        ++value_count_;
        protozero::pbf_builder<ValueField> value(layer, LayerField::value);
        value.add_uint64(ValueField::number, number);
    }
    return place->second;
}

void TileLayerWriter::write_to(std::string& tile) const {
    if (empty()) {
        return;
    }
    std::string message;
    message.reserve(features_.size() + values_.size() + 256);
    protozero::pbf_builder<LayerField> layer(message);
    layer.add_uint32(LayerField::version, k_version);
    layer.add_string(LayerField::name, name_);
    message += features_;
    for (const std::string_view key : keys_) {
        layer.add_string(LayerField::key, key.data(), key.size());
    }
    message += values_;
    layer.add_uint32(LayerField::extent, static_cast<std::uint32_t>(k_extent));
    protozero::pbf_builder<TileField>(tile).add_message(TileField::layer, message);
}

} // namespace shirube::server
