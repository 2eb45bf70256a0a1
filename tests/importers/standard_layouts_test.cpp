// The municipal standard open data sets: 子育て施設一覧 and 公共施設一覧, old and new, and the drift seen in the wild.
// Every row is invented.
#include "importers/files/decode.hpp"
#include "importers/import.hpp"
#include "importers/layouts/childcare.hpp"
#include "importers/layouts/public_facilities.hpp"
#include "importers/layouts/recognise.hpp"
#include "tests/importers/support.hpp"
#include "tests/importers/template_row.hpp"
#include "tests/importers/zip_writer.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <utility>

using namespace shirube;
using importers::Bin;
using importers::test::ScratchFolder;

namespace {

using Cells = std::map<std::string, std::string>;
using Codes = std::vector<std::string>;

const importers::Locator& locator() {
    static const importers::Locator made = tests::small_locator();
    return made;
}

/// The columns of the old 子育て施設一覧 and of a row of it.
constexpr std::array<std::pair<const char*, const char*>, 28> k_old_nursery{{
    {"都道府県コード又は市区町村コード", "992011"},
    {"NO", "1"},
    {"都道府県名", "標県"},
    {"市区町村名", "潮見野市"},
    {"名称", "みなと保育園（架空）"},
    {"名称_カナ", "ミナトホイクエン"},
    {"種別", "認可公立保育所"},
    {"住所", "標県潮見野市港町1丁目2-3"},
    {"方書", ""},
    {"緯度", "33.1201"},
    {"経度", "137.1502"},
    {"アクセス方法", "港駅から徒歩5分"},
    {"駐車場情報", "5台"},
    {"電話番号", "000-0000-0001"},
    {"内線番号", ""},
    {"FAX番号", "000-0000-0002"},
    {"法人番号", ""},
    {"団体名", "潮見野市（架空）"},
    {"認可等年月日", "1998-04-01"},
    {"収容定員", "90"},
    {"受入年齢", "3歳以上"},
    {"利用可能曜日", "月火水木金土"},
    {"開始時間", "07:30"},
    {"終了時間", "18:30"},
    {"利用可能日時特記事項", ""},
    {"一時預かりの有無", "有"},
    {"URL", "https://example.jp/minato-hoiku"},
    {"備考", ""},
}};

/// The columns of the new one that matter here, in its order.
constexpr std::array<std::pair<const char*, const char*>, 30> k_new_nursery{{
    {"全国地方公共団体コード", "992011"},
    {"ID", "1"},
    {"地方公共団体名", "標県潮見野市"},
    {"名称", "しおかぜ保育室（架空）"},
    {"名称_カナ", "シオカゼホイクシツ"},
    {"種別", "小規模保育事業"},
    {"所在地_全国地方公共団体コード", "992011"},
    {"町字ID", ""},
    {"所在地_連結表記", "標県潮見野市港町1丁目4"},
    {"所在地_都道府県", "標県"},
    {"所在地_市区町村", "潮見野市"},
    {"所在地_町字", "港町1丁目"},
    {"所在地_番地以下", "4"},
    {"建物名等(方書)", "標ビル2階"},
    {"緯度", ""},
    {"経度", ""},
    {"電話番号", ""},
    {"受入年齢", "0～2歳"},
    {"収容定員", "19"},
    {"利用可能曜日", "月火水木金"},
    {"開始時間", "7:00"},
    {"終了時間", "19:00"},
    {"一時預かりの有無", "有"},
    {"子供預かり_料金種別", "有料"},
    {"子供預かり_料金", "1時間300円"},
    {"子供預かり_開所時間", "9:00"},
    {"子供預かり_閉所時間", "17:00"},
    {"病児保育の有無", "無"},
    {"授乳室", "有"},
    {"ベビーカー利用", "○"},
}};

template <std::size_t N>
Cells cells_of(const std::array<std::pair<const char*, const char*>, N>& row) {
    return {row.begin(), row.end()};
}

template <std::size_t N>
std::string csv_of(const std::array<std::pair<const char*, const char*>, N>& row, char delimiter = ',') {
    std::string header;
    std::string cells;
    for (const auto& [column, cell] : row) {
        header += (header.empty() ? "" : std::string(1, delimiter)) + column;
        cells += (header == column ? "" : std::string(1, delimiter)) + cell;
    }
    return header + "\r\n" + cells + "\r\n";
}

template <std::size_t N>
std::vector<std::string> header_of(const std::array<std::pair<const char*, const char*>, N>& row) {
    std::vector<std::string> header;
    for (const auto& [column, cell] : row) {
        header.emplace_back(column);
    }
    return header;
}

importers::RowOutcome old_nursery(const Cells& changed = {}) {
    static const auto layout = importers::make_old_childcare_layout();
    Cells cells = cells_of(k_old_nursery);
    for (const auto& [column, cell] : changed) {
        cells[column] = cell;
    }
    return tests::read_row(*layout, locator(), cells);
}

importers::RowOutcome new_nursery(const Cells& changed = {}) {
    static const auto layout = importers::make_new_childcare_layout();
    Cells cells = cells_of(k_new_nursery);
    for (const auto& [column, cell] : changed) {
        cells[column] = cell;
    }
    return tests::read_row(*layout, locator(), cells);
}

importers::RowOutcome building(const Cells& cells) {
    static const auto layout = importers::make_old_public_facilities_layout();
    Cells row{{"都道府県コード又は市区町村コード", "992011"},
              {"NO", "7"},
              {"名称", "港児童館（架空）"},
              {"住所", "標県潮見野市港町1丁目"},
              {"利用可能曜日", "火水木金土"},
              {"開始時間", "10:00"},
              {"終了時間", "18:00"},
              {"説明", "船の形の遊具があります"}};
    for (const auto& [column, cell] : cells) {
        row[column] = cell;
    }
    return tests::read_row(*layout, locator(), row);
}

std::string profile_of(std::span<const std::string> header) {
    const auto recognised = importers::recognise(header, "");
    return recognised ? std::string(recognised->layout->profile()) : recognised.error().code;
}

/// The programmes of a row, in order.
std::vector<std::string> programmes(const importers::RowOutcome& outcome) {
    std::vector<std::string> codes;
    if (outcome.reading) {
        for (const auto& service : outcome.reading->services) {
            codes.push_back(service.programme);
        }
    }
    return codes;
}

/// What the file of these bytes becomes when it is imported.
importers::Report import_bytes(std::string_view name, std::string_view bytes) {
    const ScratchFolder folder;
    auto store = directory::Store::open(folder.path() / "store", directory::OpenMode::write_or_create);
    importers::ImportOptions options;
    options.files = {folder.write(name, bytes)};
    options.language = "en";
    const auto report = importers::run_import(store, options, {});
    INFO((report ? std::string{} : report.error().message));
    REQUIRE(report.has_value());
    return *report;
}

} // namespace

