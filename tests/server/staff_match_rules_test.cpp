// Rules of matching on pages: copied, changed without JSON, tried, kept in versions, retired, and by whom.
#include "directory/kept_document.hpp"
#include "directory/match/match_rules.hpp"
#include "directory/store.hpp"
#include "server/staff/match/rules/rule_form.hpp"
#include "server/staff/staff_call.hpp"
#include "tests/server/support/small_town.hpp"
#include "tests/server/support/staff_town.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

using namespace shirube;
using namespace shirube::server;
using namespace shirube::tests;
using directory::Role;

namespace {

void set(Query& fields, std::string_view name, std::string_view value) {
    std::erase_if(fields, [&](const auto& field) { return field.first == name; });
    if (!value.empty()) {
        fields.emplace_back(name, value);
    }
}

std::string place_of(const Answer& answer) {
    const std::string to = header_of(answer, "Location");
    return to.substr(0, to.find('?'));
}

struct Keeper {
    StaffTown& town;
    std::string token;
    std::string csrf;

    explicit Keeper(StaffTown& of, Role role = Role::steward, std::string_view municipality = k_here,
                    std::string name = {})
        : town(of) {
        name = name.empty() ? std::string{directory::code_of(role)} + std::string{municipality} : name;
        town.account(name, role, municipality);
        token = town.token_of(name);
        csrf = town.csrf_of(token);
    }
    Answer post(const std::string& target, Query fields) const {
        fields.emplace_back("csrf", csrf);
        return town.post(target, fields, token);
    }
    [[nodiscard]] Answer get(const std::string& target) const { return town.get(target, token); }

    /// The address of a copy of the shipped rules.
    [[nodiscard]] std::string copied(std::string_view name = "浜の決まり") const {
        const auto answer = post("/staff/match/rules/new?from=default",
                                 {{"name_ja", std::string{name}}, {"description_ja", "試し"}, {"source", "会議"}});
        REQUIRE(answer.status == 303);
        return place_of(answer);
    }

    /// The document as it is kept now.
    [[nodiscard]] RuleDocument document(const std::string& address, int version) const {
        const auto store = directory::Store::open(town.store(), directory::OpenMode::read);
        for (const auto& kept : store.kept_documents(directory::DocumentKind::match_rules, std::string{k_here})) {
            if (address.ends_with(kept.id)) {
                const auto* of = kept.find_version(version);
                REQUIRE(of != nullptr);
                return RuleDocument::parse(of->body);
            }
        }
        FAIL("There is no such document.");
        return {};
    }

    /// The fields of a rule's form as a browser sends them untouched.
    [[nodiscard]] Query fields(const RuleDocument& document, std::string_view code, int over) const {
        const auto loaded = town.editions().current();
        const auto rules = read_match_rules(nlohmann::json(document), loaded->reader.taxonomy());
        REQUIRE(rules);
        const RuleWords words(*rules, document, loaded->reader, Texts::in("ja"));
        for (const auto& rule : document["rules"]) {
            if (rule["code"] == code) {
                Query fields = rule_fields(rule, words, Texts::in("ja"));
                fields.emplace_back("over", std::to_string(over));
                return fields;
            }
        }
        FAIL("There is no such rule.");
        return {};
    }
};

RuleDocument rule_in(const RuleDocument& document, std::string_view code) {
    for (const auto& rule : document["rules"]) {
        if (rule["code"] == code) {
            return rule;
        }
    }
    return {};
}

} // namespace

