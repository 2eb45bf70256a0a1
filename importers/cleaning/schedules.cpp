#include "importers/cleaning/schedules.hpp"

#include "importers/cleaning/contacts.hpp"
#include "importers/cleaning/schedule_prose.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/cleaning/times.hpp"
#include "importers/cleaning/weekdays.hpp"
#include "importers/cleaning/withheld.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace shirube::importers {

namespace {

using directory::HolidayRule;
using directory::Schedule;
using directory::ScheduleRule;
using directory::ScheduleState;
using directory::WeekdayMask;

int days_in(WeekdayMask mask) { return std::popcount(static_cast<unsigned>(mask)); }

bool holds(const Session& outer, const Session& inner) {
    const bool begins = !outer.from || (inner.from && *inner.from >= *outer.from) ||
                        (!inner.from && inner.to && *inner.to > *outer.from);
    const bool ends = !outer.to || !inner.to || *inner.to <= *outer.to;
    return begins && ends;
}

class ScheduleReader {
  public:
    explicit ScheduleReader(const ScheduleCells& cells)
        : cells_(cells),
          days_(read_schedule_prose(cells.days, cells.subject)),
          remark_(read_schedule_prose(cells.remark, cells.subject)) {}

    ScheduleReading read() {
        read_weekdays();
        read_times();
        const Prose* source = dated_source();
        if (source != nullptr) {
            add_dated(*source);
        } else {
            add_undated();
        }
        if (!reading_.schedules.empty()) {
            const std::string text = words();
            for (Schedule& schedule : reading_.schedules) {
                schedule.text = text;
            }
        }
        return std::move(reading_);
    }

  private:
    void read_weekdays() {
        const auto read = parse_weekdays(cells_.weekdays);
        if (!read) {
            // Prose strays into the column ("第3土曜日"): it says as much there as in its own.
            Prose stray = read_schedule_prose(cells_.weekdays, cells_.subject);
            if (!stray.days.empty() && clean_text(cells_.days).text.empty()) {
                days_ = std::move(stray);
            } else {
                reading_.problems.emplace_back(ScheduleCell::weekdays, read.error());
            }
            return;
        }
        if (read->has_value()) {
            take_column(**read);
        } else if (const auto in_days = parse_weekdays(cells_.days);
                   in_days && in_days->has_value() && !std::ranges::any_of(days_.days, &ProseDays::says_when)) {
            days_ = {}; // 開催日 holds what the column is for
            take_column(**in_days);
        }
    }

    void take_column(const WeekdayCell& column) {
        const int closed = days_.closed_weekdays | remark_.closed_weekdays;
        weekdays_ = static_cast<WeekdayMask>(column.weekdays & ~closed);
        holidays_ = column.holidays;
        days_are_column_ = days_.days.empty() && clean_text(cells_.weekdays).text.empty();
    }

    void read_times() {
        const auto cell = [&](ScheduleCell which, const Cell<std::int16_t>& time) -> std::optional<std::int16_t> {
            if (!time) {
                reading_.problems.emplace_back(which, time.error());
                times_doubtful_ = true;
                return std::nullopt;
            }
            return *time;
        };
        const auto both = clean_text(cells_.to).text.empty() ? parse_session_cell(cells_.from) : std::nullopt;
        if (both) {
            session_ = *both;
        } else {
            read_time_columns(cell);
        }
        times_doubtful_ = times_doubtful_ || days_.times_may_differ || days_.times_are_rough ||
                          remark_.times_may_differ || remark_goes_beyond_times();
        if (times_doubtful_) {
            session_ = {};
        }
    }

    template <class ReadCell>
    void read_time_columns(const ReadCell& cell) {
        const auto from = cell(ScheduleCell::from, parse_time_of_day(cells_.from));
        const auto to = cell(ScheduleCell::to, parse_end_of_session(cells_.to));
        if (const auto session = session_of(from, to)) {
            session_ = *session;
        } else {
            reading_.problems.emplace_back(ScheduleCell::to, session.error());
        }
    }

