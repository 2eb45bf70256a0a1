// Towns drawn in characters, families in them, and what each kind of rule makes of the answer. A cell is some 292 m
// wide (five minutes on foot) and 231 m high.
#include "directory/snapshot/snapshot.hpp"
#include "match_family.hpp"

#include <catch2/catch.hpp>

using namespace shirube;
using namespace shirube::directory;
using namespace shirube::scenarios;
using nlohmann::json;

namespace {

constexpr WeekdayMask k_saturday = 1U << 5U;
constexpr WeekdayMask k_sunday = 1U << 6U;

Place named(const std::string& name, const std::string& programme, ServiceRow service = {}) {
    Place place;
    place.name = name;
    place.programme = programme;
    place.service = std::move(service);
    return place;
}

ServiceRow for_ages(int from_years, int to_years) {
    ServiceRow service;
    service.from_age_months = from_years * 12;
    service.to_age_months = to_years * 12;
    return service;
}

} // namespace

TEST_CASE("only_at: one town sends infants under two to infant homes, older ones anywhere") {
    // Each mark of a picture is a place of its own; here some places run two programmes.
    const AsciiTown town("A A A A");
    const auto reader = [&] {
        State made;
        const Taxonomy& taxonomy = Taxonomy::shipped();
        const auto add = [&](const std::string& site, const std::string& programme, geo::LonLat position) {
            if (made.sites.empty() || made.sites.back().id != site) {
                SiteRow row;
                row.id = site;
                row.name = site;
                row.municipality = AsciiTown::k_municipality;
                row.position = position;
                row.quality = PositionQuality::exact;
                made.sites.push_back(row);
            }
            ServiceRow service;
            service.id = "service" + std::to_string(made.services.size());
            service.site = static_cast<std::uint32_t>(made.sites.size() - 1);
            service.programme = taxonomy.by_code(programme).value();
            made.services.push_back(service);
        };
        add("児童養護", "jido_yogo_shisetsu", town.middle(0, 1));
        add("児童養護", "short_stay", town.middle(0, 1));
        add("里親支援", "short_stay", town.middle(0, 2));
        add("里親支援", "fostering_kikan", town.middle(0, 2));
        add("乳児院", "nyujiin", town.middle(0, 3));
        add("乳児院", "short_stay", town.middle(0, 3));
        return Reader(Snapshot::build(std::move(made), taxonomy, Holidays::shipped()));
    }();
    const auto rules = with_rules(
        {rule("infants", "only_at",
              {{"when", {{"needs", {"respite_nights"}}, {"age_under_months", 24}}},
               {"programmes", {"short_stay"}},
               {"at", {"nyujiin"}}},
              json::array({{{"family", {{"age_months", 23}}},
                            {"service", {{"programme", "short_stay"}, {"also_here", {"nyujiin"}}}},
                            {"expects", "kept"}},
                           {{"family", {{"age_months", 23}}},
                            {"service", {{"programme", "short_stay"}, {"also_here", {"jido_yogo_shisetsu"}}}},
                            {"expects", "excluded"}}})),
         rule("foster_families_at_weekends", "prefer",
              {{"when", {{"needs", {"respite_nights"}}, {"age_from_months", 24}, {"weekdays", {"sat", "sun"}}}},
               {"programmes", {"short_stay"}},
               {"at", {"fostering_kikan"}}},
              json::array({{{"family", {{"age_months", 30}, {"weekdays", {"sun"}}}},
                            {"service", {{"programme", "short_stay"}, {"also_here", {"fostering_kikan"}}}},
                            {"expects", "preferred"}}}))});
    const auto baby = FamilyOf(rules).lives(town.middle(0, 0)).child(20, {"respite_nights"}).ask(reader);
    CHECK(choices(reader, baby) == "乳児院");
    CHECK(left_out(reader, baby) == "児童養護: rule, 里親支援: rule");
    REQUIRE(baby.excluded.front().reasons.front().reasons.front().rule);
    CHECK(rules.rules[*baby.excluded.front().reasons.front().reasons.front().rule].code == "infants");

    // At two, whoever is nearest; and at weekends whoever works with foster families.
    FamilyOf toddler(rules);
    toddler.lives(town.middle(0, 0)).child(24, {"respite_nights"});
    CHECK(choices(reader, toddler.ask(reader)) == "児童養護 里親支援 乳児院");
    toddler.on(k_saturday | k_sunday);
    const auto weekend = toddler.ask(reader);
    CHECK(choices(reader, weekend) == "里親支援 児童養護 乳児院");
    CHECK(deciding(weekend.choices[0][0].key, weekend.choices[0][1].key) == Criterion::rule);
    // A Friday among the days asked for, and it is no weekend.
    toddler.on(k_saturday | 1U << 4U);
    CHECK(choices(reader, toddler.ask(reader)) == "児童養護 里親支援 乳児院");
}

