#include "directory/snapshot/columns.hpp"

#include <algorithm>

namespace shirube::directory {

namespace {

std::int16_t months_or_unknown(const std::optional<int>& months) noexcept {
    return static_cast<std::int16_t>(months ? std::clamp(*months, 0, 12 * 150) : -1);
}

} // namespace

DayNumber Columns::Life::offered_from() const noexcept {
    const bool never = status == Status::closed || (status == Status::planned && since == k_always_since);
    return never ? k_never : since;
}

DayNumber day_number(Day day) noexcept { return static_cast<DayNumber>(day.time_since_epoch().count()); }

Columns::Columns(std::span<const ServiceRow> services) {
    const auto count = services.size();
    in_force_from.reserve(count);
    in_force_until.reserve(count);
    programme.reserve(count);
    ages.reserve(count);
    entry.reserve(count);
    fee.reserve(count);
    transport.reserve(count);
    for_whom.reserve(count);
    features.reserve(count);
    life_.reserve(count);
    first_rule_.reserve(count + 1);
    for (const auto& service : services) {
        programme.push_back(service.programme);
        ages.push_back({months_or_unknown(service.from_age_months), months_or_unknown(service.to_age_months)});
        entry.push_back(service.entry);
        fee.push_back(service.fee);
        transport.push_back(service.transport);
        for_whom.push_back(service.for_whom);
        features.push_back(service.features);
        life_.push_back({service.valid_from ? day_number(*service.valid_from) : k_always_since,
                         service.valid_to ? day_number(*service.valid_to) : k_always_until, service.status});
        in_force_from.push_back(life_.back().offered_from());
        in_force_until.push_back(life_.back().until);
        first_rule_.push_back(static_cast<std::uint32_t>(rules_.size()));
        for (const auto& schedule : service.schedules) {
            rules_.push_back(schedule.rule);
        }
    }
    first_rule_.push_back(static_cast<std::uint32_t>(rules_.size()));
    weekdays.reserve(count);
    for (std::uint32_t service = 0; service < count; ++service) {
        weekdays.push_back(life_[service].status == Status::suspended ? std::uint16_t{0} : weekdays_of(rules(service)));
    }
}

std::uint16_t Columns::weekdays_of(std::span<const ScheduleRule> rules) {
    unsigned open = 0;
    for (unsigned day = 0; day < k_weekdays; ++day) {
        const Openness answer = open_on_weekday(rules, static_cast<int>(day), std::nullopt);
        open |= answer == Openness::no ? 0U : 1U << day;
        open |= answer == Openness::yes ? 1U << (day + k_weekdays) : 0U;
    }
    return static_cast<std::uint16_t>(open);
}

} // namespace shirube::directory
