// Days, instants and public holidays. Everything is Asia/Tokyo (UTC+9, no summer time since 1951) whatever the machine
// says: an answer is a function of an edition and an instant.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>

namespace shirube::directory {

using Day = std::chrono::sys_days;

/// A moment on the clocks of Japan, to the minute.
struct Instant {
    Day day;
    int minute = 0; ///< minutes since midnight, 0..1439

    friend auto operator<=>(const Instant&, const Instant&) = default;
};

/// The present moment in Tokyo.
Instant now_in_tokyo();

/// Reads "2026-11-21T14:00", with seconds or an offset ("Z", "+09:00") where given (converted to Tokyo), or a bare date
/// (midnight). Nothing where the text is no such time or the date does not exist.
std::optional<Instant> parse_instant(std::string_view text);

/// Reads "2026-11-21"; nothing where the date does not exist.
std::optional<Day> parse_day(std::string_view text);

/// The first day that the date of a list can mean; nothing where it is none of those below.
std::optional<Day> first_day_of(std::string_view as_of);
/// The last day that the date of a list can mean ("2026-04-01", "2026-04", "2026"); nothing where it is none of these.
std::optional<Day> last_day_of(std::string_view as_of);

/// "2026-11-21"
std::string to_string(Day day);

/// "2026-11-21T14:00+09:00"
std::string to_string(const Instant& instant);

/// Monday 0 … Sunday 6, as lists and schedules count the week.
int weekday_index(Day day) noexcept;

/// Which of its weekday in its month a day is: 1..5.
int ordinal_in_month(Day day) noexcept;

/// Whether a day is the last of its weekday in its month.
bool is_last_of_weekday(Day day) noexcept;

/// National holidays (国民の祝日に関する法律), a dated data file. Past its last day nothing is known, and says so.
class Holidays {
  public:
    enum class Answer : std::uint8_t { no, yes, unknown };

    /// \param json {"from": DATE, "to": DATE, "source": TEXT, "days": [{"date": DATE, "name": TEXT}]}
    /// \throws std::runtime_error where the data file is not so
    static Holidays from_json(std::string_view json);

    /// The data file that is shipped with the program.
    static const Holidays& shipped();

    /// Holidays of whole years: from 1 January of the first day's year to 31 December of the last day's.
    /// \param days at least one
    static Holidays of_days(std::span<const Day> days);

    [[nodiscard]] Answer is_holiday(Day day) const;

  private:
    Day from_{};
    Day to_{};
    std::unordered_set<std::int32_t> days_;
};

} // namespace shirube::directory
