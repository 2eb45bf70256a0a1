#include "importers/cleaning/schedule_prose.hpp"

#include "importers/cleaning/cursor.hpp"
#include "importers/cleaning/schedule_doubts.hpp"
#include "importers/cleaning/schedule_phrases.hpp"
#include "importers/cleaning/schedule_words.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/cleaning/weekdays.hpp"

#include <algorithm>
#include <bit>
#include <string>
#include <utility>

namespace shirube::importers {

namespace {

using directory::HolidayRule;
using directory::WeekdayMask;
using Points = std::u32string_view;

/// The longest remark of the published lists has 60.
constexpr std::size_t k_most_points = 2000;
constexpr std::uint8_t k_five_weeks = 0x1f;
constexpr std::uint16_t k_every_month = directory::ScheduleRule{}.months;

int days_in(WeekdayMask mask) { return std::popcount(static_cast<unsigned>(mask)); }

class ProseReader {
  public:
    ProseReader(Points text, ProseSubject subject) : whole_(text), text_(text), subject_(subject) {}

    Prose read() {
        while (!text_.empty()) {
            const Points before = text_;
            if (read_days()) {
                behind_days_ = true;
                continue;
            }
            if (!read_or() && !read_activity() && !read_remark_on_times() && !take_harmless(text_) &&
                !read_frequency() && !read_holidays() && !read_doubt() && !read_session()) {
                text_.remove_prefix(1);
                prose_.has_more_words = true;
                words_since_days_ = true;
            }
            note_consumed(before.substr(0, before.size() - text_.size()));
        }
        settle_weekly();
        dropped_all_ = dropped_ && prose_.days.empty();
        return std::move(prose_);
    }

    /// After read(): everything that was said, was said of other activities than the one asked for.
    [[nodiscard]] bool dropped_all() const { return dropped_all_; }

  private:
    void note_consumed(Points consumed) {
        constexpr Points k_joining = U" (のは:";
        behind_days_ = false;
        pending_frequency_ =
            pending_frequency_ && (frequency_just_read_ || Points(U" の・").find(consumed) != Points::npos);
        frequency_just_read_ = false;
        joins_ = joins_ && k_joining.find(consumed) != Points::npos;
        separated_ = separated_ || consumed == U" ";
        if (consumed == U"。" || consumed == U"※") {
            of_another_ = false;
        }
    }

    /// "第1か第2", "土or日".
    bool read_or() {
        if (!behind_days_ || !take_or(text_)) {
            return false;
        }
        prose_.has_alternatives = true;
        return true;
    }

    /// "学習支援は…", "保育（月火）", "…（学習支援）", "…：学習支援": days of another activity are not the row's.
    bool read_activity() {
        const char32_t behind = text_.size() == whole_.size() ? U'\0' : char_behind();
        const auto activity = take_activity(text_);
        if (!activity) {
            return false;
        }
        if (*activity == Activity::cafeteria) {
            of_another_ = false;
            label_begin_ = prose_.days.size();
            return true;
        }
        const bool leads = text_.starts_with(U"は") || text_.starts_with(U":") || text_.starts_with(U"(");
        if (subject_ == ProseSubject::cafeteria && leads) {
            of_another_ = true;
        } else if (subject_ == ProseSubject::cafeteria && (behind == U':' || behind == U'(') &&
                   label_begin_ < prose_.days.size()) {
            prose_.days.resize(label_begin_);
            group_begin_ = std::min(group_begin_, label_begin_);
            dropped_ = true;
        } else if (subject_ == ProseSubject::cafeteria && behind == U'は' && prose_.days.size() > label_begin_) {
            prose_.days.pop_back(); // "第4金曜日は学習支援"
            group_begin_ = std::min(group_begin_, prose_.days.size());
            dropped_ = true;
        } else {
            prose_.has_more_words = true;
            words_since_days_ = true;
        }
        return true;
    }

    /// "時間は17時から" goes on to tell them; "時間は変わります" does not.
    bool read_remark_on_times() {
        if (!take_any(text_, {U"時間は", U"時間帯は"})) {
            return false;
        }
        Points rest = text_;
        prose_.times_may_differ = prose_.times_may_differ || !take_time(rest);
        return true;
    }

    bool read_frequency() {
        const auto frequency = take_frequency(text_);
        if (!frequency) {
            return false;
        }
        if (of_another_) {
            return dropped_ = true;
        }
        prose_.names_a_rhythm = true;
        if (frequency->times_a_week > 0) {
            prose_.times_a_week = frequency->times_a_week;
        } else {
            prose_.times_a_month = frequency->times_a_month;
            counts_by_month_ = true;
            pending_frequency_ = frequency_just_read_ = true;
        }
        return true;
    }

    bool read_holidays() {
        const auto holidays = take_holidays(text_);
        if (holidays && !of_another_) {
            prose_.holidays = *holidays;
        }
        return holidays.has_value();
    }

