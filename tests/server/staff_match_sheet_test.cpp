// The two papers of a caseworker's search: what leaves the office, on what terms, in which language, and the way back.
#include "directory/correction.hpp"
#include "directory/publication.hpp"
#include "directory/store.hpp"
#include "tests/server/support/match_town.hpp"
#include "tests/server/support/process.hpp"
#include "tests/server/support/small_town.hpp"
#include "tests/server/support/staff_town.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

using namespace shirube;
using namespace shirube::server;
using namespace shirube::tests;
using directory::CorrectedField;
using directory::Role;

namespace {

bool says(std::string_view text, std::string_view words) { return text.find(words) != std::string_view::npos; }

struct Caseworker : MatchTown {
    /// Imports rows, and waits until the public reads them.
    void import(std::vector<directory::BatchRow> rows) {
        const auto before = town.editions().current()->reader.edition();
        directory::BatchList list;
        list.name = "公開の一部";
        list.profile = "shirube-template";
        list.as_of = "2026-10-01";
        list.rows = std::move(rows);
        directory::Batch batch;
        batch.lists.push_back(std::move(list));
        batch.files = "[]";
        batch.report = "{}";
        directory::Store::open(town.store(), directory::OpenMode::write).append(std::move(batch));
        town.desk().note_written();
        REQUIRE(eventually([&] { return town.editions().current()->reader.edition() != before; }));
    }

    std::string id_of(std::string_view name) {
        const auto loaded = town.editions().current();
        const auto& reader = loaded->reader;
        for (const auto i : reader.services().indices()) {
            if (reader.sites()[reader.services()[i].site].name == name) {
                return reader.services()[i].id;
            }
        }
        FAIL("The public has no such place.");
        return {};
    }
};

directory::BatchRow row_of(const std::string& name, double lon, directory::ServiceReading service,
                           std::string_view municipality = k_here) {
    directory::ResourceReading reading;
    reading.site.official_name = name;
    reading.site.address = name + "通り7番9号";
    reading.site.municipality = municipality;
    reading.site.municipality_name = municipality == k_here ? "潮見野市" : "沖ノ浜町";
    reading.site.position = geo::LonLat{lon, 33.2};
    reading.site.quality = directory::PositionQuality::exact;
    service.programme = "jidokan";
    reading.services.push_back(std::move(service));
    directory::BatchRow row;
    row.key = name;
    row.file = "list.csv";
    row.row = 2;
    row.cells = "[]";
    row.reading = std::move(reading);
    return row;
}

/// A service that states everything, each in words that stand nowhere else.
directory::ServiceReading full_service() {
    directory::ServiceReading service;
    service.from_age_months = 6 * 12;
    service.to_age_months = 14 * 12;
    service.stage = "小学生;中学生";
    service.for_whom = {directory::ForWhom::foreign_roots};
    service.for_whom_text = "外国につながる子";
    service.entry = directory::Entry::referral;
    service.entry_text = "紹介だけ";
    service.fee = directory::Fee::paid;
    service.fee_text = "1回770円";
    service.capacity = 13;
    service.contract = directory::Contract::entrusted;
    service.department = "ひみつ課";
    service.phone = "000-0000-7777";
    service.url = "https://himitsu.example/";
    service.note = "ひみつの注意";
    directory::UseTerms terms;
    terms.municipality = k_here;
    terms.contract = directory::Contract::individual;
    terms.text = "個人契約";
    service.usable_by = {std::string{k_here}, std::string{k_there}};
    service.use_terms = {terms};
    directory::Schedule schedule;
    schedule.rule.state = directory::ScheduleState::dated;
    schedule.rule.weekdays = directory::k_every_weekday;
    schedule.rule.from_minute = std::int16_t{9 * 60 + 7};
    schedule.rule.to_minute = std::int16_t{17 * 60 + 11};
    schedule.text = "毎日";
    service.schedules = {schedule};
    return service;
}

/// By which words the paper would tell a field; what is not told on it has none.
const std::map<CorrectedField, std::string>& told_by() {
    static const std::map<CorrectedField, std::string> words{{CorrectedField::ages, "6歳"},
                                                             {CorrectedField::for_whom, "外国"},
                                                             {CorrectedField::entry, "紹介"},
                                                             {CorrectedField::fee, "770円"},
                                                             {CorrectedField::schedules, "9:07"},
                                                             {CorrectedField::usable_by, "個人契約"},
                                                             {CorrectedField::phone, "0000-7777"},
                                                             {CorrectedField::department, "ひみつ課"},
                                                             {CorrectedField::url, "himitsu.example"},
                                                             {CorrectedField::note, "ひみつの注意"}};
    return words;
}

Query family_at(double lon, std::string_view sheet, const std::string& take) {
    return {{"place1", fmt::format("{:.4f},33.2", lon)},
            {"place1_role", "home"},
            {"person1_kind", "child"},
            {"person1_years", "9"},
            {"person1_need", "after_school"},
            {"mode", "walk"},
            {"do", std::string{sheet}},
            {"take", take}};
}

/// The items of a paper, without the page around them.
std::string items_of(const Answer& answer) {
    const std::string page{answer.content()};
    const auto from = page.find("<ol class=\"sheet-items\">");
    const auto to = page.find("</ol>", from);
    REQUIRE(to != std::string::npos);
    return page.substr(from, to - from);
}

} // namespace

