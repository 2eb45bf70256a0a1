// The six schedule columns: dated only where the row says so, recurring where it hints, text where it only talks.
#include "importers/cleaning/schedules.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace shirube::importers;
using namespace shirube::directory;

namespace {

/// Schedules in short: "dated 第2・4水曜日 15:00–19:00", or "recurring 土 16:30–18:00".
std::vector<std::string> read(const ScheduleCells& cells) {
    std::vector<std::string> out;
    for (const Schedule& schedule : read_schedules(cells).schedules) {
        Schedule bare = schedule;
        bare.text.clear();
        std::string words = in_words(bare, "ja");
        const std::string caution = "（日は要確認）";
        if (words.ends_with(caution)) {
            words.erase(words.size() - caution.size());
        }
        out.push_back(std::string(code_of(schedule.rule.state)) + " " + words);
    }
    return out;
}

std::vector<std::string> days(std::string_view text) { return read({.days = text}); }

using Said = std::vector<std::string>;

} // namespace

TEST_CASE("prose that names its days is dated") {
    CHECK(days("第2・4水曜日 15時～19時") == Said{"dated 第2・4水曜日 15:00–19:00"});
    CHECK(days("毎月第３土曜日") == Said{"dated 第3土曜日"});
    CHECK(days("毎月第三水曜日") == Said{"dated 第3水曜日"});
    CHECK(days("毎月最終金曜日") == Said{"dated 最終金曜日"});
    CHECK(days("毎月第１第３木曜日") == Said{"dated 第1・3木曜日"});
    CHECK(days("第1～3土曜日") == Said{"dated 第1・2・3土曜日"});
    CHECK(days("第1金曜日、第3金曜日") == Said{"dated 第1・3金曜日"});
    CHECK(days("第2水曜・第4水曜　15時～") == Said{"dated 第2・4水曜日 15:00～"});
    CHECK(days("第2火曜・第4木曜　14時～") == Said{"dated 第2火曜日 14:00～", "dated 第4木曜日 14:00～"});
    CHECK(days("毎週月曜・木曜　17時～19時") == Said{"dated 毎週月・木曜日 17:00–19:00"});
    CHECK(days("毎週月、水、金曜日") == Said{"dated 毎週月・水・金曜日"});
    CHECK(days("毎日") == Said{"dated 毎日"});
    CHECK(days("毎月12日") == Said{"dated 毎月12日"});
    CHECK(days("毎月5日・20日") == Said{"dated 毎月5・20日"});
    CHECK(days("偶数月の第３土曜日") == Said{"dated 偶数月の第3土曜日"});
    CHECK(days("奇数月の第2水曜日 17:30～20:00") == Said{"dated 奇数月の第2水曜日 17:30–20:00"});
    CHECK(days("第１土曜日\n第3土曜日") == Said{"dated 第1・3土曜日"});
    CHECK(days("毎週土曜日 10:00～16:00（祝日を除く）") == Said{"dated 毎週土曜日 10:00–16:00（祝日休み）"});
    CHECK(days("月1回　第3土曜日") == Said{"dated 第3土曜日"});
    CHECK(days("毎月一回 最終日曜日") == Said{"dated 最終日曜日"});
    CHECK(days("毎月末の土曜日") == Said{"dated 最終土曜日"});
    CHECK(days("第2.4日曜") == Said{"dated 第2・4日曜日"});
    CHECK(days("第2(土)　第4(火)") == Said{"dated 第2土曜日", "dated 第4火曜日"});
    CHECK(days("土曜日（第1・第3）") == Said{"dated 第1・3土曜日"});
    CHECK(days("第3火曜日 22:00～翌2:00") == Said{"dated 第3火曜日 22:00–26:00"});
    CHECK(days("第3火曜日 20時～25時") == Said{"dated 第3火曜日 20:00–25:00"});
}