    bool read_doubt() {
        if (text_.starts_with(U"+")) {
            Points rest = text_.substr(1);
            if (take_number(rest, 2) && take(rest, U"回")) { // "第3水曜日+2回"
                text_ = rest;
                prose_.has_others = true;
                return true;
            }
        }
        const bool into =
            !prose_.days.empty() && !words_since_days_ && Points(U"にへ").find(char_behind()) != Points::npos;
        auto doubt = take_doubt(text_);
        if (doubt == Doubt::as_a_rule && into) {
            doubt = Doubt::may_differ; // "8月は第3土曜日に変更"
        }
        if (!doubt && !prose_.days.empty() && !words_since_days_ &&
            take_any(text_,
                     {U"なし", U"無し", U"無", U"しません", U"ありません", U"しない", U"行いません", U"行わない"})) {
            doubt = Doubt::may_differ; // "第3土曜日はなし"
        }
        if (!doubt) {
            return false;
        }
        if (*doubt == Doubt::rough_times && behind_days_) {
            doubt = Doubt::may_differ; // "15日頃"
        }
        if (of_another_) {
            return dropped_ = true;
        }
        switch (*doubt) {
            case Doubt::irregular: // "他、不定期": the others are irregular
                prose_.is_irregular = prose_.is_irregular || !prose_.has_others || prose_.days.empty();
                break;
            case Doubt::alternatives:
                prose_.has_alternatives = true;
                break;
            case Doubt::as_a_rule:
                prose_.days_may_differ = true;
                break;
            case Doubt::may_fail:
                prose_.may_fail = true;
                break;
            case Doubt::may_differ:
                prose_.may_differ = true;
                break;
            case Doubt::others:
                prose_.has_others = true;
                prose_.has_other_days = prose_.has_other_days || (!prose_.days.empty() && !words_since_days_);
                break;
            case Doubt::rough_times:
                prose_.times_are_rough = true;
                break;
            case Doubt::times_may_differ:
                prose_.times_may_differ = true;
                break;
        }
        return true;
    }

    bool read_days() {
        auto taken = take_days(text_, text_.size() == whole_.size() ? U'\0' : char_behind());
        if (!taken) {
            return false;
        }
        prose_.may_differ = prose_.may_differ || taken->is_uncertain;
        prose_.times_may_differ = prose_.times_may_differ || taken->of_other_times || taken->is_season;
        prose_.has_more_words = prose_.has_more_words || taken->is_season;
        prose_.names_a_rhythm = prose_.names_a_rhythm || taken->is_rhythm;
        counts_by_month_ = counts_by_month_ || taken->is_rhythm;
        if (taken->on_holidays && !of_another_) {
            prose_.holidays = HolidayRule::open;
        }
        if (taken->days && !take_back(*taken->days)) {
            push(std::move(*taken->days));
        }
        return true;
    }

    /// What was read last; not at the very beginning.
    [[nodiscard]] char32_t char_behind() const { return whole_[whole_.size() - text_.size() - 1]; }

    /// "日曜・祝日は休み", "第3土曜日を除く": days that are taken from the others. Whether they were such.
    bool take_back(const ProseDays& days) {
        const bool can_be_closed = (days.weekdays != 0 || days.ordinals != 0) && !days.every_week;
        const auto closed = can_be_closed ? take_closed_days(text_) : std::nullopt;
        if (!closed) {
            return false;
        }
        if (of_another_) {
            return dropped_ = true;
        }
        prose_.holidays = closed->holidays_too ? HolidayRule::closed : prose_.holidays;
        if (days.ordinals == 0) {
            prose_.closed_weekdays = static_cast<WeekdayMask>(prose_.closed_weekdays | days.weekdays);
            return true;
        }
        // "毎週土曜日（第3土曜日を除く）" is the 1st, 2nd, 4th and 5th. Which the last one is, varies.
        const auto weekly = std::ranges::find_if(prose_.days, [&](const ProseDays& each) {
            return each.every_week && each.weekdays != 0 && (days.weekdays == 0 || days.weekdays == each.weekdays);
        });
        if (weekly == prose_.days.end() || (days.ordinals & directory::k_last_in_month) != 0 ||
            days.months != k_every_month) {
            prose_.may_differ = true;
            return true;
        }
        const unsigned before = weekly->ordinals == 0 ? k_five_weeks : weekly->ordinals;
        weekly->ordinals = static_cast<std::uint8_t>(before & ~unsigned{days.ordinals});
        prose_.may_differ = prose_.may_differ || weekly->ordinals == 0;
        return true;
    }

