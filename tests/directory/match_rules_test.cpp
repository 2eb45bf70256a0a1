// The rules of a caseworker's search as a document: what is refused and where, that every rule answers its cases, and
// whose staff have which version.
#include "directory/match/match_rules.hpp"

#include "directory/embedded_file.hpp"
#include "directory/kept_document.hpp"
#include "directory/match/rule_effects.hpp"
#include "directory/reader.hpp"
#include "store_batches.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <set>
#include <string>

using namespace shirube::directory;
using namespace shirube::directory::test;
using nlohmann::json;

namespace {

json shipped() {
    for (const auto& file : shirube::embedded_data()) {
        if (file.path == "match/default.json") {
            return json::parse(file.content);
        }
    }
    return nullptr;
}

/// Where a document is wrong; empty where it is not.
std::string fault_of(const json& document) {
    const auto rules = parse_match_rules(document, Taxonomy::shipped());
    if (rules) {
        return "";
    }
    CHECK_FALSE(rules.error().message.empty());
    CHECK_FALSE(rules.error().message_ja.empty());
    return rules.error().pointer;
}

json with(const std::string& pointer, const json& value) {
    json document = shipped();
    document[json::json_pointer(pointer)] = value;
    return document;
}

json without(const std::string& pointer, const std::string& member) {
    json document = shipped();
    document[json::json_pointer(pointer)].erase(member);
    return document;
}

std::string named(const std::string& name) { return with("/name/ja", name).dump(); }

} // namespace

TEST_CASE("The shipped rules: every rule has cases, and answers them") {
    const MatchRules& rules = *shipped_match_rules();
    CHECK(rules.municipality.empty());
    CHECK(rules.needs.size() >= 12);
    std::set<MatchRuleKind> kinds;
    std::size_t cases = 0;
    for (const auto& rule : rules.rules) {
        CHECK_FALSE(rule.cases.empty());
        kinds.insert(rule.kind);
        cases += rule.cases.size();
    }
    CHECK(kinds.size() >= 6);
    CHECK(cases >= 30);
    CHECK(failing_cases(rules, Taxonomy::shipped()).empty());
    for (const auto& need : rules.needs) {
        CHECK_FALSE(need.label.ja.empty());
        CHECK_FALSE(need.label.ja_easy.empty());
        CHECK_FALSE(need.label.en.empty());
    }
    for (const char* need : {"after_school", "meals", "school_refusal", "respite_nights", "housework",
                             "parenting_skills", "development", "language"}) {
        CHECK(rules.find_need(need));
    }
}

TEST_CASE("A document of rules that is not understood is refused, with the place of the fault") {
    CHECK(fault_of(shipped()).empty());
    CHECK(fault_of(nullptr) == "");
    CHECK(fault_of(with("/surprise", 1)) == "/surprise");
    CHECK(fault_of(without("", "source")) == "/source");
    CHECK(fault_of(without("/name", "ja_easy")) == "/name/ja_easy");
    CHECK(fault_of(with("/id", "With Spaces")) == "/id");
    CHECK(fault_of(with("/vacancy_fresh_days", 0)) == "/vacancy_fresh_days");
    CHECK(fault_of(with("/comes_home/0", "nothing")) == "/comes_home/0");
    CHECK(fault_of(with("/needs", json::array())) == "/needs");
    CHECK(fault_of(with("/needs/1/code", "after_school")) == "/needs/1/code");
    CHECK(fault_of(with("/needs/0/any_of/0", "nothing")) == "/needs/0/any_of/0");
    CHECK(fault_of(with("/rules/1/code", shipped()["rules"][0]["code"])) == "/rules/1/code");
    CHECK(fault_of(with("/rules/0/kind", "forbid")) == "/rules/0/kind");
    CHECK(fault_of(with("/rules/0/minutes", 3)) == "/rules/0/minutes"); // of another kind
    CHECK(fault_of(with("/rules/0/when/worries/0", "money")) == "/rules/0/when/worries/0");
    CHECK(fault_of(with("/rules/1/when/needs/0", "nothing")) == "/rules/1/when/needs/0");
    CHECK(fault_of(with("/rules/1/when/age_from_months", 24)) == "/rules/1/when/age_under_months");
    CHECK(fault_of(with("/rules/2/places/0", "station")) == "/rules/2/places/0");
    CHECK(fault_of(with("/rules/2/when/weekdays", {"someday"})) == "/rules/2/when/weekdays/0");
    CHECK(fault_of(with("/rules/0/cases", json::array())) == "/rules/0/cases");
    CHECK(fault_of(with("/rules/0/cases/0/family/mood", "bad")) == "/rules/0/cases/0/family/mood");
    CHECK(fault_of(with("/rules/0/cases/0/service/programme", "nothing")) == "/rules/0/cases/0/service/programme");
}