TEST_CASE("A rule that was being changed when the session ended is there again after signing in") {
    StaffTown town;
    const Keeper keeper(town);
    const auto address = keeper.copied();
    const std::string page = address + "/half_an_hour";
    auto fields = keeper.fields(keeper.document(address, 1), "half_an_hour", 1);
    set(fields, "minutes_walk", "43");
    set(fields, "label_ja", "通うのは43分まで");
    const auto lost = town.post(page, fields, "nobodys-token");
    REQUIRE(lost.status == 401);
    CHECK(says(lost, "入力したことは、パスワードと番号のほかは残っています"));
    CHECK_FALSE(says(lost, "43分まで"));
    const std::string text{lost.content()};
    const std::string begin = "name=\"next\" value=\"" + page + "?draft=";
    const auto from = text.find(begin);
    REQUIRE(from != std::string::npos);
    const auto word = text.substr(from + begin.size(), 43);
    const auto again = keeper.get(page + "?draft=" + word);
    REQUIRE(again.status == 200);
    CHECK(says(again, "value=\"43\""));
    CHECK(says(again, "通うのは43分まで"));
    // Nothing was kept of it in the rules, another page is not given it, and neither is another site's link.
    CHECK_FALSE(says(keeper.get(page), "通うのは43分まで"));
    CHECK_FALSE(says(keeper.get(address + "/nights_farther?draft=" + word), "通うのは43分まで"));
    auto foreign = staff_request(page + "?draft=" + word, keeper.token);
    foreign.fetch_site = "cross-site";
    CHECK_FALSE(says(town.ask(foreign), "通うのは43分まで"));
    // The JSON of the whole, too.
    const auto json = town.post(address, {{"do", "try"}, {"over", "1"}, {"json", "{\"zq7\": 1}"}}, "nobodys-token");
    const std::string whole{json.content()};
    const std::string at = address + "?draft=";
    REQUIRE(whole.find(at) != std::string::npos);
    CHECK(says(keeper.get(at + whole.substr(whole.find(at) + at.size(), 43)), "zq7"));
}

TEST_CASE("A rule's form makes the rule that filled it, whatever its kind") {
    StaffTown town;
    const Keeper steward(town);
    const auto loaded = town.editions().current();
    auto document = steward.document(steward.copied(), 1);
    const auto add = [&](const char* text) { document["rules"].push_back(RuleDocument::parse(text)); };
    add(R"({"code":"x1","kind":"only_at","label":{"ja":"あ","ja_easy":"い","en":"u"},"source":"s","off":true,
        "when":{"needs":["meals"],"people":["child","parent"],"age_from_months":14,"age_under_months":30,
                "stages":["infant"],"weekdays":["mon"],"worries":["neighbours"],"places":["home"],"modes":["car"]},
        "programmes":["jidokan"],"at":["short_stay"],
        "cases":[{"family":{"need":"meals"},"service":{"programme":"jidokan"},"expects":"not_asked"}]})");
    add(R"({"code":"x2","kind":"exclude","label":{"ja":"あ","ja_easy":"い","en":"u"},"source":"s",
        "programmes":["jidokan"],"cases":[{"family":{},"service":{"programme":"jidokan"},"expects":"excluded"}]})");
    for (const char* language : {"ja", "ja-easy", "en"}) {
        const auto& texts = Texts::in(language);
        const auto rules = read_match_rules(nlohmann::json(document), loaded->reader.taxonomy());
        REQUIRE(rules);
        const RuleWords words(*rules, document, loaded->reader, texts);
        for (const auto& rule : document["rules"]) {
            INFO(language << " " << rule["code"]);
            const auto again = rule_from(rule, rule_fields(rule, words, texts), words, loaded->reader, texts);
            CHECK(nlohmann::json(again) == nlohmann::json(rule));
        }
    }
}

TEST_CASE("The shipped rules are read by all staff in sentences, each case with its result") {
    StaffTown town;
    for (const auto role : directory::all_roles()) {
        const Keeper reader(town, role);
        const auto list = reader.get("/staff/match/rules");
        CHECK(list.status == 200);
        CHECK(says(list, "はじめの決まり"));
        const auto page = reader.get("/staff/match/rules/default");
        REQUIRE(page.status == 200);
        CHECK(says(page, "家から800メートルより近い所を出さない"));
        CHECK(says(page, "近所の人に会いたくない"));
        CHECK(says(page, "すべて例のとおり"));
        CHECK_FALSE(says(page, "例とちがう"));
        const bool may_keep = role == Role::planner || role == Role::steward;
        CHECK(says(page, "/staff/match/rules/new") == may_keep);
        CHECK(reader.get("/staff/match/rules/new?from=default").status == (may_keep ? 200 : 403));
        CHECK(reader.post("/staff/match/rules/new?from=default", {}).status == (may_keep ? 422 : 403));
    }
    CHECK(town.get("/staff/match/rules").status == 303);
}