TEST_CASE("what is every week without saying 毎週 is weekly: a run of days, as many days as are counted") {
    CHECK(days("月～金 9:00-17:00（祝日・年末年始を除く）") == Said{"dated 毎週月～金曜日 9:00–17:00（祝日休み）"});
    CHECK(days("月〜金17:00〜19:00、土12:00〜13:00") ==
          Said{"dated 毎週月～金曜日 17:00–19:00", "dated 毎週土曜日 12:00–13:00"});
    CHECK(days("月水金（祝祭日を除く）週3日") == Said{"dated 毎週月・水・金曜日（祝日休み）"});
    CHECK(days("毎週1回　水曜日") == Said{"dated 毎週水曜日"});
    CHECK(read({.weekdays = "火木", .remark = "週2回"}) == Said{"dated 毎週火・木曜日"});
    CHECK(days("週1回　土曜日か日曜日") == Said{"recurring 土・日曜日"});
    CHECK(read({.weekdays = "火木", .remark = "週1回"}) == Said{"recurring 火・木曜日"});
    CHECK(days("月～金のうち週2日") == Said{"recurring 月～金曜日"});
    CHECK(days("月火木金土日") == Said{"recurring 月・火・木・金・土・日曜日"});
}

TEST_CASE("weeks that are taken from every week leave the others") {
    CHECK(days("毎週土曜日（第3土曜日除く）") == Said{"dated 第1・2・4・5土曜日"});
    CHECK(days("毎週水曜日(第5週は休み)") == Said{"dated 第1・2・3・4水曜日"});
    CHECK(days("毎日（水曜定休）") == Said{"dated 毎週月・火・木・金・土・日曜日"});
    CHECK(days("水曜日以外毎日") == Said{"dated 毎週月・火・木・金・土・日曜日"});
    CHECK(days("年中無休") == Said{"dated 毎日（祝日も開く）"});
    CHECK(days("月・水・金 10:00～15:00") == Said{"recurring 月・水・金曜日 10:00–15:00"});
    CHECK(days("第3土曜日 17時まで") == Said{"dated 第3土曜日 ～17:00"});
    CHECK(days("毎週水曜日（最終水曜日は休み）") == Said{"recurring 水曜日"}); // the 4th or the 5th
    CHECK(days("毎週火・水曜日（第1水曜日は休み）") == Said{"recurring 火・水曜日"});
}

TEST_CASE("days that are sure and days that are not stand beside each other") {
    CHECK(read({.weekdays = "木日", .from = "17:00", .remark = "毎月1回日曜日と毎週木曜日"}) ==
          Said{"recurring 日曜日 17:00～", "dated 毎週木曜日 17:00～"});
    CHECK(read({.weekdays = "月火水木金",
                .from = "14:40",
                .to = "18:30",
                .remark = "第2土曜日（9：00～12：30）開催あり"}) ==
          Said{"dated 第2土曜日 9:00–12:30", "recurring 月～金曜日 14:40–18:30"});
    CHECK(read({.weekdays = "月火水木金", .from = "12:00", .to = "14:00", .remark = "土曜日にパントリー"}) ==
          Said{"recurring 月～金曜日 12:00–14:00", "recurring 土曜日"});
    CHECK(days("毎月第3水曜日+2回") == Said{"dated 第3水曜日", "recurring 開催日"});
    CHECK(read({.weekdays = "水", .remark = "第4水曜日 他、不定期で催し"}) ==
          Said{"dated 第4水曜日", "recurring 開催日"});
    CHECK(days("第1・3土曜日、日曜日") == Said{"dated 第1・3土曜日", "recurring 日曜日"}); // which Sundays?
    CHECK(read({.weekdays = "火", .remark = "月2回　火曜日　その他"}) == Said{"recurring 開催日"});
}

