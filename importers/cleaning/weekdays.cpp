#include "importers/cleaning/weekdays.hpp"

#include "importers/cleaning/cursor.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/cleaning/withheld.hpp"

namespace shirube::importers {

namespace {

using directory::HolidayRule;
using directory::WeekdayMask;

constexpr WeekdayMask k_working_days = 0x1f;
constexpr WeekdayMask k_weekend = 0x60;

} // namespace

std::optional<int> weekday_of(char32_t kanji) {
    constexpr std::u32string_view week = U"月火水木金土日";
    const std::size_t at = week.find(kanji);
    return at == std::u32string_view::npos ? std::nullopt : std::optional(static_cast<int>(at));
}

WeekdayMask weekday_run(int first, int last) {
    unsigned mask = 1U << static_cast<unsigned>(first);
    for (int day = first; day != last;) {
        day = (day + 1) % 7;
        mask |= 1U << static_cast<unsigned>(day);
    }
    return static_cast<WeekdayMask>(mask);
}

std::optional<HolidayRule> take_holidays(std::u32string_view& text) {
    if (!take_any(text, {U"国民の祝日", U"祝祭日", U"祝日", U"祝"})) {
        return std::nullopt;
    }
    while (take_any(text, {U"・", U"、", U",", U"と", U"及び", U"および", U"年末年始", U"お盆"})) {
    }
    if (take_any(text, {U"を除く", U"は除く", U"除く", U"はお休み", U"はお休", U"は休み", U"は休", U"休館", U"休業",
                        U"休み", U"休"})) {
        return HolidayRule::closed;
    }
    take_any(text, {U"も開館", U"も開く", U"も実施", U"も可", U"も含む", U"を含む", U"含む", U"も"});
    return HolidayRule::open;
}

Cell<WeekdayCell> parse_weekdays(std::string_view cell) {
    const std::string clean = plain(clean_text(cell).text);
    if (clean.empty() || says_nothing(clean) || is_withheld(clean)) {
        return std::nullopt;
    }
    const std::u32string points = plain_points(clean);
    std::u32string_view text = points;
    WeekdayCell read;
    unsigned mask = 0;
    while (!text.empty()) {
        if (take_any(text, {U" ", U"・", U"、", U",", U"/", U";", U":", U"(", U")", U"と", U"及び", U"および", U"毎週",
                            U"各"})) {
            continue;
        }
        if (take_any(text, {U"毎日", U"全日", U"全曜日"})) {
            mask |= directory::k_every_weekday;
            continue;
        }
        if (take(text, U"平日")) {
            mask |= k_working_days;
            continue;
        }
        if (take_any(text, {U"週末"})) {
            mask |= k_weekend;
            continue;
        }
        if (const auto holidays = take_holidays(text)) {
            read.holidays = *holidays;
            continue;
        }
        const auto first = weekday_of(text.front());
        if (!first) {
            return std::unexpected(CellProblem{"weekdays_unreadable"});
        }
        text.remove_prefix(1);
        take_any(text, {U"曜日", U"曜"});
        std::u32string_view range = text;
        if (take_any(range, {U"~", U"-", U"から"}) && !range.empty() && weekday_of(range.front())) {
            mask |= weekday_run(*first, *weekday_of(range.front()));
            range.remove_prefix(1);
            take_any(range, {U"曜日", U"曜"});
            text = range;
        } else {
            mask |= 1U << static_cast<unsigned>(*first);
        }
    }
    read.weekdays = static_cast<WeekdayMask>(mask);
    return read;
}

} // namespace shirube::importers
