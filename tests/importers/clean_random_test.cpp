// Whatever stands in a cell: the cleaners end, and what they say holds together.
#include "directory/fold.hpp"
#include "importers/cleaning/ages.hpp"
#include "importers/cleaning/contacts.hpp"
#include "importers/cleaning/corporate_number.hpp"
#include "importers/cleaning/dates.hpp"
#include "importers/cleaning/fees.hpp"
#include "importers/cleaning/numbers.hpp"
#include "importers/cleaning/positions.hpp"
#include "importers/cleaning/postal_code.hpp"
#include "importers/cleaning/schedules.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/cleaning/times.hpp"
#include "importers/cleaning/weekdays.hpp"
#include "importers/cleaning/withheld.hpp"
#include "importers/locating/address.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <random>
#include <string>

using namespace shirube;

namespace {

constexpr std::array<std::string_view, 74> k_words{
    "月",       "火",     "水",    "木",     "金",     "土",   "日",     "曜日", "曜",   "第",     "1",
    "2",        "3",      "12",    "31",     "０",     "・",   "、",     "～",   "-",    "時",     "分",
    "半",       "午前",   "午後",  ":",      "：",     "毎週", "毎月",   "毎日", "平日", "土日",   "最終",
    "偶数月",   "奇数月", "月1回", "隔週",   "不定期", "原則", "または", "他",   "祝日", "を除く", "休み",
    "年末年始", "(",      ")",     " ",      "　",     "\n",   "\t",     "から", "まで", "頃",     "夏季",
    "丁目",     "番地",   "の",    "東京都", "市",     "県",   "字",     "歳",   "か月", "小学生", "以下",
    "令和",     "R",      "年",    "円",     "無料",   "@",    "0.5",    "\xff"};

class RandomText {
  public:
    std::string operator()() {
        std::string text;
        const int words = length_(random_);
        for (int i = 0; i < words; ++i) {
            text += k_words[word_(random_)];
        }
        return text;
    }

  private:
    std::mt19937 random_{20261121};
    std::uniform_int_distribution<int> length_{0, 9};
    std::uniform_int_distribution<std::size_t> word_{0, k_words.size() - 1};
};

bool is_whole(const directory::ScheduleRule& rule) {
    const bool has_days = rule.weekdays != 0 || rule.days_of_month != 0;
    const bool dated_has_days = rule.state != directory::ScheduleState::dated || has_days;
    const bool in_range = rule.weekdays < 128 && rule.ordinals < 64 && rule.months <= 0x0fff && rule.months != 0 &&
                          (rule.days_of_month >> 31U) == 0;
    const bool times = (!rule.from_minute || (*rule.from_minute >= 0 && *rule.from_minute <= 1440)) &&
                       (!rule.to_minute || (*rule.to_minute >= 0 && *rule.to_minute <= 2880)) &&
                       (!rule.from_minute || !rule.to_minute || *rule.to_minute > *rule.from_minute);
    const bool text_is_bare = rule.state != directory::ScheduleState::text || rule == directory::ScheduleRule{};
    return dated_has_days && in_range && times && text_is_bare;
}

} // namespace

TEST_CASE("schedules out of any words are whole") {
    RandomText text;
    for (int i = 0; i < 20'000; ++i) {
        const std::array<std::string, 5> cells{text(), text(), text(), text(), text()};
        importers::ScheduleCells schedule{
            .weekdays = cells[0], .days = cells[1], .from = cells[2], .to = cells[3], .remark = cells[4]};
        schedule.bare_weekdays =
            i % 2 == 0 ? importers::BareWeekdays::every_week : importers::BareWeekdays::some_of_them;
        for (const auto& read : importers::read_schedules(schedule).schedules) {
            if (!is_whole(read.rule)) {
                CAPTURE(cells[0], cells[1], cells[2], cells[3], cells[4]);
                FAIL("a schedule that cannot be");
            }
            CHECK_NOTHROW(directory::in_words(read, "ja"));
        }
    }
}

TEST_CASE("no cell breaks a cleaner") {
    RandomText text;
    for (int i = 0; i < 20'000; ++i) {
        const std::string a = text();
        const std::string b = text();
        const auto age = importers::parse_ages(a);
        if (age && *age && (*age)->from_months) {
            CHECK(*(*age)->from_months >= 0);
        }
        const auto time = importers::parse_time_of_day(a);
        if (time && *time) {
            CHECK(**time >= 0);
            CHECK(**time <= 1440);
        }
        const auto count = importers::parse_count(a);
        if (count && *count) {
            CHECK(**count > 0);
        }
        const auto position = importers::parse_position(a, b);
        if (position && *position) {
            CHECK(geo::within_japan(**position));
        }
        const auto date = importers::parse_date_span(a);
        if (date && *date) {
            CHECK((*date)->first <= (*date)->last);
        }
        const auto end = importers::parse_end_of_session(a);
        if (end && *end) {
            CHECK(**end >= 0);
            CHECK(**end <= 2160);
        }
        if (age && *age && (*age)->from_months && (*age)->to_months) {
            CHECK(*(*age)->from_months < *(*age)->to_months);
        }
        importers::parse_date(a);
        importers::parse_postal_code(a);
        importers::parse_fee(a);
        importers::parse_url(a);
        importers::parse_published_phone(a);
        importers::parse_corporate_number(a);
        importers::parse_weekdays(a);
        importers::is_withheld(a);
        importers::split_prefecture(a);
        importers::leading_municipality(a);
        CHECK(importers::without_contacts(a).find("@example") == std::string::npos);
        CHECK(importers::address_key(a) == importers::address_key(importers::clean_text(a).text));
        CHECK(directory::fold(directory::fold(a)) == directory::fold(a));
    }
}
