// Rows of the project's own template, and the example people download.
#include "importers/cleaning/private_homes.hpp"
#include "importers/files/csv.hpp"
#include "importers/files/decode.hpp"
#include "importers/layouts/template.hpp"
#include "importers/layouts/template_programme.hpp"
#include "tests/importers/template_row.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>

using namespace shirube;
using importers::Bin;

namespace {

const importers::ResourceLayout& layout() {
    static const auto made = importers::make_template_layout();
    return *made;
}

importers::RowOutcome read(std::map<std::string, std::string> cells, const std::string& municipality = {}) {
    static const importers::Locator locator = tests::small_locator();
    cells.try_emplace("事業", "児童館");
    cells.try_emplace("名称", "みなと児童館");
    return tests::read_row(layout(), locator, cells, municipality);
}

const directory::ServiceReading& service(const importers::RowOutcome& outcome) {
    return outcome.reading.value().services.at(0);
}

std::vector<std::string> codes(const importers::RowOutcome& outcome) { return tests::codes_of(outcome); }

using Codes = std::vector<std::string>;

} // namespace

TEST_CASE("a stage alone is searched by the widest ages it can have, and is shown as it was written") {
    const auto pupils = read({{"学校段階", "小学生"}});
    CHECK(codes(pupils) == Codes{});
    CHECK(service(pupils).from_age_months == 6 * 12);
    CHECK(service(pupils).to_age_months == 13 * 12);
    CHECK(service(pupils).stage == "小学生");
    // A stated age goes before the stage, and what is no stage is no fault.
    const auto stated = read({{"学校段階", "小学生"}, {"対象年齢_開始", "8歳"}});
    CHECK(service(stated).from_age_months == 8 * 12);
    CHECK_FALSE(service(stated).to_age_months);
    const auto free = read({{"学校段階", "だれでも"}});
    CHECK(codes(free) == Codes{});
    CHECK_FALSE(service(free).from_age_months);
    CHECK(service(free).stage == "だれでも");
}

TEST_CASE("a full row of the template is taken whole") {
    const auto outcome = read({{"ID", "J-001"},
                               {"公開名称", "みなとのいえ"},
                               {"運営主体", "潮見野市（架空）"},
                               {"運営主体種別", "市"},
                               {"住所", "標県潮見野市港町1丁目2番3号"},
                               {"緯度", "33.1201"},
                               {"経度", "137.1502"},
                               {"電話番号", "000-0000-0001"},
                               {"URL", "https://example.jp/1"},
                               {"対象", "保護者;妊婦;だれでも"},
                               {"対象年齢_開始", "0歳"},
                               {"対象年齢_終了", "2歳"},
                               {"利用方法", "立ち寄り"},
                               {"料金", "無料（工作は実費）"},
                               {"送迎", "なし"},
                               {"定員", "60"},
                               {"契約", "直営(講師派遣)"},
                               {"所管課", " 子育て支援課 "},
                               {"状態", "試行"},
                               {"確度", "未確認"},
                               {"開催曜日", "火～土"},
                               {"開催開始時間", "9:30"},
                               {"開催終了時間", "17:30"},
                               {"祝日", "休み"},
                               {"特徴", "駐車場；段差なし"},
                               {"対象区域", "chugakkoku:みなと中学校;99201"},
                               {"利用可能住民", "99201;993417"},
                               {"開始年月日", "令和7年4月1日"},
                               {"最終確認日", "2026-03-31"},
                               {"備考", "船の形の建物"}});
    CHECK(codes(outcome).empty());
    CHECK(outcome.bin == Bin::accepted);
    CHECK(outcome.key == "J-001");
    const auto& site = outcome.reading->site;
    CHECK(site.public_name == "みなとのいえ");
    CHECK(site.municipality == "99201");
    CHECK(site.municipality_name == "潮見野市");
    CHECK(site.quality == directory::PositionQuality::exact);
    const auto& s = service(outcome);
    CHECK(s.programme == "jidokan");
    CHECK(s.for_whom == std::vector{directory::ForWhom::parents, directory::ForWhom::expecting});
    CHECK(s.from_age_months == 0);
    CHECK(s.to_age_months == 36);
    CHECK(s.entry == directory::Entry::drop_in);
    CHECK(s.fee == directory::Fee::free);
    CHECK(s.fee_text == "無料（工作は実費）");
    CHECK(s.transport == directory::Transport::none);
    CHECK(s.capacity == 60);
    CHECK(s.contract == directory::Contract::direct_instructor);
    CHECK(s.department == "子育て支援課");
    CHECK(s.status == directory::Status::pilot);
    CHECK(s.certainty == directory::Certainty::reported);
    CHECK(s.features == std::vector{directory::Feature::parking, directory::Feature::step_free});
    CHECK(s.serves == std::vector<std::string>{"chugakkoku:みなと中学校", "99201"});
    CHECK(s.usable_by == std::vector<std::string>{"99201", "99341"});
    CHECK(s.valid_from == directory::parse_day("2025-04-01"));
    REQUIRE(s.schedules.size() == 1);
    CHECK(directory::in_words(s.schedules[0], "ja") == "毎週火～土曜日 9:30–17:30（祝日休み）");
}