TEST_CASE("exclude: a town that leaves a programme out says by which rule") {
    const auto rules = with_rules({rule("no_pantry_for_pupils", "exclude",
                                        {{"when", {{"stages", {"elementary"}}}}, {"programmes", {"food_pantry"}}},
                                        json::array({{{"family", {{"stage", "elementary"}}},
                                                      {"service", {{"programme", "food_pantry"}}},
                                                      {"expects", "excluded"}}}))});
    const AsciiTown town =
        AsciiTown("A A1 A2").mark('1', named("パントリー", "food_pantry")).mark('2', named("食堂", "kodomo_shokudo"));
    const auto reader = town.reader();
    const auto answer =
        FamilyOf(rules).lives(town.middle(0, 0)).pupil(100, LifeStage::elementary, {"meals"}).ask(reader);
    CHECK(choices(reader, answer) == "食堂");
    CHECK(left_out(reader, answer) == "パントリー: rule");
    // The same house for a parent is offered.
    CHECK(choices(reader, FamilyOf(rules).lives(town.middle(0, 0)).parent({"meals"}).ask(reader)) == "食堂 パントリー");
}

TEST_CASE("near: school continuity goes before distance from home") {
    const AsciiTown town = AsciiTown("A1 A A A A A A2")
                               .mark('1', named("家の館", "jidokan", for_ages(0, 18)))
                               .mark('2', named("学校の館", "jidokan", for_ages(0, 18)));
    const auto reader = town.reader();
    FamilyOf pupil;
    pupil.lives(town.middle(0, 0)).pupil(100, LifeStage::elementary, {"after_school"});
    CHECK(choices(reader, pupil.ask(reader)) == "家の館 学校の館");
    pupil.learns(town.middle(0, 5));
    const auto answer = pupil.ask(reader);
    CHECK(choices(reader, answer) == "学校の館 家の館");
    CHECK(answer.shortlist.front().way->from == PlaceRole::school);
    CHECK(deciding(answer.choices[0][0].key, answer.choices[0][1].key) == Criterion::minutes);
    // For a child before school the rule does not speak: the nearest of any place comes first.
    const auto small = FamilyOf()
                           .lives(town.middle(0, 0))
                           .learns(town.middle(0, 5))
                           .pupil(40, LifeStage::preschool, {"with_baby"})
                           .ask(reader);
    CHECK(choices(reader, small) == "家の館 学校の館");
}

TEST_CASE("near: a provider far from home is offered where it is near the workplace") {
    const AsciiTown town = AsciiTown("A . . . . . . . . . . . . . . . . . . . . . . A1 A")
                               .mark('1', named("職場の一時預かり", "ichiji_azukari", for_ages(0, 6)));
    const auto reader = town.reader();
    FamilyOf family;
    family.lives(town.middle(0, 0)).child(30, {"respite_days"});
    CHECK(family.ask(reader).considered == 0); // so far that nobody asks
    family.works(town.middle(0, 24));
    const auto answer = family.ask(reader);
    CHECK(choices(reader, answer) == "職場の一時預かり");
    CHECK(answer.shortlist.front().way->from == PlaceRole::work);
    CHECK(answer.shortlist.front().way->minutes <= 20);
}

TEST_CASE("least_distance_m: where neighbours are a worry the nearest is not offered, and it says so") {
    const AsciiTown town = AsciiTown("A A1 A A A A2")
                               .mark('1', named("隣の食堂", "kodomo_shokudo"))
                               .mark('2', named("遠くの食堂", "kodomo_shokudo"))
                               .unlocated(named("宅食", "takushoku"));
    const auto reader = town.reader();
    FamilyOf family;
    family.lives(town.middle(0, 0)).parent({"meals"});
    CHECK(choices(reader, family.ask(reader)) == "隣の食堂 遠くの食堂 宅食");
    const auto answer = family.minds_neighbours().ask(reader);
    CHECK(choices(reader, answer) == "遠くの食堂 宅食"); // what is brought to the door is no matter of neighbours
    CHECK(left_out(reader, answer) == "隣の食堂: rule");
}

