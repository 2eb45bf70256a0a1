#include "importers/cleaning/schedule_months.hpp"

#include "directory/schedule.hpp"
#include "importers/cleaning/cursor.hpp"
#include "importers/cleaning/schedule_phrases.hpp"

namespace shirube::importers {

namespace {

using Points = std::u32string_view;

constexpr std::uint16_t k_odd_months = 0x0555;
constexpr std::uint16_t k_even_months = 0x0aaa;
constexpr std::uint16_t k_every_month = directory::ScheduleRule{}.months;

unsigned month_bit(int month) { return 1U << static_cast<unsigned>(month - 1); }

bool is_month(std::optional<int> number) { return number && *number >= 1 && *number <= 12; }

/// The months from `first` to `last`, over the end of the year where `last` comes before `first`.
unsigned month_run(int first, int last) {
    unsigned months = month_bit(last);
    for (int each = first; each != last; each = each % 12 + 1) {
        months |= month_bit(each);
    }
    return months;
}

} // namespace

std::uint16_t take_months(Points& text) {
    if (take(text, U"偶数月")) {
        return k_even_months;
    }
    if (take(text, U"奇数月")) {
        return k_odd_months;
    }
    Points at = text;
    unsigned months = 0;
    while (true) {
        Points rest = at;
        const auto month = take_number(rest, 2);
        if (!is_month(month)) {
            break;
        }
        months |= month_bit(*month);
        const bool named = take(rest, U"月");
        Points range = rest;
        if (take_any(range, {U"~", U"-", U"から"})) {
            const auto end = take_number(range, 2);
            if (is_month(end) && take(range, U"月")) {
                text = range;
                return static_cast<std::uint16_t>(months | month_run(*month, *end));
            }
        }
        if (named) {
            text = rest;
            return static_cast<std::uint16_t>(months);
        }
        if (!take_separator(rest)) {
            break;
        }
        at = rest;
    }
    return k_every_month;
}

std::uint32_t take_days_of_month(Points& text) {
    Points at = text;
    std::uint32_t dates = 0;
    std::uint32_t pending = 0;
    while (true) {
        Points rest = at;
        const auto date = take_number(rest, 2);
        if (!date || *date < 1 || *date > 31) {
            break;
        }
        pending |= 1U << static_cast<unsigned>(*date - 1);
        const bool named = take(rest, U"日");
        if (named && (rest.starts_with(U"間") || rest.starts_with(U"前") || rest.starts_with(U"以"))) {
            break; // 3日間, 2日前, 5日以内
        }
        if (named) {
            dates |= pending;
            pending = 0;
            text = rest;
        }
        at = rest;
        if (!take_separator(at)) {
            break;
        }
    }
    return dates;
}

} // namespace shirube::importers