TEST_CASE("what a row leaves out stays unknown") {
    const auto outcome = read({});
    CHECK(outcome.bin == Bin::accepted);
    const auto& s = service(outcome);
    CHECK_FALSE(s.from_age_months.has_value());
    CHECK_FALSE(s.capacity.has_value());
    CHECK(s.entry == directory::Entry::unknown);
    CHECK(s.fee == directory::Fee::unknown);
    CHECK(s.transport == directory::Transport::unknown);
    CHECK(s.contract == directory::Contract::unknown);
    CHECK(s.department.empty());
    CHECK(s.schedules.empty());
    CHECK(s.status == directory::Status::active);
    CHECK(outcome.reading->site.quality == directory::PositionQuality::none);
    CHECK(read({}, "99201").reading->site.municipality == "99201");
}

TEST_CASE("a programme is named by its code, its label or an alias, and nothing is guessed") {
    CHECK(service(read({{"事業", "jidokan_small"}})).programme == "jidokan_small");
    CHECK(service(read({{"事業", "子供食堂"}})).programme == "kodomo_shokudo");
    const auto unknown = read({{"事業", "児童センターのような所"}});
    CHECK(unknown.bin == Bin::rejected);
    CHECK_FALSE(unknown.reading.has_value());
    REQUIRE(codes(unknown) == Codes{"programme_unknown"});
    CHECK(unknown.issues[0].message.find("児童センター、") != std::string::npos);
    CHECK(codes(read({{"事業", ""}})) == Codes{"programme_missing"});
    CHECK(codes(read({{"事業", "places"}})) == Codes{"programme_family"});
    CHECK(codes(read({{"名称", ""}})) == Codes{"name_missing"});
}

TEST_CASE("private homes are never rows") {
    for (const auto* home : {"里親家庭", "養育里親", "専門里親", "ショートステイ里親", "里親"}) {
        CAPTURE(home);
        const auto outcome = read({{"事業", home}});
        CHECK(outcome.bin == Bin::rejected);
        CHECK(codes(outcome) == Codes{"private_home"});
    }
    CHECK(codes(read({{"事業", "short_stay"}, {"運営主体種別", "里親"}})) == Codes{"private_home"});
    CHECK(service(read({{"事業", "里親支援センター"}})).programme == "satooya_shien_center");
    const auto person = read({{"運営主体", "山田花子"}, {"運営主体種別", "個人"}});
    CHECK(codes(person) == Codes{"private_person"});
    CHECK(person.reading->organization.name.empty());
    CHECK(importers::names_private_home("里親宅"));
    CHECK_FALSE(importers::names_private_home("里親会"));
    CHECK_FALSE(importers::names_private_home("児童館"));
}

TEST_CASE("a choice that is none is told with the choices there are") {
    const auto outcome = read(
        {{"利用方法", "だれでも"}, {"送迎", "バス"}, {"特徴", "駐車場;温泉"}, {"祝日", "ときどき"}, {"状態", "？"}});
    CHECK(outcome.bin == Bin::flagged);
    CHECK(codes(outcome) == Codes{"code_unknown", "code_unknown", "code_unknown", "code_unknown", "code_unknown"});
    CHECK(outcome.issues[0].message.find("立ち寄り・登録・申込・紹介・市町村の決定") != std::string::npos);
    CHECK(service(outcome).entry == directory::Entry::unknown);
    CHECK(service(outcome).features == std::vector{directory::Feature::parking});
}

TEST_CASE("faults in dates, ages and codes are told and leave the rest of the row") {
    CHECK(codes(read({{"開始年月日", "2025-02-30"}})) == Codes{"date_impossible"});
    const auto backwards = read({{"開始年月日", "2026-04-01"}, {"終了年月日", "2025-04-01"}});
    CHECK(codes(backwards) == Codes{"date_order"});
    CHECK_FALSE(service(backwards).valid_from.has_value());
    CHECK_FALSE(service(backwards).valid_to.has_value());
    CHECK(codes(read({{"対象年齢_開始", "12歳"}, {"対象年齢_終了", "6歳"}})) == Codes{"age_order"});
    CHECK(codes(read({{"利用可能住民", "99201;00000"}})) == Codes{"municipality_unreadable"});
    CHECK(codes(read({{"住所", "標県潮見野市夢見台1"}})) == Codes{"address_not_found"});
    const auto school = read({{"対象年齢_開始", "小学生"}, {"対象年齢_終了", "中学生"}});
    CHECK(service(school).from_age_months == 72);
    CHECK(service(school).to_age_months == 192);
}

TEST_CASE("a row without an ID is known by programme, name and address") {
    CHECK(read({}).key == read({{"名称", "みなと 児童館"}}).key);
    CHECK(read({}).key != read({{"事業", "jidokan_center"}}).key);
}

TEST_CASE("the example that people download is accepted as it is") {
    std::ifstream in(std::string(SHIRUBE_SOURCE_DIR) + "/static/examples/shirube-template.csv", std::ios::binary);
    REQUIRE(in.good());
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    CHECK(bytes.starts_with("\xef\xbb\xbf")); // a spreadsheet program must not take it for Shift_JIS
    const auto decoded = importers::decode(bytes);
    const auto table = importers::read_table(decoded.value().text, importers::Limits{}).value();
    const auto fit = layout().fit(table.header);
    CHECK(fit.missing.empty());
    CHECK(fit.known == 39);
    CHECK(table.header.size() == 39);
    const importers::Locator none({});
    const importers::LayoutContext context{directory::Taxonomy::shipped(), none, "99201", "ja"};
    REQUIRE(table.records.size() >= 5);
    for (const auto& record : table.records) {
        const auto outcome = layout().read(table.header, record, context);
        CAPTURE(record.row, tests::codes_of(outcome));
        CHECK(outcome.bin == Bin::accepted);
    }
}