TEST_CASE("A copy is changed without JSON: off, a figure with its cases, a new case; and matches go by it") {
    StaffTown town;
    const Keeper steward(town);
    const auto address = steward.copied();
    CHECK(says(steward.get("/staff/match/rules"), "浜の決まり"));
    CHECK(says(steward.get("/staff/match/rules"), "いま使っている"));
    const auto rule = address + "/neighbours_800m";
    REQUIRE(steward.get(rule).status == 200);
    CHECK(says(steward.get(rule), "name=\"metres\""));

    // A figure that its cases speak against is not taken, and says which.
    auto fields = steward.fields(steward.document(address, 1), "neighbours_800m", 1);
    set(fields, "metres", "600");
    auto tried = fields;
    set(tried, "do", "keep");
    const auto refused = steward.post(rule, tried);
    CHECK(refused.status == 422);
    CHECK(says(refused, "例1が、「出さない」ではなく「出す」になります"));
    CHECK(says(refused, "href=\"#case0_expects\""));
    CHECK(says(refused, "value=\"600\""));
    CHECK(says(refused, "例とちがう：出す"));

    // With its case mended, one taken out and one added it is.
    set(fields, "case0_home", "599");
    set(fields, "case1_home", "600");
    set(fields, "case4_gone", "1");
    set(fields, "new_worry", "neighbours");
    set(fields, "new_programme", "児童館");
    set(fields, "new_home", "300");
    set(fields, "new_expects", "excluded");
    set(fields, "do", "try");
    const auto dry = steward.post(rule, fields);
    CHECK(dry.status == 200);
    CHECK(says(dry, "すべての例が、例のとおりになりました"));
    set(fields, "do", "keep");
    REQUIRE(steward.post(rule, fields).status == 303);
    const auto kept = rule_in(steward.document(address, 2), "neighbours_800m");
    CHECK(kept["metres"] == 600);
    REQUIRE(kept["cases"].size() == 5);
    CHECK(kept["cases"][4] == RuleDocument::parse(R"({"family":{"worries":["neighbours"]},
        "service":{"programme":"jidokan","distance_m":{"home":300}},"expects":"excluded"})"));

    // What is wrong in a field is told at the field.
    fields = steward.fields(steward.document(address, 2), "neighbours_800m", 2);
    set(fields, "metres", "すこし");
    set(fields, "do", "keep");
    CHECK(says(steward.post(rule, fields), "href=\"#metres\""));
    set(fields, "metres", "600");
    set(fields, "new_programme", "<b>だれも知らない事業");
    set(fields, "new_expects", "kept");
    const auto unknown = steward.post(rule, fields);
    CHECK(unknown.status == 422);
    CHECK(says(unknown, "href=\"#new_expects\""));
    CHECK_FALSE(says(unknown, "<b>だれも"));

    // Off: a place 300 m away is no longer left out for neighbours.
    const auto is_left_out = [&] {
        const auto answer = town.post_json("/api/v1/staff/match", R"({"near":[{"point":[137.1,33.2]}],"mode":"car",
            "worries":["neighbours"],"people":[{"age_months":100,"needs":["after_school"]}]})",
                                           steward.token, steward.csrf);
        REQUIRE(answer.status == 200);
        const auto told = nlohmann::json::parse(answer.content());
        CHECK(told.at("rules").at("municipality") == k_here);
        return told.at("excluded").at("by_reason").contains("rule");
    };
    CHECK(is_left_out());
    fields = steward.fields(steward.document(address, 2), "neighbours_800m", 2);
    set(fields, "on", "");
    set(fields, "do", "keep");
    REQUIRE(steward.post(rule, fields).status == 303);
    CHECK(rule_in(steward.document(address, 3), "neighbours_800m")["off"] == true);
    CHECK(says(steward.get(address), "使っていない"));
    CHECK_FALSE(is_left_out());
}

TEST_CASE("Two who change at once are told, and nothing of the first is lost") {
    StaffTown town;
    const Keeper first(town, Role::steward, k_here, "ichi");
    const Keeper second(town, Role::planner, k_here, "futari");
    const auto address = first.copied();
    const auto rule = address + "/half_an_hour";
    auto fields = first.fields(first.document(address, 1), "half_an_hour", 1);
    set(fields, "source", "一人目");
    set(fields, "do", "keep");
    REQUIRE(first.post(rule, fields).status == 303);
    set(fields, "source", "二人目");
    const auto late = second.post(rule, fields);
    CHECK(late.status == 409);
    CHECK(says(late, "ほかの人が先に新しい版を保存しました"));
    CHECK(says(late, "二人目")); // what was typed is still there
    CHECK(second.post(rule, fields).status == 409);
    CHECK(rule_in(first.document(address, 2), "half_an_hour")["source"] == "一人目");
    CHECK(second.post(address, {{"do", "retire"}, {"version", "1"}}).status == 409);
}