TEST_CASE("The family's paper tells of no field that a list keeps from the public") {
    Caseworker caseworker;
    std::vector<directory::BatchRow> rows;
    double lon = 137.15;
    std::map<CorrectedField, double> where;
    for (const auto field : directory::fields_that_may_be_withheld()) {
        auto service = full_service();
        service.staff.withheld = {field};
        rows.push_back(row_of(fmt::format("棚{}", directory::code_of(field)), lon, service));
        where[field] = lon;
        lon += 0.01;
    }
    caseworker.import(std::move(rows));
    for (const auto& [field, at] : where) {
        const std::string name = fmt::format("棚{}", directory::code_of(field));
        INFO(name);
        const auto id = caseworker.id_of(name);
        const auto answer = caseworker.post(family_at(at, "family_sheet", id));
        REQUIRE(answer.status == 200);
        const auto family = items_of(answer);
        const auto file = items_of(caseworker.post(family_at(at, "file_sheet", id)));
        REQUIRE(says(family, name + "通り7番9号"));
        for (const auto& [told, words] : told_by()) {
            INFO(words);
            const bool is_on_paper = says(file, words);
            CHECK(says(family, words) == (is_on_paper && told != field));
        }
        // The paper for the file is of the office, which reads all of it.
        for (const auto told : {CorrectedField::ages, CorrectedField::fee, CorrectedField::schedules,
                                CorrectedField::usable_by, CorrectedField::phone}) {
            CHECK(says(file, told_by().at(told)));
        }
    }
}

TEST_CASE("The family's paper tells no address of a place of which the public knows the district alone") {
    Caseworker caseworker;
    auto row = row_of("守る家", 137.2, full_service());
    auto& reading = std::get<directory::ResourceReading>(row.reading);
    reading.site.place_is_for_staff = true;
    for (const auto field : directory::fields_that_may_be_withheld()) {
        reading.services.front().staff.withheld.push_back(field);
    }
    caseworker.import({row});
    const auto id = caseworker.id_of("守る家");
    const auto family = items_of(caseworker.post(family_at(137.2, "family_sheet", id)));
    CHECK(says(family, "守る家</h2>"));
    CHECK(says(family, "場所は公開していません"));
    CHECK_FALSE(says(family, "通り7番9号"));
    for (const auto& [field, words] : told_by()) {
        INFO(words);
        CHECK_FALSE(says(family, words));
    }
    CHECK(says(items_of(caseworker.post(family_at(137.2, "file_sheet", id))), "守る家通り7番9号"));
}

