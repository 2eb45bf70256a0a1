// Reads a Mapbox Vector Tile back, for tests: written from the format's text, without our writer's code.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shirube::test {

using DecodedRing = std::vector<std::pair<std::int32_t, std::int32_t>>;

struct DecodedFeature {
    std::optional<std::uint64_t> id;
    int type = 0;                                  ///< 1 point, 3 polygon
    std::map<std::string, std::string> properties; ///< numbers as decimal text
    std::vector<DecodedRing> rings;                ///< of a point: one ring of one corner

    [[nodiscard]] std::string property(const std::string& name) const;
};

struct DecodedLayer {
    std::string name;
    std::uint32_t version = 0;
    std::uint32_t extent = 0;
    std::vector<std::string> keys;
    std::vector<std::string> values;
    std::vector<DecodedFeature> features;
};

/// \throws std::runtime_error where the tile breaks the format
std::vector<DecodedLayer> decode_tile(std::string_view bytes);

/// Twice the surface by the surveyor's formula in tile coordinates.
std::int64_t twice_signed_surface(const DecodedRing& ring);

} // namespace shirube::test