TEST_CASE("a nursery of the old list is taken whole, and its temporary care is a service of its own") {
    const auto outcome = old_nursery();
    CHECK(tests::codes_of(outcome) == Codes{});
    CHECK(outcome.bin == Bin::accepted);
    CHECK(outcome.key == "99201:1");
    REQUIRE(programmes(outcome) == Codes{"hoikusho", "ichiji_azukari"});
    const auto& site = outcome.reading->site;
    CHECK(site.official_name == "みなと保育園（架空）");
    CHECK(site.municipality == "99201");
    CHECK(site.quality == directory::PositionQuality::exact);
    const auto& nursery = outcome.reading->services[0];
    CHECK(nursery.capacity == 90);
    CHECK(nursery.from_age_months == 36);
    CHECK_FALSE(nursery.to_age_months.has_value());
    CHECK(nursery.valid_from == directory::parse_day("1998-04-01"));
    CHECK(nursery.features == std::vector{directory::Feature::parking});
    CHECK(nursery.fee == directory::Fee::unknown);
    REQUIRE(nursery.schedules.size() == 1);
    CHECK(directory::in_words(nursery.schedules[0], "ja") == "毎週月～土曜日 7:30–18:30");
    // Of the temporary care the list says that there is some, and no more.
    const auto& temporary = outcome.reading->services[1];
    CHECK_FALSE(temporary.capacity.has_value());
    CHECK_FALSE(temporary.from_age_months.has_value());
    CHECK(temporary.schedules.empty());
    CHECK(programmes(old_nursery({{"一時預かりの有無", "無"}})) == Codes{"hoikusho"});
    CHECK(programmes(old_nursery({{"一時預かりの有無", ""}})) == Codes{"hoikusho"});
}

