// Whatever words a row is made of: no schedule claims what none of them says.
#include "importers/cleaning/schedules.hpp"
#include "importers/cleaning/text.hpp"
#include "schedule_notation.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <random>
#include <string>

using namespace shirube;
using namespace shirube::importers;
using directory::Schedule;
using directory::ScheduleState;

namespace {

constexpr std::array<std::string_view, 78> k_words{
    "第",    "第1",      "第2",      "第３",   "第四",   "第5",    "最終",   "末の",     "1",          "2",
    "4",     "12",       "31",       "毎週",   "毎月",   "毎日",   "平日",   "土日",     "月1回",      "週2回",
    "週5日", "隔週",     "隔月",     "偶数月", "奇数月", "8月",    "10月",   "月",       "火",         "水",
    "木",    "金",       "土",       "日",     "曜日",   "曜",     "・",     "、",       "～",         "-",
    "（",    "）",       "　",       " ",      "の",     "は",     "と",     "か",       "or",         "または",
    "原則",  "不定期",   "休み",     "除く",   "を除く", "祝日",   "他",     "その他",   "夏季",       "休憩",
    "頃",    "15時",     "17:00",    "～19時", "9:00-",  "翌2:00", "午後",   "学習支援", "こども食堂", "：",
    "※",     "変更あり", "年末年始", "月～金", "から",   "まで",   "5月5日", "コロナ"};

class RandomCells {
  public:
    std::string operator()(std::size_t most_words) {
        std::string text;
        const std::size_t words = std::uniform_int_distribution<std::size_t>(0, most_words)(random_);
        for (std::size_t i = 0; i < words; ++i) {
            text += k_words[word_(random_)];
        }
        return text;
    }

    /// A cell of weekdays, as tidy lists have it, or nothing.
    std::string weekdays() {
        constexpr std::array<std::string_view, 6> k_cells{"", "土", "火木", "月火水木金", "月～金", "日曜日"};
        return std::string(k_cells[std::uniform_int_distribution<std::size_t>(0, k_cells.size() - 1)(random_)]);
    }

  private:
    std::mt19937 random_{20261125};
    std::uniform_int_distribution<std::size_t> word_{0, k_words.size() - 1};
};

bool has_any(const std::string& text, std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(words, [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

/// Whether a letter, a word for several days or a run from one to another can have given the weekday.
bool may_name_weekday(const std::string& text, std::size_t weekday) {
    constexpr std::array<std::string_view, 7> k_letters{"月", "火", "水", "木", "金", "土", "日"};
    return has_any(text, {k_letters.at(weekday), "毎日", "平日", "～", "~", "-", "から"});
}

bool may_name_week(const std::string& text, unsigned week) {
    constexpr std::array<std::string_view, 5> k_kanji{"一", "二", "三", "四", "五"};
    // Weeks left out of every week name the others.
    return has_any(text, {std::to_string(week + 1), k_kanji.at(week), "~"}) || has_any(text, {"毎週", "毎日"});
}

/// What is claimed and stands nowhere; empty where all of it does.
std::string unfounded(const Schedule& schedule, const std::string& text) {
    const auto& rule = schedule.rule;
    if (rule.state != ScheduleState::dated) {
        return {};
    }
    for (std::size_t day = 0; day < 7; ++day) {
        if (((rule.weekdays >> day) & 1U) != 0 && !may_name_weekday(text, day)) {
            return "a weekday";
        }
    }
    for (unsigned week = 0; week < 5; ++week) {
        if (((rule.ordinals >> week) & 1U) != 0 && !may_name_week(text, week)) {
            return "a week";
        }
    }
    if ((rule.ordinals & directory::k_last_in_month) != 0 && !has_any(text, {"最終", "最後", "末の"})) {
        return "the last week";
    }
    if (rule.months != directory::ScheduleRule{}.months && !has_any(text, {"月"})) {
        return "months";
    }
    if (rule.ordinals == 0 && rule.weekdays != 0 && !has_any(text, {"毎週", "毎日", "~", "週2", "週5", "-", "から"})) {
        return "every week";
    }
    for (const auto& minute : {rule.from_minute, rule.to_minute}) {
        if (minute && !has_any(text, {"時", ":"})) {
            return "a time";
        }
    }
    return {};
}

bool any_dated(const std::vector<Schedule>& schedules) {
    return std::ranges::any_of(schedules, [](const Schedule& each) { return each.rule.state == ScheduleState::dated; });
}

bool any_promised(const std::vector<Schedule>& schedules) {
    return std::ranges::any_of(
        schedules, [](const Schedule& each) { return each.rule.state == ScheduleState::dated && !each.rule.usually; });
}

} // namespace

TEST_CASE("no schedule out of random words claims a day, a week, a month or a time that none of them names") {
    RandomCells cell;
    int dated = 0;
    for (int i = 0; i < 60'000; ++i) {
        const std::string weekdays = cell.weekdays();
        const std::string days = cell(i % 3 == 0 ? 0 : 7);
        const std::string remark = cell(i % 2 == 0 ? 0 : 7);
        const ScheduleCells cells{.weekdays = weekdays,
                                  .days = days,
                                  .remark = remark,
                                  .subject = i % 5 == 0 ? ProseSubject::cafeteria : ProseSubject::anything};
        const auto schedules = read_schedules(cells).schedules;
        dated += any_dated(schedules) ? 1 : 0;
        const std::string text = plain(weekdays + " " + days + " " + remark);
        for (const Schedule& schedule : schedules) {
            const std::string claim = unfounded(schedule, text);
            if (!claim.empty()) {
                CAPTURE(weekdays, days, remark, test::in_notation(schedules));
                FAIL("nothing names " << claim);
            }
        }
    }
    CHECK(dated > 1'000); // else the words say nothing and the test is none
}

TEST_CASE("a word of doubt leaves nothing dated for sure, whatever stands before it") {
    RandomCells cell;
    int taken_back = 0;
    for (int i = 0; i < 20'000; ++i) {
        const std::string weekdays = cell.weekdays();
        const std::string remark = cell(6);
        const bool dated = any_dated(read_schedules({.weekdays = weekdays, .remark = remark}).schedules);
        taken_back += dated ? 1 : 0;
        for (const auto* doubt : {"　変更の可能性あり", "　要問合せ", "　または相談による", "　現在休止中"}) {
            const std::string doubtful = remark + doubt;
            const auto schedules = read_schedules({.weekdays = weekdays, .remark = doubtful}).schedules;
            const bool leaves_a_rule =
                std::string_view(doubt).ends_with("あり") || std::string_view(doubt).ends_with("問合せ");
            if (leaves_a_rule ? any_promised(schedules) : any_dated(schedules)) {
                CAPTURE(weekdays, doubtful, test::in_notation(schedules));
                FAIL("dated in spite of it");
            }
        }
    }
    CHECK(taken_back > 100);
}
