#include "geo/point_index.hpp"

#include "geo/hilbert.hpp"

namespace shirube::geo {

PointIndex::PointIndex(std::span<const LonLat> points) : items_(hilbert_order(points)) {
    positions_.reserve(points.size());
    leaves_.reserve((points.size() + k_lanes - 1) / k_lanes);
    std::vector<Box> boxes;
    boxes.reserve(leaves_.capacity());
    for (std::size_t place = 0; place < items_.size(); ++place) {
        const LonLat position = points[items_[place]];
        const std::size_t lane = place % k_lanes;
        if (lane == 0) {
            boxes.emplace_back();
            leaves_.emplace_back();
            leaves_.back().lon.fill(k_no_lane);
            leaves_.back().lat.fill(k_no_lane);
        }
        boxes.back().expand(position);
        leaves_.back().lon[lane] = static_cast<float>(position.lon);
        leaves_.back().lat[lane] = static_cast<float>(position.lat);
        positions_.push_back(position);
    }
    tree_ = BoxTree(boxes);
}

std::vector<PointIndex::OpenNode>& PointIndex::open_nodes() {
    thread_local std::vector<OpenNode> nodes;
    nodes.clear();
    return nodes;
}

FloatPlane PointIndex::plane_for(const LocalMetric& metric, double radius_m) const {
    const LonLat origin = metric.origin();
    const Box reach = metric.box_around(radius_m);
    // Only latitudes that hold points count, so that a wide search keeps a tight bound.
    const double low = std::max(reach.south, bounds().south) - origin.lat;
    const double high = std::max(low, std::min(reach.north, bounds().north) - origin.lat);
    // Over offsets the one scale is concave and the other straight: both are smallest at an end.
    const double lon_scale = std::min(metric.metres_per_lon(low), metric.metres_per_lon(high));
    const double lat_scale = std::min(metric.metres_per_lat(low), metric.metres_per_lat(high));
    return {static_cast<float>(origin.lon), static_cast<float>(origin.lat),
            static_cast<float>(std::max(lon_scale, 0.0)), static_cast<float>(std::max(lat_scale, 0.0))};
}

} // namespace shirube::geo