TEST_CASE("a small nursery of the new list brings its fee, hours and rooms") {
    const auto outcome = new_nursery();
    CHECK(tests::codes_of(outcome) == Codes{});
    REQUIRE(programmes(outcome) == Codes{"shokibo_hoiku", "ichiji_azukari"});
    CHECK(outcome.reading->site.quality == directory::PositionQuality::town);
    CHECK(outcome.reading->site.building == "標ビル2階");
    const auto& nursery = outcome.reading->services[0];
    CHECK(nursery.from_age_months == 0);
    CHECK(nursery.to_age_months == 36);
    CHECK(nursery.note == "授乳室あり");
    CHECK(nursery.features == std::vector{directory::Feature::stroller});
    const auto& temporary = outcome.reading->services[1];
    CHECK(temporary.fee == directory::Fee::paid);
    CHECK(temporary.fee_text == "有料　1時間300円");
    REQUIRE(temporary.schedules.size() == 1);
    CHECK(temporary.schedules[0].rule.state != directory::ScheduleState::dated); // of which days, nobody says
    CHECK(programmes(new_nursery({{"病児保育の有無", "有（要登録）"}})) ==
          Codes{"shokibo_hoiku", "ichiji_azukari", "byoji_hoiku"});
}

TEST_CASE("the kinds of the lists are programmes of the taxonomy, and a kind it lacks is asked about") {
    const std::vector<std::pair<const char*, const char*>> kinds{{"公立幼稚園", "yochien"},
                                                                 {"認可私立保育所", "hoikusho"},
                                                                 {"認可保育所", "hoikusho"},
                                                                 {"認可外保育所", "ninkagai_hoiku"},
                                                                 {"認定こども園（幼保連携型）", "nintei_kodomoen"},
                                                                 {"認定こども園(地方裁量型)", "nintei_kodomoen"},
                                                                 {"家庭的保育事業", "kateiteki_hoiku"},
                                                                 {"事業所内保育事業", "jigyoshonai_hoiku"},
                                                                 {"放課後児童健全育成事業", "hokago_jido_club"},
                                                                 {"児童館", "jidokan"}};
    for (const auto& [kind, programme] : kinds) {
        INFO(kind);
        CHECK(programmes(old_nursery({{"種別", kind}, {"一時預かりの有無", ""}})) == Codes{programme});
    }
    CHECK(programmes(old_nursery({{"種別", "児童館；放課後児童クラブ"}, {"一時預かりの有無", ""}})) ==
          Codes{"jidokan", "hokago_jido_club"});
    const auto unknown = old_nursery({{"種別", "認可保育所のようなもの"}});
    CHECK(unknown.bin == Bin::rejected);
    CHECK(tests::codes_of(unknown) == Codes{"programme_unknown"});
    CHECK(unknown.issues.at(0).message.find("保育所") != std::string::npos);
    CHECK(old_nursery({{"種別", ""}}).bin == Bin::rejected);
    CHECK(old_nursery({{"種別", "児童館；何か"}}).bin == Bin::rejected);
    CHECK(tests::codes_of(old_nursery({{"一時預かりの有無", "検討中"}})) == Codes{"code_unknown"});
}