TEST_CASE("A rule that does not answer one of its cases is refused, with the case") {
    // Somebody changes the figure, and forgets what it was for.
    CHECK(fault_of(with("/rules/0/metres", 500)) == "/rules/0/cases/0");
    CHECK(fault_of(with("/rules/0/cases/1/expects", "excluded")) == "/rules/0/cases/1");
    json document = shipped();
    auto& order = document["rules"][6];
    REQUIRE(order["kind"] == "order");
    std::swap(order["programmes"][0], order["programmes"][3]);
    CHECK(fault_of(document) == "/rules/6/cases/0");
    // All of them are told to whoever edits.
    const auto read = read_match_rules(document, Taxonomy::shipped());
    REQUIRE(read);
    const auto failing = failing_cases(*read, Taxonomy::shipped());
    REQUIRE(failing.size() == 2);
    CHECK(failing[0].rule == "easily_accepted_first");
    CHECK(failing[0].expects == "1");
    CHECK(failing[0].says == "4");
}

TEST_CASE("The rules of a municipality are its own staff's, and nobody else's edition knows of them") {
    const StoreFolder folder;
    auto store = Store::open(folder / "towns.shirube", OpenMode::write_or_create);
    const Day today = *parse_day("2026-11-26");
    const auto reader = [&](const std::string& municipality, Visibility up_to = Visibility::staff) {
        return Reader(Snapshot::build(store.read_state(store.audience_of(municipality, up_to, today)),
                                      Taxonomy::shipped(), Holidays::shipped()));
    };
    const auto open = reader("").edition();
    const auto neighbour = reader("99341").edition();
    const auto own = reader("99201").edition();
    const auto id = store.add_document(DocumentKind::match_rules, "99201", {1, named("町の決まり"), "", "mika"});
    CHECK(reader("").edition() == open);
    CHECK(reader("99341").edition() == neighbour);
    CHECK(reader("99201").edition() != own);
    CHECK(reader("").match_rules().size() == 1);
    CHECK(reader("").match_rules().front()->id == "default");

    const auto here = reader("99201");
    REQUIRE(here.match_rules().size() == 2);
    const auto& kept = *here.match_rules().front();
    CHECK(kept.id == id);
    CHECK(kept.version == 1);
    CHECK(kept.municipality == "99201");
    CHECK(kept.name.ja == "町の決まり");
    CHECK(here.match_rules().back()->id == "default");

    // The newest version, and of two the one that was kept last.
    store.add_document_version(id, 1, {0, named("直した決まり"), "2026-11-27T00:00:00Z", "sora"});
    CHECK(reader("99201").match_rules().front()->name.ja == "直した決まり");
    CHECK(reader("99201").match_rules().front()->version == 2);
    store.add_document(DocumentKind::match_rules, "99201", {1, named("あとの決まり"), "2026-11-28T00:00:00Z", "mika"});
    CHECK(reader("99201").match_rules().front()->name.ja == "あとの決まり");

    // Made public by mistake, it is still nobody's but theirs; and policies are not taken for rules.
    store.publish_document(id, 1);
    CHECK(reader("").edition() == open);
    CHECK(reader("99341").match_rules().size() == 1);
    CHECK(here.policies().size() == reader("").policies().size());
    store.retire_document(id, true);
    CHECK(reader("99201").match_rules().size() == 2);
}

TEST_CASE("What of the kept rules is not understood is left out, and the shipped ones stand") {
    const StoreFolder folder;
    auto store = Store::open(folder / "towns.shirube", OpenMode::write_or_create);
    store.add_document(DocumentKind::match_rules, "99201", {1, R"({"newer":true})", "", "mika"});
    store.add_document(DocumentKind::match_rules, "99201", {1, with("/rules/0/metres", 500).dump(), "", "mika"});
    const Reader reader(
        Snapshot::build(store.read_state(store.audience_of("99201", Visibility::staff, *parse_day("2026-11-26"))),
                        Taxonomy::shipped(), Holidays::shipped()));
    REQUIRE(reader.match_rules().size() == 1);
    CHECK(reader.match_rules().front()->id == "default");
}
