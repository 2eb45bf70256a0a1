// Cells as lists write them: what is read, what stays unknown, what is told.
#include "importers/cleaning/ages.hpp"
#include "importers/cleaning/contacts.hpp"
#include "importers/cleaning/corporate_number.hpp"
#include "importers/cleaning/dates.hpp"
#include "importers/cleaning/fees.hpp"
#include "importers/cleaning/municipality_cell.hpp"
#include "importers/cleaning/numbers.hpp"
#include "importers/cleaning/positions.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/cleaning/times.hpp"
#include "importers/cleaning/weekdays.hpp"
#include "importers/cleaning/withheld.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <string>

using namespace shirube::importers;
using shirube::directory::Fee;
using shirube::directory::HolidayRule;
using shirube::directory::parse_day;

namespace {

/// The code of the problem, "value" or "nothing".
template <class T>
std::string said(const Cell<T>& cell) {
    return !cell ? std::string(cell.error().code) : *cell ? "value" : "nothing";
}

/// What was read; a problem fails the case.
template <class T>
std::optional<T> value_of(Cell<T> cell) {
    return std::move(cell).value();
}

} // namespace

TEST_CASE("a cell loses white space and nothing else") {
    CHECK(clean_text("  みなと\u3000児童館 \u00a0").text == "みなと\u3000児童館");
    CHECK(clean_text("一行目\r\n二行目").text == "一行目 二行目");
    CHECK(clean_text("\ufeff\u200bにじ").text == "にじ");
    CHECK(clean_text("ｶﾌｪ").text == "ｶﾌｪ");
    CHECK_FALSE(clean_text("にじ").had_tabs);
    CHECK(clean_text("\t\t東京都\t").had_tabs);
    CHECK(clean_text("\t\t東京都\t").text == "東京都");
    CHECK(clean_text("").text.empty());
}

TEST_CASE("text for machines has one width, one dash and one wave") {
    CHECK(plain("１７：００〜１９：００") == "17:00~19:00");
    CHECK(plain("4−25‐5ー1") == "4-25-5-1");
    CHECK(plain("センター") == "センター");
    CHECK(plain("①午後５時") == " 午後5時");
    CHECK(shortened("あいうえお", 3) == "あいう…");
    CHECK(shortened("あいう", 3) == "あいう");
}

TEST_CASE("counts are read with their units, and never as zero") {
    CHECK(value_of(parse_count("30")) == std::optional(30));
    CHECK(value_of(parse_count("３０人")) == std::optional(30));
    CHECK(value_of(parse_count("約 30名程度")) == std::optional(30));
    CHECK(value_of(parse_count("1,200食")) == std::optional(1200));
    for (const auto* text : {"0", "-5", "30～40", "10.5", "三十", "99999999999"}) {
        CAPTURE(text);
        CHECK(said(parse_count(text)) == "number_unreadable");
    }
    for (const auto* text : {"", "　", "なし", "－", "未定"}) {
        CAPTURE(text);
        CHECK(said(parse_count(text)) == "nothing");
    }
}

TEST_CASE("dates of the common and of the Japanese calendar") {
    const auto first_of_april = parse_day("2025-04-01");
    for (const auto* text :
         {"2025-04-01", "2025/4/1", "2025.4.1", "2025年4月1日", "２０２５年４月１日", "20250401", "令和7年4月1日",
          "令和 7 年 4 月 1 日", "R7.4.1", "r7/4/1", "2025-04-01T00:00:00", "2025/04/01 9:00"}) {
        CAPTURE(text);
        CHECK(value_of(parse_date(text)) == first_of_april);
    }
    CHECK(value_of(parse_date("平成元年1月8日")) == parse_day("1989-01-08"));
    CHECK(value_of(parse_date("令和元年5月1日")) == parse_day("2019-05-01"));
    CHECK(value_of(parse_date("S64.1.7")) == parse_day("1989-01-07"));
}

TEST_CASE("dates that never were are told apart from words") {
    for (const auto* text :
         {"2025-02-30", "2025/13/1", "令和7年2月29日", "昭和64年1月8日", "平成31年5月1日", "20251301", "2025-04-31"}) {
        CAPTURE(text);
        CHECK(said(parse_date(text)) == "date_impossible");
    }
    for (const auto* text : {"来年春", "25-04-01", "2025-04", "4月1日", "2025-04-01頃"}) {
        CAPTURE(text);
        CHECK(said(parse_date(text)) == "date_unreadable");
    }
    CHECK(said(parse_date("")) == "nothing");
    CHECK(said(parse_date("未定")) == "nothing");
}