TEST_CASE("a private home is in no list, whichever cell names it, and the report does not repeat it") {
    for (const auto& [column, cell] : std::vector<std::pair<const char*, const char*>>{
             {"名称", "里親 会田家"}, {"団体名", "養育里親"}, {"種別", "里親"}, {"名称", "ショートステイ協力家庭"}}) {
        INFO(column << " " << cell);
        const auto outcome = old_nursery({{column, cell}});
        CHECK(outcome.bin == Bin::rejected);
        REQUIRE(tests::codes_of(outcome) == Codes{"private_home"});
        CHECK(outcome.issues[0].value.empty());
    }
    CHECK(building({{"名称", "里親 佐藤宅"}, {"POIコード", "0101"}}).bin == Bin::rejected);
    CHECK(old_nursery({{"団体名", "しるべ里親会"}}).bin == Bin::accepted);
}

TEST_CASE("a postal code that cannot be one is told, and its row taken") {
    CHECK(new_nursery({{"郵便番号", "〒999-0001"}}).bin == new_nursery().bin);
    const auto outcome = new_nursery({{"郵便番号", "999-00"}});
    CHECK(outcome.bin == Bin::flagged);
    const auto codes = tests::codes_of(outcome);
    CHECK(std::ranges::count(codes, "postal_code_malformed") == 1);
}

TEST_CASE("of public buildings those of a programme are taken, and the rest is out of scope without a word") {
    const auto by_code = building({{"POIコード", "1403"}});
    CHECK(by_code.bin == Bin::accepted);
    REQUIRE(programmes(by_code) == Codes{"jidokan"});
    CHECK(by_code.reading->services[0].note == "船の形の遊具があります");
    CHECK(directory::in_words(by_code.reading->services[0].schedules.at(0), "ja") == "毎週火～土曜日 10:00–18:00");
    CHECK(programmes(building({{"POIコード", "1406a"}})) == Codes{"shien_kyoten"});
    CHECK(programmes(building({{"POIコード", "1503"}})) == Codes{"shogakko"});
    CHECK(programmes(building({{"POIコード", "1504a"}})) == Codes{"chugakko"});
    CHECK(programmes(building({{"種別", "児童館"}})) == Codes{"jidokan"});
    CHECK(programmes(building({{"POIコード", "1403;1404"}})) == Codes{"jidokan", "hokago_jido_club"});
    for (const char* other : {"0101", "1403123", "", "図書館", "9"}) {
        INFO(other);
        const auto outcome = building({{"POIコード", other}, {"名称", ""}});
        CHECK(outcome.bin == Bin::out_of_scope);
        CHECK(outcome.issues.empty());
    }
}

TEST_CASE("a code that lost its leading zero is mended where the prefecture beside it says so") {
    static const auto layout = importers::make_old_childcare_layout();
    const auto municipality = [](const char* code, const char* prefecture) {
        Cells cells = cells_of(k_old_nursery);
        cells["都道府県コード又は市区町村コード"] = code;
        cells["都道府県名"] = prefecture;
        cells["市区町村名"] = "";
        cells["住所"] = "";
        const importers::Locator nowhere({});
        return tests::read_row(*layout, nowhere, cells).reading.value().site.municipality;
    };
    CHECK(municipality("11002", "北海道") == "01100"); // 札幌市 011002
    CHECK(municipality("11002", "埼玉県") == "11002");
    CHECK(municipality("92011", "栃木県") == "09201"); // 宇都宮市 092011: no other reading is one
    CHECK(municipality("131121", "東京都") == "13112");
    CHECK(municipality("130001", "東京都").empty()); // of the whole prefecture: it says nothing of the place
}

