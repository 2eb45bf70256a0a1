// Which districts a place lies in. What an address table says of its address goes first. Else by its position: surely,
// a point inside, or a town that touches one district alone; possibly, each of the districts that a town touches.
#pragma once

#include "directory/reader.hpp"
#include "directory/snapshot/address_book.hpp"
#include "directory/state.hpp"
#include "geo/area_index.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace shirube::directory {

/// The districts of one layer, indexed.
struct LayerIndex {
    Layer layer;
    geo::AreaIndex areas; ///< by place within the layer
    AddressBook addresses;
};

/// \param state is referred to, and must stay where it is
std::vector<LayerIndex> index_layers(const State& state);

/// The districts of one layer a place belongs to: by its address, else by its position; none where it has neither.
/// Appended to `out`; `scratch` is room to work in.
void add_memberships(const State& state, const LayerIndex& index, const SiteRow& site,
                     std::vector<std::uint32_t>& scratch, std::vector<Membership>& out);

/// Lists of numbers, one a key, kept in one array.
template <class T>
class Lists {
  public:
    Lists() = default;
    explicit Lists(const std::vector<std::vector<T>>& lists) {
        first_.reserve(lists.size() + 1);
        first_.push_back(0);
        for (const auto& list : lists) {
            items_.insert(items_.end(), list.begin(), list.end());
            first_.push_back(static_cast<std::uint32_t>(items_.size()));
        }
    }
    [[nodiscard]] std::span<const T> operator[](std::uint32_t key) const noexcept {
        return {items_.data() + first_[key], items_.data() + first_[key + 1]};
    }

  private:
    std::vector<std::uint32_t> first_;
    std::vector<T> items_;
};

/// By site; one without a position has those of its address. A town-level place is looked for in its own municipality
/// where the layer has districts of it: the row says which municipality it is in, and the circle that stands for the
/// town says less than that.
Lists<Membership> site_memberships(const State& state, std::span<const LayerIndex> layers);

/// By service: the districts its list says it is meant for ("layer:name or code", or a municipality's code).
Lists<std::uint32_t> served_districts(const State& state);

} // namespace shirube::directory
