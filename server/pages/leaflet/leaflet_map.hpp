// The map of a leaflet, in millimetres of paper: the area with its neighbours, numbered pins, and names to find the way
// by where there is room for them.
#pragma once

#include "directory/reader.hpp"
#include "geo/lonlat.hpp"
#include "server/pages/leaflet/pins.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace shirube::server {

/// Where the earth lies on the paper: degrees stretched by the middle latitude, north up.
class PaperFrame {
  public:
    /// \param area what is to be seen, with some ground around it; not empty
    PaperFrame(const geo::Box& area, double width_mm, double height_mm);

    [[nodiscard]] PaperPoint place(geo::LonLat position) const noexcept;
    [[nodiscard]] const geo::Box& seen() const noexcept { return seen_; }
    [[nodiscard]] double mm_per_km() const noexcept;
    [[nodiscard]] double degrees_per_mm() const noexcept { return 1 / scale_; }

  private:
    geo::Box seen_;      ///< to the paper's edges
    double stretch_ = 1; ///< a degree of longitude over a degree of latitude
    double scale_ = 1;   ///< millimetres a degree of latitude
};

struct LeafletMap {
    double width_mm = 0;
    double height_mm = 0;
    std::vector<std::string> areas;      ///< paths of what the leaflet speaks of
    std::vector<std::string> neighbours; ///< and of what lies around
    std::vector<Pin> pins;               ///< in the order of their numbers; items are places in `services`
    std::vector<bool> roughly;           ///< by pin: nobody knows the very place of one of them
    struct Name {
        enum class Kind : std::uint8_t { station, landmark, town, district };
        Kind kind = Kind::town;
        std::string text;
        PaperPoint middle;
    };
    std::vector<Name> names;
    struct Scale {
        int metres = 0;
        double length_mm = 0;
    };
    Scale scale;
};

/// \param services with a position each
/// \param districts what the leaflet speaks of; may be empty
/// \returns without a size where there is nothing to draw
LeafletMap draw_leaflet_map(const directory::Reader& reader, std::span<const std::uint32_t> services,
                            std::span<const std::uint32_t> districts, double width_mm, double height_mm);

} // namespace shirube::server
