// A rule that is off stays in its document with its cases, and is not gone by.
#include "directory/match/match_rules.hpp"
#include "directory/match/rule_effects.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace shirube::directory;
using nlohmann::json;

namespace {

json document(bool is_off) {
    json rules = json::parse(R"({"id":"t","name":{"ja":"試","ja_easy":"試","en":"t"},
        "description":{"ja":"試","ja_easy":"試","en":"t"},"source":"s",
        "needs":[{"code":"play","label":{"ja":"遊","ja_easy":"遊","en":"p"},"source":"s","any_of":["jidokan"]}],
        "rules":[{"code":"no","kind":"exclude","label":{"ja":"否","ja_easy":"否","en":"n"},"source":"s",
          "programmes":["jidokan"],
          "cases":[{"family":{},"service":{"programme":"jidokan"},"expects":"excluded"}]}]})");
    if (is_off) {
        rules["rules"][0]["off"] = true;
    }
    return rules;
}

} // namespace

TEST_CASE("A rule that is off is not applied, while its cases still say what it would do") {
    const auto& taxonomy = Taxonomy::shipped();
    MatchOffer offer;
    offer.programme = taxonomy.by_code("jidokan").value();
    offer.also_here = {offer.programme};
    const auto on = parse_match_rules(document(false), taxonomy);
    REQUIRE(on);
    CHECK(ApplyingRules(*on, {}).objection(offer) == 0U);
    const auto off = parse_match_rules(document(true), taxonomy);
    REQUIRE(off);
    CHECK(off->rules.at(0).off);
    CHECK_FALSE(ApplyingRules(*off, {}).objection(offer));
    CHECK(effect_of(*off, 0, {}, offer, taxonomy) == "excluded");
    auto wrong = document(true);
    wrong["rules"][0]["cases"][0]["expects"] = "kept";
    CHECK_FALSE(parse_match_rules(wrong, taxonomy));
    wrong["rules"][0]["off"] = "yes";
    CHECK_FALSE(read_match_rules(wrong, taxonomy));
}