TEST_CASE("most_minutes: on foot, with a small child, by bicycle, by car, and how far was too far") {
    const AsciiTown town = AsciiTown("A . . . . A1 . A2")
                               .mark('1', named("近い", "shien_kyoten", for_ages(0, 6)))
                               .mark('2', named("遠い", "shien_kyoten", for_ages(0, 6)));
    const auto reader = town.reader();
    FamilyOf toddler;
    toddler.lives(town.middle(0, 0)).child(24, {"with_baby"});
    // 1,460 m and 2,043 m: 24 and 34 minutes on foot.
    auto answer = toddler.ask(reader);
    CHECK(choices(reader, answer).empty());
    CHECK(left_out(reader, answer) == "近い: too_far, 遠い: too_far");
    const auto& too_far = answer.excluded.front().reasons.front().reasons.front();
    CHECK(too_far.value == 24);
    CHECK(too_far.limit == 20);
    toddler.goes(TravelMode::bicycle);
    CHECK(choices(reader, toddler.ask(reader)) == "近い 遠い");
    toddler.goes(TravelMode::car);
    answer = toddler.ask(reader);
    CHECK(answer.shortlist.back().way->minutes == 7);
    FamilyOf parent;
    parent.lives(town.middle(0, 0)).parent({"with_baby"});
    CHECK(choices(reader, parent.ask(reader)) == "近い");
}

TEST_CASE("order: what is easily accepted comes before what is near") {
    const AsciiTown town = AsciiTown("A A1 A2 A3")
                               .mark('1', named("拠点", "ikusei_kyoten"))
                               .mark('2', named("宅食", "food_pantry"))
                               .mark('3', named("食堂", "kodomo_shokudo"));
    const auto reader = town.reader();
    const auto answer = FamilyOf().lives(town.middle(0, 0)).parent({"meals"}).ask(reader);
    CHECK(choices(reader, answer) == "食堂 宅食 拠点");
    CHECK(deciding(answer.choices[0][0].key, answer.choices[0][1].key) == Criterion::step);
    const auto plain = without_rules();
    CHECK(choices(reader, FamilyOf(plain).lives(town.middle(0, 0)).parent({"meals"}).ask(reader)) == "拠点 宅食 食堂");
}

TEST_CASE("order: of as many needs met, what is easily accepted comes before what more is known of") {
    ServiceRow base;
    base.entry = Entry::municipal_decision;
    base.from_age_months = 0;
    base.to_age_months = 18 * 12;
    // Of the children's centre next door the list says neither ages nor more; the base far off states all of it.
    const AsciiTown town =
        AsciiTown("A 1 . . . 2").mark('1', named("児童館", "jidokan")).mark('2', named("拠点", "ikusei_kyoten", base));
    const auto reader = town.reader();
    const auto answer =
        FamilyOf().lives(town.middle(0, 0)).child(100, {"after_school"}).goes(TravelMode::car).ask(reader);
    CHECK(choices(reader, answer) == "児童館 拠点");
    CHECK(answer.choices[0][0].key.open > answer.choices[0][1].key.open);
    CHECK(deciding(answer.choices[0][0].key, answer.choices[0][1].key) == Criterion::step);
}

TEST_CASE("afterwards: where they can go on to from what is offered, also where nobody knows of any") {
    const AsciiTown town = AsciiTown("A A1 A2 A3")
                               .mark('1', named("ショート", "short_stay"))
                               .mark('2', named("館", "jidokan_small"))
                               .mark('3', named("もっと遠い館", "jidokan_small"));
    const auto reader = town.reader();
    const auto answer = FamilyOf().lives(town.middle(0, 0)).child(60, {"respite_nights"}).ask(reader);
    std::string onward;
    for (const auto& step : answer.afterwards) {
        onward += reader.taxonomy().at(step.to).code + "=" +
                  (step.service ? reader.sites()[reader.services()[*step.service].site].name : "?") + " ";
    }
    CHECK(onward == "setai_homon=? ikusei_kyoten=? jidokan=館 chiiki_sodan=? ");

    // What was refused is no way on, nor is a place that a rule or its own list keeps from them.
    auto family = FamilyOf().lives(town.middle(0, 0)).child(60, {"respite_nights"});
    family.family.refused = {*reader.taxonomy().by_code("jidokan")};
    const auto refused = family.ask(reader);
    CHECK(std::ranges::none_of(refused.afterwards, [&](const OnwardStep& step) {
        return reader.taxonomy().at(step.to).code == "jidokan" || step.service;
    }));
    family.family.refused.clear();
    for (const auto index : reader.services().indices()) {
        if (reader.sites()[reader.services()[index].site].name == "館") {
            family.family.refused_services = {reader.services()[index].id};
        }
    }
    const auto other = family.ask(reader);
    const auto step = std::ranges::find_if(
        other.afterwards, [&](const OnwardStep& of) { return reader.taxonomy().at(of.to).code == "jidokan"; });
    REQUIRE(step != other.afterwards.end());
    REQUIRE(step->service);
    CHECK(reader.sites()[reader.services()[*step->service].site].name == "もっと遠い館");
}
