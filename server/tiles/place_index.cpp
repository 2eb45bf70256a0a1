#include "server/tiles/place_index.hpp"

#include <algorithm>
#include <cassert>
#include <tuple>

namespace shirube::server {
namespace {

constexpr unsigned k_key_bits = 32;

/// Puts a zero between the bits of a number (Warren, Hacker's Delight, 7-2).
std::uint64_t spread_bits(std::uint64_t value) {
    value = (value | value << 16U) & 0x0000ffff0000ffffU;
    value = (value | value << 8U) & 0x00ff00ff00ff00ffU;
    value = (value | value << 4U) & 0x0f0f0f0f0f0f0f0fU;
    value = (value | value << 2U) & 0x3333333333333333U;
    value = (value | value << 1U) & 0x5555555555555555U;
    return value;
}

QuadKey interleave(std::uint64_t x, std::uint64_t y) { return spread_bits(y) << 1U | spread_bits(x); }

} // namespace

QuadKey quad_key(WorldPoint point) {
    constexpr unsigned k_dropped = k_world_bits - k_key_bits;
    return interleave(static_cast<std::uint64_t>(point.x) >> k_dropped,
                      static_cast<std::uint64_t>(point.y) >> k_dropped);
}

PlaceIndex::PlaceIndex(std::span<const std::pair<WorldPoint, std::uint32_t>> places) {
    entries_.reserve(places.size());
    for (const auto& [point, item] : places) {
        entries_.push_back({quad_key(point), point, item});
    }
    std::sort(entries_.begin(), entries_.end(),
              [](const Entry& a, const Entry& b) { return std::tie(a.key, a.item) < std::tie(b.key, b.item); });
}

std::span<const PlaceIndex::Entry> PlaceIndex::in_tile(geo::TileId tile) const {
    assert(geo::valid(tile));
    if (tile.z == 0) {
        return entries_;
    }
    const unsigned shift = 2 * (k_key_bits - tile.z);
    const QuadKey first = interleave(tile.x, tile.y) << shift;
    const QuadKey last = first | ((QuadKey{1} << shift) - 1);
    const auto begin = std::lower_bound(entries_.begin(), entries_.end(), first,
                                        [](const Entry& entry, QuadKey key) { return entry.key < key; });
    const auto end =
        std::upper_bound(begin, entries_.end(), last, [](QuadKey key, const Entry& entry) { return key < entry.key; });
    return {begin, end};
}

} // namespace shirube::server
