// Rows of the children's cafeteria lists as the directory takes them.
#include "importers/layouts/cafeteria.hpp"
#include "tests/importers/locating_real_data.hpp"
#include "tests/importers/template_row.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <iostream>

using namespace shirube;
using directory::PositionQuality;
using importers::Bin;

namespace {

const importers::ResourceLayout& layout() {
    static const auto made = importers::make_cafeteria_layout();
    return *made;
}

importers::RowOutcome read(std::map<std::string, std::string> cells) {
    static const importers::Locator locator = tests::small_locator();
    cells.try_emplace("全国地方公共団体コード", "992011");
    cells.try_emplace("市区町村名", "潮見野市");
    cells.try_emplace("名称", "うみねこ食堂");
    cells.try_emplace("住所", "潮見野市港町1-2-3");
    return tests::read_row(layout(), locator, cells);
}

const directory::ServiceReading& service(const importers::RowOutcome& outcome) {
    return outcome.reading.value().services.at(0);
}

} // namespace

TEST_CASE("a plain cafeteria is located to its town and confirmed by its list") {
    const auto outcome =
        read({{"ID", "7"}, {"運営団体名", "港の会"}, {"定員", "３０"}, {"開催曜日", "土"}, {"開催日", "第2土曜日"}});
    CHECK(outcome.bin == Bin::accepted);
    CHECK(outcome.key == "99201:7");
    const auto& reading = outcome.reading.value();
    CHECK(reading.site.municipality == "99201");
    CHECK(reading.site.address == "潮見野市港町1-2-3");
    CHECK(reading.site.quality == PositionQuality::town);
    CHECK(reading.site.accuracy_m == 400.0);
    CHECK(reading.site.located_by == "gazetteer");
    CHECK(reading.organization.name == "港の会");
    REQUIRE(reading.services.size() == 1);
    CHECK(service(outcome).programme == "kodomo_shokudo");
    CHECK(service(outcome).certainty == directory::Certainty::confirmed);
    CHECK(service(outcome).capacity == 30);
    CHECK(service(outcome).fee == directory::Fee::unknown);
    CHECK(service(outcome).schedules.at(0).rule.state == directory::ScheduleState::dated);
}

TEST_CASE("a cafeteria that gives out food is a pantry too, at hours nobody states") {
    const auto outcome = read({{"フードパントリー実施", "1 "}, {"開催日", "第2土曜日"}});
    REQUIRE(outcome.reading->services.size() == 2);
    CHECK(outcome.reading->services[1].programme == "food_pantry");
    CHECK(outcome.reading->services[1].schedules.empty());
    CHECK(read({{"フードパントリー実施", ""}}).reading->services.size() == 1);
}

TEST_CASE("a row without an ID is known by its name and address") {
    CHECK(read({}).key == read({{"名称", "うみねこ 食堂"}, {"住所", "潮見野市港町１－２－３"}}).key);
    CHECK(read({}).key != read({{"名称", "かもめ食堂"}}).key);
}

TEST_CASE("what a list keeps back stays back") {
    for (const auto* withheld : {"非公開", "（未公開）", "※非公開"}) {
        const auto outcome = read({{"住所", withheld}, {"緯度", "33.1"}, {"経度", "137.1"}});
        CHECK(outcome.bin == Bin::accepted);
        CHECK(outcome.reading->site.quality == PositionQuality::withheld);
        CHECK(outcome.reading->site.address.empty());
        CHECK_FALSE(outcome.reading->site.position.has_value());
    }
    CHECK(read({{"住所", "（個別配送）"}}).reading->site.quality == PositionQuality::none);
    CHECK(read({{"住所", ""}}).bin == Bin::accepted);
    CHECK(read({{"方書", "※以下未公開"}}).reading->site.building.empty());
}

