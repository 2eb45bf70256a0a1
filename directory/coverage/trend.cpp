#include "directory/coverage/trend.hpp"

#include "directory/coverage/counting.hpp"

#include <algorithm>
#include <set>

namespace shirube::directory {

namespace {

using std::chrono::year_month_day;

constexpr std::size_t k_most_points = 12;

/// Of the policy's programmes, and for those it is about.
std::vector<std::uint32_t> services_of(const Counting& counting) {
    auto all = counting.located();
    all.insert(all.end(), counting.unlocated().begin(), counting.unlocated().end());
    std::erase_if(all, [&](std::uint32_t service) { return counting.fits(service) == Openness::no; });
    return all;
}

/// The first day of the fiscal year (4月始まりの年度) after a day, or that day where it is one.
Day next_fiscal_year(Day day) {
    const year_month_day date{day};
    const Day first = date.year() / std::chrono::April / 1;
    return first >= day ? first : Day{(date.year() + std::chrono::years{1}) / std::chrono::April / 1};
}

} // namespace

std::vector<Day> trend_days(const Reader& reader, const Policy& policy, Day day) {
    const Counting counting(reader, policy, day);
    std::set<Day> days{day};
    for (const auto service : services_of(counting)) {
        const ServiceRow& row = reader.services()[service];
        if (row.valid_from) {
            days.insert(*row.valid_from > day ? *row.valid_from : std::min(day, next_fiscal_year(*row.valid_from)));
        }
        if (row.valid_to) {
            const Day after = *row.valid_to + std::chrono::days{1};
            days.insert(after > day ? after : std::min(day, next_fiscal_year(after)));
        }
    }
    // The nearest to the day asked about: as many plans as there are, else the past.
    std::vector<Day> all(days.begin(), days.end());
    const auto now = static_cast<std::size_t>(std::ranges::find(all, day) - all.begin());
    const std::size_t ahead = std::min(all.size() - now, k_most_points / 2);
    const std::size_t behind = std::min(now, k_most_points - ahead);
    return {all.begin() + static_cast<std::ptrdiff_t>(now - behind),
            all.begin() + static_cast<std::ptrdiff_t>(now + ahead)};
}

std::vector<TrendPoint> trend_of(const Reader& reader, const Policy& policy, const Layer& layer, Day day) {
    const auto days = trend_days(reader, policy, day);
    std::vector<TrendPoint> points;
    std::optional<Day> before;
    const Counting counting(reader, policy, day);
    const auto services = services_of(counting);
    for (const Day at : days) {
        TrendPoint point;
        point.day = at;
        point.totals = compute_coverage(reader, policy, layer, {at, 0}).totals;
        for (const auto service : services) {
            const ServiceRow& row = reader.services()[service];
            const auto falls_between = [&](std::optional<Day> what) {
                return what && before && *before < *what && *what <= at;
            };
            point.opened += falls_between(row.valid_from) ? 1 : 0;
            point.closed +=
                falls_between(row.valid_to ? std::optional(*row.valid_to + std::chrono::days{1}) : std::nullopt) ? 1
                                                                                                                 : 0;
        }
        before = at;
        points.push_back(point);
    }
    return points;
}

} // namespace shirube::directory
