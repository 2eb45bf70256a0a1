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
    CHECK(with("reading", "reach") == "/reading");
    CHECK(with("any_of", json::array()) == "/any_of");
    CHECK(with("any_of", "jidokan") == "/any_of");
    CHECK(with("any_of", {"jidokan", "no_such"}) == "/any_of/1");
    CHECK(with("any_of", {1}) == "/any_of/0");
    CHECK(with("count_planned", 1) == "/count_planned");
    CHECK(with("outreach_per_month", 0) == "/outreach_per_month");
    CHECK(with("list_valid_months", 1e9) == "/list_valid_months");
    CHECK(with("weight", json::object()) == "/weight");
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
