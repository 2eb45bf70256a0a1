#include "importers/cleaning/schedule_prose.hpp"

#include "importers/cleaning/cursor.hpp"
#include "importers/cleaning/schedule_phrases.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/cleaning/weekdays.hpp"

#include <bit>
#include <string>

namespace shirube::importers {

namespace {

using directory::WeekdayMask;
using Points = std::u32string_view;

constexpr std::uint16_t k_odd_months = 0x0555;
constexpr std::uint16_t k_even_months = 0x0aaa;
constexpr WeekdayMask k_working_days = 0x1f;
constexpr WeekdayMask k_weekend = 0x60;

class ProseReader {
  public:
    explicit ProseReader(Points text) : text_(text) {}

    Prose read() {
        while (!text_.empty()) {
            if (!read_decoration() && !read_frequency() && !read_holidays() && !read_doubt() && !read_days() &&
                !read_session()) {
                text_.remove_prefix(1);
                prose_.has_more_words = true;
            }
        }
        return std::move(prose_);
    }

  private:
    bool read_decoration() {
        // Numbering of parts: (1), 1部, 2回目.
        Points rest = text_;
        const bool open = take(rest, U"(");
        if (take_number(rest, 2) && (open ? take(rest, U")") : take_any(rest, {U"部", U"回目"}))) {
            text_ = rest;
            return true;
        }
        return take_any(text_, {U" ",
                                U"・",
                                U"、",
                                U",",
                                U"。",
                                U"/",
                                U":",
                                U";",
                                U"(",
                                U")",
                                U"「",
                                U"」",
                                U"[",
                                U"]",
                                U"開催日時は",
                                U"開催日は",
                                U"開催日",
                                U"実施日は",
                                U"開催",
                                U"実施",
                                U"の",
                                U"は",
                                U"に",
                                U"と",
                                U"及び",
                                U"および",
                                U"各",
                                U"年末年始を除く",
                                U"年末年始は休み",
                                U"年末年始"});
    }

    bool read_frequency() {
        const auto frequency = take_frequency(text_);
        if (!frequency) {
            return false;
        }
        prose_.names_a_rhythm = true;
        prose_.times_a_month = frequency->times_a_month;
        return true;
    }

    bool read_holidays() {
        const auto holidays = take_holidays(text_);
        if (holidays) {
            prose_.holidays = *holidays;
        }
        return holidays.has_value();
    }

    bool read_doubt() {
        if (take_any(text_, {U"不定期", U"不定", U"随時", U"決まっておらず", U"決まっていない", U"未定"})) {
            prose_.is_irregular = true;
        } else if (take_any(text_, {U"または", U"又は", U"もしくは", U"若しくは", U"あるいは", U"いずれか"})) {
            prose_.has_alternatives = true;
        } else if (take_any(text_, {U"原則", U"基本", U"変動", U"変更"})) {
            prose_.days_may_differ = true;
        } else if (take_any(text_, {U"要問合せ", U"要問い合わせ", U"要問合わせ", U"問い合わせ", U"問合せ",   U"要確認",
                                    U"要相談",   U"お知らせ",     U"可能性",     U"場合",       U"ことがあ", U"ことも",
                                    U"程度",     U"おおむね",     U"概ね",       U"だいたい",   U"ほぼ",     U"目安",
                                    U"予定",     U"夏休み",       U"冬休み",     U"春休み",     U"長期休",   U"学校休",
                                    U"お盆",     U"中止",         U"休止",       U"除",         U"休み",     U"お休",
                                    U"よって"})) {
            prose_.may_differ = true;
        } else if (take_any(text_, {U"ほか", U"他", U"など", U"等"})) {
            prose_.has_others = true;
        } else if (take_any(text_, {U"頃", U"ごろ"})) {
            prose_.times_are_rough = true;
        } else if (take_any(text_, {U"休憩", U"夏季", U"夏期", U"冬季", U"冬期", U"後ろ倒し", U"前倒し", U"早め",
                                    U"なくなり次第", U"無くなり次第"})) {
            prose_.times_may_differ = true;
        } else {
            return false;
        }
        return true;
    }

    bool read_days() {
        ProseDays days;
        days.months = take_months();
        const bool has_months = days.months != directory::ScheduleRule{}.months;
        if (has_months) {
            take(text_, U"の");
            skip_blanks(text_);
        }
        if (take_any(text_, {U"毎日", U"全日"})) {
            days.weekdays = directory::k_every_weekday;
            days.every_week = true;
        } else if (take(text_, U"毎週")) {
            skip_blanks(text_);
            days.every_week = true;
            days.weekdays = take_weekdays(text_, BareWeekday::counts).value_or(0);
        } else {
            const bool monthly = take(text_, U"毎月");
            skip_blanks(text_);
            if (!read_days_in_month(days)) {
                // A bare 毎月 is a rhythm; months without days are a season, and times may hold for it alone.
                prose_.names_a_rhythm = prose_.names_a_rhythm || monthly;
                prose_.times_may_differ = prose_.times_may_differ || has_months;
                prose_.has_more_words = prose_.has_more_words || has_months;
                return monthly || has_months;
            }
        }
        if (const auto closed = days.weekdays != 0 && !days.every_week ? take_closed_days(text_) : std::nullopt) {
            // "日曜・祝日は休み" leaves the other days alone; "第3月曜日は休み" cannot be computed with.
            prose_.may_differ = prose_.may_differ || days.ordinals != 0;
            prose_.closed_weekdays =
                static_cast<WeekdayMask>(prose_.closed_weekdays | (days.ordinals == 0 ? days.weekdays : 0));
            prose_.holidays = closed->holidays_too ? directory::HolidayRule::closed : prose_.holidays;
            return true;
        }
        // "4月10日": of which year?
        prose_.may_differ = prose_.may_differ || (has_months && days.days_of_month != 0);
        if (!prose_.days.empty() && !prose_.days.back().sessions.empty()) {
            group_begin_ = prose_.days.size();
        }
        prose_.days.push_back(std::move(days));
        return true;
    }