    /// "小学生は16:00～18:00" beside 17:00–19:00: the columns are not all of it.
    [[nodiscard]] bool remark_goes_beyond_times() const {
        const auto beyond = [&](const Session& session) { return !holds(session_, session); };
        if (!session_.from && !session_.to) {
            return false;
        }
        return std::ranges::any_of(remark_.loose_sessions, beyond) ||
               std::ranges::any_of(remark_.days, [&](const ProseDays& days) {
                   return columns_speak_of(days) && std::ranges::any_of(days.sessions, beyond);
               });
    }

    /// Whether the columns' times are about these days: not where the weekday column names none of them.
    [[nodiscard]] bool columns_speak_of(const ProseDays& days) const {
        return days.weekdays == 0 || weekdays_ == 0 || (days.weekdays & weekdays_) != 0;
    }

    /// Whether a pattern's days can be computed, with the weekday column's help.
    [[nodiscard]] bool is_computable(const ProseDays& days, const Prose& prose) const {
        const bool bare_is_weekly = &prose == &days_ && cells_.bare_weekdays == BareWeekdays::every_week;
        if (days.weekdays != 0) {
            return days.says_when() || bare_is_weekly;
        }
        // "第2・4" beside 火土: which of the two?
        return days.days_of_month != 0 || (days.every_week && weekdays_ != 0) ||
               (days.ordinals != 0 && days_in(weekdays_) == 1);
    }

    /// Whether some of the days of the prose can be computed, and nothing takes them back. Weeks whose weekday nobody
    /// says are a hole in all of it.
    [[nodiscard]] bool is_sure(const Prose& prose) const {
        const auto computable = [&](const ProseDays& days) { return is_computable(days, prose); };
        const auto hole = [&](const ProseDays& days) { return days.says_when() && !computable(days); };
        // "第3土曜日（申込は10日まで）": unknown words may say what a day of the month is for.
        const bool dates_beside_weeks = prose.has_more_words && prose.weekdays() != 0 && says_dates(prose);
        return prose.is_certain() && !dates_beside_weeks && std::ranges::any_of(prose.days, computable) &&
               std::ranges::none_of(prose.days, hole);
    }

    /// The prose from which days can be computed; nothing where none is sure enough.
    [[nodiscard]] const Prose* dated_source() const {
        if (remark_.may_differ || remark_.has_alternatives) {
            return nullptr;
        }
        // Words the reader does not know are borne where the weekday column says the same days.
        const auto covers_column = [&](const Prose& prose) {
            return weekdays_ != 0 && (prose.weekdays() & weekdays_) == weekdays_;
        };
        if ((!clean_text(cells_.days).text.empty() && !days_are_column_) || !days_.days.empty()) {
            const bool understood = !days_.has_more_words || covers_column(days_);
            return is_sure(days_) && understood && !remark_names_other_days() ? &days_ : nullptr;
        }
        // A remark is free prose: it counts where it covers the weekday column, or where it speaks of nothing but days
        // and the column is silent or names others (月～金, 第2土曜日も開催).
        if (!is_sure(remark_)) {
            return nullptr;
        }
        const bool names_others = (remark_.weekdays() & weekdays_) == 0;
        return covers_column(remark_) || (names_others && !remark_.has_more_words) ? &remark_ : nullptr;
    }

    /// "8月は第4土曜日だけ" beside 第2・4土曜日: one of them is not the whole truth.
    [[nodiscard]] bool remark_names_other_days() const {
        return std::ranges::any_of(remark_.days, [&](const ProseDays& other) {
            return other.says_when() && std::ranges::none_of(days_.days, [&](const ProseDays& days) {
                       return days.ordinals == other.ordinals && days.months == other.months &&
                              days.days_of_month == other.days_of_month &&
                              (days.weekdays == other.weekdays || days.weekdays == 0 || other.weekdays == 0);
                   });
        });
    }