TEST_CASE("times of day in every form, fractions of a day among them") {
    const std::optional<std::int16_t> half_past_five{17 * 60 + 30};
    for (const auto* text : {"17:30", "17：30", "１７：３０", "17時30分", "17時半", "午後5時30分", "午後５：３０",
                             "17:30:00", "0.7291666667", "PM5:30"}) {
        CAPTURE(text);
        CHECK(value_of(parse_time_of_day(text)) == half_past_five);
    }
    CHECK(value_of(parse_time_of_day("9:00")) == std::optional<std::int16_t>(540));
    CHECK(value_of(parse_time_of_day("17時")) == std::optional<std::int16_t>(1020));
    CHECK(value_of(parse_time_of_day("正午")) == std::optional<std::int16_t>(720));
    CHECK(value_of(parse_time_of_day("午後12時30分")) == std::optional<std::int16_t>(750));
    CHECK(value_of(parse_time_of_day("24:00")) == std::optional<std::int16_t>(1440));
    CHECK(value_of(parse_time_of_day("0.75")) == std::optional<std::int16_t>(1080));
    for (const auto* text : {"17", "25:00", "24:01", "17:60", "午前13時", "午後4時30分（夏季は午後5時）",
                             "午前10時(又は午後5時)", "17時頃", "夕方", "1.5", "2時間"}) {
        CAPTURE(text);
        CHECK(said(parse_time_of_day(text)) == "time_unreadable");
    }
    for (const auto* text : {"", "非公開", "無し", "-"}) {
        CAPTURE(text);
        CHECK(said(parse_time_of_day(text)) == "nothing");
    }
}

TEST_CASE("a session may end after midnight") {
    for (const auto* text : {"26:30", "翌2時30分", "翌日2:30", "26時30分", "1.1041666"}) {
        CAPTURE(text);
        CHECK(value_of(parse_end_of_session(text)) == std::optional<std::int16_t>(26 * 60 + 30));
    }
    CHECK(value_of(parse_end_of_session("翌朝10時")) == std::optional<std::int16_t>(34 * 60));
    CHECK(value_of(parse_end_of_session("17:00")) == std::optional<std::int16_t>(17 * 60));
    for (const auto* text : {"37:00", "翌13時", "午後13時90分", "2.5", "翌日"}) {
        CAPTURE(text);
        CHECK(said(parse_end_of_session(text)) == "time_unreadable");
    }
    CHECK(session_of(17 * 60, 34 * 60)->to == std::optional<std::int16_t>(34 * 60));
    CHECK(session_of(1 * 60, 34 * 60).error().code == "time_order");
}

TEST_CASE("a session that ends before it begins is believed only as a night") {
    CHECK(session_of(1080, 1050).error().code == "time_order");
    CHECK(session_of(1080, 1080).error().code == "time_order");
    CHECK(session_of(20 * 60, 2 * 60)->to == std::optional<std::int16_t>(26 * 60));
    CHECK(session_of(600, 1020)->to == std::optional<std::int16_t>(1020));
    CHECK_FALSE(session_of(600, {})->to.has_value());
}

TEST_CASE("ages in years, months and school stages") {
    const auto span = [](std::string_view text) {
        const auto read = parse_ages(text);
        REQUIRE(read.has_value());
        REQUIRE(read->has_value());
        return std::pair((*read)->from_months.value_or(-1), (*read)->to_months.value_or(-1));
    };
    CHECK(span("2歳") == std::pair(24, 36));
    CHECK(span("０歳") == std::pair(0, 12));
    CHECK(span("6か月") == std::pair(6, 7));
    CHECK(span("生後3ヶ月") == std::pair(3, 4));
    CHECK(span("1歳6か月") == std::pair(18, 19));
    CHECK(span("18歳まで") == std::pair(-1, 228));
    CHECK(span("18歳未満") == std::pair(-1, 216));
    CHECK(span("3歳以上") == std::pair(36, -1));
    CHECK(span("0～2歳") == std::pair(0, 36));
    CHECK(span("0歳～18歳") == std::pair(0, 228));
    CHECK(span("小学生") == std::pair(72, 156));
    CHECK(span("小学校3年生") == std::pair(96, 120));
    CHECK(span("小学1年") == std::pair(72, 96));
    CHECK(span("中学生以下") == std::pair(-1, 192));
    CHECK(span("未就学児") == std::pair(0, 84));
}