TEST_CASE("one of two days is neither") {
    CHECK(days("第2or第3土曜日") == Said{"recurring 土曜日"});
    CHECK(days("毎月第1か第2の日曜日") == Said{"recurring 日曜日"});
    CHECK(days("毎月最終土or日曜日") == Said{"recurring 土・日曜日"});
    CHECK(days("毎週土曜日（第1・3）") == Said{"recurring 土曜日"});
    CHECK(read({.weekdays = "火土", .days = "第2・4"}) == Said{"recurring 火・土曜日"});
    CHECK(days("8月は第4土曜日") == Said{"recurring 土曜日"}); // and in the other months?
    CHECK(days("隔月第2・第4火曜日") == Said{"recurring 火曜日"});
    CHECK(days("第1水曜日から金曜日") == Said{"recurring 水～金曜日"}); // that Friday may be the second
    CHECK(days("毎月15日頃") == Said{"recurring 開催日"});
    CHECK(days("毎月最終日") == Said{"recurring 開催日"}); // a day of the month, no Sunday
    CHECK(days("月1回程度、主に土曜日") == Said{"recurring 開催日"});
    CHECK(read({.weekdays = "土", .remark = "毎月第2土曜日以外の土曜日"}) == Said{"recurring 土曜日"});
    CHECK(read({.weekdays = "土", .remark = "毎週土曜日、第3土曜日はなし"}) == Said{"recurring 土曜日"});
    CHECK(read({.weekdays = "土", .remark = "毎週土曜日 ただし第3土曜日は会食"}) == Said{"recurring 土曜日"});
    CHECK(read({.weekdays = "土", .days = "第3土曜日（申込は10日まで）"}) == Said{"recurring 開催日"});
    CHECK(read({.weekdays = "金", .remark = "毎月第1・3金曜日　※現在は休止中"}) == Said{"recurring 金曜日"});
}

TEST_CASE("in a list of cafeterias the days of other activities are not the cafeteria's") {
    const auto cafeteria = [](std::string_view weekday, std::string_view remark) {
        return read({.weekdays = weekday, .remark = remark, .subject = ProseSubject::cafeteria});
    };
    CHECK(cafeteria("土", "子ども食堂は毎月第3土曜日、高齢者居場所づくりは毎日") == Said{"dated 第3土曜日"});
    CHECK(cafeteria("日", "子ども食堂：第4日曜日　11:30～13:00\n学習支援：第2・第4日曜日　9:30～11:30") ==
          Said{"dated 第4日曜日 11:30–13:00"});
    CHECK(cafeteria("月", "毎週月曜日：こども食堂　月・水曜日：学習支援") == Said{"dated 毎週月曜日"});
    CHECK(cafeteria("金", "保育（月火、木金）　こども食堂（月1回第4金）　開放 9:00～15:00") == Said{"dated 第4金曜日"});
    CHECK(cafeteria("木", "毎月第4木曜日　ミニパントリーは不定期") == Said{"dated 第4木曜日"});
    CHECK(cafeteria("金", "毎月第2金曜日、第4金曜日は学習支援") == Said{"dated 第2金曜日"});
    CHECK(cafeteria("土", "フードパントリー：第1土曜日") == Said{"dated 第1土曜日"}); // there is nothing else
    // Another list may mean the other service.
    CHECK(read({.days = "こども食堂：第4日曜日 学習支援：第2日曜日"}) == Said{"recurring 日曜日"});
}

TEST_CASE("prose that hedges is recurring, and so is a rhythm") {
    CHECK(days("月1回　土曜日　10時30分～") == Said{"recurring 土曜日 10:30～"});
    CHECK(days("不定期開催　10時～") == Said{"recurring 開催日 10:00～"});
    CHECK(days("月2回不定期　16時30分～18時") == Said{"recurring 開催日 16:30–18:00"});
    CHECK(days("2ヶ月に1回　第2火曜日　16時～18時") == Said{"recurring 火曜日 16:00–18:00"});
    CHECK(days("月2回　第3土曜日") == Said{"recurring 土曜日"}); // two times, one day: which is the other?
    CHECK(days("平日　15時30分～") == Said{"recurring 月～金曜日 15:30～"});
    CHECK(days("木曜日（第3もしくは第4）") == Said{"recurring 木曜日"});
    CHECK(days("毎月第三火曜日とその直後の木曜日") == Said{"recurring 火・木曜日"});
    CHECK(days("年10回") == Said{"recurring 開催日"});
    CHECK(days("毎月") == Said{"recurring 開催日"});
    CHECK(days("隔週土曜日") == Said{"recurring 土曜日"});
    CHECK(days("4月10日") == Said{"recurring 開催日"}); // of which year?
}

TEST_CASE("where even the weekday may differ, no weekday is claimed") {
    CHECK(days("原則土曜日") == Said{"recurring 開催日"});
    CHECK(read({.weekdays = "金", .from = "18:00", .to = "20:00", .remark = "金曜日だが変動あり"}) ==
          Said{"recurring 開催日 18:00–20:00"});
    CHECK(days("いちごの日と肉の日(15日・29日）") == Said{"recurring 開催日"});
}