    void add_dated(const Prose& source) {
        // Days that the column has and the prose has not: something happens on them, nobody knows when.
        const WeekdayMask said = source.weekdays();
        const auto unsaid = static_cast<WeekdayMask>(said == 0 ? 0 : weekdays_ & ~said);
        for (const ProseDays& days : source.days) {
            const bool computable = is_computable(days, source);
            ScheduleRule rule = base_rule(computable ? ScheduleState::dated : ScheduleState::recurring);
            const bool completed = days.weekdays == 0 && days.days_of_month == 0;
            rule.weekdays = completed ? weekdays_ : days.weekdays;
            if (computable) {
                rule.ordinals = days.ordinals;
                rule.months = days.months;
                rule.days_of_month = days.days_of_month;
            }
            add_with_sessions(rule, days, unsaid != 0);
        }
        const bool remark_adds = &source != &remark_ && (remark_.is_irregular || remark_.names_a_rhythm);
        if (unsaid != 0) {
            ScheduleRule rule = base_rule(ScheduleState::recurring);
            rule.weekdays = unsaid;
            add(with_session(rule, session_));
        }
        if (source.has_others || remark_adds) {
            ScheduleRule rule = base_rule(ScheduleState::recurring);
            rule.weekdays = source.has_others ? WeekdayMask{0} : remark_.weekdays();
            add(rule);
        }
    }

    /// The times of a pattern of days: those the prose gives it, where the columns do not say otherwise.
    void add_with_sessions(const ScheduleRule& rule, const ProseDays& days, bool column_names_other_days) {
        if (times_doubtful_ || (days.sessions.empty() && (column_names_other_days || !columns_speak_of(days)))) {
            add(rule);
            return;
        }
        const bool column = (session_.from || session_.to) && columns_speak_of(days);
        if (days.sessions.empty()) {
            add(with_session(rule, session_));
            return;
        }
        for (const Session& session : days.sessions) {
            if (!column) {
                add(with_session(rule, session));
            } else if (session.from == session_.from) {
                add(with_session(rule, {.from = session.from, .to = session_.to ? session_.to : session.to}));
                return;
            } else {
                add(holds(session_, session) ? with_session(rule, session_) : rule);
                return;
            }
        }
    }

    void add_undated() {
        if (is_weekly_column()) {
            ScheduleRule rule = base_rule(ScheduleState::dated);
            rule.weekdays = weekdays_;
            add(with_session(rule, session_));
            return;
        }
        const bool says_days = !days_.days.empty() || !remark_.days.empty();
        const bool any_day = days_.days_may_differ || remark_.days_may_differ || days_.has_other_days ||
                             remark_.has_other_days || says_dates(days_) || says_dates(remark_);
        const bool rhythm = !clean_text(cells_.frequency).text.empty() || weekdays_ != 0 || says_days ||
                            days_.names_a_rhythm || days_.is_irregular || remark_.names_a_rhythm ||
                            remark_.is_irregular;
        const Session session = undated_session();
        if (!rhythm && words().empty() && !session_.from && !session_.to) {
            return;
        }
        // Times without any day ("17:00" alone) are a rhythm nobody names; words stay words.
        if (!rhythm && !session_.from && !session_.to) {
            add(ScheduleRule{});
            return;
        }
        ScheduleRule rule = base_rule(ScheduleState::recurring);
        if (any_day) {
            add(with_session(rule, session));
            return;
        }
        const WeekdayMask in_prose =
            days_.weekdays() != 0 || weekdays_ != 0
                ? static_cast<WeekdayMask>(days_.weekdays() | (weekdays_ != 0 ? remark_.weekdays() : 0))
                : remark_.weekdays();
        const auto others = static_cast<WeekdayMask>(in_prose & ~weekdays_);
        const bool times_of_column = weekdays_ != 0 && others != 0 && (session.from || session.to);
        rule.weekdays = static_cast<WeekdayMask>(times_of_column ? weekdays_ : weekdays_ | others);
        add(with_session(rule, session));
        if (times_of_column) { // "土曜日にフードパントリー" beside 月～金 12:00～14:00
            rule.weekdays = others;
            add(rule);
        }
    }

