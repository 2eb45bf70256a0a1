// The two papers of a caseworker's search: what leaves the office, on what terms, in which language, and the way back.
#include "directory/correction.hpp"
#include "directory/publication.hpp"
#include "tests/server/support/match_rows.hpp"
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

/// What a paper says of whom to ask; empty where it has no such part.
std::string windows_of(const Answer& answer) {
    const std::string page{answer.content()};
    const auto from = page.find("<section class=\"sheet-windows\"");
    return from == std::string::npos ? std::string{} : page.substr(from, page.find("</section>", from) - from);
}

/// A place where one can talk, open every day from 9:07 to 17:11.
directory::BatchRow window(const std::string& name, double lon, std::string_view programme, std::string_view phone,
                           std::string_view municipality = k_here) {
    directory::ServiceReading service;
    service.programme = programme;
    service.phone = phone;
    service.visibility = directory::Visibility::everyone;
    service.schedules = full_service().schedules;
    return public_row(name, lon, service, municipality);
}

} // namespace

TEST_CASE("The family's paper says whom to ask, with telephone and hours, and leaves a line where nobody is known") {
    RowsTown caseworker;
    const auto take = caseworker.id_of("浜会館");
    const auto nobody = windows_of(caseworker.post(family_at(137.1, "family_sheet", take)));
    CHECK(says(nobody, "相談先（職員が書き入れます）"));
    CHECK_FALSE(says(nobody, "tel:"));

    auto withheld = window("しまった窓口", 137.11, "kodomo_katei_center", "000-0000-4104");
    std::get<directory::ResourceReading>(withheld.reading).services.front().staff.withheld = {CorrectedField::phone};
    caseworker.import({window("遠い窓口", 137.3, "kodomo_katei_center", "000-0000-4102"),
                       window("近い窓口", 137.12, "kodomo_katei_center", "000-0000-4101"),
                       window("町の相談室", 137.1, "chiiki_sodan", "000-0000-4103"), withheld,
                       window("女性の相談", 137.1, "josei_sodan", "000-0000-4105"),
                       window("隣町の窓口", 137.6, "kodomo_katei_center", "000-0000-4106", k_there),
                       window("四つ目の窓口", 137.1, "hoken_center", "000-0000-4107")});
    const auto known = windows_of(caseworker.post(family_at(137.1, "family_sheet", take)));
    CHECK(says(known, "ご相談はこちら"));
    CHECK(says(known, "href=\"tel:000-0000-4101\"><span class=\"vh\">近い窓口 </span>000-0000-4101</a>"));
    CHECK(says(known, "9:07–17:11"));
    // The centre for children and families first, the nearer before the farther, three at most.
    CHECK(known.find("近い窓口") < known.find("遠い窓口"));
    CHECK(known.find("遠い窓口") < known.find("町の相談室"));
    for (const std::string_view not_told : {"しまった窓口", "4104", "女性の相談", "隣町の窓口", "四つ目の窓口"}) {
        INFO(not_told);
        CHECK_FALSE(says(known, not_told));
    }
    CHECK(says(known, "この紙を渡した相談先（職員が書き入れます）"));
    CHECK(windows_of(caseworker.post(family_at(137.1, "file_sheet", take))).empty());

    // Where nobody knows where they live it is the caseworker's municipality; what they refused is not told.
    auto nowhere = family_at(137.1, "family_sheet", take);
    nowhere.erase(nowhere.begin(), nowhere.begin() + 2);
    CHECK(says(windows_of(caseworker.post(nowhere)), "近い窓口"));
    auto refusing = family_at(137.1, "family_sheet", take);
    refusing.emplace_back("refused", "kodomo_katei_center");
    const auto others = windows_of(caseworker.post(refusing));
    CHECK_FALSE(says(others, "近い窓口"));
    CHECK(says(others, "四つ目の窓口"));
}

TEST_CASE("The family's paper tells of no field that a list keeps from the public") {
    RowsTown caseworker;
    std::vector<directory::BatchRow> rows;
    double lon = 137.15;
    std::map<CorrectedField, double> where;
    for (const auto field : directory::fields_that_may_be_withheld()) {
        auto service = full_service();
        service.staff.withheld = {field};
        rows.push_back(public_row(fmt::format("棚{}", directory::code_of(field)), lon, service));
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
    RowsTown caseworker;
    auto row = public_row("守る家", 137.2, full_service());
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

TEST_CASE("A paper says what is only tried out or not confirmed, and says a fee once") {
    RowsTown caseworker;
    auto tried = full_service();
    tried.status = directory::Status::pilot;
    tried.fee = directory::Fee::free;
    tried.fee_text = "無料（工作は実費）";
    auto rumoured = full_service();
    rumoured.certainty = directory::Certainty::reported;
    rumoured.fee = directory::Fee::free;
    rumoured.fee_text = "工作は実費";
    caseworker.import({public_row("試しの館", 137.25, tried), public_row("噂の館", 137.26, rumoured)});
    for (const std::string_view sheet : {"family_sheet", "file_sheet"}) {
        INFO(sheet);
        const auto pilot = items_of(caseworker.post(family_at(137.25, sheet, caseworker.id_of("試しの館"))));
        CHECK(says(pilot, "<span class=\"badge badge-pilot\">試行中</span></h2>"));
        CHECK(says(pilot, "無料（工作は実費）</dd>"));
        CHECK_FALSE(says(pilot, "無料 無料"));
        const auto unsure = items_of(caseworker.post(family_at(137.26, sheet, caseworker.id_of("噂の館"))));
        CHECK(says(unsure, "<span class=\"badge badge-unconfirmed\">"));
        CHECK_FALSE(says(unsure, "試行中"));
        CHECK(says(unsure, "<dd>無料 工作は実費</dd>"));
    }
}

TEST_CASE("A paper names the terms that hold for where the family lives, with its own days and fee") {
    RowsTown caseworker;
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
    caseworker.import({public_row("隣の館", 137.25, service)});
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
    RowsTown caseworker;
    auto service = full_service();
    service.schedules.clear();
    caseworker.import({public_row("語の館", 137.3, service)});
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
    RowsTown caseworker;
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