TEST_CASE("ages that cannot be read, and ages out of order") {
    for (const auto* text : {"おとな", "2", "二歳", "150歳", "2歳くらい"}) {
        CAPTURE(text);
        CHECK(said(parse_ages(text)) == "age_unreadable");
    }
    CHECK(said(parse_ages("")) == "nothing");
    const auto of = [](std::string_view text) { return *parse_ages(text); };
    CHECK(age_span_of(of("0歳"), of("18歳"))->to_months == std::optional(228));
    CHECK(age_span_of(of("2歳"), of("2歳"))->from_months == std::optional(24));
    CHECK(age_span_of(of("18歳"), of("6歳")).error().code == "age_order");
    CHECK_FALSE(age_span_of(of("6か月"), {})->to_months.has_value());
}

TEST_CASE("free is what says so, and silence is unknown") {
    for (const auto* text : {"0", "０円", "無料", "無料（工作は実費）", "なし"}) {
        CAPTURE(text);
        CHECK(parse_fee(text) == Fee::free);
    }
    for (const auto* text :
         {"300", "３００円", "1,000円", "実費", "有料", "300円（おやつ代）", "1時間400円", "1回３００円（減免あり）"}) {
        CAPTURE(text);
        CHECK(parse_fee(text) == Fee::paid);
    }
    for (const auto* text : {"", "応相談", "カンパ", "一部無料", "所得により0～5350円", "1時間0円"}) {
        CAPTURE(text);
        CHECK(parse_fee(text) == Fee::unknown);
    }
}

TEST_CASE("a cafeteria is free for children only where every child's cell is free") {
    const auto fee = [](std::array<std::string_view, 4> cells, std::string_view remark = {}) {
        const std::array<VisitorFee, 5> fees{{{"幼児", cells[0], true},
                                              {"小学生", cells[1], true},
                                              {"中学生", cells[2], true},
                                              {"高校生", cells[3], true},
                                              {"大人", "300", false}}};
        return fee_for_children(fees, remark);
    };
    CHECK(fee({"0", "0 ", "0", "０"}) == Fee::free);
    CHECK(fee({"0", "0", "0", "100"}) == Fee::paid);
    CHECK(fee({"0", "0", "", ""}) == Fee::unknown);
    CHECK(fee({"", "", "", ""}) == Fee::unknown);
    CHECK(fee({"", "", "", ""}, "こども無料") == Fee::free);
    CHECK(fee({"", "", "", ""}, "17歳以下の方：無料 18歳以上の付き添い方：1人300円(税込み)") == Fee::free);
    CHECK(fee({"", "", "", ""}, "こども100円　おとな200円") == Fee::paid);
    CHECK(fee({"", "", "", ""}, "大人はカンパ") == Fee::unknown);
    CHECK(fee({"0", "0", "", ""}, "こども無料") == Fee::unknown);
    const std::array<VisitorFee, 3> fees{{{"幼児", "0", true}, {"小学生", "０", true}, {"大人", "300", false}}};
    CHECK(fee_in_words(fees, "") == "幼児・小学生 0円、大人 300円");
    CHECK(fee_in_words(fees, "要相談") == "幼児・小学生 0円、大人 300円（要相談）");
    CHECK(fee_in_words({}, "").empty());
}

TEST_CASE("numbers of places are published, numbers of people are not") {
    CHECK(value_of(parse_published_phone("03-1234-5678")) == std::optional<std::string>("03-1234-5678"));
    CHECK(value_of(parse_published_phone("(03)1234-5678")) == std::optional<std::string>("(03)1234-5678"));
    CHECK(said(parse_published_phone("090-0000-0000")) == "nothing");
    CHECK(said(parse_published_phone("０８０－００００－００００")) == "nothing");
    CHECK(said(parse_published_phone("非公開")) == "nothing");
    CHECK(said(parse_published_phone("1234")) == "phone_unreadable");
    CHECK(said(parse_published_phone("03-1234-5678 または役所")) == "phone_unreadable");
    CHECK(without_contacts("申込は info@example.jp または 03-1234-5678 まで") == "申込は または まで");
    CHECK(without_contacts("前日１７時まで、定員30名") == "前日１７時まで、定員30名");
    CHECK(without_contacts("食堂＠上目黒") == "食堂＠上目黒");
    CHECK(without_contacts("０９０－００００－００００").empty());
}

