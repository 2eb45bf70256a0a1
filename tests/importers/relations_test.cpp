// Ties and meetings in: cells cleaned one by one, doubts at their cells, persons and what is unreadable turned away;
// who sees what, and that an import can be taken back.
#include "importers/relations/relations.hpp"

#include "directory/network/network.hpp"
#include "directory/reader.hpp"
#include "directory/snapshot/snapshot.hpp"
#include "importers/templates/list_templates.hpp"
#include "support.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <variant>

using namespace shirube;
using namespace shirube::importers;
using namespace shirube::importers::test;
using directory::ForumKind;
using directory::ForumReading;
using directory::ImportKind;
using directory::PartyKind;
using directory::RelationKind;
using directory::RelationReading;
using directory::Visibility;

namespace {

directory::TownReading town_of(const char* municipality, const char* name, const char* town) {
    directory::TownReading reading;
    reading.prefecture = "標県";
    reading.municipality = municipality;
    reading.municipality_name = name;
    reading.town = town;
    reading.position = {.lon = 137.1, .lat = 33.15};
    reading.accuracy_m = 500;
    return reading;
}

struct Ties {
    Desk desk{ImportKind::relations};
    Locator locator{{town_of("99201", "潮見野市", "港町"), town_of("99341", "磯辺郡沖ノ浜町", "元町")}};

    std::expected<std::vector<directory::BatchList>, FileProblem> read(const std::string& csv) {
        return read_relations("list.csv", csv, {.taxonomy = directory::Taxonomy::shipped(), .locator = locator},
                              desk.intake);
    }

    template <class Kind>
    std::vector<Kind> taken(const std::string& csv) {
        const auto lists = read(csv);
        INFO((lists ? std::string{} : lists.error().code + " " + lists.error().a));
        REQUIRE(lists.has_value());
        REQUIRE(desk.report.rows.adds_up());
        std::vector<Kind> readings;
        for (const auto& list : *lists) {
            for (const auto& row : list.rows) {
                readings.push_back(std::get<Kind>(row.reading));
            }
        }
        return readings;
    }
};

const std::string k_head =
    "つながり,から,からの市町村,へ,への種類,への市町村,区域の層,事業,開始日,終了日,情報提供,つなぎ,"
    "結果の共有,期間,条件,出典,備考,公開範囲\n";
const std::string k_forum_head =
    "会議体,種類,市町村,区域の層,区域,開催,年間回数,構成員,開始日,終了日,出典,備考,公開範囲\n";

} // namespace

TEST_CASE("a row of ties is read cell by cell", "[network]") {
    Ties ties;
    const auto read = ties.taken<RelationReading>(
        k_head +
        "委託,標市,99201,なみの会,,,,地域子育て支援拠点,2024-04-01,令和9年3月31日,,,,,,契約一覧,毎年見直す,公開\n"
        "紹介,こども家庭センター,潮見野市,うみねこ食堂,場所,,,,,,359,45,0,令和7年度,,,,\n"
        "調整,標の実会,99201,みなと中学校,,,,,,,,,,,,,,\n"
        "相互利用,,99201,,,沖ノ浜町,,病児保育,,,,,,,\"相互利用、1日2,000円、月～金\",協定書,,\n"
        "構成員,なみの会,99201,要対協,,,,,,,,,,,,,,職員\n");
    REQUIRE(read.size() == 5);
    CHECK(ties.desk.report.rows.accepted == 5);
    CHECK(read[0].kind == RelationKind::entrusts);
    CHECK(read[0].to.kind == PartyKind::organization);
    CHECK(read[0].programme == "shien_kyoten");
    CHECK(directory::to_string(read[0].valid_to.value()) == "2027-03-31");
    CHECK(read[0].visibility == Visibility::everyone);
    CHECK(read[1].from.municipality == "99201"); // by its name
    CHECK(read[1].to.kind == PartyKind::site);
    CHECK(read[1].referrals.informed == 359);
    CHECK(read[1].referrals.linked == 45);
    CHECK(read[1].referrals.fed_back == 0); // none came back, which somebody counted
    CHECK(read[1].period == "令和7年度");
    CHECK(read[2].to.kind == PartyKind::district);
    CHECK(read[2].to.layer == "chugakkoku");
    CHECK(read[3].from.kind == PartyKind::municipality);
    CHECK(read[3].to.kind == PartyKind::municipality);
    CHECK(read[3].to.municipality == "99341");
    CHECK(read[3].terms.municipality == "99341");
    CHECK(read[3].terms.contract == directory::Contract::mutual);
    CHECK(read[3].terms.fee == directory::Fee::paid);
    CHECK(read[3].terms.weekdays == 0b0011111);
    CHECK(read[3].terms.text == "相互利用、1日2,000円、月～金");
    CHECK(read[4].to.kind == PartyKind::forum);
    CHECK(read[4].visibility == Visibility::staff);
}

