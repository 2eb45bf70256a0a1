// What a search asks of columns alone, of all services of a part at once: a byte a service, one column after the other,
// so that memory is read in order and the compiler works on many services at a time. A filter that is called for one
// service after the other waits for a branch or for memory at each.
#pragma once

#include "directory/search.hpp"
#include "directory/snapshot/columns.hpp"
#include "directory/snapshot/part.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace shirube::directory {

class ColumnScan {
  public:
    /// \param programmes by ProgrammeIndex, those that are asked for; empty: all. Referred to, as the rest is.
    ColumnScan(const Part& part, const SearchQuery& query, const std::vector<bool>& programmes);

    /// Whether who passes answers the query, apart from words, places, rows that are masked and what looks at rows:
    /// then nothing of time but days of the week is asked. See Filter, whose tests these are.
    [[nodiscard]] bool tells_all_of_time() const noexcept { return tells_all_of_time_; }

    /// How many services pass and have a position.
    [[nodiscard]] std::size_t count() const;

    /// visit(service) for those that pass and have a position, ascending.
    template <class Visit>
    void for_each(Visit&& visit) const;

    /// The same of those alone whose byte in `chosen`, one a service, is 1 and not 0.
    template <class Visit>
    void for_each_of(std::span<const std::uint8_t> chosen, Visit&& visit) const;

  private:
    static constexpr std::uint32_t k_block = 4'096; ///< what one round works on stays in the nearest cache
    using Block = std::array<std::uint8_t, k_block>;

    /// \param passes ones; those stay that pass
    void test(std::uint32_t first, std::uint32_t count, Block& passes) const;
    template <class Visit>
    void visit_block(std::uint32_t first, std::uint32_t count, Block& passes, Visit&& visit) const;

    const Part& part_;
    const SearchQuery& query_;
    const std::vector<bool>& programmes_;
    DayNumber day_;
    bool tells_all_of_time_;
};

template <class Visit>
void ColumnScan::visit_block(std::uint32_t first, std::uint32_t count, Block& passes, Visit&& visit) const {
    test(first, count, passes);
    // Written down first and visited then: whether one passes is a guess that the processor would get wrong at each.
    std::array<std::uint32_t, k_block> passed;
    std::uint32_t how_many = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        passed[how_many] = first + i;
        how_many += passes[i];
    }
    for (std::uint32_t i = 0; i < how_many; ++i) {
        visit(passed[i]);
    }
}

template <class Visit>
void ColumnScan::for_each(Visit&& visit) const {
    Block passes;
    const auto all = static_cast<std::uint32_t>(part_.services.size());
    for (std::uint32_t first = 0; first < all; first += k_block) {
        passes.fill(1);
        visit_block(first, std::min(k_block, all - first), passes, visit);
    }
}

template <class Visit>
void ColumnScan::for_each_of(std::span<const std::uint8_t> chosen, Visit&& visit) const {
    Block passes;
    const auto all = static_cast<std::uint32_t>(part_.services.size());
    for (std::uint32_t first = 0; first < all; first += k_block) {
        const std::uint32_t count = std::min(k_block, all - first);
        std::copy_n(chosen.begin() + first, count, passes.begin());
        visit_block(first, count, passes, visit);
    }
}

} // namespace shirube::directory
