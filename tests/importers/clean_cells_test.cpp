// Cells as lists write them: what is read, what stays unknown, what is told.
#include "importers/cleaning/ages.hpp"
#include "importers/cleaning/contacts.hpp"
#include "importers/cleaning/corporate_number.hpp"
#include "importers/cleaning/dates.hpp"
#include "importers/cleaning/fees.hpp"
#include "importers/cleaning/municipality_cell.hpp"
#include "importers/cleaning/numbers.hpp"
#include "importers/cleaning/positions.hpp"
#include "importers/cleaning/postal_code.hpp"
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
    CHECK(value_of(parse_count("30.0")) == std::optional(30));
    CHECK(value_of(parse_count("定員２０名（先着順）")) == std::optional(20));
    CHECK(value_of(parse_count("20人以上")) == std::optional(20));
    CHECK(value_of(parse_count("各回15組程度")) == std::optional(15));
    CHECK(value_of(parse_count("概ね50食分")) == std::optional(50));
    CHECK(value_of(parse_count("三十名")) == std::optional(30));
    CHECK(value_of(parse_count("百二十五人")) == std::optional(125));
    CHECK(value_of(parse_count("二〇人")) == std::optional(20));
    for (const auto* text : {"0", "-5", "30～40", "10.5", "30,40", "百百", "第三", "99999999999", "20人（大人10人）"}) {
        CAPTURE(text);
        CHECK(said(parse_count(text)) == "number_unreadable");
    }
    for (const auto* text : {"", "　", "なし", "－", "未定"}) {
        CAPTURE(text);
        CHECK(said(parse_count(text)) == "nothing");
    }
}

