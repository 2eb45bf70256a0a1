#include "importers/cleaning/schedule_phrases.hpp"

#include "importers/cleaning/cursor.hpp"
#include "importers/cleaning/weekdays.hpp"

namespace shirube::importers {

namespace {

using directory::WeekdayMask;
using Points = std::u32string_view;

/// A number of a week in the month, Arabic or kanji.
std::optional<int> take_ordinal_number(Points& text) {
    constexpr Points kanji = U"一二三四五";
    if (!text.empty() && kanji.find(text.front()) != Points::npos) {
        const auto number = static_cast<int>(kanji.find(text.front())) + 1;
        text.remove_prefix(1);
        return number;
    }
    Points rest = text;
    const auto number = take_number(rest, 1);
    if (!number || *number < 1 || *number > 5 || rest.starts_with(U"時") || rest.starts_with(U":")) {
        return std::nullopt;
    }
    text = rest;
    return number;
}

std::optional<std::uint8_t> take_last(Points& text) {
    const auto is_of_the_month = [](Points after) { // 最終日 is a day, 最終月 a month
        return (after.starts_with(U"日") && !after.starts_with(U"日曜")) ||
               (after.starts_with(U"月") && !after.starts_with(U"月曜"));
    };
    if (Points after = text; take_any(after, {U"最終週の", U"最終", U"最後の"}) && !is_of_the_month(after)) {
        text = after;
        return directory::k_last_in_month;
    }
    // 毎月末の土曜日 is a Saturday; 月末 alone is no weekday's.
    Points rest = text;
    if (take_any(rest, {U"月末の", U"末の"}) && !rest.empty() && weekday_of(rest.front())) {
        text = rest;
        return directory::k_last_in_month;
    }
    return std::nullopt;
}

/// 日 and 月 are also "day" and "month": whether a bare one can be a weekday is seen from what follows.
bool reads_as_weekday(Points text) {
    const char32_t c = text.front();
    const Points after = text.substr(1);
    if (c == U'月') {
        return after.empty() ||
               (!is_digit(after.front()) && Points(U"に一二三末初中額の程").find(after.front()) == Points::npos);
    }
    if (c == U'日') {
        return after.empty() || Points(U"時程に々中前後帰本以").find(after.front()) == Points::npos;
    }
    return true;
}

/// 月水金, three or more single letters in the week's order, or 月・水 with points between; no letter behind them.
std::optional<WeekdayMask> take_row_of_letters(Points& text) {
    unsigned mask = 0;
    int last = -1;
    std::size_t letters = 0;
    bool pointed = false;
    Points rest = text;
    while (!rest.empty()) {
        Points next = rest;
        const bool point = letters > 0 && take_any(next, {U"・", U"、", U","});
        const auto day = next.empty() ? std::nullopt : weekday_of(next.front());
        if (!day || (!point && *day <= last) || (letters > 1 && point != pointed)) {
            break;
        }
        pointed = point;
        mask |= 1U << static_cast<unsigned>(*day);
        last = *day;
        ++letters;
        rest = next.substr(1);
    }
    const bool ends =
        rest.empty() || is_digit(rest.front()) || Points(U" ()、。,:;").find(rest.front()) != Points::npos;
    if (letters < (pointed ? 2U : 3U) || !ends) {
        return std::nullopt;
    }
    text = rest;
    return static_cast<WeekdayMask>(mask);
}

std::optional<int> take_small_number(Points& text) {
    if (const auto number = take_number(text, 2)) {
        return number;
    }
    constexpr Points kanji = U"一二三四";
    if (text.empty() || kanji.find(text.front()) == Points::npos) {
        return std::nullopt;
    }
    const auto number = static_cast<int>(kanji.find(text.front())) + 1;
    text.remove_prefix(1);
    return number;
}

/// "月1回", "月1～2回", "月に一度", "年10回", "週2回", "月2".
std::optional<Frequency> take_times_per(Points& text) {
    Points rest = text;
    const bool monthly = take_any(rest, {U"毎月", U"月に", U"月"});
    const bool weekly = !monthly && take_any(rest, {U"毎週", U"週に", U"週"});
    if (!monthly && !weekly && !take_any(rest, {U"年に", U"年"})) {
        return std::nullopt;
    }
    const auto number = take_small_number(rest);
    if (!number) {
        return std::nullopt;
    }
    Frequency frequency{.times_a_month = monthly ? *number : 0, .times_a_week = weekly ? *number : 0};
    Points more = rest;
    if (take_any(more, {U"~", U"-", U"、", U"・", U","}) && take_small_number(more)) {
        rest = more;
        frequency = {};
    }
    const bool counts = take_any(rest, {U"回", U"度"}) || (weekly && take(rest, U"日"));
    if (!counts && !rest.empty() && rest.front() != U' ') {
        return std::nullopt;
    }
    if (take_any(rest, {U"程度", U"くらい", U"ぐらい", U"以上", U"目安"})) {
        frequency = {};
    }
    text = rest;
    return frequency;
}

} // namespace

bool take_separator(Points& text) {
    return take_any(text, {U"・", U"、", U",", U"，", U".", U"/", U"と", U"及び", U"および", U";"});
}

void skip_blanks(Points& text) {
    while (take(text, U" ")) {
    }
}

std::uint8_t take_ordinals(Points& text) {
    unsigned ordinals = 0;
    Points at = text;
    for (bool first = true;; first = false) {
        Points rest = at;
        const bool separated = take_separator(rest);
        skip_blanks(rest);
        if (const auto last = take_last(rest)) {
            ordinals |= *last;
            at = rest;
            continue;
        }
        const bool named = take(rest, U"第");
        if (!named && (first || !separated)) {
            break;
        }
        const auto number = take_ordinal_number(rest);
        if (!number) {
            break;
        }
        ordinals |= 1U << static_cast<unsigned>(*number - 1);
        Points range = rest;
        if (take(range, U"~")) {
            take(range, U"第");
            if (const auto end = take_ordinal_number(range); end && *end > *number) {
                for (int week = *number; week <= *end; ++week) {
                    ordinals |= 1U << static_cast<unsigned>(week - 1);
                }
                rest = range;
            }
        }
        take(rest, U"週の") || take(rest, U"週");
        at = rest;
        // "第1土曜日、第3土曜日": a weekday ends the row of ordinals.
        if (!at.empty() && weekday_of(at.front())) {
            break;
        }
    }
    if (ordinals != 0) {
        text = at;
    }
    return static_cast<std::uint8_t>(ordinals);
}

std::optional<WeekdayMask> take_weekdays(Points& text, BareWeekday bare) {
    if (const auto row = take_row_of_letters(text)) {
        return row;
    }
    unsigned mask = 0;
    Points at = text;
    Points accepted = text;
    unsigned accepted_mask = 0;
    while (!at.empty()) {
        const auto day = weekday_of(at.front());
        if (!day || !reads_as_weekday(at)) {
            break;
        }
        at.remove_prefix(1);
        bool named_here = take(at, U"曜日") || take(at, U"曜");
        WeekdayMask run = weekday_run(*day, *day);
        Points range = at;
        if (take_any(range, {U"~", U"-", U"から"}) && !range.empty() && weekday_of(range.front())) {
            run = weekday_run(*day, *weekday_of(range.front()));
            range.remove_prefix(1);
            take(range, U"曜日") || take(range, U"曜");
            named_here = true; // nothing else looks like 月～金
            at = range;
        }
        mask |= run;
        if (named_here || bare == BareWeekday::counts) {
            accepted = at;
            accepted_mask = mask;
        }
        Points next = at;
        if (take_separator(next) && !next.empty() && weekday_of(next.front())) {
            at = next;
        }
    }
    if (accepted_mask == 0) {
        return std::nullopt;
    }
    text = accepted;
    return static_cast<WeekdayMask>(accepted_mask);
}

WeekdayMask take_weekdays_of_ordinals(Points& text) {
    Points rest = text;
    if (take(rest, U"(")) {
        const auto inside = take_weekdays(rest, BareWeekday::counts);
        if (inside && take(rest, U")")) {
            text = rest;
            return *inside;
        }
        return 0;
    }
    unsigned mask = 0;
    while (!rest.empty()) {
        const auto day = weekday_of(rest.front());
        if (!day || !reads_as_weekday(rest)) {
            break;
        }
        rest.remove_prefix(1);
        mask |= 1U << static_cast<unsigned>(*day);
        const bool named = take_any(rest, {U"曜日", U"曜"});
        text = rest;
        named ? take(rest, U"・") : take_separator(rest);
    }
    return static_cast<WeekdayMask>(mask);
}

std::optional<Frequency> take_frequency(Points& text) {
    if (take_any(text, {U"隔週", U"隔月"})) {
        return Frequency{};
    }
    if (const auto frequency = take_times_per(text)) {
        return frequency;
    }
    Points rest = text;
    if (!take_number(rest, 2) || !take_any(rest, {U"か月", U"ヶ月", U"ケ月", U"カ月", U"ヵ月", U"箇月", U"週間"})) {
        return std::nullopt;
    }
    take(rest, U"に");
    if (!take_number(rest, 2) || !take_any(rest, {U"回", U"度"})) {
        return std::nullopt;
    }
    text = rest;
    return Frequency{};
}

std::optional<ClosedDays> take_closed_days(Points& text) {
    Points rest = text;
    ClosedDays closed;
    while (take_separator(rest) || take(rest, U"年末年始")) {
    }
    if (take_any(rest, {U"祝祭日", U"祝日", U"祝"})) {
        closed.holidays_too = true;
        while (take_separator(rest) || take(rest, U"年末年始")) {
        }
    }
    take_any(rest, {U"は", U"を"});
    if (!take_any(rest, {U"定休日", U"定休", U"休館日", U"休館", U"休業", U"お休み", U"休み", U"休", U"除く", U"除",
                         U"以外の", U"以外"})) {
        return std::nullopt;
    }
    text = rest;
    return closed;
}

} // namespace shirube::importers