TEST_CASE("a row's own position is taken, and an impossible one told and replaced by the town's") {
    const auto exact = read({{"緯度", "33.1203"}, {"経度", "137.1504"}});
    CHECK(exact.reading->site.quality == PositionQuality::exact);
    CHECK(exact.reading->site.located_by == "row");
    CHECK_FALSE(exact.reading->site.accuracy_m.has_value());
    const auto swapped = read({{"緯度", "137.1504"}, {"経度", "33.1203"}});
    CHECK(swapped.bin == Bin::flagged);
    CHECK(tests::codes_of(swapped) == std::vector<std::string>{"position_swapped"});
    CHECK(swapped.issues[0].column == "緯度");
    CHECK(swapped.issues[0].row == 2);
    CHECK(swapped.reading->site.quality == PositionQuality::town);
    CHECK(tests::codes_of(read({{"緯度", "33.9"}, {"経度", "137.15"}})) ==
          std::vector<std::string>{"position_far_from_address"});
}

TEST_CASE("an address of another municipality is told, and the place is where the address says") {
    const auto outcome = read({{"住所", "標県磯辺郡沖ノ浜町本町12"}});
    CHECK(outcome.bin == Bin::flagged);
    CHECK(tests::codes_of(outcome) == std::vector<std::string>{"municipality_contradiction"});
    CHECK(outcome.reading->site.municipality_name == "磯辺郡沖ノ浜町");
    CHECK(outcome.reading->site.municipality == "99341");
    CHECK(
        read({{"住所", "標県沖ノ浜町本町12"}, {"市区町村名", "沖ノ浜町"}, {"全国地方公共団体コード", "993417"}}).bin ==
        Bin::accepted);
}

TEST_CASE("faults of the file are told at their cells") {
    CHECK(tests::codes_of(read({{"住所", "\t\t潮見野市港町1-2\t\t"}})) == std::vector<std::string>{"cell_tabs"});
    CHECK(tests::codes_of(read({{"住所", "潮見野市夢見台1"}})) == std::vector<std::string>{"address_not_found"});
    CHECK(tests::codes_of(read({{"全国地方公共団体コード", "992012"}})) ==
          std::vector<std::string>{"municipality_check_digit"});
    CHECK(tests::codes_of(read({{"定員", "たくさん"}})) == std::vector<std::string>{"number_unreadable"});
    const auto nameless = read({{"名称", " "}});
    CHECK(nameless.bin == Bin::rejected);
    CHECK(tests::codes_of(nameless) == std::vector<std::string>{"name_missing"});
    const importers::Locator locator = tests::small_locator();
    CHECK(tests::read_row(layout(), locator, {{"名称", ""}, {"住所", "　"}}).bin == Bin::blank);
}

TEST_CASE("contacts of people are in no issue and no service") {
    const auto outcome = read({{"電話番号1", "090-0000-0000"},
                               {"メールアドレス1", "someone@example.jp"},
                               {"予約特記事項", "someone@example.jp へ"},
                               {"URL", "someone@example.jp"},
                               {"備考", "連絡は 090-0000-0000"}});
    const auto& read_service = service(outcome);
    CHECK(read_service.phone.empty());
    CHECK(read_service.entry_text.find("@") == std::string::npos);
    CHECK(read_service.note.find("090") == std::string::npos);
    CHECK(std::ranges::find(outcome.issues, "phone_private", &importers::Issue::code) !=
          outcome.issues.end()); // kept back, and told
    for (const auto& issue : outcome.issues) {
        CHECK(issue.value.find("@") == std::string::npos);
        CHECK(issue.value.find("090") == std::string::npos);
    }
    CHECK(service(read({{"電話番号1", "03-1234-5678"}})).phone == "03-1234-5678");
    CHECK(service(read({{"電話番号1", "03-1234-5678"}, {"電話番号1_連絡先備考", "山田様宅の番号"}})).phone.empty());
    const auto unreadable = read({{"電話番号1", "内緒の番号 12-34"}});
    REQUIRE(unreadable.issues.size() == 1);
    CHECK(unreadable.issues[0].value.empty());
    for (const auto* column : {"電話番号1", "電話番号2_連絡先備考", "メールアドレス1", "FAX番号", "ＦＡＸ番号",
                               "内線番号", "予約特記事項"}) {
        CHECK(layout().is_contact(column));
    }
    CHECK_FALSE(layout().is_contact("住所"));
}