TEST_CASE("what is not counted is unknown, never none; doubts stand at their cells", "[network]") {
    Ties ties;
    const auto read = ties.taken<RelationReading>(k_head +
                                                  "紹介,甲,99201,乙,,,,,,,12,,-,,,,,\n"
                                                  "紹介,甲,99201,丙,,,,,,,五つ,1.5,*,,,,,\n"
                                                  "紹介,甲,99201,丁,,,,,,,3,9,,,,,,\n"
                                                  "委託,甲,99201,丁,,,,,2027-04-01,2026-04-01,3,,,,,,,\n"
                                                  "紹介,甲,知らない町,戊,,,,,,,,,,,,,,だれでも\n");
    REQUIRE(read.size() == 5);
    CHECK(read[0].referrals == directory::ReferralCounts{.informed = 12, .linked = {}, .fed_back = {}});
    CHECK(read[1].referrals == directory::ReferralCounts{});
    CHECK(ties.desk.issues("figure_unreadable") == 2);
    CHECK(ties.desk.issue("tie_counts_order").row == 4);
    CHECK(ties.desk.issue("tie_counts_order").column == "つなぎ");
    CHECK(ties.desk.issue("date_order").row == 5);
    CHECK_FALSE(read[3].valid_from.has_value());
    CHECK(ties.desk.issue("tie_counts_elsewhere").column == "情報提供");
    CHECK_FALSE(read[3].referrals.informed.has_value());
    CHECK(ties.desk.issue("tie_municipality_unknown").column == "からの市町村");
    CHECK(ties.desk.issue("visibility_unknown").column == "公開範囲");
    CHECK(read[4].visibility == Visibility::coordinator); // what cannot be read makes nothing more public
    CHECK(ties.desk.issue("tie_owner_missing").row == 6); // and nobody's staff are told
    CHECK(ties.desk.report.rows.accepted == 1);
    CHECK(ties.desk.report.rows.flagged == 4);
}

TEST_CASE("rows of unknown kinds, of persons and without an end are turned away", "[network]") {
    Ties ties;
    CHECK(ties.taken<RelationReading>(k_head + "仲良し,甲,99201,乙,,,,,,,,,,,,,,\n"
                                               "紹介,山田さん,99201,乙,,,,,,,,,,,,,,\n"
                                               "紹介,甲,99201,里親 山田家,,,,,,,,,,,,,,\n"
                                               "紹介,甲,99201,,,,,,,,,,,,,,,\n"
                                               "紹介,甲,99201,乙,友だち,,,,,,,,,,,,,\n"
                                               "紹介,甲,99201,乙,,,,ない事業,,,,,,,,,,\n"
                                               ",,,,,,,,,,,,,,,,,\n"
                                               "紹介,（記入例）,99201,乙,,,,,,,,,,,,,,\n")
              .empty());
    CHECK(ties.desk.report.rows.rejected == 6);
    CHECK(ties.desk.report.rows.blank == 1);
    CHECK(ties.desk.report.rows.out_of_scope == 1);
    CHECK(ties.desk.issues("tie_person") == 2);
    CHECK(ties.desk.issue("tie_person").column == "から");
    for (const auto& issue : ties.desk.report.issues) {
        CHECK(issue.value.find("山田") == std::string::npos);
        CHECK(issue.message.find("山田") == std::string::npos);
    }
}

