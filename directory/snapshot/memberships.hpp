// Which districts a place lies in. What an address table says of its address goes first. Else by its position: surely,
// a point inside, or a town that touches one district alone; possibly, each of the districts that a town touches.
#pragma once

#include "directory/reader.hpp"
#include "directory/snapshot/address_book.hpp"
#include "directory/state.hpp"
#include "geo/area_index.hpp"

#include <concepts>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace shirube::directory {

/// The districts of one layer, indexed.
struct LayerIndex {
    Layer layer;
    geo::AreaIndex areas; ///< by place within the layer
    AddressBook addresses;
};

/// \param districts are referred to, and must stay where they are
std::vector<LayerIndex> index_layers(std::span<const DistrictRow> districts);

/// The districts of one layer a place belongs to: by its address, else by its position; none where it has neither.
/// Appended to `out`; `scratch` is room to work in.
void add_memberships(std::span<const DistrictRow> districts, const LayerIndex& index, const SiteRow& site,
                     std::vector<std::uint32_t>& scratch, std::vector<Membership>& out);

/// Lists of numbers, one a key from 0 up, kept in one array.
template <class T>
class Lists {
  public:
    Lists() = default;
    explicit Lists(const std::vector<std::vector<T>>& lists) {
        first_.reserve(lists.size() + 1);
        for (const auto& list : lists) {
            append(list);
        }
    }

    /// The list of the next key.
    void append(std::span<const T> list) {
        items_.insert(items_.end(), list.begin(), list.end());
        first_.push_back(static_cast<std::uint32_t>(items_.size()));
    }
    [[nodiscard]] std::span<const T> operator[](std::uint32_t key) const noexcept {
        return {items_.data() + first_[key], items_.data() + first_[key + 1]};
    }

    /// Items 0, 1, … by the key of each, which is below `keys`; a list's items ascend.
    static Lists by_key(std::size_t keys, std::span<const std::uint32_t> key_of_item)
        requires std::same_as<T, std::uint32_t>
    {
        // Counted first, then laid out: no list that grows.
        Lists lists;
        lists.first_.assign(keys + 1, 0);
        for (const auto key : key_of_item) {
            ++lists.first_[key + 1];
        }
        for (std::size_t key = 0; key < keys; ++key) {
            lists.first_[key + 1] += lists.first_[key];
        }
        lists.items_.resize(key_of_item.size());
        std::vector<std::uint32_t> next(lists.first_.begin(), lists.first_.end() - 1);
        for (std::uint32_t item = 0; item < key_of_item.size(); ++item) {
            lists.items_[next[key_of_item[item]]++] = item;
        }
        return lists;
    }

  private:
    std::vector<std::uint32_t> first_{0};
    std::vector<T> items_;
};

/// By site; one without a position has those of its address. A town-level place is looked for in its own municipality
/// where the layer has districts of it: the row says which municipality it is in, and the circle that stands for the
/// town says less than that.
Lists<Membership> site_memberships(std::span<const SiteRow> sites, std::span<const DistrictRow> districts,
                                   std::span<const LayerIndex> layers);

/// By service: the districts its list says it is meant for ("layer:name or code", or a municipality's code).
/// \param municipality_of a site, by the index that services refer to it with
Lists<std::uint32_t> served_districts(std::span<const ServiceRow> services, std::span<const DistrictRow> districts,
                                      const std::function<const std::string&(std::uint32_t)>& municipality_of);

} // namespace shirube::directory