TEST_CASE("A paper names the terms that hold for where the family lives, with its own days and fee") {
    Caseworker caseworker;
    auto service = full_service();
    service.fee = directory::Fee::unknown;
    service.fee_text.clear();
    service.use_terms.front().fee = directory::Fee::paid;
    service.use_terms.front().fee_text = "1泊3,000円";
    service.use_terms.front().weekdays = 0b0011111;
    service.use_terms.front().text = "個人契約、1泊3,000円、月〜金";
    directory::UseTerms others;
    others.municipality = k_there;
    others.fee_text = "9,999円";
    others.text = "9,999円";
    service.use_terms.push_back(others);
    caseworker.import({row_of("隣の館", 137.25, service)});
    const auto id = caseworker.id_of("隣の館");
    for (const std::string_view sheet : {"family_sheet", "file_sheet"}) {
        INFO(sheet);
        const auto paper = items_of(caseworker.post(family_at(137.25, sheet, id)));
        CHECK(says(paper, "個人契約"));
        CHECK(says(paper, "<dd>有料 1泊3,000円</dd>"));
        CHECK(says(paper, "毎週月～金曜日 9:07–17:11"));
        for (const std::string_view wrong : {"毎日", "<dd>わかりません", "9,999円"}) {
            INFO(wrong);
            CHECK_FALSE(says(paper, wrong));
        }
    }
    // Where nobody knows where they live, nobody's terms hold.
    auto nowhere = family_at(137.25, "file_sheet", id);
    nowhere.erase(nowhere.begin(), nowhere.begin() + 2);
    const auto paper = caseworker.post(nowhere);
    REQUIRE(paper.status == 200);
    CHECK_FALSE(says(paper.content(), "1泊3,000円"));
}

TEST_CASE("A paper lists stages apart, says what is not known, and is written in the language asked for") {
    Caseworker caseworker;
    auto service = full_service();
    service.schedules.clear();
    caseworker.import({row_of("語の館", 137.3, service)});
    auto fields = family_at(137.3, "family_sheet", caseworker.id_of("語の館"));
    auto paper = items_of(caseworker.post(fields));
    CHECK(says(paper, "小学生、中学生"));
    CHECK_FALSE(says(paper, "小学生;"));
    CHECK(says(paper, "<span class=\"unknown\">"));
    fields.emplace_back("sheet_language", "en");
    const auto english = caseworker.post(fields);
    CHECK(says(english.content(), "<html lang=\"en\""));
    CHECK(says(items_of(english), "Elementary, Junior high"));
    fields.back().second = "xx";
    CHECK(says(caseworker.post(fields).content(), "<html lang=\"ja\""));
}

TEST_CASE("A paper leads back to its answer by a word that tells nothing and opens for its own session alone") {
    Caseworker caseworker;
    const auto id = caseworker.id_of("浜会館");
    auto fields = family_at(137.1, "family_sheet", id);
    fields.emplace_back("unasked", "zq7marked");
    const std::string page{caseworker.post(fields).content()};
    for (const std::string_view mark : {"person1", "137.1", "after_school", "9歳", "zq7marked"}) {
        INFO(mark);
        CHECK_FALSE(says(page, mark));
    }
    const std::string begin = "name=\"sealed\" value=\"";
    const auto from = page.find(begin) + begin.size();
    const auto word = page.substr(from, page.find('"', from) - from);
    REQUIRE(word.size() > 100);
    const auto answer = caseworker.post({{"sealed", word}});
    REQUIRE(answer.status == 200);
    CHECK(says(answer.content(), "子ども1（9歳）"));
    CHECK(says(answer.content(), "name=\"take\" value=\"" + id + "\" checked"));
    CHECK_FALSE(says(answer.content(), "zq7marked"));
    auto forged = word;
    forged[50] = forged[50] == 'A' ? 'B' : 'A';
    CHECK(caseworker.post({{"sealed", forged}}).status == 422);
    caseworker.token = caseworker.town.token_of("soudan");
    caseworker.csrf = caseworker.town.csrf_of(caseworker.token);
    const auto gone = caseworker.post({{"sealed", word}});
    CHECK(gone.status == 422);
    CHECK(says(gone.content(), "前の答えには、もう戻れません"));
}
