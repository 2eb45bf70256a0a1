#include "directory/coverage/strips.hpp"

#include "directory/coverage/counting.hpp"

#include <algorithm>
#include <span>

namespace shirube::directory {

namespace {

constexpr int k_minutes_an_hour = 60;

/// One answer an hour of the week.
using WeekAnswers = std::array<Openness, 7 * 24>;

WeekAnswers answers_of(std::span<const ScheduleRule> rules) {
    WeekAnswers answers;
    for (int weekday = 0; weekday < 7; ++weekday) {
        const auto mask = static_cast<WeekdayMask>(1U << static_cast<unsigned>(weekday));
        // Most days are empty: one look tells.
        const bool any = open_in_window(rules, {mask, 0, 24 * k_minutes_an_hour}) != Openness::no;
        for (int hour = 0; hour < 24; ++hour) {
            answers[static_cast<std::size_t>(weekday * 24 + hour)] =
                any ? open_in_window(rules, {mask, hour * k_minutes_an_hour, (hour + 1) * k_minutes_an_hour})
                    : Openness::no;
        }
    }
    return answers;
}

void add(StripCell& cell, Openness answer) {
    if (answer == Openness::yes) {
        ++cell.surely;
    } else if (answer == Openness::maybe) {
        ++cell.possibly;
    }
}

template <class Strip>
std::vector<StripShare> share_of(const std::vector<Strip>& strips, std::span<const std::uint32_t> districts) {
    std::vector<StripShare> shares(std::tuple_size_v<Strip>);
    for (const auto district : districts) {
        const Strip& strip = strips[district];
        for (std::size_t i = 0; i < strip.size(); ++i) {
            shares[i].surely += strip[i].surely > 0 ? 1 : 0;
            shares[i].at_least_possibly += strip[i].surely > 0 || strip[i].possibly > 0 ? 1 : 0;
        }
    }
    return shares;
}

} // namespace

Strips strips_of(const Reader& reader, const Policy& policy, const Layer& layer, Day day) {
    Policy any_time_any_age = policy;
    any_time_any_age.when.reset();
    any_time_any_age.ages.reset();
    const Candidates candidates(reader, any_time_any_age);
    const auto counted_as = counted_on(candidates, day);
    Strips strips;
    strips.weeks.resize(layer.count);
    strips.ages.resize(layer.count);
    const auto note = [&](std::uint32_t service, Counted counted) {
        if (counted == Counted::out || counted == Counted::planned) {
            return;
        }
        auto districts = districts_in_layer(reader, service, layer);
        std::erase_if(districts, [&](const Membership& of) {
            return !candidates.is_for_residents_of(service, reader.districts()[layer.first + of.district].municipality);
        });
        if (districts.empty()) {
            return;
        }
        const WeekAnswers week = answers_of(reader.rules(service));
        // Outreach comes on some weeks of the month: a strip of the ordinary week can only say maybe.
        const Openness at_most = counted == Counted::standing ? Openness::yes : Openness::maybe;
        // The policy's own ages and hours hold for the other strip.
        const ServiceRow& row = reader.services()[service];
        const Openness by_age = policy.ages ? takes_in(row, *policy.ages) : Openness::yes;
        const Openness by_time = policy.when ? open_in_window(reader.rules(service), *policy.when) : Openness::yes;
        for (const auto& membership : districts) {
            const Openness limit = std::min(at_most, membership.sure ? Openness::yes : Openness::maybe);
            for (std::size_t i = 0; i < week.size(); ++i) {
                add(strips.weeks[membership.district][i], std::min({week[i], by_age, limit}));
            }
            for (int year = 0; year < k_strip_years; ++year) {
                add(strips.ages[membership.district][static_cast<std::size_t>(year)],
                    std::min({takes_in(row, {year, year + 1}), by_time, limit}));
            }
        }
    };
    for (std::size_t i = 0; i < counted_as.size(); ++i) {
        note(candidates.all()[i].service, counted_as[i]);
    }
    return strips;
}

std::vector<StripShare> share_of_weeks(const Strips& strips, std::span<const std::uint32_t> districts) {
    return share_of(strips.weeks, districts);
}
std::vector<StripShare> share_of_ages(const Strips& strips, std::span<const std::uint32_t> districts) {
    return share_of(strips.ages, districts);
}

} // namespace shirube::directory
