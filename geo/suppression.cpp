#include "geo/suppression.hpp"

#include <algorithm>
#include <cassert>
#include <cstdlib>
#include <numeric>

namespace shirube::geo {

namespace {

class Suppression {
  public:
    Suppression(const CountTable& table, std::int64_t least)
        : table_(table), least_(least), withheld_(table.cells, false) {}

    std::vector<ToldCount> tell() {
        withhold_small();
        withhold_beside();
        std::vector<ToldCount> told(table_.cells * table_.periods);
        for (std::size_t cell = 0; cell < table_.cells; ++cell) {
            tell_cell(cell, std::span(told).subspan(cell * table_.periods, table_.periods));
        }
        return told;
    }

  private:
    [[nodiscard]] bool is_small(std::int64_t count) const { return count > 0 && count < least_; }

    void withhold_small() {
        for (std::size_t cell = 0; cell < table_.cells; ++cell) {
            for (std::size_t period = 0; period < table_.periods; ++period) {
                const auto& count = table_.at(cell, period);
                withheld_[cell] = withheld_[cell] || (count && is_small(*count));
            }
        }
    }

    /// Whether somebody who knows the total and every cell that is told could tell a withheld one too well. Zeros are
    /// no secret of anybody: who reckons with them knows nothing of the others.
    [[nodiscard]] bool is_exposed(std::size_t period) const {
        std::int64_t sum = 0;
        std::int64_t above_zero = 0;
        for (std::size_t cell = 0; cell < table_.cells; ++cell) {
            const auto& count = table_.at(cell, period);
            if (withheld_[cell] && count && *count > 0) {
                sum += *count;
                ++above_zero;
            }
        }
        // Each of n cells that are at least 1 and add up to the sum has sum - n + 1 possible values.
        return above_zero > 0 && (above_zero < 2 || sum - above_zero + 1 < least_);
    }

    void withhold_beside() {
        std::vector<std::size_t> smallest_first(table_.cells);
        std::iota(smallest_first.begin(), smallest_first.end(), 0U);
        const auto most_of = [&](std::size_t cell) {
            std::int64_t most = 0;
            for (std::size_t period = 0; period < table_.periods; ++period) {
                most = std::max(most, table_.at(cell, period).value_or(0));
            }
            return most;
        };
        std::ranges::stable_sort(smallest_first, {}, most_of);
        for (std::size_t period = 0; period < table_.periods; ++period) {
            for (const std::size_t cell : smallest_first) {
                if (!is_exposed(period)) {
                    break;
                }
                withheld_[cell] = withheld_[cell] || table_.at(cell, period).value_or(0) > 0;
            }
            if (is_exposed(period)) {
                withheld_.assign(table_.cells, true); // nothing hides it; what adds up to the total is not told at all
                return;
            }
        }
    }

    void tell_cell(std::size_t cell, std::span<ToldCount> told) const {
        std::optional<std::int64_t> last;
        std::size_t of = 0;
        for (std::size_t period = 0; period < table_.periods; ++period) {
            const auto& count = table_.at(cell, period);
            if (withheld_[cell]) {
                told[period] = {.value = std::nullopt, .period = period, .withheld = true};
                continue;
            }
            if (!count) {
                told[period] = {.value = std::nullopt, .period = period, .withheld = false};
                continue;
            }
            if (!last || *count == *last || std::abs(*count - *last) >= least_) {
                last = *count;
                of = period;
            }
            told[period] = {.value = last, .period = of, .withheld = false};
        }
    }

    const CountTable& table_;
    std::int64_t least_;
    std::vector<bool> withheld_;
};

} // namespace

std::vector<ToldCount> told_counts(const CountTable& table, std::int64_t least) {
    assert(least >= 1 && table.counts.size() == table.cells * table.periods);
    return Suppression(table, least).tell();
}

} // namespace shirube::geo