TEST_CASE("free places may be none, and that is a fact") {
    for (const auto* text : {"0", "０", "0人", "０名", "〇"}) {
        CAPTURE(text);
        CHECK(value_of(parse_vacancy(text)) == std::optional(0));
    }
    CHECK(value_of(parse_vacancy("３人")) == std::optional(3));
    for (const auto* text : {"", "－", "未定"}) {
        CAPTURE(text);
        CHECK(said(parse_vacancy(text)) == "nothing");
    }
    CHECK(said(parse_vacancy("-1")) == "number_unreadable");
    CHECK(said(parse_vacancy("1～2")) == "number_unreadable");
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
    for (const auto* text : {"2025-02-30", "2025/13/1", "令和7年2月29日", "昭和90年1月8日", "令和元年4月30日",
                             "20251301", "2025-04-31", "2025-13", "令和7年13月"}) {
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

TEST_CASE("an era is counted on past its end, as lists written before the new one did") {
    CHECK(value_of(parse_date("平成31年5月1日")) == parse_day("2019-05-01"));
    CHECK(value_of(parse_date("令和元年5月1日")) == parse_day("2019-05-01"));
    CHECK(value_of(parse_date("昭和64年1月8日")) == parse_day("1989-01-08"));
    CHECK(value_of(parse_date("H31.4.30")) == parse_day("2019-04-30"));
    CHECK(value_of(parse_date("平成33年3月31日")) == parse_day("2021-03-31"));
    CHECK(value_of(parse_date("R070401")) == parse_day("2025-04-01"));
    CHECK(value_of(parse_date("令7.4.1")) == parse_day("2025-04-01"));
}

TEST_CASE("dates mean as many days as they say") {
    const auto span = [](std::string_view text) {
        const auto read = value_of(parse_date_span(text));
        return read ? shirube::directory::to_string(read->first) + " " + shirube::directory::to_string(read->last) +
                          (read->is_rough ? " rough" : "")
                    : "nothing";
    };
    CHECK(span("令和6年度") == "2024-04-01 2025-03-31");
    CHECK(span("２０２４年度") == "2024-04-01 2025-03-31");
    CHECK(span("平成31年度") == "2019-04-01 2020-03-31");
    CHECK(span("令和元年度") == span("平成31年度"));
    CHECK(span("平成32年度") == span("令和2年度"));
    CHECK(span("令和6年度末") == "2025-03-31 2025-03-31");
    CHECK(span("令和6年度後半") == "2024-10-01 2025-03-31");
    CHECK(span("令和7年4月") == "2025-04-01 2025-04-30");
    CHECK(span("平成31年5月") == span("令和元年5月"));
    CHECK(span("2024-02") == "2024-02-01 2024-02-29");
    CHECK(span("2025/4") == "2025-04-01 2025-04-30");
    CHECK(span("202504") == "2025-04-01 2025-04-30");
    CHECK(span("2025年4月上旬") == "2025-04-01 2025-04-10");
    CHECK(span("2025年4月下旬") == "2025-04-21 2025-04-30");
    CHECK(span("2025年4月前半") == "2025-04-01 2025-04-15");
    CHECK(span("2025年4月末") == "2025-04-30 2025-04-30");
    CHECK(span("2025年") == "2025-01-01 2025-12-31");
    CHECK(span("2025") == "2025-01-01 2025-12-31");
    CHECK(span("令和7年前半") == "2025-01-01 2025-06-30");
    CHECK(span("2025年4月1日（火）現在") == "2025-04-01 2025-04-01");
    CHECK(span("2026年3月31日まで") == "2026-03-31 2026-03-31");
    CHECK(span("2025年4月頃") == "2025-04-01 2025-04-30 rough");
    CHECK(span("2025年4月1日ごろ") == "2025-04-01 2025-04-01 rough");
    CHECK(span("未定") == "nothing");
    for (const auto* text : {"来年度", "年度", "令和", "2025年春", "2025年4月1日2日", "令和100年", "99999", "R"}) {
        CAPTURE(text);
        CHECK(said(parse_date_span(text)) == "date_unreadable");
    }
}

TEST_CASE("a workbook's day number is a date") {
    CHECK(value_of(parse_date("45748")) == parse_day("2025-04-01")); // as LibreOffice shows it
    CHECK(value_of(parse_date("45748.375")) == parse_day("2025-04-01"));
    CHECK(value_of(parse_date("43586.0")) == parse_day("2019-05-01"));
    CHECK(said(parse_date("12345")) == "date_unreadable");
}

TEST_CASE("times of day in every form, fractions of a day among them") {
    const std::optional<std::int16_t> half_past_five{17 * 60 + 30};
    for (const auto* text : {"17:30", "17：30", "１７：３０", "17時30分", "17時半", "午後5時30分", "午後５：３０",
                             "17:30:00", "0.7291666667", "PM5:30", "5:30 PM", "1730", "17:30～", "17時30分から"}) {
        CAPTURE(text);
        CHECK(value_of(parse_time_of_day(text)) == half_past_five);
    }
    CHECK(value_of(parse_time_of_day("9:00")) == std::optional<std::int16_t>(540));
    CHECK(value_of(parse_time_of_day("17時")) == std::optional<std::int16_t>(1020));
    CHECK(value_of(parse_time_of_day("正午")) == std::optional<std::int16_t>(720));
    CHECK(value_of(parse_time_of_day("午後12時30分")) == std::optional<std::int16_t>(750));
    CHECK(value_of(parse_time_of_day("24:00")) == std::optional<std::int16_t>(1440));
    CHECK(value_of(parse_time_of_day("0.75")) == std::optional<std::int16_t>(1080));
    for (const auto* text :
         {"17", "25:00", "24:01", "17:60", "午前13時", "午後4時30分（夏季は午後5時）", "午前10時(又は午後5時)",
          "17時頃", "夕方", "1.5", "2時間", "～17:00", "1760", "17:00～19:00", "13:00 PM 5"}) {
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
    CHECK(span("0歳6か月～満3歳未満") == std::pair(6, 36));
    CHECK(span("0歳から5歳まで") == std::pair(0, 72));
    CHECK(span("3歳以上6歳未満") == std::pair(36, 72));
    CHECK(span("3歳～") == std::pair(36, -1));
    CHECK(span("1歳半") == std::pair(18, 19));
    CHECK(span("生後57日から小学校就学前まで") == std::pair(1, 84));
    CHECK(span("生後6ヶ月～小学3年生") == std::pair(6, 120));
    CHECK(span("二歳") == std::pair(24, 36));
    CHECK(span("おおむね3歳") == std::pair(36, 48));
    CHECK(span("高校生世代") == std::pair(180, 228));
    CHECK(span("小学1～3年生") == std::pair(72, 120));
    CHECK(span("小4") == std::pair(108, 132));
    CHECK(span("幼児・小学生") == std::pair(12, 156));
    CHECK(span("小・中学生") == std::pair(72, 192));
    CHECK(span("小学生、中学生") == std::pair(72, 192));
    CHECK(span("妊娠期～3歳") == std::pair(0, 48));
    CHECK(span("18歳到達後最初の3月31日まで") == std::pair(-1, 228));
    CHECK(span("18歳に達する日以後の最初の3月31日まで") == std::pair(-1, 228));
}

TEST_CASE("a stage is told apart from an age: it turns on 1 April, not on a birthday") {
    const auto by_stage = [](std::string_view text) { return value_of(parse_ages(text))->by_stage; };
    for (const auto* text :
         {"小学生", "中学生以下", "未就学児", "0歳～小学生", "小4", "高校生世代", "18歳の年度末まで"}) {
        CAPTURE(text);
        CHECK(by_stage(text));
    }
    for (const auto* text : {"2歳", "18歳まで", "0歳6か月～満3歳未満", "生後3か月"}) {
        CAPTURE(text);
        CHECK_FALSE(by_stage(text));
    }
    CHECK(age_span_of(*parse_ages("0歳"), *parse_ages("小学生"))->by_stage);
    CHECK(said(parse_ages("妊婦")) == "nothing");
}

TEST_CASE("ages that cannot be read, and ages out of order") {
    for (const auto* text :
         {"おとな", "2", "小", "150歳", "2歳くらい", "3歳と10歳", "小学9年", "5歳～3歳", "1歳20か月"}) {
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
         {"300", "３００円", "1,000円", "実費", "有料", "300円（おやつ代）", "1時間400円", "1回３００円（減免あり）",
          "300円/回", "100～300円", "大人300円、子ども100円", "月額5,000円程度"}) {
        CAPTURE(text);
        CHECK(parse_fee(text) == Fee::paid);
    }
    for (const auto* text :
         {"", "応相談", "カンパ", "一部無料", "所得により0～5350円", "1時間0円", "大人300円、子ども無料",
          "市民税非課税世帯 0円", "課税世帯500円、非課税世帯無料", "無料～500円", "無料（非課税世帯）",
          "無料（市民のみ）", "無料、おやつ代100円", "初回無料", "大人300円", "00"}) {
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
    CHECK(fee({"", "", "", ""}, "子ども・保護者：無料、その他：300円") == Fee::free);
    for (const auto* some : {"こども無料、中学生以上寄付", "小学生以下の子ども無料", "無料（中学生以下）", "初回無料",
                             "非課税世帯の子ども無料"}) {
        CAPTURE(some);
        CHECK(fee({"", "", "", ""}, some) == Fee::unknown);
    }
    CHECK(fee({"0", "0", "", ""}, "こども無料") == Fee::unknown);
    const std::array<VisitorFee, 3> fees{{{"幼児", "0", true}, {"小学生", "０", true}, {"大人", "300", false}}};
    CHECK(fee_in_words(fees, "") == "幼児・小学生 0円、大人 300円");
    CHECK(fee_in_words(fees, "要相談") == "幼児・小学生 0円、大人 300円（要相談）");
    CHECK(fee_in_words({}, "").empty());
}

TEST_CASE("numbers of places are published, numbers of people are not") {
    CHECK(value_of(parse_published_phone("03-1234-5678")) == std::optional<std::string>("03-1234-5678"));
    CHECK(value_of(parse_published_phone("(03)1234-5678")) == std::optional<std::string>("(03)1234-5678"));
    for (const auto* text :
         {"03-1234-5678（内線123）", "０３（１２３４）５６７８", "TEL：03-1234-5678", "03-1234-5678(代表)",
          "+81-3-1234-5678", "0120-000-000", "050-1234-5678", "03.1234.5678", "0312345678 内線 12"}) {
        CAPTURE(text);
        CHECK(value_of(parse_published_phone(text)) == std::optional<std::string>(text));
    }
    for (const auto* text : {"03-1234-567", "03-1234-56789", "312345678", "03-1234-5678 代表 03-1234-5679", "内線123",
                             "050-1234-567", "+1-212-555-0100"}) {
        CAPTURE(text);
        CHECK(said(parse_published_phone(text)) == "phone_unreadable");
    }
    CHECK(said(parse_published_phone("+81-90-0000-0000")) == "phone_private");
    CHECK(said(parse_published_phone("090-0000-0000")) == "phone_private");
    CHECK(said(parse_published_phone("０８０－００００－００００")) == "phone_private");
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
    CHECK(code("12025") == "12025"); // a code of Chiba first, Hokkaido's without its zero second
    CHECK(code("131059.0") == "13105");
    CHECK(code("1202") == "01202");
    CHECK_FALSE((*read_municipality("131059"))->doubt.has_value());
    CHECK(code("132196") == "13219");
    CHECK((*read_municipality("132196"))->doubt->code == "municipality_check_digit");
    CHECK(said(read_municipality("東京都")) == "municipality_unreadable");
    CHECK(said(read_municipality("481017")) == "municipality_unreadable");
    CHECK(said(read_municipality("")) == "nothing");
}

TEST_CASE("a postal code has seven digits, whatever a workbook made of them") {
    for (const auto* text : {"〒123-4567", "1234567", "１２３－４５６７", "〒 123−4567", "1234567.0"}) {
        CAPTURE(text);
        CHECK(value_of(parse_postal_code(text)) == std::optional<std::string>("123-4567"));
    }
    CHECK(value_of(parse_postal_code("600001")) == std::optional<std::string>("060-0001"));
    for (const auto* text : {"〒123", "12-34567", "〒600001", "12345678", "東京都"}) {
        CAPTURE(text);
        CHECK(said(parse_postal_code(text)) == "postal_code_malformed");
    }
    CHECK(said(parse_postal_code("")) == "nothing");
    CHECK(said(parse_postal_code("非公開")) == "nothing");
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
