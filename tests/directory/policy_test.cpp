// Policies as documents: those shipped, those sent by others, and what is wrong with them.
#include "directory/policy.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <set>

using namespace shirube::directory;
using nlohmann::json;

namespace {

json document() {
    const json label{{"ja", "名"}, {"ja_easy", "な"}, {"en", "Name"}};
    return {{"id", "mine"},          {"name", label},         {"description", label}, {"source", "条例"},
            {"layer", "shogakkoku"}, {"reading", "presence"}, {"any_of", {"jidokan"}}};
}

/// The pointer at which a document is refused; "taken" where it is not.
std::string refused_at(const json& policy) {
    const auto parsed = parse_policy(policy, Taxonomy::shipped());
    if (!parsed) {
        CHECK_FALSE(parsed.error().message.empty());
        return parsed.error().pointer;
    }
    return "taken";
}

} // namespace

TEST_CASE("Every shipped policy is public, has its source, and survives a round trip") {
    REQUIRE(shipped_policies().size() >= 6);
    std::set<std::string> ids;
    for (const auto& policy : shipped_policies()) {
        INFO(policy.id);
        CHECK(ids.insert(policy.id).second);
        CHECK(find_policy(policy.id) == &policy);
        CHECK_FALSE(policy.source.empty());
        CHECK(is_open_to(policy, Taxonomy::shipped(), {}));
        const auto again = parse_policy(to_document(policy, Taxonomy::shipped()), Taxonomy::shipped());
        REQUIRE(again);
        CHECK(to_document(*again, Taxonomy::shipped()) == to_document(policy, Taxonomy::shipped()));
    }
    CHECK(find_policy("none") == nullptr);
}

TEST_CASE("What a document does not say is the default, and the default is said") {
    const auto policy = parse_policy(document(), Taxonomy::shipped());
    REQUIRE(policy);
    CHECK(policy->version == 1);
    CHECK(policy->layer == "shogakkoku");
    CHECK_FALSE(policy->count_planned);
    CHECK_FALSE(policy->count_unconfirmed);
    CHECK(policy->outreach_per_month == 1);
    CHECK(policy->children_from_years == 0);
    CHECK(policy->children_to_years == 15);
    CHECK(policy->travel.minutes == 15);
    CHECK(policy->travel.m_per_minute == 80);
    CHECK(policy->list_valid_months == 24);
    CHECK(to_document(*policy, Taxonomy::shipped()).at("walk").at("detour") == 1.3);
}

TEST_CASE("Every member is read") {
    json changed = document();
    changed.update({{"version", 7},
                    {"count_planned", true},
                    {"count_unconfirmed", true},
                    {"outreach_per_month", 4},
                    {"list_valid_months", 12},
                    {"weight", {{"children", {{"from_years", 6}, {"to_years", 12}}}}},
                    {"walk", {{"minutes", 10}, {"m_per_minute", 60}, {"detour", 1.5}}}});
    const auto policy = parse_policy(changed, Taxonomy::shipped());
    REQUIRE(policy);
    CHECK(policy->version == 7);
    CHECK(policy->count_planned);
    CHECK(policy->count_unconfirmed);
    CHECK(policy->outreach_per_month == 4);
    CHECK(policy->list_valid_months == 12);
    CHECK(policy->children_from_years == 6);
    CHECK(policy->children_to_years == 12);
    CHECK(policy->travel.minutes == 10);
    CHECK(policy->travel.m_per_minute == 60);
    CHECK(policy->travel.detour == 1.5);
}

TEST_CASE("A document that cannot be meant is refused where it is wrong") {
    const auto with = [](const char* name, const json& value) {
        json changed = document();
        changed[name] = value;
        return refused_at(changed);
    };
    CHECK(refused_at(document()) == "taken");
    CHECK(refused_at(json::array()).empty());
    CHECK(refused_at("text").empty());
    for (const char* name : {"id", "name", "description", "source", "layer", "reading", "any_of"}) {
        json without = document();
        without.erase(name);
        INFO(name);
        CHECK(refused_at(without) == std::string("/") + name);
    }
    CHECK(with("id", "") == "/id");
    CHECK(with("id", 5) == "/id");
    CHECK(with("version", 0) == "/version");
    CHECK(with("version", "1") == "/version");
    CHECK(with("name", "名") == "/name");
    CHECK(with("name", {{"ja", "名"}}) == "/name/ja_easy");
    CHECK(with("reading", "elsewhere") == "/reading");
    CHECK(with("reading", "reach") == "/reach_share");
    CHECK(with("any_of", json::array()) == "/any_of");
    CHECK(with("any_of", "jidokan") == "/any_of");
    CHECK(with("any_of", {"jidokan", "no_such"}) == "/any_of/1");
    CHECK(with("any_of", {1}) == "/any_of/0");
    CHECK(with("count_planned", 1) == "/count_planned");
    CHECK(with("outreach_per_month", 0) == "/outreach_per_month");
    CHECK(with("list_valid_months", 1e9) == "/list_valid_months");
    CHECK(with("weight", json::object()) == "/weight/children");
    CHECK(with("weight", {{"children", 5}}) == "/weight/children");
    CHECK(with("weight", {{"children", {{"from_years", 6}, {"to_years", 6}}}}) == "/weight/children/to_years");
    CHECK(with("walk", 5) == "/walk");
    CHECK(with("walk", {{"detour", 0.5}}) == "/walk/detour");
    CHECK(with("walk", {{"minutes", json()}}) == "/walk/minutes");
    CHECK(with("surprise", 1) == "/surprise");
}