TEST_CASE("a name that is too long is turned away and never cut", "[network]") {
    const auto name_of = [](std::size_t letters) {
        std::string name;
        for (std::size_t i = 0; i < letters; ++i) {
            name += "あ";
        }
        return name;
    };
    Ties ties;
    const auto read = ties.taken<RelationReading>(k_head + "紹介,甲,99201," + name_of(100) + ",,,,,,,,,,,,,,\n" +
                                                  "紹介,甲,99201," + name_of(101) + ",,,,,,,,,,,,,,\n" + "紹介," +
                                                  name_of(100'000) + ",99201,乙,,,,,,,,,,,,,,\n");
    REQUIRE(read.size() == 1);
    CHECK(read.front().to.name == name_of(100));
    CHECK(ties.desk.report.rows.rejected == 2);
    CHECK(ties.desk.issues("tie_name_too_long") == 2);
    CHECK(ties.desk.issue("tie_name_too_long").row == 3);
    CHECK(ties.desk.issue("tie_name_too_long").column == "へ");
    for (const auto& issue : ties.desk.report.issues) {
        CHECK(issue.value.size() < 200);
    }
}

TEST_CASE("what pages call a tie is read, a cell without a day says as which it was read", "[network]") {
    Ties ties;
    const auto read = ties.taken<RelationReading>(k_head +
                                                  "委託する,標市,99201,甲の会,,,,,令和7年,2026-05,,,,,,,,\n"
                                                  "場所を提供する,標市,99201,乙の会,,,,,2025年度,2026-05-31,,,,,,,,\n");
    REQUIRE(read.size() == 2);
    CHECK(read[0].kind == RelationKind::entrusts);
    CHECK(read[0].valid_from == directory::parse_day("2025-01-01"));
    CHECK(read[0].valid_to == directory::parse_day("2026-05-31"));
    CHECK(ties.desk.issues("tie_date_span") == 2);
    CHECK(ties.desk.issue("tie_date_span").column == "開始日");
    CHECK(read[1].kind == RelationKind::hosts);
    CHECK(read[1].valid_from == directory::parse_day("2025-04-01"));
    const auto meetings = ties.taken<ForumReading>(
        k_forum_head + "要対協実務者会議,実務者会議,99201,,,,,ＮＰＯ法人しおかぜ（架空）；甲の会、乙の会,,,,,\n");
    REQUIRE(meetings.size() == 1);
    CHECK(meetings[0].kind == ForumKind::other); // as the problem says, whatever the name would say
    REQUIRE(meetings[0].members.size() == 3);
    CHECK(meetings[0].members[0].name == "ＮＰＯ法人しおかぜ（架空）");
}

TEST_CASE("a meeting's name is never cut, nor is a member's", "[network]") {
    std::string longest;
    for (int i = 0; i < 100; ++i) {
        longest += "あ";
    }
    Ties ties;
    ties.desk.options.municipality = "99201";
    const auto read = ties.taken<ForumReading>("会議体,構成員\n" + longest + ",甲の会;" + longest + ";" + longest +
                                               "い;乙の会\n" + longest + "い,甲の会\n");
    REQUIRE(read.size() == 1);
    CHECK(read.front().name == longest);
    REQUIRE(read.front().members.size() == 3);
    CHECK(read.front().members[1].name == longest);
    CHECK(read.front().members[2].name == "乙の会");
    CHECK(ties.desk.issue("forum_member_too_long").column == "構成員");
    CHECK(ties.desk.issue("tie_name_too_long").column == "会議体");
    CHECK(ties.desk.report.rows.rejected == 1);
}

TEST_CASE("a tie of somebody to itself is turned away, unless a decision takes it out", "[network]") {
    Ties ties;
    ties.desk.options.municipality = "99201";
    const auto read = ties.taken<RelationReading>(k_head +
                                                  "委託,ひので会,,ヒノデ 会,,,,,,,,,,,,,,\n"
                                                  "相互利用,,99201,,市町村,99201,,,,,,,,,,,,\n"
                                                  "場所の提供,ひので会,,ひので会,場所,,,,,,,,,,,,,\n"
                                                  "委託,ひので会,,ひので会,,99341,,,,,,,,,,,,\n");
    CHECK(read.size() == 2); // of another kind, and another municipality's of the same name
    CHECK(ties.desk.report.rows.rejected == 2);
    CHECK(ties.desk.issues("tie_to_itself") == 2);
    CHECK(ties.desk.issue("tie_to_itself").column == "へ");
    const auto decided = ties.taken<RelationReading>(
        "つながり,から,へ,対象ID,判断,決めた日,決めた人,理由\n"
        "委託,ひので会,ひので会,abcdefghijklm,誤り,2024-05-01,資源コーディネーター,電話\n");
    REQUIRE(decided.size() == 1);
    CHECK(decided.front().decided.is_wrong);
    CHECK(ties.desk.issues("tie_to_itself") == 2);
}

TEST_CASE("a row that names a protected place is for coordinators unless it says staff, and never public",
          "[network]") {
    Ties ties;
    const auto read = ties.taken<RelationReading>(k_head +
                                                  "委託,標市,99201,母子生活支援施設みなと,,,,,,,,,,,,,,公開\n"
                                                  "委託,標市,99201,女性相談支援センター,,,,,,,,,,,,,,職員\n");
    REQUIRE(read.size() == 2);
    CHECK(read[0].visibility == Visibility::coordinator);
    CHECK(read[1].visibility == Visibility::staff);
    CHECK(ties.desk.issues("tie_protected") == 1);
    const auto forums =
        ties.taken<ForumReading>(k_forum_head + "要対協,,99201,,,,,標市;配偶者暴力相談支援センター,,,,,公開\n");
    REQUIRE(forums.size() == 1); // a council stays: its protected member does not show
    CHECK(forums[0].visibility == Visibility::everyone);
    REQUIRE(forums[0].members.size() == 2);
    CHECK(forums[0].members[0].visibility == Visibility::everyone);
    CHECK(forums[0].members[1].visibility == Visibility::coordinator);
    CHECK(ties.desk.issue("forum_member_protected").column == "構成員");
    const auto programmes =
        ties.taken<RelationReading>(k_head + "委託,標市,99201,なみの会,,,,boshi_seikatsu,,,,,,,,,,公開\n");
    REQUIRE(programmes.size() == 1);
    CHECK(programmes[0].visibility == Visibility::coordinator); // the public knows of no such programme
}

TEST_CASE("a row of meetings is read cell by cell, its members without persons", "[network]") {
    Ties ties;
    const auto read = ties.taken<ForumReading>(
        k_forum_head +
        "潮見野市要保護児童対策地域協議会,,99201,,,年1回,,標市;標の実会;標市;佐藤花子さん;99341：浜の会,2007-04-01,,"
        "設置要綱,,\n"
        "みなと連絡会,地区会議,潮見野市,中学校区,みなと中学校,毎月第2火曜,,なみの会、うみねこの会,,,,,\n"
        "標ネット,ネットワーク,99201,,,毎月,4,,,,,,\n"
        ",連絡会,99201,,,,,甲,,,,,\n"
        "朝の会,ともだち会,99201,,,随時,,甲,,,,,\n");
    REQUIRE(read.size() == 4);
    CHECK(read[0].kind == ForumKind::protection_council); // by its name
    CHECK(read[0].times_per_year == 1);
    REQUIRE(read[0].members.size() == 3);
    CHECK(read[0].members[2].name == "浜の会");
    CHECK(read[0].members[2].municipality == "99341");
    CHECK(ties.desk.issues("forum_member_person") == 1);
    CHECK(read[1].kind == ForumKind::area_conference);
    CHECK(read[1].municipality == "99201");
    CHECK(read[1].layer == "chugakkoku");
    CHECK(read[1].area == "みなと中学校");
    CHECK(read[1].times_per_year == 12);
    CHECK(read[2].times_per_year == 4); // a number goes before words
    CHECK(ties.desk.issues("forum_cadence_contradicts") == 1);
    CHECK(read[3].kind == ForumKind::other);
    CHECK_FALSE(read[3].times_per_year.has_value());
    CHECK(ties.desk.issues("forum_kind_unknown") == 1);
    CHECK(ties.desk.report.rows.rejected == 1);
}

TEST_CASE("columns tell the two layouts apart, and other tables are refused", "[network]") {
    Ties ties;
    const auto lists = ties.read(k_head + "紹介,甲,99201,乙,,,,,,,,,,,,,,\n");
    REQUIRE(lists.has_value());
    CHECK(lists->front().profile == "relations-template");
    const auto forums = ties.read(k_forum_head + "会,,99201,,,,,甲,,,,,\n");
    REQUIRE(forums.has_value());
    CHECK(forums->front().profile == "forums-template");
    CHECK(ties.read("名前,場所\na,b\n").error().code == "relations_header_unknown");
    ties.desk.options.profile = "forums-template";
    CHECK(ties.read(k_head + "紹介,甲,99201,乙,,,,,,,,,,,,,,\n").error().code == "relations_header_unknown");
    ties.desk.options.profile = "landmarks-template";
    CHECK(ties.read(k_head).error().code == "profile_unknown");
}

TEST_CASE("the templates of ties and meetings are read as they stand", "[network]") {
    for (const auto& [name, rows] : {std::pair{"relations", 5}, std::pair{"forums", 3}}) {
        const ListTemplate* of = find_template(name);
        REQUIRE(of != nullptr);
        CHECK(of->kind == ImportKind::relations);
        std::string csv = template_file(*of, TemplateForm::csv);
        const auto mark = std::string("（記入例）");
        Ties examples;
        REQUIRE(examples.read(csv).has_value());
        CHECK(examples.desk.report.rows.out_of_scope == rows); // invented, and said so
        for (auto at = csv.find(mark); at != std::string::npos; at = csv.find(mark)) {
            csv.erase(at, mark.size());
        }
        Ties ties;
        const auto lists = ties.read(csv);
        REQUIRE(lists.has_value());
        INFO((ties.desk.report.issues.empty() ? std::string{} : ties.desk.report.issues.front().message));
        CHECK(ties.desk.report.rows.accepted == rows);
        std::set<std::string> keys;
        for (const auto& row : lists->front().rows) {
            CHECK(keys.insert(row.key).second);
        }
    }
    const auto book = template_book(*find_template("forums"), directory::Taxonomy::shipped());
    const auto& column = book.sheets.front().columns.at(1);
    REQUIRE(column.choices.has_value());
    CHECK(column.choices->values.front() == "要保護児童対策地域協議会");
}

namespace {

/// A store with ties of every kind and audience, of two municipalities.
struct TiedStore {
    ScratchFolder folder;
    directory::Store store =
        directory::Store::open(folder.path() / "town.shirube", directory::OpenMode::write_or_create);

    Report must(const std::string& name, const std::string& csv, const std::string& municipality = "99201") {
        ImportOptions options;
        options.kind = ImportKind::relations;
        options.files = {folder.write(name, csv)};
        options.municipality = municipality;
        options.language = "en";
        auto report = run_import(store, options, {});
        INFO((report ? std::string{} : report.error().message));
        REQUIRE(report.has_value());
        REQUIRE(report->rows.adds_up());
        return std::move(*report);
    }

    [[nodiscard]] directory::Reader reader(const directory::Audience& audience) const {
        return directory::Reader(directory::Snapshot::build(store.read_state(audience), directory::Taxonomy::shipped(),
                                                            directory::Holidays::shipped()));
    }
    [[nodiscard]] directory::Reader reader_of(const std::string& municipality, Visibility up_to) const {
        return reader(store.audience_of(municipality, up_to, *directory::parse_day("2026-11-26")));
    }
    [[nodiscard]] directory::Reader public_reader() const { return reader(directory::Audience{}); }
};

/// Kinds of ties that an edition has, and its meetings.
std::string told(const directory::Reader& reader) {
    std::vector<std::string> words;
    for (const auto& row : reader.relations()) {
        words.emplace_back(directory::code_of(row.reading.kind));
    }
    for (const auto& row : reader.forums()) {
        words.push_back(row.reading.name);
    }
    std::ranges::sort(words);
    std::string all;
    for (const auto& word : words) {
        all += (all.empty() ? "" : " ") + word;
    }
    return all;
}

} // namespace

TEST_CASE("a tie of every kind is told to its audience alone, with its ends", "[network]") {
    for (const auto* kind : {"委託", "紹介", "構成員", "調整", "相互利用", "承継", "場所の提供"}) {
        for (const auto* audience : {"公開", "職員", "調整機関", ""}) {
            INFO(kind << " " << audience);
            TiedStore town;
            const std::string to = std::string(kind) == "相互利用" ? "沖ノ浜町,,99341" : "秘密の会,,";
            town.must("ties.csv", k_head + kind + ",あの会,99201," + to + ",,,,,,,,,,,," + audience + "\n");
            const std::string said = *audience != '\0' ? audience : std::string(kind) == "紹介" ? "職員" : "公開";
            const auto count = [](const directory::Reader& reader) {
                CHECK(reader.network().edges().size() == reader.relations().size());
                CHECK(reader.network().nodes().size() == 2 * reader.relations().size()); // no end without its tie
                CHECK(reader.network().speaks_of("99201") == !reader.relations().empty());
                return reader.relations().size();
            };
            CHECK(count(town.public_reader()) == (said == "公開" ? 1 : 0));
            CHECK(count(town.reader_of("99201", Visibility::staff)) == (said != "調整機関" ? 1 : 0));
            CHECK(count(town.reader_of("99201", Visibility::coordinator)) == 1);
            CHECK(count(town.reader_of("99341", Visibility::coordinator)) == (said == "公開" ? 1 : 0));
        }
    }
}

TEST_CASE("ties go in, change nothing the second time, and are taken back whole", "[network]") {
    TiedStore town;
    const auto before = town.public_reader().edition();
    const std::string ties = k_head +
                             "委託,標市,,なみの会,,,,,,,,,,,,,,\n紹介,なみの会,,食堂,,,,,,,5,2,,,,,,\n"
                             "委託,標市,,なみの会,,,,,,,,,,,,,,\n";
    const auto first = town.must("ties.csv", ties);
    CHECK(first.rows.accepted == 2);
    CHECK(first.rows.rejected == 1); // the same tie twice would count twice
    CHECK(first.issue_counts.at("relation_repeated") == 1);
    CHECK(first.entities.added == 2);
    town.must("forums.csv", k_forum_head + "要対協,,,,,,,標市;なみの会,,,,,\n");
    CHECK(told(town.public_reader()) == "entrusts 要対協");
    CHECK(told(town.reader_of("99201", Visibility::staff)) == "entrusts refers 要対協");
    const auto ids = [&] {
        std::vector<std::string> all;
        const auto reader = town.reader_of("99201", Visibility::staff); // outlives the loop over its rows
        for (const auto& row : reader.relations()) {
            all.push_back(row.id);
        }
        return all;
    };
    const auto known = ids();
    const auto again = town.must("ties.csv", ties);
    CHECK(again.entities.added + again.entities.changed + again.entities.gone == 0);
    CHECK(ids() == known);
    // A newer edition mends a count: the tie stays itself.
    const auto mended =
        town.must("ties.csv", k_head + "委託,標市,,なみの会,,,,,,,,,,,,,,\n紹介,なみの会,,食堂,,,,,,,6,2,,,,,,\n");
    CHECK(mended.entities.changed == 1);
    CHECK(ids() == known);
    for (const auto& import : town.store.history()) {
        town.store.undo(import.id);
    }
    CHECK(town.public_reader().edition() == before);
    CHECK(town.public_reader().network().nodes().empty());
    CHECK(told(town.reader_of("99201", Visibility::coordinator)).empty());
}

TEST_CASE("another city's list of ties of the same name is not put in the place of one that stands", "[network]") {
    TiedStore town;
    town.must("a/ties.csv", k_head + "委託,標市,,なみの会,,,,,,,,,,,,,,\n");
    ImportOptions options;
    options.kind = ImportKind::relations;
    options.files = {town.folder.write("b/ties.csv", k_head + "委託,沖ノ浜町,,浜の会,,,,,,,,,,,,,,\n")};
    options.municipality = "99341";
    options.language = "en";
    const auto refused = run_import(town.store, options, {});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == "list_name_taken");
}