    bool read_days_in_month(ProseDays& days) {
        days.ordinals = take_ordinals(text_);
        if (days.ordinals != 0) {
            skip_blanks(text_);
            days.weekdays = take_weekdays(text_, BareWeekday::counts).value_or(0);
            return true;
        }
        if (take(text_, U"平日")) {
            days.weekdays = k_working_days;
            return true;
        }
        if (take_any(text_, {U"土日", U"週末"})) {
            days.weekdays = k_weekend;
            take(text_, U"曜日");
            return true;
        }
        if (const auto weekdays = take_weekdays(text_, BareWeekday::counts_not)) {
            days.weekdays = *weekdays;
            return true;
        }
        return read_dates(days);
    }

    /// "12日", "15日・29日", "5・20日".
    bool read_dates(ProseDays& days) {
        Points at = text_;
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
            if (named && (rest.starts_with(U"間") || rest.starts_with(U"前"))) {
                break; // 3日間, 2日前
            }
            if (named) {
                dates |= pending;
                pending = 0;
                text_ = rest;
            }
            at = rest;
            if (!take_separator(at)) {
                break;
            }
        }
        days.days_of_month = dates;
        return dates != 0;
    }

    /// 偶数月, 奇数月, "4・7・10月", "4月～10月"; every month where none is named.
    std::uint16_t take_months() {
        if (take(text_, U"偶数月")) {
            return k_even_months;
        }
        if (take(text_, U"奇数月")) {
            return k_odd_months;
        }
        constexpr std::uint16_t every_month = directory::ScheduleRule{}.months;
        Points at = text_;
        unsigned months = 0;
        while (true) {
            Points rest = at;
            const auto month = take_number(rest, 2);
            if (!month || *month < 1 || *month > 12) {
                break;
            }
            months |= 1U << static_cast<unsigned>(*month - 1);
            const bool named = take(rest, U"月");
            Points range = rest;
            if (take(range, U"~")) {
                const auto end = take_number(range, 2);
                if (end && *end >= 1 && *end <= 12 && take(range, U"月")) {
                    for (int each = *month; each != *end; each = each % 12 + 1) {
                        months |= 1U << static_cast<unsigned>(each - 1);
                    }
                    months |= 1U << static_cast<unsigned>(*end - 1);
                    text_ = range;
                    return static_cast<std::uint16_t>(months);
                }
            }
            if (named) {
                text_ = rest;
                return static_cast<std::uint16_t>(months);
            }
            if (!take_separator(rest)) {
                break;
            }
            at = rest;
        }
        return every_month;
    }

    /// "15時～19時", "10:00～", "～17時", "17～18時".
    bool read_session() {
        Points rest = text_;
        std::optional<std::int16_t> from = take_time(rest);
        if (!from) {
            // "17~18時": the sign of the hour stands behind the second alone.
            Points digits = rest;
            const auto hour = take_number(digits, 2);
            Points end = digits;
            if (hour && *hour <= 24 && take(end, U"~") && take_time(end)) {
                from = static_cast<std::int16_t>(*hour * 60);
                rest = digits;
            }
        }
        skip_blanks(rest);
        std::optional<std::int16_t> to;
        const bool ranges = take_any(rest, {U"~", U"から", U"-"});
        if (ranges) {
            skip_blanks(rest);
            to = take_time(rest);
            take(rest, U"まで");
        }
        if (!from && !to) {
            return false;
        }
        // "午後5:30~6:15": the afternoon holds for both.
        constexpr std::int16_t half_a_day = 12 * 60;
        if (from && to && *to <= *from && *to + half_a_day > *from && *to < half_a_day) {
            to = static_cast<std::int16_t>(*to + half_a_day);
        }
        text_ = rest;
        if (const auto session = session_of(from, to)) {
            add(*session);
        } else {
            prose_.times_may_differ = true;
        }
        return true;
    }

    /// Times belong to every day named since the last times.
    void add(const Session& session) {
        if (prose_.days.empty()) {
            prose_.loose_sessions.push_back(session);
        }
        for (std::size_t i = group_begin_; i < prose_.days.size(); ++i) {
            prose_.days[i].sessions.push_back(session);
        }
    }

    Points text_;
    Prose prose_;
    std::size_t group_begin_ = 0;
};

} // namespace

bool Prose::is_certain() const {
    int occasions = 0;
    for (const ProseDays& each : days) {
        occasions +=
            std::popcount(static_cast<unsigned>(each.ordinals)) * std::popcount(static_cast<unsigned>(each.weekdays)) +
            std::popcount(each.days_of_month);
    }
    const bool rhythm_agrees = !names_a_rhythm || (times_a_month > 0 && times_a_month == occasions);
    return rhythm_agrees && !is_irregular && !has_alternatives && !may_differ && !days_may_differ;
}

Prose read_schedule_prose(std::string_view text) {
    const std::u32string points = plain_points(text);
    return ProseReader(points).read();
}

} // namespace shirube::importers
