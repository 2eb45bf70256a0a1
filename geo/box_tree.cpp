#include "geo/box_tree.hpp"

#include <cassert>
#include <utility>

namespace shirube::geo {

BoxTree::BoxTree(std::span<const Box> boxes) {
    assert(boxes.size() < (std::size_t{1} << 28U));
    std::vector<Box> level(boxes.begin(), boxes.end());
    while (!level.empty()) {
        ++levels_;
        level_begins_[levels_] = static_cast<std::uint32_t>(nodes_.size());
        std::vector<Box> parents((level.size() + k_lanes - 1) / k_lanes);
        nodes_.resize(nodes_.size() + parents.size(), BoxLanes::none());
        BoxLanes* const nodes = nodes_.data() + level_begins_[levels_];
        for (std::size_t child = 0; child < level.size(); ++child) {
            assert(!level[child].is_empty());
            nodes[child / k_lanes].set(child % k_lanes, round_outward(level[child]));
            parents[child / k_lanes].expand(level[child]);
        }
        if (parents.size() == 1) {
            bounds_ = parents.front();
            return;
        }
        level = std::move(parents);
    }
}

} // namespace shirube::geo