TEST_CASE("days that are the rule and may fail are dated as the rule, and say so") {
    CHECK(days("原則第3日曜日（要問合せ）") == Said{"dated 原則として第3日曜日"});
    CHECK(read({.weekdays = "金", .from = "18:00", .to = "20:00", .remark = "原則第2・4金曜日だが変動あり"}) ==
          Said{"dated 原則として第2・4金曜日 18:00–20:00"});
    CHECK(days("基本的に毎週土曜日 10:00～12:00") == Said{"dated 原則として毎週土曜日 10:00–12:00"});
    CHECK(read({.weekdays = "土", .remark = "第2土曜日　※変更の可能性あり（施設の予約により）"}) ==
          Said{"dated 原則として第2土曜日"});
    CHECK(days("第2土曜日（中止の場合あり）") == Said{"dated 原則として第2土曜日"});
    CHECK(days("第2土曜日（雨天中止）") == Said{"dated 原則として第2土曜日"});
    CHECK(days("第2土曜日（場合により休み）") == Said{"dated 原則として第2土曜日"});
    CHECK(read({.weekdays = "土", .remark = "第2土曜日　都合により変更することがあります"}) ==
          Said{"dated 原則として第2土曜日"});
    CHECK(read({.weekdays = "土",
                .from = "12:00",
                .to = "13:00",
                .remark = "第2土曜日（感染状況によって中止または食材提供、弁当に変更。時間変更もあり）"}) ==
          Said{"dated 原則として第2土曜日"});
    CHECK(read({.weekdays = "金", .remark = "第3金曜日　夏休み期間などは限定で週1開催、他イベント不定期開催あり"}) ==
          Said{"dated 原則として第3金曜日", "recurring 開催日"});
    CHECK(days("第2土曜日（お盆は休み）") == Said{"dated 原則として第2土曜日"});
    CHECK(read({.weekdays = "土", .remark = "変更の場合あり", .bare_weekdays = BareWeekdays::every_week}) ==
          Said{"dated 原則として毎週土曜日"});
}

TEST_CASE("words that leave nothing of the days are no rule") {
    CHECK(days("第2土曜日　現在休止中") == Said{"recurring 土曜日"});
    CHECK(days("第2土曜日　コロナ禍のため現在は休止中") == Said{"recurring 土曜日"});
    CHECK(read({.weekdays = "土", .remark = "第2土曜日　都合により休止中"}) == Said{"recurring 土曜日"});
    CHECK(days("第2土曜日　月によって第3もしくは第4") == Said{"recurring 土曜日"});
    CHECK(days("原則第2または第3土曜日") == Said{"recurring 開催日"});
    CHECK(days("第2土曜日、8月は第3土曜日に変更") == Said{"recurring 土曜日"});
    CHECK(days("第2土曜日から第3土曜日に変更") == Said{"recurring 土曜日"});
    CHECK(days("第2土曜日、夏休みは毎日") != Said{"dated 原則として第2土曜日"});
    CHECK(read({.weekdays = "土", .remark = "第2土曜日、夏休みは第1土曜日のみ休み"}) == Said{"recurring 土曜日"});
    CHECK(days("第2土曜日、応相談") == Said{"recurring 土曜日"});
    CHECK(days("不定期となる。基本第2土曜日") == Said{"recurring 開催日"});
}

TEST_CASE("what is said for sure holds although there is more") {
    CHECK(days("第2水曜日他　15時～17時") == Said{"dated 第2水曜日 15:00–17:00", "recurring 開催日"});
    CHECK(read({.weekdays = "日", .days = "第3日曜日", .from = "11:30", .to = "13:30", .remark = "平日も不定期開催"}) ==
          Said{"dated 第3日曜日 11:30–13:30", "recurring 月～金曜日"});
    CHECK(read({.weekdays = "木", .days = "偶数月の第３土曜日"}) ==
          Said{"dated 偶数月の第3土曜日", "recurring 木曜日"});
}

