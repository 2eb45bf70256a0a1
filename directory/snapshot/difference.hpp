// What a state has that a part has not, and what of the part is not in the state: row by row, by id, with references
// compared by what they refer to.
#pragma once

#include "directory/rows.hpp"
#include "directory/snapshot/ground.hpp"
#include "directory/snapshot/need_index.hpp"
#include "directory/snapshot/part.hpp"
#include "directory/state.hpp"

#include <cstdint>
#include <vector>

namespace shirube::directory {

/// How rows of each kind stand among those of the base.
struct RowOrders {
    RowOrder lists;
    RowOrder organizations;
    RowOrder sites;
    RowOrder services;
};

/// A whole state taken apart over a base: what is in the base too is named by its index there and kept once.
class Difference {
  public:
    /// \param wanted is referred to, and must stay until take()
    Difference(const Part& base, State& wanted);

    // Whether what rests on lists alone is the base's too.
    [[nodiscard]] bool has_same_ground(const Ground& ground) const;
    [[nodiscard]] bool has_same_needs(const NeedIndex& needs) const;

    /// The needs, which refer to lists by their index over both parts.
    [[nodiscard]] std::vector<NeedRow> take_needs();

    /// Ties and what else is few, and each audience's own: lists by their index over both parts.
    void refer_ties();

    struct Taken {
        PartRows rows;
        RowOrders orders;
    };
    /// Takes what is not in the base out of the state.
    [[nodiscard]] Taken take();

  private:
    [[nodiscard]] std::uint32_t list_index(std::uint32_t list) const {
        return list == k_no_index ? k_no_index : list_indices_[list];
    }
    void compare_lists();

    const Part& base_;
    State& wanted_;
    Taken taken_;
    std::vector<std::uint32_t> list_indices_; ///< over both parts, by the state's
};

} // namespace shirube::directory
