// Services as columns: what filters look at, side by side, so that a scan reads memory in order.
#pragma once

#include "directory/schedule.hpp"
#include "directory/state.hpp"

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace shirube::directory {

/// Days since 1970, and the two that stand for "open".
using DayNumber = std::int32_t;
inline constexpr DayNumber k_always_since = std::numeric_limits<DayNumber>::min();
inline constexpr DayNumber k_always_until = std::numeric_limits<DayNumber>::max();
/// The first day of what never begins.
inline constexpr DayNumber k_never = std::numeric_limits<DayNumber>::max();

DayNumber day_number(Day day) noexcept;

class Columns {
  public:
    Columns() = default;
    explicit Columns(std::span<const ServiceRow> services);

    [[nodiscard]] std::span<const ScheduleRule> rules(std::uint32_t service) const noexcept {
        return {rules_.data() + first_rule_[service], rules_.data() + first_rule_[service + 1]};
    }

    /// Where the service stands on a day: planned becomes active, a dated end becomes closed.
    [[nodiscard]] Status status_on(std::uint32_t service, DayNumber day) const noexcept {
        const auto& life = life_[service];
        if (day > life.until) {
            return Status::closed;
        }
        if (life.status == Status::planned) {
            return life.since != k_always_since && day >= life.since ? Status::active : Status::planned;
        }
        return day < life.since && life.status != Status::closed ? Status::planned : life.status;
    }

    /// Whether a search on that day offers it: not closed, not still planned, as status_on() says.
    [[nodiscard]] bool in_force(std::uint32_t service, DayNumber day) const noexcept {
        return in_force_from[service] <= day && day <= in_force_until[service];
    }

    /// The best of some weekdays, at whatever hour.
    [[nodiscard]] Openness open_on_any(std::uint32_t service, WeekdayMask days) const noexcept {
        const unsigned open = weekdays[service];
        return ((open >> k_weekdays) & days) != 0 ? Openness::yes : (open & days) != 0 ? Openness::maybe : Openness::no;
    }

    struct Ages {
        std::int16_t from_months; ///< -1: unknown
        std::int16_t to_months;   ///< exclusive; -1: unknown
    };

    std::vector<DayNumber> in_force_from;  ///< k_never: on no day
    std::vector<DayNumber> in_force_until; ///< the last day
    std::vector<ProgrammeIndex> programme;
    std::vector<Ages> ages;
    std::vector<Entry> entry;
    std::vector<Fee> fee;
    std::vector<Transport> transport;
    std::vector<std::uint8_t> for_whom;
    std::vector<std::uint8_t> features;
    /// What open_on_weekday() says of each weekday at whatever hour: the lower seven bits where it may be open, Monday
    /// the lowest, the seven above them where it surely is. What is suspended opens on none.
    std::vector<std::uint16_t> weekdays;
    std::vector<std::uint32_t> name_rank; ///< place in the order of folded names; ties by id

  private:
    static constexpr unsigned k_weekdays = 7;
    static std::uint16_t weekdays_of(std::span<const ScheduleRule> rules);

    struct Life {
        DayNumber since;
        DayNumber until;
        Status status;

        /// The first day on which a search offers it.
        [[nodiscard]] DayNumber offered_from() const noexcept;
    };
    std::vector<Life> life_;
    std::vector<std::uint32_t> first_rule_;
    std::vector<ScheduleRule> rules_;
};

} // namespace shirube::directory
