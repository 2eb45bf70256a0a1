#include "directory/unmet/told.hpp"

#include "geo/suppression.hpp"

#include <algorithm>
#include <cassert>
#include <map>
#include <numeric>

namespace shirube::directory {

namespace {

class Telling {
  public:
    Telling(bool is_running, std::int64_t least) : is_running_(is_running), least_(least) {}

    /// A count of which nothing but itself could tell.
    [[nodiscard]] ToldUnmet alone(std::int64_t count) const {
        return count > 0 && count < least_ ? ToldUnmet{} : told(count);
    }

    /// Counts whose sum is told, or of which none may be told.
    [[nodiscard]] std::vector<ToldUnmet> parts(const std::vector<std::int64_t>& counts, bool is_sum_told) const {
        std::vector<ToldUnmet> all(counts.size());
        if (!is_sum_told) {
            return all;
        }
        geo::CountTable table{.cells = counts.size(), .periods = 1};
        table.counts.assign(counts.begin(), counts.end());
        const auto may_be_told = geo::told_counts(table, least_);
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (may_be_told[i].value) {
                all[i] = told(*may_be_told[i].value);
            }
        }
        return all;
    }

  private:
    [[nodiscard]] ToldUnmet told(std::int64_t count) const {
        return is_running_ && count > 0 ? ToldUnmet{count / least_ * least_, true} : ToldUnmet{count};
    }

    bool is_running_;
    std::int64_t least_;
};

std::int64_t sum(const std::vector<std::int64_t>& counts) {
    return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

} // namespace

Quarter quarter_of(std::chrono::year_month month) {
    constexpr unsigned k_months = 3;
    const unsigned number = unsigned{month.month()} - 1;
    return {month.year() / std::chrono::month{number - number % k_months + 1}};
}

UnmetQuarter told_unmet(std::span<const UnmetCount> counts, Quarter quarter, bool is_running,
                        std::span<const std::string> districts, std::int64_t least) {
    assert(least >= 1);
    std::map<std::string, std::vector<std::int64_t>> by_need;
    std::vector<std::int64_t> by_band(k_unmet_bands.size());
    for (const auto& [of, count] : counts) {
        if (quarter_of(of.month) != quarter) {
            continue;
        }
        auto& row = by_need[of.need];
        row.resize(districts.size() + 1);
        row[static_cast<std::size_t>(std::ranges::find(districts, of.district) - districts.begin())] += count;
        by_band[static_cast<std::size_t>(of.band)] += count;
    }
    const Telling telling(is_running, least);
    UnmetQuarter told{.quarter = quarter, .is_running = is_running, .total = telling.alone(sum(by_band))};
    const bool is_total_told = told.total.value.has_value();
    std::vector<std::int64_t> totals;
    totals.reserve(by_need.size());
    for (const auto& [need, row] : by_need) {
        totals.push_back(sum(row));
    }
    const auto told_totals = telling.parts(totals, is_total_told);
    for (const auto& [need, row] : by_need) {
        const ToldUnmet& total = told_totals[told.needs.size()];
        told.needs.push_back({need, total, telling.parts(row, total.value.has_value())});
    }
    told.by_band = telling.parts(by_band, is_total_told);
    return told;
}

} // namespace shirube::directory