TEST_CASE("A policy over a hidden programme, or a family that holds one, is not for the public") {
    const auto is_open = [](const char* programme) {
        json changed = document();
        changed["any_of"] = {"jidokan", programme};
        return is_open_to(*parse_policy(changed, Taxonomy::shipped()), Taxonomy::shipped(), {});
    };
    CHECK(is_open("places"));
    CHECK(is_open("satooya_shien_center"));
    CHECK_FALSE(is_open("boshi_seikatsu"));
    CHECK_FALSE(is_open("alternative_care"));
    CHECK_FALSE(is_open("consultation"));
}

TEST_CASE("All that a policy may say is read, and written so that it reads the same") {
    json policy = document();
    policy["reading"] = "reach";
    policy["reach_share"] = 0.9;
    policy["stage"] = "junior_high";
    policy["when"] = {{"weekdays", {"mon", "sun"}}, {"from", "17:30"}, {"to", "24:00"}};
    policy["entry"] = {"drop_in", "register"};
    policy["residents_only"] = true;
    policy["outreach_in_each"] = {{"layer", "chugakkoku"}, {"any_of", {"shutcho_sodan"}}};
    policy["weight"] = {{"children", {{"from_years", 12}, {"to_years", 15}}},
                        {"need", {{"indicator", "不登校"}, {"unit", "persons"}}}};
    policy["walk"] = {{"mode", "stroller"}, {"minutes", 15}, {"m_per_minute", 60}};
    policy["walk_in"] =
        json::array({{{"districts", {"A", "B"}}, {"mode", "car"}, {"minutes", 20}, {"m_per_minute", 500}}});
    const auto read = parse_policy(policy, Taxonomy::shipped());
    REQUIRE(read);
    CHECK(read->ages == AgeBand{12, 15});
    CHECK(read->when == TimeWindow{0b1000001, 17 * 60 + 30, 24 * 60});
    CHECK(read->entry == std::vector{Entry::drop_in, Entry::register_first});
    CHECK(read->residents_only);
    CHECK(read->need == NeedWeight{"不登校", "persons"});
    CHECK(read->travel_in("C").mode == "stroller");
    CHECK(read->travel_in("B").mode == "car");
    CHECK(read->travel_in("B").reach_m() == Approx(20 * 500 / 1.3));
    const auto written = to_document(*read, Taxonomy::shipped());
    const auto again = parse_policy(written, Taxonomy::shipped());
    REQUIRE(again);
    CHECK(to_document(*again, Taxonomy::shipped()) == written);
}

TEST_CASE("A window that ends earlier in the day than it began ends on the next") {
    const auto window = [](const char* from, const char* to) {
        json policy = document();
        policy["when"] = {{"from", from}, {"to", to}};
        const auto read = parse_policy(policy, Taxonomy::shipped());
        REQUIRE(read);
        // Written, it reads the same.
        const auto written = to_document(*read, Taxonomy::shipped());
        CHECK(parse_policy(written, Taxonomy::shipped())->when == read->when);
        return std::pair{*read->when, written.at("when").at("to").get<std::string>()};
    };
    CHECK(window("20:00", "08:00") == std::pair{TimeWindow{k_every_weekday, 20 * 60, 32 * 60}, std::string("08:00")});
    CHECK(window("20:00", "32:00") == window("20:00", "08:00"));
    CHECK(window("18:00", "25:30") ==
          std::pair{TimeWindow{k_every_weekday, 18 * 60, 25 * 60 + 30}, std::string("01:30")});
    CHECK(window("18:00", "24:00") == std::pair{TimeWindow{k_every_weekday, 18 * 60, 24 * 60}, std::string("24:00")});
    CHECK(window("18:00", "00:00") == std::pair{TimeWindow{k_every_weekday, 18 * 60, 24 * 60}, std::string("24:00")});
    CHECK(window("00:01", "00:00") == std::pair{TimeWindow{k_every_weekday, 1, 24 * 60}, std::string("24:00")});
    CHECK(window("00:00", "24:00") == std::pair{TimeWindow{}, std::string("24:00")});
}