TEST_CASE("Versions are looked at, gone back to, retired and revived; the log says so") {
    StaffTown town;
    const Keeper steward(town);
    const auto address = steward.copied("一つ目");
    Query names{{"do", "names"}, {"over", "1"}, {"name_ja", "二つ目"}, {"description_ja", "試し"}, {"source", "会議"}};
    REQUIRE(steward.post(address, names).status == 303);
    CHECK(says(steward.get(address), "二つ目"));
    CHECK(says(steward.get(address + "?version=1"), "一つ目"));
    CHECK(steward.get(address + "?version=9").status == 404);
    CHECK(says(steward.get(address + "?version=1"), "この版に戻す"));
    REQUIRE(steward.post(address, {{"do", "restore"}, {"version", "2"}, {"over", "2"}, {"shown", "1"}}).status == 303);
    CHECK(says(steward.get(address), "一つ目"));
    CHECK(says(steward.get(address), "第3版"));
    REQUIRE(steward.post(address, {{"do", "retire"}, {"version", "3"}}).status == 303);
    CHECK(says(steward.get("/staff/match/rules"), "使わなくなったもの"));
    set(names, "over", "3");
    CHECK(steward.post(address, names).status == 409);
    CHECK(steward.get(address + "/half_an_hour").status == 404);
    REQUIRE(steward.post(address, {{"do", "revive"}, {"version", "3"}}).status == 303);
    CHECK(steward.get(address + "/half_an_hour").status == 200);
    std::vector<std::string> actions;
    for (const auto& entry : town.accounts().audit_log(0, 20)) {
        if (entry.action == directory::AuditAction::rules_changed) {
            actions.push_back(entry.what.substr(0, entry.what.find(':')));
        }
    }
    CHECK(actions == std::vector<std::string>{"revive v3", "retire v3", "kept v3", "kept v2", "kept v1"});
}