TEST_CASE("an address in parts is put together, and one that slipped into another column does no harm") {
    CHECK(new_nursery({{"所在地_連結表記", ""}}).reading.value().site.address == "標県潮見野市港町1丁目4");
    const auto slipped = new_nursery({{"所在地_連結表記", ""},
                                      {"所在地_市区町村", "標県潮見野市港町1丁目4"},
                                      {"所在地_町字", ""},
                                      {"所在地_番地以下", ""}});
    CHECK(slipped.reading.value().site.address == "標県潮見野市港町1丁目4");
    CHECK(tests::codes_of(slipped) == Codes{});
    CHECK(slipped.reading->site.municipality_name == "潮見野市");
}

TEST_CASE("each standard list is recognised by its header, with the drift that published lists show") {
    CHECK(profile_of(header_of(k_old_nursery)) == "childcare-28");
    CHECK(profile_of(header_of(k_new_nursery)) == "childcare-53");
    const std::vector<std::string> old_buildings{
        "都道府県コード又は市区町村コード", "NO", "名称", "POIコード", "住所", "利用可能曜日"};
    CHECK(profile_of(old_buildings) == "public-facilities-old");
    const std::vector<std::string> new_buildings{"全国地方公共団体コード", "ID",          "名称", "種別",
                                                 "所在地_連結標記",        "利用可能曜日"};
    CHECK(profile_of(new_buildings) == "public-facilities");
    const std::vector<std::string> without_class{"全国地方公共団体コード", "ID", "名称", "所在地_連結表記",
                                                 "利用可能曜日"};
    CHECK(profile_of(without_class) == "header_unknown");

    const auto drifted = [](const std::string& from, const std::string& to) {
        std::vector<std::string> header = header_of(k_new_nursery);
        std::ranges::replace(header, from, to);
        return header;
    };
    for (const auto& [from, to] :
         std::vector<std::pair<std::string, std::string>>{{"名称_カナ", "名称_ｶﾅ"},
                                                          {"所在地_連結表記", "所在地_連結標記"},
                                                          {"所在地_連結表記", "所在地＿連結表記"},
                                                          {"建物名等(方書)", "建物名等（方書）"},
                                                          {"受入年齢", "受入れ年齢"},
                                                          {"一時預かりの有無", "一時預りの有無"},
                                                          {"一時預かりの有無", "一時預かりの有無 "},
                                                          {"ID", "ＩＤ"}}) {
        INFO(to);
        const auto header = drifted(from, to);
        CHECK(profile_of(header) == "childcare-53");
        CHECK(importers::recognise(header, "").value().fit.known ==
              importers::recognise(header_of(k_new_nursery), "").value().fit.known);
    }
}

TEST_CASE("a standard list goes in as UTF-16, as TSV and as a zip that is called .csv") {
    const std::string text = csv_of(k_old_nursery);
    const auto taken = [](const importers::Report& report) {
        return report.rows.accepted == 1 && report.rows.read == 1 && report.profiles == Codes{"childcare-28"};
    };
    CHECK(taken(import_bytes("list.csv", text)));
    CHECK(taken(import_bytes("list.tsv", csv_of(k_old_nursery, '\t'))));
    CHECK(taken(import_bytes("zipped.csv", importers::test::zip_of({{"list.csv", text}}))));
    std::string utf16 = "\xff\xfe";
    for (std::size_t i = 0; i < text.size();) {
        // Everything in the list lies in the basic plane: one to three bytes a letter.
        const auto byte = static_cast<unsigned char>(text[i]);
        const std::size_t length = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : 3;
        unsigned unit = length == 1 ? byte : length == 2 ? byte & 0x1fU : byte & 0x0fU;
        for (std::size_t k = 1; k < length; ++k) {
            unit = (unit << 6U) | (static_cast<unsigned char>(text[i + k]) & 0x3fU);
        }
        utf16 += static_cast<char>(unit & 0xffU);
        utf16 += static_cast<char>(unit >> 8U);
        i += length;
    }
    CHECK(taken(import_bytes("utf16.csv", utf16)));
}
