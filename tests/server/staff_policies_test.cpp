// A planner's own policies: a form that says what a document says, keeping, publishing, retiring, and who may.
#include "directory/kept_document.hpp"
#include "directory/policy/policy_book.hpp"
#include "directory/schedule.hpp"
#include "directory/store.hpp"
#include "server/staff/policy_form.hpp"
#include "server/staff/staff_call.hpp"
#include "tests/server/support/small_town.hpp"
#include "tests/server/support/staff_town.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <thread>

using namespace shirube;
using namespace shirube::server;
using namespace shirube::tests;
using directory::Role;

namespace {

std::string location(const Answer& answer) { return header_of(answer, "Location"); }

Query shipped_fields(std::string_view id) {
    return policy_fields(*directory::find_policy(id), directory::Taxonomy::shipped());
}

void set(Query& fields, std::string_view name, std::string_view value) {
    std::erase_if(fields, [&](const auto& field) { return field.first == name; });
    fields.emplace_back(name, value);
}

/// A planner of the town who is signed in.
struct Planner {
    StaffTown& town;
    std::string token;
    std::string csrf;

    Planner(StaffTown& of, const std::string& name, std::string_view municipality, Role role = Role::planner)
        : town(of) {
        town.account(name, role, municipality);
        token = town.token_of(name);
        csrf = town.csrf_of(token);
    }

    Answer post(const std::string& target, Query fields) const {
        fields.emplace_back("csrf", csrf);
        return town.post(target, fields, token);
    }
    [[nodiscard]] Answer get(const std::string& target) const { return town.get(target, token); }

