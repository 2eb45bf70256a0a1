// What one audience's edition has of its own over the public's, indexed, and what of the public's is not there for it.
#pragma once

#include "directory/snapshot/difference.hpp"
#include "directory/snapshot/ground.hpp"
#include "directory/snapshot/part.hpp"
#include "directory/taxonomy.hpp"

#include <cstdint>
#include <memory>
#include <vector>

namespace shirube::directory {

class Overlay {
  public:
    Overlay(std::shared_ptr<const Part> base, Difference::Taken taken, const Taxonomy& taxonomy, const Ground& ground);

    /// Ascends with the order by name, over both parts. \param service by its index
    [[nodiscard]] std::uint64_t name_key(std::uint32_t service) const noexcept {
        return service < part.first_service ? std::uint64_t{part.below->columns.name_rank[service]} << 32U | 0xffffffffU
                                            : std::uint64_t{name_places_[service - part.first_service]} << 32U |
                                                  part.columns.name_rank[service - part.first_service];
    }

    Part part;
    const RowOrders orders;

  private:
    void place_names();

    std::vector<std::uint32_t> name_places_; ///< by own service: services of the base that stand before it by name
};

} // namespace shirube::directory