TEST_CASE("All of it can be written as JSON, and a document that fails a case is not taken") {
    StaffTown town;
    const Keeper steward(town);
    const auto address = steward.copied();
    auto document = steward.document(address, 1);
    const auto post = [&](const std::string& text, const char* wish = "keep") {
        return steward.post(address, {{"do", wish}, {"over", "1"}, {"json", text}});
    };
    CHECK(post("{").status == 422);
    CHECK(post("[]").status == 422);
    document["rules"][0]["cases"][0]["expects"] = "kept";
    const auto failing = post(document.dump());
    CHECK(failing.status == 422);
    CHECK(says(failing, "例1が、「出す」ではなく「出さない」になります"));
    CHECK(says(failing, "href=\"#rule-neighbours_800m\""));
    document["rules"].erase(0);
    document["surprise"] = 1;
    CHECK(says(post(document.dump()), "/surprise"));
    document.erase("surprise");
    CHECK(post(document.dump(), "try").status == 200);
    REQUIRE(post(document.dump()).status == 303);
    CHECK_FALSE(says(steward.get(address), "rule-neighbours_800m"));
    // A form holds all of what is shipped and half as much again.
    CHECK(percent_encode(document.dump(1)).size() < 50'000);
}

TEST_CASE("Of several sets of rules a caseworker chooses; what was kept last is chosen at first") {
    StaffTown town;
    const Keeper steward(town);
    const Keeper caseworker(town, Role::caseworker);
    const Query family{{"person1_kind", "child"}, {"person1_need", "meals"}, {"do", "search"}};
    const auto with = [](Query fields, std::string_view name, std::string_view value) {
        set(fields, name, value);
        return fields;
    };
    const auto id_of = [](const std::string& address) { return address.substr(address.rfind('/') + 1); };
    const auto chosen = [&](const std::string& id) { return "<option value=\"" + id + "\" selected>"; };
    CHECK_FALSE(says(caseworker.get("/staff/match"), "id=\"rules\""));
    const auto beach = id_of(steward.copied());
    CHECK_FALSE(says(caseworker.get("/staff/match"), "id=\"rules\"")); // of one there is nothing to choose
    CHECK(says(caseworker.post("/staff/match", family), "決まり：浜の決まり"));

    // A second, with a need of its own.
    const auto hill = id_of(steward.copied("山の決まり"));
    auto document = steward.document("/staff/match/rules/" + hill, 1);
    auto need = document["needs"][0];
    need["code"] = "hill_way";
    need["label"]["ja"] = "山道の送り迎え";
    document["needs"].push_back(need);
    REQUIRE(
        steward.post("/staff/match/rules/" + hill, {{"do", "keep"}, {"over", "1"}, {"json", document.dump()}}).status ==
        303);
    const auto form = caseworker.get("/staff/match");
    CHECK(says(form, chosen(hill)));
    CHECK(says(form, "<option value=\"" + beach + "\">"));
    CHECK_FALSE(says(form, "<option value=\"default\"")); // the town has its own
    CHECK(says(form, "山道の送り迎え"));
    CHECK(says(caseworker.post("/staff/match", family), "決まり：山の決まり"));

    // By the other: its answer, its sheets' question, and it stays chosen.
    const auto answer = caseworker.post("/staff/match", with(family, "rules", beach));
    REQUIRE(answer.status == 200);
    CHECK(says(answer, "決まり：浜の決まり"));
    CHECK(says(answer, "/staff/match/rules/" + beach));
    CHECK(says(answer, chosen(beach)));
    CHECK(says(answer, "<input type=\"hidden\" name=\"rules\" value=\"" + beach + "\">"));
    CHECK_FALSE(says(answer, "山道の送り迎え"));

    // The needs of other rules are looked at before anything is asked; what was written stays.
    const auto looked = caseworker.post("/staff/match", with(with(family, "do", "rules"), "rules", beach));
    CHECK(looked.status == 200);
    CHECK_FALSE(says(looked, "class=\"match-answer\""));
    CHECK(says(looked, "name=\"person1_need\" value=\"meals\" checked"));

    // A need that the chosen rules do not have is told, not left out.
    Query both = with(family, "rules", beach);
    both.emplace_back("person1_need", "hill_way");
    const auto gone = caseworker.post("/staff/match", both);
    CHECK(gone.status == 422);
    CHECK(says(gone, "href=\"#person1_need\""));
    set(both, "rules", hill);
    CHECK(caseworker.post("/staff/match", both).status == 200);

    // Retired since the form was asked for; of one that is left there is nothing to choose again.
    REQUIRE(steward.post("/staff/match/rules/" + hill, {{"do", "retire"}, {"version", "2"}}).status == 303);
    const auto retired = caseworker.post("/staff/match", with(family, "rules", hill));
    CHECK(retired.status == 422);
    CHECK(says(retired, "もう使われていません"));
    CHECK(caseworker.post("/staff/match", with(family, "rules", beach)).status == 200);
    CHECK(caseworker.post("/staff/match", with(family, "rules", "default")).status == 422);
    // Another town's rules are not to be had.
    const Keeper there(town, Role::caseworker, k_there);
    CHECK(there.post("/staff/match", with(family, "rules", beach)).status == 422);
}

TEST_CASE("One municipality's rules are not another's, and no caseworker keeps any") {
    StaffTown town;
    const Keeper steward(town);
    const auto address = steward.copied();
    const Keeper there(town, Role::steward, k_there);
    CHECK(there.get(address).status == 404);
    CHECK(there.get(address + "/half_an_hour").status == 404);
    CHECK(there.post(address, {{"do", "retire"}, {"version", "1"}}).status == 404);
    CHECK_FALSE(says(there.get("/staff/match/rules"), "浜の決まり"));
    const Keeper caseworker(town, Role::caseworker);
    CHECK(caseworker.get(address).status == 200);
    CHECK_FALSE(says(caseworker.get(address), "<textarea"));
    CHECK(caseworker.get(address + "/half_an_hour").status == 403);
    CHECK(caseworker.post(address + "/half_an_hour", {{"do", "keep"}}).status == 403);
    CHECK(steward.post("/staff/match/rules/default", {{"do", "retire"}, {"version", "1"}}).status == 404);
}
