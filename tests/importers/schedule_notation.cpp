#include "schedule_notation.hpp"

#include <fmt/format.h>

#include <array>

namespace shirube::importers::test {

namespace {

using directory::ScheduleRule;
using directory::ScheduleState;

constexpr std::uint16_t k_odd_months = 0x0555;
constexpr std::uint16_t k_even_months = 0x0aaa;

/// The bits that are set, by name, with dots between.
template <class Name>
std::string listed(std::uint32_t mask, const Name& name) {
    std::string out;
    for (unsigned bit = 0; bit < 32; ++bit) {
        if (((mask >> bit) & 1U) != 0) {
            out += (out.empty() ? "" : ".") + name(bit);
        }
    }
    return out;
}

std::string number(unsigned bit) { return std::to_string(bit + 1); }

std::string days_of(const ScheduleRule& rule) {
    constexpr std::array<std::string_view, 7> k_days{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"};
    std::string months;
    if (rule.months != ScheduleRule{}.months) {
        months = rule.months == k_odd_months    ? "odd "
                 : rule.months == k_even_months ? "even "
                                                : "m" + listed(rule.months, number) + " ";
    }
    std::string weeks;
    if (rule.ordinals != 0) {
        weeks = listed(rule.ordinals, [](unsigned bit) { return bit == 5 ? std::string("L") : number(bit); }) + "/";
    } else if (rule.state == ScheduleState::dated && rule.weekdays != 0) {
        weeks = "*/";
    }
    std::string days = weeks + listed(rule.weekdays, [&](unsigned bit) { return std::string(k_days.at(bit)); });
    if (rule.days_of_month != 0) {
        days += "@" + listed(rule.days_of_month, number);
    }
    return months + (days.empty() ? "-" : days);
}

std::string clock(const std::optional<std::int16_t>& minute) {
    return minute ? fmt::format("{}:{:02}", *minute / 60, *minute % 60) : "";
}

} // namespace

std::string in_notation(std::span<const directory::Schedule> schedules) {
    std::string out;
    for (const directory::Schedule& schedule : schedules) {
        out += out.empty() ? "" : " + ";
        if (schedule.rule.state == ScheduleState::text) {
            out += "T";
            continue;
        }
        out += schedule.rule.state != ScheduleState::dated ? "R " : schedule.rule.usually ? "U " : "D ";
        out += days_of(schedule.rule) + " " + clock(schedule.rule.from_minute) + "-" + clock(schedule.rule.to_minute);
    }
    return out;
}

} // namespace shirube::importers::test