TEST_CASE("an address on the web begins as one") {
    CHECK(value_of(parse_url("https://example.jp/a")) == std::optional<std::string>("https://example.jp/a"));
    CHECK(value_of(parse_url("www.example.jp")) == std::optional<std::string>("https://www.example.jp"));
    for (const auto* text : {"javascript:alert(1)", "example", "https://example.jp/\"onclick",
                             "https://a.jp https://b.jp", "data:text/html,x"}) {
        CAPTURE(text);
        CHECK(said(parse_url(text)) == "url_unreadable");
    }
    CHECK(value_of(parse_url("https://example.jp/home\r\n/kaigo/1")) ==
          std::optional<std::string>("https://example.jp/home/kaigo/1"));
    CHECK(said(parse_url("info@example.jp")) == "url_unreadable");
    CHECK(said(parse_url("なし")) == "nothing");
}

TEST_CASE("municipality codes with, without and with a wrong check digit") {
    const auto code = [](std::string_view text) { return (*read_municipality(text))->code; };
    CHECK(code("131059") == "13105");
    CHECK(code("１３１０５９") == "13105");
    CHECK(code("13105") == "13105");
    CHECK(code("012025") == "01202");
    CHECK_FALSE((*read_municipality("131059"))->doubt.has_value());
    CHECK(code("132196") == "13219");
    CHECK((*read_municipality("132196"))->doubt->code == "municipality_check_digit");
    CHECK(said(read_municipality("東京都")) == "municipality_unreadable");
    CHECK(said(read_municipality("481017")) == "municipality_unreadable");
    CHECK(said(read_municipality("")) == "nothing");
}

TEST_CASE("positions that cannot be are dropped and named, never mended") {
    const auto read = parse_position("35.68", "139.76");
    CHECK((*read)->lon == Approx(139.76));
    CHECK((*read)->lat == Approx(35.68));
    CHECK((*parse_position("３５．６８", " 139.76 "))->lat == Approx(35.68));
    CHECK(said(parse_position("139.76", "35.68")) == "position_swapped");
    CHECK(said(parse_position("0", "0")) == "position_zero");
    CHECK(said(parse_position("51.5", "-0.1")) == "position_outside_japan");
    CHECK(said(parse_position("35.68", "")) == "position_half");
    CHECK(said(parse_position("35度40分", "139.76")) == "position_unreadable");
    CHECK(said(parse_position("nan", "139.76")) == "position_unreadable");
    CHECK(said(parse_position("1e400", "139.76")) == "position_unreadable");
    CHECK(said(parse_position("", "")) == "nothing");
    CHECK(said(parse_position("非公開", "非公開")) == "nothing");
}

TEST_CASE("words instead of values") {
    for (const auto* text : {"非公開", "（非公開）", "未公開", "※以下未公開", "住所非公開", " 非公表 "}) {
        CAPTURE(text);
        CHECK(is_withheld(text));
    }
    CHECK(is_delivered("（個別配送）"));
    CHECK_FALSE(is_withheld("東京都台東区橋場１丁目"));
    CHECK_FALSE(is_withheld(""));
    CHECK_FALSE(is_delivered("配送センター2階"));
}

TEST_CASE("days of the week in a cell") {
    const auto mask = [](std::string_view text) { return int{(*parse_weekdays(text))->weekdays}; };
    CHECK(mask("土") == 0b0100000);
    CHECK(mask("土曜日") == 0b0100000);
    CHECK(mask("火木") == 0b0001010);
    CHECK(mask("月・水・金") == 0b0010101);
    CHECK(mask("日土") == 0b1100000);
    CHECK(mask("月～金") == 0b0011111);
    CHECK(mask("金～月曜日") == 0b1110001);
    CHECK(mask("平日") == 0b0011111);
    CHECK(mask("毎日") == 0b1111111);
    CHECK(mask("月火木金土日") == 0b1111011);
    CHECK((*parse_weekdays("土日祝"))->holidays == HolidayRule::open);
    CHECK((*parse_weekdays("月～金（祝日を除く）"))->holidays == HolidayRule::closed);
    CHECK((*parse_weekdays("月～金"))->holidays == HolidayRule::unknown);
    CHECK(said(parse_weekdays("不明な日")) == "weekdays_unreadable");
    CHECK(said(parse_weekdays("第3土")) == "weekdays_unreadable");
    CHECK(said(parse_weekdays("")) == "nothing");
}

TEST_CASE("a corporate number has thirteen digits that agree") {
    CHECK(value_of(parse_corporate_number("8700110005901")) ==
          std::optional<std::string>("8700110005901")); // 国税庁's own example
    CHECK(said(parse_corporate_number("9700110005901")) == "corporate_number_malformed");
    CHECK(said(parse_corporate_number("87001100059")) == "corporate_number_malformed");
    CHECK(said(parse_corporate_number("")) == "nothing");
}
