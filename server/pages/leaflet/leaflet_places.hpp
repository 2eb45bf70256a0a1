// Which services stand on a leaflet, in which order and under which numbers.
#pragma once

#include "server/pages/leaflet/leaflet_map.hpp"
#include "server/pages/leaflet/leaflet_question.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::server {

/// A sheet that nobody reads to its end helps nobody.
inline constexpr std::size_t k_most_services = 60;
/// Of these: what has no place on the map, so that it never crowds out what has one.
inline constexpr std::size_t k_most_unlocated = 12;

struct LeafletPlaces {
    std::vector<std::uint32_t> located; ///< with a position; those surely of the area before those perhaps
    std::vector<std::uint32_t> unlocated;
    std::size_t more = 0; ///< that there are and that have no room
};

LeafletPlaces places_of(const LeafletQuestion& question, const directory::Reader& reader);

/// Numbers from 1 in the order of the map's pins.
struct Numbering {
    struct Entry {
        std::uint32_t service = 0;
        int number = 0;
    };
    std::vector<Entry> numbered;
    std::vector<std::uint32_t> beyond; ///< the map does not reach them
};
Numbering number_places(const LeafletPlaces& places, const LeafletMap& map);

} // namespace shirube::server