    /// The address of a new policy.
    [[nodiscard]] std::string made(const std::string& name) const {
        Query fields = shipped_fields("walk_15_minutes");
        set(fields, "name_ja", name);
        const auto answer = post("/staff/policies/new?from=walk_15_minutes", fields);
        REQUIRE(answer.status == 303);
        const auto to = location(answer);
        return to.substr(0, to.find('?'));
    }
};

std::string id_in(const std::string& address) { return address.substr(std::string{"/staff/policies/"}.size()); }

/// What the public is offered, once the watcher has seen the store.
bool is_public(StaffTown& town, const std::string& id, bool wanted) {
    for (int i = 0; i < 500; ++i) {
        if ((town.editions().current()->reader.find_policy(id) != nullptr) == wanted) {
            return true;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return false;
}

} // namespace

TEST_CASE("A form makes the policy that filled it") {
    const auto& taxonomy = directory::Taxonomy::shipped();
    for (const auto& policy : directory::shipped_policies()) {
        INFO(policy.id);
        const auto again = parse_policy(policy_document(policy_fields(policy, taxonomy)), taxonomy);
        INFO((again ? std::string{} : again.error().pointer + " " + again.error().message));
        REQUIRE(again);
        auto wanted = to_document(policy, taxonomy);
        auto made = to_document(*again, taxonomy);
        for (auto* of : {&wanted, &made}) {
            of->erase("id");
            of->erase("version");
        }
        CHECK(made == wanted);
    }
}

TEST_CASE("What a form says wrong is told at its field, in the language of the page") {
    const auto& taxonomy = directory::Taxonomy::shipped();
    const auto problem_with = [&](std::string_view field, std::string_view value) {
        Query fields = shipped_fields("walk_15_minutes");
        set(fields, field, value);
        const auto policy = parse_policy(policy_document(fields), taxonomy);
        return policy ? std::string{} : std::string{field_at(policy.error().pointer)};
    };
    for (const auto* field : {"name_ja", "description_ja", "source", "reading", "any_of", "layer"}) {
        CHECK(problem_with(field, "") == field);
    }
    CHECK(problem_with("minutes", "すこし") == "minutes");
    CHECK(problem_with("minutes", "1000") == "minutes");
    CHECK(problem_with("m_per_minute", "0") == "m_per_minute");
    CHECK(problem_with("detour", "0.5") == "detour");
    CHECK(problem_with("mode", "rocket") == "mode");
    CHECK(problem_with("reach_percent", "120") == "reach_percent");
    CHECK(problem_with("children_to", "99") == "children_from");
    CHECK(problem_with("ages_from", "60") == "ages_from");
    CHECK(problem_with("from", "25:00") == "from");
    CHECK(problem_with("weekday", "someday") == "from");
    CHECK(problem_with("entry", "by magic") == "entry");
    CHECK(problem_with("outreach_per_month", "0") == "outreach_per_month");
    CHECK(problem_with("list_valid_months", "9999") == "list_valid_months");
    CHECK(problem_with("from", "24:00") == "from");
    // What only another reading has is refused, not left out.
    CHECK(problem_with("function1_name_ja", "拠点") == "functions");
    CHECK(problem_with("supply_reach", "1200") == "supply_decay"); // which no form of ours leaves out
    CHECK(problem_with("supply_decay", "gaussian") == "");         // chosen by every form, and nothing is written
    CHECK(problem_with("way1_mode", "car") == "");
    CHECK(problem_with("way1_minutes", "20") == "walk_in"); // in no district
    CHECK(problem_with("way1_districts", "A、B") == "");
    CHECK(problem_with("outreach_any_of", "shutcho_sodan") == "outreach_layer"); // of no layer
    CHECK(problem_with("outreach_layer", "chugakkoku") == "outreach_layer");     // and no programme
    CHECK(problem_with("reach_percent", "") == "reach_percent");
}

TEST_CASE("The parts that few policies have are fields too: functions, supply, ways by district, merged areas") {
    const auto& taxonomy = directory::Taxonomy::shipped();
    const auto made = [&](const Query& fields) {
        const auto policy = parse_policy(policy_document(fields), taxonomy);
        INFO((policy ? std::string{} : policy.error().pointer + " " + policy.error().message));
        REQUIRE(policy);
        return *policy;
    };
    Query fields = shipped_fields("jidokan_per_chugakkoku");
    set(fields, "reading", "function");
    set(fields, "function1_name_ja", "拠点");
    set(fields, "function1_any_of", "shien_kyoten");
    set(fields, "function3_name_ja", "利用者支援"); // the second row is empty, and none
    set(fields, "function3_name_en", "User support");
    set(fields, "function3_any_of", "riyosha_shien");
    set(fields, "way1_districts", "99201:1 99201:2\r\n99201:3、99201:4");
    set(fields, "way1_mode", "car");
    set(fields, "way1_minutes", "20");
    set(fields, "way1_m_per_minute", "500");
    set(fields, "outreach_layer", "chugakkoku");
    set(fields, "outreach_any_of", "shutcho_sodan");
    const auto all = made(fields);
    REQUIRE(all.functions.size() == 2);
    CHECK(all.functions[0].name.en == "拠点");
    CHECK(all.functions[1].name.ja == "利用者支援");
    CHECK(all.functions[1].name.en == "User support");
    REQUIRE(all.local_travel.size() == 1);
    CHECK(all.local_travel[0].districts == std::vector<std::string>{"99201:1", "99201:2", "99201:3", "99201:4"});
    CHECK(all.local_travel[0].travel.reach_m() == Approx(20 * 500 / 1.3));
    REQUIRE(all.outreach_in_each);
    CHECK(all.outreach_in_each->layer == "chugakkoku");
    CHECK(to_document(made(policy_fields(all, taxonomy)), taxonomy)["functions"] ==
          to_document(all, taxonomy)["functions"]);
    CHECK(to_document(made(policy_fields(all, taxonomy)), taxonomy)["walk_in"] ==
          to_document(all, taxonomy)["walk_in"]);

    Query shared = shipped_fields("jidokan_per_chugakkoku");
    set(shared, "reading", "supply");
    set(shared, "supply_decay", "gaussian");
    set(shared, "supply_sigma", "400");
    set(shared, "supply_reach", "1500");
    set(shared, "supply_unknown", "fixed");
    set(shared, "supply_capacity", "20");
    set(shared, "supply_unit", "nights");
    const auto supply = made(shared).supply;
    REQUIRE(supply);
    CHECK(supply == directory::Supply{true, 400, 1500, directory::UnknownCapacity::fixed, 20, true});
    CHECK(made(policy_fields(made(shared), taxonomy)).supply == supply);
    // Written wrong, each is told at its own field.
    const auto told_at = [&](std::string_view field, std::string_view value) {
        Query wrong = shared;
        set(wrong, field, value);
        return std::string{field_at(parse_policy(policy_document(wrong), taxonomy).error().pointer)};
    };
    CHECK(told_at("supply_decay", "step") == "supply_sigma");
    CHECK(told_at("supply_reach", "far") == "supply_reach");
    CHECK(told_at("supply_unknown", "median") == "supply_capacity");
    CHECK(told_at("supply_unit", "beds") == "supply_unit");
}

TEST_CASE("A night is written with an end that is earlier in the day than its beginning") {
    const auto& taxonomy = directory::Taxonomy::shipped();
    Query fields = shipped_fields("jidokan_per_chugakkoku");
    set(fields, "from", "20:00");
    set(fields, "to", "08:00");
    const auto policy = parse_policy(policy_document(fields), taxonomy);
    REQUIRE(policy);
    CHECK(policy->when == directory::TimeWindow{directory::k_every_weekday, 20 * 60, 32 * 60});
    CHECK(field_of(policy_fields(*policy, taxonomy), "to") == "08:00");
}

TEST_CASE("A planner copies a policy, keeps it, draws the map by it, and makes it public") {
    StaffTown town;
    const Planner planner(town, "mika", k_here);
    const auto form = planner.get("/staff/policies/new?from=walk_15_minutes");
    REQUIRE(form.status == 200);
    CHECK(says(form, "name=\"minutes\" type=\"text\" value=\"15\""));
    const auto address = planner.made("浜の基準");
    const auto id = id_in(address);
    CHECK(id.starts_with("99201-"));

    // At once, whatever the watcher has seen.
    CHECK(says(planner.get("/staff/planner?policy=" + id), "浜の基準"));
    CHECK(says(planner.get("/staff/policies"), "浜の基準"));
    CHECK(says(planner.get("/api/v1/staff/policies"), id));
    CHECK(planner.get("/api/v1/staff/coverage?f=json&policy=" + id).status == 200);
    CHECK_FALSE(says(town.get("/policies"), "浜の基準"));
    CHECK(town.get("/planner?policy=" + id).status == 400);

    Query fields = shipped_fields("walk_15_minutes");
    set(fields, "name_ja", "浜の基準");
    set(fields, "minutes", "10");
    set(fields, "do", "keep");
    set(fields, "over", "1");
    const auto kept = planner.post(address, fields);
    CHECK(location(kept) == address + "?kept=2");
    CHECK(says(planner.get(location(kept)), "notice-good"));
    CHECK(says(planner.get("/staff/planner?policy=" + id), "10"));
    CHECK(says(planner.get(address + "?version=1"), "name=\"minutes\" type=\"text\" value=\"15\""));

    CHECK(planner.post(address, {{"do", "publish"}, {"version", "1"}}).status == 409);
    CHECK(planner.post(address, {{"do", "publish"}, {"version", "2"}}).status == 303);
    REQUIRE(is_public(town, id, true));
    CHECK(says(town.get("/policies"), "浜の基準"));
    CHECK(town.get("/planner?policy=" + id).status == 200);
    CHECK(town.get("/api/v1/coverage?policy=" + id).status == 200);
    CHECK_FALSE(says(town.get("/policies"), "mika"));
    CHECK_FALSE(says(town.get("/api/v1/policies"), "mika"));

    CHECK(planner.post(address, {{"do", "withdraw"}, {"version", "2"}}).status == 303);
    REQUIRE(is_public(town, id, false));
    CHECK(planner.post(address, {{"do", "retire"}, {"version", "2"}}).status == 303);
    CHECK(planner.get("/staff/planner?policy=" + id).status == 400);
    CHECK(says(planner.get("/staff/policies"), "浜の基準")); // among those that are retired
    CHECK(planner.post(address, {{"do", "publish"}, {"version", "2"}}).status == 409);
    CHECK(planner.post(address, {{"do", "revive"}, {"version", "2"}}).status == 303);
    CHECK(planner.get("/staff/planner?policy=" + id).status == 200);

    std::vector<std::string> actions;
    for (const auto& entry : town.accounts().audit_log(0, 20)) {
        if (entry.action == directory::AuditAction::policy_changed) {
            actions.push_back(entry.what);
        }
    }
    CHECK(actions == std::vector<std::string>{"revive v2: " + id, "retire v2: " + id, "withdraw v2: " + id,
                                              "publish v2: " + id, "kept v2: " + id, "kept v1: " + id});
}

TEST_CASE("What was typed is still there when it cannot be kept") {
    StaffTown town;
    const Planner planner(town, "mika", k_here);
    Query fields = shipped_fields("walk_15_minutes");
    set(fields, "name_ja", "<b>浜</b>");
    set(fields, "minutes", "すこし");
    const auto refused = planner.post("/staff/policies/new?from=walk_15_minutes", fields);
    CHECK(refused.status == 422);
    CHECK(says(refused, "href=\"#minutes\""));
    CHECK(says(refused, "value=\"すこし\""));
    CHECK(says(refused, "&lt;b&gt;浜"));
    CHECK_FALSE(says(refused, "<b>浜"));

    const auto address = planner.made("浜の基準");
    set(fields, "minutes", "12");
    set(fields, "do", "keep");
    set(fields, "over", "1");
    CHECK(planner.post(address, fields).status == 303);
    set(fields, "minutes", "13");
    const auto late = planner.post(address, fields); // somebody else's browser, still over the first
    CHECK(late.status == 409);
    CHECK(says(late, "value=\"13\""));
}

TEST_CASE("Whose policies they are: others' are not there, and only planners change them") {
    StaffTown town;
    const Planner planner(town, "mika", k_here);
    const auto address = planner.made("浜の基準");
    const auto id = id_in(address);

    const Planner neighbour(town, "oki", k_there);
    CHECK(neighbour.get(address).status == 404);
    CHECK(neighbour.post(address, {{"do", "retire"}, {"version", "1"}}).status == 404);
    CHECK_FALSE(says(neighbour.get("/staff/policies"), "浜の基準"));
    CHECK(neighbour.get("/staff/policies/new?from=" + id).status == 404);
    CHECK(neighbour.get("/staff/planner?policy=" + id).status == 400);

    const Planner viewer(town, "yui", k_here, Role::viewer);
    CHECK(says(viewer.get("/staff/policies"), "浜の基準"));
    CHECK_FALSE(says(viewer.get("/staff/policies"), "/staff/policies/new"));
    CHECK(viewer.get("/staff/planner?policy=" + id).status == 200);
    CHECK(viewer.get(address).status == 403);
    CHECK(viewer.post(address, {{"do", "retire"}, {"version", "1"}}).status == 403);
    CHECK(town.post(address, {{"do", "retire"}, {"version", "1"}}, planner.token).status == 403); // no word of the form
}

TEST_CASE("What counts a programme that is not public cannot be made public") {
    StaffTown town;
    const Planner steward(town, "sora", k_here, Role::steward);
    Query fields = shipped_fields("walk_15_minutes");
    set(fields, "any_of", "boshi_seikatsu");
    const auto answer = steward.post("/staff/policies/new?from=", fields);
    REQUIRE(answer.status == 303);
    const auto to = location(answer);
    const auto page = steward.get(to);
    CHECK_FALSE(says(page, "value=\"publish\""));
    CHECK(says(page, "value=\"retire\""));

    const Planner planner(town, "mika", k_here); // sees staff's rows, not coordinators'
    const auto address = to.substr(0, to.find('?'));
    CHECK(planner.get(address).status == 404); // the form would show less than it counts, and keep that
    CHECK(planner.post(address, {{"do", "retire"}, {"version", "1"}}).status == 404);
    CHECK(steward.post(address, {{"do", "retire"}, {"version", "1"}}).status == 303);
    CHECK(says(steward.get("/staff/policies"), address));
    CHECK_FALSE(says(planner.get("/staff/policies"), address));
    CHECK(planner.post("/staff/policies/new?from=", fields).status == 422);
    CHECK_FALSE(says(planner.get("/staff/policies/new?from="), "boshi_seikatsu"));
}