TEST_CASE("A supply policy says how far capacity reaches, a function policy what must be there") {
    json supply = document();
    supply["reading"] = "supply";
    CHECK(refused_at(supply) == "/supply");
    supply["supply"] = {{"decay", "gaussian"}, {"sigma_m", 400}, {"unknown_capacity", "fixed"}};
    CHECK(refused_at(supply) == "/supply/capacity");
    supply["supply"]["capacity"] = 20;
    CHECK(refused_at(supply) == "taken");
    supply["supply"]["unit"] = "nights";
    CHECK(refused_at(supply) == "taken");
    const auto nights = parse_policy(supply, Taxonomy::shipped());
    CHECK(nights->supply->in_nights);
    CHECK(parse_policy(to_document(*nights, Taxonomy::shipped()), Taxonomy::shipped())->supply == nights->supply);
    supply["supply"]["unit"] = "beds";
    CHECK(refused_at(supply) == "/supply/unit");
    supply["supply"]["unit"] = "places";
    CHECK_FALSE(parse_policy(supply, Taxonomy::shipped())->supply->in_nights);
    supply["supply"]["decay"] = "linear";
    CHECK(refused_at(supply) == "/supply/decay");

    json function = document();
    function["reading"] = "function";
    CHECK(refused_at(function) == "/any_of");
    function.erase("any_of");
    CHECK(refused_at(function) == "/functions");
    const json one{{"name", {{"ja", "名"}, {"ja_easy", "な"}, {"en", "Name"}}}, {"any_of", {"jidokan"}}};
    function["functions"] = {one};
    CHECK(refused_at(function) == "/functions"); // one alone is presence
    function["functions"] = {one, one};
    CHECK(refused_at(function) == "taken");
    function["functions"][1]["any_of"] = {"no_such"};
    CHECK(refused_at(function) == "/functions/1/any_of/0");
}

TEST_CASE("What is wrong in a policy's conditions is told by its place") {
    const auto with = [](const char* name, const json& value) {
        json policy = document();
        policy[name] = value;
        return refused_at(policy);
    };
    CHECK(with("when", {{"weekdays", {"monday"}}}) == "/when/weekdays/0");
    CHECK(with("when", {{"weekdays", json::array()}}) == "/when/weekdays");
    CHECK(with("when", {{"from", "25:00"}}) == "/when/from");
    CHECK(with("when", {{"from", "7:00"}}) == "/when/from");
    CHECK(with("when", {{"from", "24:00"}}) == "/when/from");
    CHECK(with("when", {{"from", "18:00"}, {"to", "18:00"}}) == "/when/to");
    CHECK(with("when", {{"from", "18:00"}, {"to", "42:00"}}) == "/when/to"); // a day and more
    CHECK(with("when", {{"from", "18:00"}, {"to", "48:00"}}) == "/when/to");
    CHECK(with("when", {{"from", "00:00"}, {"to", "24:30"}}) == "/when/to");
    CHECK(with("stage", "university") == "/stage");
    CHECK(with("ages", {{"from_years", 6}, {"to_years", 6}}) == "/ages/to_years");
    CHECK(with("entry", {"unknown"}) == "/entry/0");
    CHECK(with("reach_share", 0) == "/reach_share");
    CHECK(with("reach_share", 80) == "/reach_share");
    CHECK(with("supply", {{"decay", "step"}}) == "/supply");
    CHECK(with("walk", {{"mode", "horse"}}) == "/walk/mode");
    CHECK(with("walk_in", json::array({{{"mode", "car"}}})) == "/walk_in/0/districts");
    CHECK(with("weight", {{"children", json::object()}, {"need", {{"indicator", ""}}}}) == "/weight/need/indicator");
    CHECK(with("weight", {{"children", json::object()}, {"need", {{"indicator", "x"}, {"unit", "cats"}}}}) ==
          "/weight/need/unit");
    CHECK(with("a/b~c", 1) == "/a~1b~0c");
    CHECK(with("name", {{"ja", std::string(5000, 'x')}, {"ja_easy", "x"}, {"en", "x"}}) == "/name/ja");
}