TEST_CASE("a frequency alone is never a date") {
    for (const auto* code : {"1", "2", "3", "4", "5", "6", "7", "8"}) {
        CHECK(read({.frequency = code}) == Said{"recurring 開催日"});
        CHECK(read({.frequency = code, .weekdays = "土", .from = "12:00"}) == Said{"recurring 土曜日 12:00～"});
    }
    CHECK(read({}).empty());
}

TEST_CASE("words without any rhythm stay words") {
    const auto reading = read_schedules({.days = "お問い合わせください", .remark = ""});
    REQUIRE(reading.schedules.size() == 1);
    CHECK(reading.schedules[0].rule == ScheduleRule{});
    CHECK(reading.schedules[0].text == "お問い合わせください");
}

TEST_CASE("a weekday alone means every week only where the layout says so") {
    CHECK(read({.weekdays = "月～金", .from = "9:00", .to = "17:00"}) == Said{"recurring 月～金曜日 9:00–17:00"});
    ScheduleCells cells{.weekdays = "月～金", .from = "9:00", .to = "17:00", .bare_weekdays = BareWeekdays::every_week};
    CHECK(read(cells) == Said{"dated 毎週月～金曜日 9:00–17:00"});
    cells.holidays = HolidayRule::closed;
    CHECK(read(cells) == Said{"dated 毎週月～金曜日 9:00–17:00（祝日休み）"});
    cells.remark = "不定期";
    CHECK(read(cells) == Said{"recurring 月～金曜日 9:00–17:00"});
    CHECK(read({.weekdays = "毎日"}) == Said{"dated 毎日"});
    CHECK(read({.days = "月～金 9:00-17:00（祝日・年末年始を除く）", .bare_weekdays = BareWeekdays::every_week}) ==
          Said{"dated 毎週月～金曜日 9:00–17:00（祝日休み）"});
    CHECK(read({.weekdays = "火～日", .remark = "日曜・祝日は休み", .bare_weekdays = BareWeekdays::every_week}) ==
          Said{"dated 毎週火～土曜日（祝日休み）"});
    CHECK(read({.weekdays = "火～日", .remark = "第3火曜日は休み", .bare_weekdays = BareWeekdays::every_week}) ==
          Said{"recurring 火～日曜日"});
}

TEST_CASE("one column completes the other") {
    CHECK(read({.weekdays = "水曜日", .days = "毎月第３"}) == Said{"dated 第3水曜日"});
    CHECK(read({.weekdays = "月", .days = "毎週", .to = "非公開", .remark = "無し"}) == Said{"dated 毎週月曜日"});
    CHECK(read({.weekdays = "土", .remark = "開催日は毎月第1土曜日"}) == Said{"dated 第1土曜日"});
    CHECK(read({.weekdays = "火",
                .from = "16:30",
                .to = "18:00",
                .remark = "・開催日は第4火・社員食堂を活用して月一度実施している。"}) ==
          Said{"dated 第4火曜日 16:30–18:00"});
    CHECK(read({.weekdays = "火金土",
                .remark = "第2火曜日 17：30～　第2金曜日 18：00～　第3土曜日 10：00～　第4土曜日 12：00～"}) ==
          Said{"dated 第2火曜日 17:30～", "dated 第2金曜日 18:00～", "dated 第3土曜日 10:00～",
               "dated 第4土曜日 12:00～"});
    CHECK(read({.weekdays = "第3土曜日"}) == Said{"dated 第3土曜日"});
    CHECK(read({.days = "土"}) == Said{"recurring 土曜日"});
}

TEST_CASE("a remark that disagrees with the weekday column makes nothing dated") {
    CHECK(read({.weekdays = "月火水木金",
                .from = "11:00",
                .to = "20:00",
                .remark = "・開催日は第3木・飲食店で実施・毎週月は18:00~21:00に会食も実施"}) ==
          Said{"recurring 月～金曜日"});
    CHECK(read({.weekdays = "金", .remark = "毎月第４または第５金曜日"}) == Said{"recurring 金曜日"});
    CHECK(read({.weekdays = "土", .remark = "土曜の昼に開催しているが、第〇土曜日かは決まっておらず不定期"}) ==
          Said{"recurring 土曜日"});
}

