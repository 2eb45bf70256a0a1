// Rows of one kind as a reader sees them: those of a base, and where an overlay lies over it some of the base's are not
// there and the overlay's own stand among them. Indices name rows and stay what they are; the order is that of the ids
// (of lists, of their names), whichever part a row is in.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace shirube::directory {

/// How an overlay's own rows stand among those of its base. The base's have the indices [0, base_count), its own those
/// that follow.
struct RowOrder {
    std::uint32_t base_count = 0;
    std::vector<bool> masked;          ///< of the base: not there, or replaced
    std::vector<std::uint32_t> places; ///< by own row, ascending: how many rows of the base stand before it
    /// What is replaced and the index of what stands for it now, ascending.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> replaced;
    std::uint32_t count = 0; ///< of the rows that are there

    /// Where a row's index leads: to itself, or to what stands for it.
    [[nodiscard]] std::uint32_t standing(std::uint32_t index) const {
        if (index >= base_count || !masked[index]) {
            return index;
        }
        const auto found =
            std::ranges::lower_bound(replaced, index, {}, &std::pair<std::uint32_t, std::uint32_t>::first);
        assert(found != replaced.end() && found->first == index);
        return found->second;
    }

    /// Ascends with the order of the rows, over both parts.
    [[nodiscard]] std::uint64_t key(std::uint32_t index) const noexcept {
        return index < base_count ? std::uint64_t{index} << 32U | 0xffffffffU
                                  : std::uint64_t{places[index - base_count]} << 32U | (index - base_count);
    }
};

/// The indices of the rows that are there, in their order.
class RowIndices {
  public:
    class Iterator {
      public:
        using iterator_concept = std::forward_iterator_tag;
        using iterator_category = std::input_iterator_tag;
        using value_type = std::uint32_t;
        using difference_type = std::ptrdiff_t;

        Iterator() = default;
        Iterator(const RowOrder* order, std::uint32_t base, std::uint32_t own) noexcept
            : order_(order), base_(base), own_(own) {
            skip_masked();
        }

        std::uint32_t operator*() const noexcept { return is_own() ? order_->base_count + own_ : base_; }
        Iterator& operator++() noexcept {
            if (is_own()) {
                ++own_;
            } else {
                ++base_;
                skip_masked();
            }
            return *this;
        }
        Iterator operator++(int) noexcept {
            const auto before = *this;
            ++*this;
            return before;
        }
        friend bool operator==(const Iterator& a, const Iterator& b) noexcept {
            return a.base_ == b.base_ && a.own_ == b.own_;
        }

      private:
        [[nodiscard]] bool is_own() const noexcept {
            return order_ != nullptr && own_ < order_->places.size() && order_->places[own_] <= base_;
        }
        void skip_masked() noexcept {
            while (order_ != nullptr && base_ < order_->base_count && order_->masked[base_]) {
                ++base_;
            }
        }

        const RowOrder* order_ = nullptr;
        std::uint32_t base_ = 0;
        std::uint32_t own_ = 0;
    };

    /// \param order null: all rows of the base
    RowIndices(const RowOrder* order, std::size_t base_count) noexcept
        : order_(order), base_count_(static_cast<std::uint32_t>(base_count)) {}

    [[nodiscard]] Iterator begin() const noexcept { return {order_, 0, 0}; }
    [[nodiscard]] Iterator end() const noexcept {
        return {order_, base_count_, order_ == nullptr ? 0 : static_cast<std::uint32_t>(order_->places.size())};
    }

  private:
    const RowOrder* order_;
    std::uint32_t base_count_;
};

template <class Row>
class Rows {
  public:
    class Iterator {
      public:
        using iterator_concept = std::forward_iterator_tag;
        using iterator_category = std::forward_iterator_tag;
        using value_type = Row;
        using difference_type = std::ptrdiff_t;
        using reference = const Row&;
        using pointer = const Row*;

        Iterator() = default;
        Iterator(const Rows& rows, RowIndices::Iterator at) noexcept : base_(rows.base_), own_(rows.own_), at_(at) {}

        const Row& operator*() const noexcept {
            const std::uint32_t index = *at_;
            return index < base_.size() ? base_[index] : own_[index - base_.size()];
        }
        const Row* operator->() const noexcept { return &**this; }
        Iterator& operator++() noexcept {
            ++at_;
            return *this;
        }
        Iterator operator++(int) noexcept {
            const auto before = *this;
            ++at_;
            return before;
        }
        friend bool operator==(const Iterator& a, const Iterator& b) noexcept { return a.at_ == b.at_; }

      private:
        std::span<const Row> base_;
        std::span<const Row> own_;
        RowIndices::Iterator at_;
    };

    explicit Rows(std::span<const Row> base) noexcept : base_(base) {}
    /// \param order is referred to, and must stay
    Rows(std::span<const Row> base, std::span<const Row> own, const RowOrder& order) noexcept
        : base_(base), own_(own), order_(&order) {}

    /// By index. One that was replaced leads to what stands for it. \pre the row is there
    [[nodiscard]] const Row& operator[](std::size_t index) const {
        if (order_ == nullptr) {
            return base_[index];
        }
        const std::uint32_t standing = order_->standing(static_cast<std::uint32_t>(index));
        return standing < base_.size() ? base_[standing] : own_[standing - base_.size()];
    }

    /// Where an index leads: to itself, or to what stands for the row.
    [[nodiscard]] std::uint32_t standing(std::uint32_t index) const {
        return order_ == nullptr ? index : order_->standing(index);
    }

    /// How many are there.
    [[nodiscard]] std::size_t size() const noexcept { return order_ == nullptr ? base_.size() : order_->count; }
    [[nodiscard]] bool empty() const noexcept { return size() == 0; }
    [[nodiscard]] const Row& front() const { return *begin(); }
    /// All indices are below this one.
    [[nodiscard]] std::size_t index_end() const noexcept { return base_.size() + own_.size(); }

    /// Of those that are there, in their order.
    [[nodiscard]] RowIndices indices() const noexcept { return {order_, base_.size()}; }
    [[nodiscard]] Iterator begin() const noexcept { return {*this, indices().begin()}; }
    [[nodiscard]] Iterator end() const noexcept { return {*this, indices().end()}; }

  private:
    std::span<const Row> base_;
    std::span<const Row> own_{};
    const RowOrder* order_ = nullptr;
};

} // namespace shirube::directory
