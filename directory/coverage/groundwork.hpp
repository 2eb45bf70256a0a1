// What an answer rests on that does not depend on the day: a trend asks the same of many days.
#pragma once

#include "directory/coverage/counting.hpp"
#include "directory/coverage/layer_children.hpp"
#include "directory/coverage/layer_municipalities.hpp"
#include "directory/policy.hpp"
#include "directory/reader.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace shirube::directory {

class Groundwork {
  public:
    Groundwork(const Reader& reader, const Policy& policy, const Layer& layer);

    const Reader& reader;
    const Policy& policy;
    const Layer& layer;
    const Candidates candidates;
    const LayerMunicipalities municipalities;
    const std::shared_ptr<const LayerChildren> children; ///< of the policy's ages

    [[nodiscard]] const DistrictRow& district(std::uint32_t place) const {
        return reader.districts()[layer.first + place];
    }
    /// The districts a candidate counts for, as places within the layer: it is there, and their residents may use it.
    [[nodiscard]] std::span<const Membership> districts_of(std::size_t candidate) const noexcept {
        return std::span(memberships_).subspan(first_[candidate], first_[candidate + 1] - first_[candidate]);
    }

  private:
    std::vector<Membership> memberships_;
    std::vector<std::uint32_t> first_; ///< of each candidate's, and one past the last
};

} // namespace shirube::directory
