#include "directory/coverage/trend.hpp"

#include "directory/coverage/counting.hpp"
#include "directory/coverage/day_totals.hpp"
#include "directory/coverage/groundwork.hpp"
#include "directory/coverage/reach.hpp"
#include "geo/nearest.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace shirube::directory {

namespace {

using std::chrono::year_month_day;

constexpr std::size_t k_most_points = 12;

/// Of the policy's programmes, and for those it is about.
std::vector<std::uint32_t> services_of(const Candidates& candidates) {
    std::vector<std::uint32_t> all;
    for (const auto& candidate : candidates.all()) {
        if (candidate.fits != Openness::no) {
            all.push_back(candidate.service);
        }
    }
    return all;
}

/// The first day of the fiscal year (4月始まりの年度) after a day, or that day where it is one.
Day next_fiscal_year(Day day) {
    const year_month_day date{day};
    const Day first = date.year() / std::chrono::April / 1;
    return first >= day ? first : Day{(date.year() + std::chrono::years{1}) / std::chrono::April / 1};
}

std::vector<Day> days_of(const Reader& reader, const std::vector<std::uint32_t>& services, Day day) {
    std::set<Day> days{day};
    for (const auto service : services) {
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

/// The shortest reach of any district.
double shortest_reach_m(const Policy& policy) {
    double least_m = policy.travel.reach_m();
    for (const auto& local : policy.local_travel) {
        least_m = std::min(least_m, local.travel.reach_m());
    }
    return least_m;
}

/// The totals of several days. Most places stand on all of them: how far it is to the nearest of these is worked out
/// once, and a day adds those that it has besides, for the cells that are not within reach anyway.
class TotalsOfDays {
  public:
    TotalsOfDays(const Reader& reader, const Policy& policy, const Layer& layer, const std::vector<Day>& days)
        : work_(reader, policy, layer), days_(days) {
        for (const Day day : days) {
            counted_.push_back(counted_on(work_.candidates, day));
        }
        std::vector<Counted> always(work_.candidates.all().size(), Counted::out);
        for (std::size_t i = 0; i < always.size(); ++i) {
            const bool stands = std::ranges::all_of(
                counted_, [&](const std::vector<Counted>& counted) { return counted[i] == Counted::standing; });
            always[i] = stands ? Counted::standing : Counted::out;
        }
        nearest_m_ = geo::nearest_distances(work_.children->centres, counted_places(work_, always).for_all);
        always_ = std::move(always);
        const double least_m = shortest_reach_m(policy);
        most_m_ = longest_reach_m(policy);
        for (std::uint32_t cell = 0; cell < nearest_m_.size(); ++cell) {
            if (nearest_m_[cell] > least_m) {
                far_.push_back(cell);
                far_centres_.push_back(work_.children->centres[cell]);
            }
        }
    }

    /// \param at which of the days
    [[nodiscard]] CoverageTotals of(std::size_t at) const {
        const auto& counted = counted_[at];
        auto besides = counted;
        for (std::size_t i = 0; i < besides.size(); ++i) {
            besides[i] = always_[i] == Counted::standing ? Counted::out : besides[i];
        }
        auto nearest_m = nearest_m_;
        if (const auto places = counted_places(work_, besides); !places.for_all.empty()) {
            const auto nearer_m = geo::nearest_within(far_centres_, places.for_all, most_m_);
            for (std::size_t i = 0; i < far_.size(); ++i) {
                nearest_m[far_[i]] = std::min(nearest_m[far_[i]], nearer_m[i]);
            }
        }
        // Doubtful ones are few. Places for some residents alone are looked for by district, all of them.
        const auto places = counted_places(work_, counted);
        return totals_on(work_, counted, days_[at], reach_of_cells(work_, std::move(nearest_m), places, most_m_),
                         places);
    }

  private:
    const Groundwork work_;
    const std::vector<Day>& days_;
    std::vector<std::vector<Counted>> counted_; ///< by day
    std::vector<Counted> always_;               ///< standing on all days, or out
    std::vector<double> nearest_m_;             ///< by cell, to those
    double most_m_ = 0;                         ///< the longest reach: farther is all the same
    std::vector<std::uint32_t> far_;            ///< cells that those do not reach
    std::vector<geo::LonLat> far_centres_;
};

} // namespace

std::vector<Day> trend_days(const Reader& reader, const Policy& policy, Day day) {
    return days_of(reader, services_of(Candidates(reader, policy)), day);
}

std::vector<TrendPoint> trend_of(const Reader& reader, const Coverage& now) {
    const auto services = services_of(Candidates(reader, *now.policy));
    const auto days = days_of(reader, services, now.at.day);
    std::optional<TotalsOfDays> totals;
    std::vector<TrendPoint> points;
    std::optional<Day> before;
    for (std::size_t i = 0; i < days.size(); ++i) {
        const Day at = days[i];
        TrendPoint point;
        point.day = at;
        if (at == now.at.day) {
            point.totals = now.totals;
        } else {
            if (!totals) {
                totals.emplace(reader, *now.policy, *now.layer, days);
            }
            point.totals = totals->of(i);
        }
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
