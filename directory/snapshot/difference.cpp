#include "directory/snapshot/difference.hpp"

#include "directory/snapshot/same_rows.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

namespace shirube::directory {

namespace {

/// Compares rows of one kind, in their order, with those of the base.
template <class Row>
class Comparison {
  public:
    Comparison(const std::vector<Row>& base, std::size_t wanted) : base_(base) {
        order_.base_count = static_cast<std::uint32_t>(base.size());
        order_.masked.assign(base.size(), true);
        order_.count = static_cast<std::uint32_t>(wanted);
    }

    /// The base's row that is the next one's counterpart, looked for behind the one before; none where it has none.
    /// \param found of the same id, as far as the order of ids tells where to look
    [[nodiscard]] const Row* counterpart(std::optional<std::uint32_t> found) {
        found_ = found;
        if (found) {
            next_ = *found + 1;
        }
        return found ? &base_[*found] : nullptr;
    }
    [[nodiscard]] std::uint32_t next() const noexcept { return next_; }

    /// The counterpart stands for the row. \return its index
    std::uint32_t keep() {
        order_.masked[*found_] = false;
        return *found_;
    }

    /// The row stands for itself, and for its counterpart where it has one. \return its index
    std::uint32_t take(Row row) {
        const auto index = static_cast<std::uint32_t>(base_.size() + own_.size());
        order_.places.push_back(found_ ? *found_ : next_);
        if (found_) {
            order_.replaced.emplace_back(*found_, index);
        }
        own_.push_back(std::move(row));
        return index;
    }

    RowOrder take_order() { return std::move(order_); }
    std::vector<Row> take_own() {
        own_.shrink_to_fit();
        return std::move(own_);
    }

  private:
    const std::vector<Row>& base_;
    RowOrder order_;
    std::vector<Row> own_;
    std::optional<std::uint32_t> found_;
    std::uint32_t next_ = 0;
};

/// Where the base has the id, from a place on: nearly always there.
template <class Row>
std::optional<std::uint32_t> place_from(const std::vector<Row>& rows, std::uint32_t from, std::string_view id) {
    const auto first = rows.begin() + from;
    const auto found = first != rows.end() && first->id == id
                           ? first
                           : std::ranges::lower_bound(first, rows.end(), id, {},
                                                      [](const Row& row) -> std::string_view { return row.id; });
    return found == rows.end() || found->id != id ? std::nullopt
                                                  : std::optional(static_cast<std::uint32_t>(found - rows.begin()));
}

/// Rows that refer to nothing. \return where each of the wanted is now
template <class Row>
std::vector<std::uint32_t> take_lone_rows(const std::vector<Row>& base, std::vector<Row>& wanted, std::vector<Row>& own,
                                          RowOrder& order) {
    Comparison<Row> comparison(base, wanted.size());
    std::vector<std::uint32_t> indices;
    indices.reserve(wanted.size());
    for (Row& row : wanted) {
        const Row* counterpart = comparison.counterpart(place_from(base, comparison.next(), row.id));
        const bool is_same = counterpart != nullptr && *counterpart == row;
        indices.push_back(is_same ? comparison.keep() : comparison.take(std::move(row)));
    }
    order = comparison.take_order();
    own = comparison.take_own();
    return indices;
}

} // namespace

Difference::Difference(const Part& base, State& wanted) : base_(base), wanted_(wanted) { compare_lists(); }

void Difference::compare_lists() {
    // Lists are few, and in the order of their kind and name, as the store has kinds.
    Comparison<ListRow> comparison(base_.lists, wanted_.lists.size());
    for (const ListRow& row : wanted_.lists) {
        const auto found =
            std::find_if(base_.lists.begin() + comparison.next(), base_.lists.end(),
                         [&](const ListRow& other) { return other.kind == row.kind && other.name == row.name; });
        const ListRow* counterpart = comparison.counterpart(
            found == base_.lists.end() ? std::nullopt
                                       : std::optional(static_cast<std::uint32_t>(found - base_.lists.begin())));
        if (counterpart != nullptr && *counterpart == row) {
            list_indices_.push_back(comparison.keep());
            continue;
        }
        const std::uint32_t own = comparison.take(row);
        // A list that claims something else is still the one that thousands of the base's services refer to; what they
        // tell of it is the same.
        const bool is_told_alike = counterpart != nullptr && is_same_source(*counterpart, row);
        list_indices_.push_back(is_told_alike ? static_cast<std::uint32_t>(counterpart - base_.lists.data()) : own);
    }
    taken_.orders.lists = comparison.take_order();
    taken_.rows.lists = comparison.take_own();
}

bool Difference::has_same_ground(const Ground& ground) const {
    const auto refers_alike = [&](const auto& base, const auto& wanted) {
        return base.list == list_index(wanted.list);
    };
    const auto same = [&](const auto& base, const auto& wanted) {
        return refers_alike(base, wanted) && is_same_but_list(base, wanted);
    };
    return std::ranges::equal(ground.districts, wanted_.districts, same) &&
           std::ranges::equal(ground.cells, wanted_.cells, same) &&
           std::ranges::equal(ground.age_profiles, wanted_.age_profiles, same) &&
           std::ranges::equal(ground.holiday_rows, wanted_.holidays, same) &&
           std::ranges::equal(ground.landmarks.rows(), wanted_.landmarks, same) &&
           std::ranges::equal(ground.towns, wanted_.towns,
                              [](const TownReading& a, const TownReading& b) { return is_same(a, b); });
}

bool Difference::has_same_needs(const NeedIndex& needs) const {
    return std::ranges::equal(needs.rows, wanted_.needs, [&](const NeedRow& base, const NeedRow& wanted) {
        return base.list == list_index(wanted.list) && is_same_but_list(base, wanted);
    });
}

std::vector<NeedRow> Difference::take_needs() {
    for (NeedRow& need : wanted_.needs) {
        need.list = list_index(need.list);
    }
    return std::move(wanted_.needs);
}

void Difference::refer_ties() {
    const auto refer = [&](auto& rows) {
        for (auto& row : rows) {
            row.list = list_index(row.list);
        }
    };
    refer(wanted_.relations);
    refer(wanted_.forums);
    refer(wanted_.helper_counts);
}

Difference::Taken Difference::take() {
    const auto organizations = take_lone_rows(base_.organizations, wanted_.organizations, taken_.rows.organizations,
                                              taken_.orders.organizations);
    const auto sites = take_lone_rows(base_.sites, wanted_.sites, taken_.rows.sites, taken_.orders.sites);
    Comparison<ServiceRow> comparison(base_.services, wanted_.services.size());
    for (ServiceRow& row : wanted_.services) {
        row.site = sites[row.site];
        row.organization = row.organization == k_no_index ? k_no_index : organizations[row.organization];
        row.list = list_index(row.list);
        for (auto& other : row.other_lists) {
            other = list_index(other);
        }
        // References are compared with the rest: what a service refers to is the base's or is not.
        const ServiceRow* counterpart = comparison.counterpart(place_from(base_.services, comparison.next(), row.id));
        if (counterpart != nullptr && is_same(*counterpart, row)) {
            comparison.keep();
        } else {
            comparison.take(std::move(row));
        }
    }
    taken_.orders.services = comparison.take_order();
    taken_.rows.services = comparison.take_own();
    return std::move(taken_);
}

} // namespace shirube::directory