TEST_CASE("how one gets in is known only where the list says it plainly") {
    const auto entry = [](std::string method, std::string remark = {}) {
        return service(read({{"予約方法", std::move(method)}, {"予約特記事項", std::move(remark)}})).entry;
    };
    CHECK(entry("電話;メール") == directory::Entry::apply);
    CHECK(entry("LINE公式アカウント") == directory::Entry::apply);
    CHECK(entry("不要") == directory::Entry::drop_in);
    CHECK(entry("予約なし") == directory::Entry::drop_in);
    CHECK(entry("電話で事前予約が望ましい") == directory::Entry::unknown);
    CHECK(entry("要相談") == directory::Entry::unknown);
    CHECK(entry("", "テイクアウトは申込みフォームから要予約。会食は不要") == directory::Entry::unknown);
    CHECK(entry("", "先着順") == directory::Entry::unknown);
    CHECK(entry("") == directory::Entry::unknown);
}

TEST_CASE("a cafeteria that rests is suspended") {
    CHECK(service(read({{"備考", "休止中（2023年12月12日時点）"}})).status == directory::Status::suspended);
    CHECK(service(read({{"備考", "8月は休止することがある"}})).status == directory::Status::active);
}

TEST_CASE("the layout is known by its header") {
    const std::vector<std::string> header{
        "?全国地方公共団体コード", "ID", "名称", "名称＿カナ", "住所", "開催頻度", "開催曜日", "予約方法", "独自列"};
    const auto fit = layout().fit(header);
    CHECK(fit.missing.empty());
    CHECK(fit.known == 8);
    CHECK(fit.understood[0] == "全国地方公共団体コード");
    CHECK(fit.understood[8].empty());
    CHECK_FALSE(layout().fit(std::vector<std::string>{"ID", "住所", "開催頻度"}).missing.empty());
}

TEST_CASE("every row of the real lists ends in a bin, and only what is clear is dated") {
    const auto folder = tests::real_data();
    if (!folder) {
        return;
    }
    const importers::Locator locator(tests::read_towns(*folder / "gazetteer" / "geolonia" / "ja" / "東京都"));
    const importers::LayoutContext context{directory::Taxonomy::shipped(), locator, "", "ja"};
    std::map<std::string, int> codes;
    std::map<std::string, int> qualities;
    std::map<std::string, int> states;
    int rows = 0;
    int taken = 0;
    for (const auto& table : tests::read_cafeteria_lists(*folder)) {
        CAPTURE(table.file);
        const auto fit = layout().fit(table.header);
        CHECK(fit.missing.empty());
        CHECK(fit.known == 49);
        for (const auto& record : table.records) {
            const auto outcome = layout().read(table.header, record, context);
            ++rows;
            taken += outcome.reading ? 1 : 0;
            CHECK((outcome.bin == Bin::flagged) == !outcome.issues.empty());
            for (const auto& code : tests::codes_of(outcome)) {
                ++codes[code];
            }
            ++qualities[std::string(code_of(outcome.reading->site.quality))];
            const auto& schedules = outcome.reading->services.at(0).schedules;
            ++states[schedules.empty() ? "none" : std::string(code_of(schedules[0].rule.state))];
        }
    }
    for (const auto& [what, count] : codes) {
        std::cout << what << " " << count << "\n";
    }
    CHECK(rows == 581);
    CHECK(taken == 581);
    CHECK(codes["cell_tabs"] == 55);
    CHECK(codes["municipality_check_digit"] == 1);
    CHECK(codes["address_not_found"] == 0);
    CHECK(qualities["exact"] == 48);
    CHECK(qualities["withheld"] == 4);
    CHECK(qualities["town"] == 476);
    // 330 rows say something about when; of these the clear ones alone are dated.
    CHECK(states["dated"] >= 85);
    CHECK(states["recurring"] > 180);
    CHECK(states["none"] > 240);
}