TEST_CASE("a remark that names other days than 開催日 makes nothing dated") {
    CHECK(read({.days = "第2・4土曜日", .remark = "8月は第4土曜日だけ"}) == Said{"recurring 土曜日"});
    CHECK(read({.days = "第2・4土曜日", .remark = "8月は休み"}) == Said{"recurring 土曜日"});
    CHECK(read({.days = "第2・4土曜日", .remark = "毎月第2・4土曜日に開催"}) == Said{"dated 第2・4土曜日"});
}

TEST_CASE("times are left out where the row says more about them than the columns hold") {
    CHECK(read({.weekdays = "土",
                .days = "毎月第2・第4土曜日",
                .from = "15:00",
                .to = "17:00",
                .remark = "夏季は30分後ろ倒し"}) == Said{"dated 第2・4土曜日"});
    CHECK(read({.weekdays = "水", .from = "17:30", .to = "19:00", .remark = "11月～2月は17：00～18：30"}) ==
          Said{"recurring 水曜日"});
    CHECK(
        read(
            {.days = "毎月最終土曜日", .from = "11:30", .to = "14:20", .remark = "1部11:30～12:50、2部13:00～14:20"}) ==
        Said{"dated 最終土曜日 11:30–14:20"});
    CHECK(read({.days = "第１土曜日", .from = "17:00", .to = "19:30", .remark = "食事時間は午後6時頃から"}) ==
          Said{"dated 第1土曜日 17:00–19:30"});
    const auto reading =
        read_schedules({.days = "毎月第2土曜日", .from = "15:00", .to = "17:00", .remark = "夏季は30分後ろ倒し"});
    CHECK(in_words(reading.schedules.at(0), "ja") == "第2土曜日（毎月第2土曜日　15:00～17:00　夏季は30分後ろ倒し）");
}

TEST_CASE("beginning and end in one cell are both taken") {
    CHECK(read({.weekdays = "土", .from = "10:00～12:00"}) == Said{"recurring 土曜日 10:00–12:00"});
    CHECK(read({.weekdays = "土", .from = "22時から翌2時まで"}) == Said{"recurring 土曜日 22:00–26:00"});
    CHECK(read({.weekdays = "土", .from = "10:00～", .to = "～12:00"}) == Said{"recurring 土曜日 10:00–12:00"});
    CHECK(read_schedules({.weekdays = "土", .from = "10:00～12:00", .to = "13:00"}).problems.size() == 1);
}

TEST_CASE("sessions of one day are several schedules") {
    CHECK(read({.weekdays = "火", .remark = "第2火曜日　(1)17：00～18：00　(2)18：00～19：00"}) ==
          Said{"dated 第2火曜日 17:00–18:00", "dated 第2火曜日 18:00–19:00"});
    CHECK(days("毎月第3火曜日 午後5:30～6:15") == Said{"dated 第3火曜日 17:30–18:15"});
}

TEST_CASE("what cannot be read is told at its cell") {
    const auto problems = [](const ScheduleCells& cells) { return read_schedules(cells).problems; };
    const auto order = problems({.weekdays = "水", .from = "18:00", .to = "17:30"});
    REQUIRE(order.size() == 1);
    CHECK(order[0].first == ScheduleCell::to);
    CHECK(order[0].second.code == "time_order");
    CHECK_FALSE(read_schedules({.weekdays = "水", .from = "18:00", .to = "17:30"})
                    .schedules.at(0)
                    .rule.from_minute.has_value());
    const auto time = problems({.weekdays = "土", .from = "午前10時(又は午後5時)"});
    REQUIRE(time.size() == 1);
    CHECK(time[0].first == ScheduleCell::from);
    const auto weekday = problems({.weekdays = "営業日"});
    REQUIRE(weekday.size() == 1);
    CHECK(weekday[0].first == ScheduleCell::weekdays);
}

TEST_CASE("no text of a schedule carries a telephone number or a mail address") {
    const auto reading = read_schedules({.days = "不定期", .remark = "詳細は info@example.jp か 090-0000-0000 へ"});
    REQUIRE(reading.schedules.size() == 1);
    CHECK(reading.schedules[0].text.find("example") == std::string::npos);
    CHECK(reading.schedules[0].text.find("0000") == std::string::npos);
}