    void push(ProseDays days) {
        if (of_another_) {
            dropped_ = true;
            return;
        }
        ProseDays* const last = prose_.days.empty() ? nullptr : &prose_.days.back();
        const bool weeks_alone = days.ordinals != 0 && days.weekdays == 0;
        if (weeks_alone && joins_ && last != nullptr && last->sessions.empty()) {
            // "土曜日（第1・3）"; behind 毎週 one of the two is not true.
            prose_.may_differ = prose_.may_differ || last->says_when();
            last->ordinals = days.ordinals;
            joins_ = false;
            return;
        }
        if (last != nullptr && !last->sessions.empty()) {
            group_begin_ = prose_.days.size();
        }
        if (separated_) {
            label_begin_ = prose_.days.size();
        }
        separated_ = false;
        words_since_days_ = false;
        joins_ = days.weekdays != 0 && days.ordinals == 0;
        if (pending_frequency_ && !days.says_when()) { // "月1回日曜日と毎週木曜日": how often is said of the Sundays
            counts_by_month_ = false;
        }
        pending_frequency_ = false;
        prose_.days.push_back(std::move(days));
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
            if (hour && *hour <= 24 && take(end, U"~") && take_end_time(end)) {
                from = static_cast<std::int16_t>(*hour * 60);
                rest = digits;
            }
        }
        skip_blanks(rest);
        std::optional<std::int16_t> to;
        if (take_any(rest, {U"~", U"から", U"より", U"-"})) {
            skip_blanks(rest);
            to = take_end_time(rest);
            take(rest, U"まで");
        } else if (from && take(rest, U"まで")) {
            to = std::exchange(from, std::nullopt);
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
        if (of_another_) {
            return dropped_ = true;
        }
        if (const auto session = session_of(from, to)) {
            add(*session);
        } else {
            prose_.times_may_differ = true;
        }
        return true;
    }

    /// Times belong to every day named since the last times, unless words between say what they are the times of.
    void add(const Session& session) {
        if (prose_.days.empty() || words_since_days_) {
            prose_.loose_sessions.push_back(session);
            return;
        }
        for (std::size_t i = group_begin_; i < prose_.days.size(); ++i) {
            prose_.days[i].sessions.push_back(session);
        }
    }

    /// What is every week without saying 毎週: 月～金, and as many weekdays as 週5日 counts.
    void settle_weekly() {
        unsigned named = 0;
        bool timed_run = false;
        for (ProseDays& each : prose_.days) {
            // "毎日（水曜定休）"; a second Wednesday beside it is not sure.
            const auto open = static_cast<WeekdayMask>(each.weekdays & ~unsigned{prose_.closed_weekdays});
            prose_.may_differ = prose_.may_differ || (open != each.weekdays && (each.ordinals != 0 || open == 0));
            each.weekdays = open != 0 ? open : each.weekdays;
            named |= each.ordinals == 0 ? each.weekdays : 0U;
            timed_run = timed_run || (each.is_run && !each.sessions.empty());
        }
        const bool counted = prose_.times_a_week > 0 && days_in(static_cast<WeekdayMask>(named)) == prose_.times_a_week;
        for (ProseDays& each : prose_.days) {
            const bool bare = each.weekdays != 0 && each.ordinals == 0;
            // "月～金17:00～19:00、土12:00～13:00" are opening hours.
            each.every_week =
                each.every_week || each.is_run || (bare && (counted || (timed_run && !each.sessions.empty())));
        }
        prose_.names_a_rhythm = prose_.names_a_rhythm && !(counted && !counts_by_month_);
        prose_.counts_apart = !counts_by_month_ && prose_.times_a_week == 0;
    }

    Points whole_;
    Points text_;
    ProseSubject subject_;
    Prose prose_;
    std::size_t group_begin_ = 0; ///< the first of the days that the next times belong to
    std::size_t label_begin_ = 0; ///< the first of the days that an activity named behind them is about
    bool of_another_ = false;     ///< the words speak of another activity
    bool dropped_ = false;        ///< something was left out as another activity's
    bool dropped_all_ = false;
    bool behind_days_ = false;         ///< days were read last
    bool joins_ = false;               ///< weekdays were, and weeks in brackets behind them are theirs
    bool separated_ = false;           ///< a blank stands between the last days and here
    bool words_since_days_ = false;    ///< unknown words do
    bool pending_frequency_ = false;   ///< 月1回 was read, and no days since
    bool frequency_just_read_ = false; ///< …as the last thing
    bool counts_by_month_ = false;     ///< a number of times a month, a year, is said of all the days
};

} // namespace

bool Prose::is_unhedged() const { return !is_irregular && !has_alternatives && !may_differ; }

bool Prose::is_certain() const {
    int occasions = 0;
    for (const ProseDays& each : days) {
        occasions += std::popcount(static_cast<unsigned>(each.ordinals)) * std::max(1, days_in(each.weekdays)) +
                     std::popcount(each.days_of_month);
    }
    const bool rhythm_agrees = !names_a_rhythm || counts_apart || (times_a_month > 0 && times_a_month == occasions);
    return rhythm_agrees && is_unhedged();
}

WeekdayMask Prose::weekdays() const {
    unsigned mask = 0;
    for (const ProseDays& each : days) {
        mask |= each.weekdays;
    }
    return static_cast<WeekdayMask>(mask);
}

Prose read_schedule_prose(std::string_view text, ProseSubject subject) {
    const std::u32string points = plain_points(text);
    const Points head = Points(points).substr(0, k_most_points);
    ProseReader reader(head, subject);
    Prose prose = reader.read();
    if (reader.dropped_all()) {
        prose = ProseReader(head, ProseSubject::anything).read();
    }
    prose.may_differ = prose.may_differ || head.size() < points.size();
    return prose;
}

} // namespace shirube::importers