    /// Whether the weekday column alone means every week: the layout says so, or 毎日, 毎週, 週5日 beside five days.
    [[nodiscard]] bool is_weekly_column() const {
        const bool alone = weekdays_ != 0 && (days_are_column_ || clean_text(cells_.days).text.empty()) &&
                           days_.days.empty() && remark_.days.empty();
        const bool counted = remark_.times_a_week > 0 && remark_.times_a_week == days_in(weekdays_) &&
                             remark_.times_a_month == 0 && remark_.is_unhedged();
        return alone && (counted || (remark_.is_certain() && (cells_.bare_weekdays == BareWeekdays::every_week ||
                                                              says_every_week(cells_.weekdays))));
    }

    static bool says_every_week(std::string_view cell) {
        return cell.find("毎日") != std::string_view::npos || cell.find("毎週") != std::string_view::npos;
    }

    static bool says_dates(const Prose& prose) {
        return std::ranges::any_of(prose.days, [](const ProseDays& days) { return days.days_of_month != 0; });
    }

    /// The columns' times, or the only ones that the prose of 開催日 gives.
    [[nodiscard]] Session undated_session() const {
        if (session_.from || session_.to || times_doubtful_) {
            return session_;
        }
        std::vector<Session> sessions = days_.loose_sessions;
        for (const ProseDays& days : days_.days) {
            sessions.insert(sessions.end(), days.sessions.begin(), days.sessions.end());
        }
        return sessions.size() == 1 ? sessions.front() : Session{};
    }

    [[nodiscard]] ScheduleRule base_rule(ScheduleState state) const {
        ScheduleRule rule;
        rule.state = state;
        rule.usually = state == ScheduleState::dated && (days_.is_usual() || remark_.is_usual());
        for (const HolidayRule said : {remark_.holidays, days_.holidays, holidays_, cells_.holidays}) {
            rule.holidays = said == HolidayRule::unknown ? rule.holidays : said;
        }
        return rule;
    }

    static ScheduleRule with_session(ScheduleRule rule, const Session& session) {
        rule.from_minute = session.from;
        rule.to_minute = session.to;
        return rule;
    }

    /// "第2水曜・第4水曜" is one rule: the weeks are put together where all else is the same.
    void add(const ScheduleRule& rule) {
        for (Schedule& schedule : reading_.schedules) {
            ScheduleRule merged = schedule.rule;
            merged.ordinals = rule.ordinals;
            if (merged == rule && rule.ordinals != 0 && schedule.rule.ordinals != 0) {
                schedule.rule.ordinals = static_cast<std::uint8_t>(schedule.rule.ordinals | rule.ordinals);
                return;
            }
            if (schedule.rule == rule) {
                return;
            }
        }
        reading_.schedules.push_back({.rule = rule, .venue = {}, .text = {}});
    }

    /// What the row says in words, as it stands there; empty where weekday and times say it all. Times stand in it only
    /// where they could not be taken over: else they are said by the rule.
    [[nodiscard]] std::string words() const {
        const std::string days = said(cells_.days);
        const std::string remark = said(cells_.remark);
        std::string times;
        if (times_doubtful_) {
            const std::string from = said(cells_.from);
            const std::string to = said(cells_.to);
            times = to.empty() ? from : from + "～" + to;
        }
        if (days.empty() && remark.empty() && times.empty()) {
            return {};
        }
        std::string text;
        for (const std::string& part : {said(cells_.weekdays), days, times, remark}) {
            if (!part.empty()) {
                text += (text.empty() ? "" : "　") + part;
            }
        }
        return without_contacts(text);
    }

    static std::string said(std::string_view cell) {
        std::string text = clean_text(cell).text;
        return says_nothing(text) ? std::string{} : text;
    }

    const ScheduleCells& cells_;
    Prose days_;
    Prose remark_;
    WeekdayMask weekdays_ = 0;
    HolidayRule holidays_ = HolidayRule::unknown;
    Session session_;
    bool times_doubtful_ = false;
    bool days_are_column_ = false; ///< 開催日 holds bare weekdays and 開催曜日 nothing
    ScheduleReading reading_;
};

} // namespace

ScheduleReading read_schedules(const ScheduleCells& cells) { return ScheduleReader(cells).read(); }

} // namespace shirube::importers
