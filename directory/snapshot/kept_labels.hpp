// Where a district's name or number stands on a map: worked out when it is first asked for and kept with the ground it
// stands on. Many threads may ask at once.
#pragma once

#include "directory/state.hpp"
#include "geo/area.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace shirube::directory {

class KeptLabels {
  public:
    explicit KeptLabels(std::size_t districts) : points_(districts), made_(new std::once_flag[districts]) {}

    /// \param area the district's; it has a corner
    geo::LonLat of(std::uint32_t district, const geo::MultiPolygon& area) const {
        std::call_once(made_[district], [&] { points_[district] = geo::point_inside(area); });
        return points_[district];
    }

  private:
    mutable std::vector<geo::LonLat> points_; ///< by district
    std::unique_ptr<std::once_flag[]> made_;
};

} // namespace shirube::directory
