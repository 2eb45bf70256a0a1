// Towns drawn in characters and what a caseworker's search answers: whom a place is for, when it is open, who may come,
// how one gets there, whether there is room, and what goes together.
#include "match_family.hpp"

#include <catch2/catch.hpp>

using namespace shirube;
using namespace shirube::directory;
using namespace shirube::scenarios;

namespace {

constexpr WeekdayMask k_saturday = 1U << 5U;

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

ServiceRow with(std::optional<int> vacancy, std::string_view on, Entry entry = Entry::apply) {
    ServiceRow service = for_ages(0, 18);
    service.entry = entry;
    if (vacancy) {
        auto staff = std::make_shared<StaffRow>();
        staff->says.push_back({.vacancy = vacancy, .vacancy_on = parse_day(on), .contact = {}, .withheld = {}});
        service.staff = staff;
    }
    return service;
}

} // namespace

TEST_CASE("A base for the elder child and visits for the baby: together they are what neither is alone") {
    const AsciiTown town = AsciiTown("A A1 A2 A3")
                               .mark('1', named("拠点", "ikusei_kyoten", for_ages(6, 18)))
                               .mark('2', named("食堂", "kodomo_shokudo", for_ages(3, 18)))
                               .mark('3', named("ひろば", "shien_kyoten", for_ages(0, 3)))
                               .unlocated(named("家事の訪問", "setai_homon"));
    const auto reader = town.reader();
    const auto answer = FamilyOf()
                            .lives(town.middle(0, 0))
                            .pupil(100, LifeStage::elementary, {"after_school", "meals"})
                            .child(6, {"housework"})
                            .ask(reader);
    CHECK(answer.pairs.size() == 3);
    CHECK(choices(reader, answer, 0) == "拠点");
    CHECK(choices(reader, answer, 1) == "拠点 食堂"); // it meets two needs, the cafeteria one
    CHECK(choices(reader, answer, 2) == "家事の訪問");
    CHECK(answer.combinations_cover_all);
    // With the cafeteria it would be three, and the cafeteria would not be needed.
    CHECK(combinations(reader, answer) == "拠点+家事の訪問");
    CHECK(answer.combinations.front().places == 1);
}

TEST_CASE("Where three do not suffice, those that meet most are told, and that they do not meet all") {
    const AsciiTown town = AsciiTown("A A1 A2 A3 A4")
                               .mark('1', named("拠点", "kyoiku_shien_center", for_ages(6, 18)))
                               .mark('2', named("食堂", "kodomo_shokudo", for_ages(3, 18)))
                               .mark('3', named("発達", "jido_hattatsu", for_ages(0, 18)))
                               .mark('4', named("預かり", "ichiji_azukari", for_ages(0, 18)));
    const auto reader = town.reader();
    const auto answer =
        FamilyOf()
            .lives(town.middle(0, 0))
            .pupil(100, LifeStage::elementary, {"school_refusal", "meals", "development", "respite_days"})
            .ask(reader);
    CHECK_FALSE(answer.combinations_cover_all);
    REQUIRE(answer.combinations.size() == 4); // any three of the four
    for (const auto& combination : answer.combinations) {
        CHECK(combination.parts.size() == 3);
    }
}

TEST_CASE("Ages and stages: outside is no, silence is maybe and stands behind what is sure") {
    const AsciiTown town = AsciiTown("A A1 A2 A3 A4")
                               .mark('1', named("幼児", "jidokan", for_ages(0, 6)))
                               .mark('2', named("無言", "jidokan"))
                               .mark('3', named("小学生", "jidokan",
                                                [] {
                                                    ServiceRow row;
                                                    row.stage = "小学生";
                                                    return row;
                                                }()))
                               .mark('4', named("中学生", "jidokan", [] {
                                         ServiceRow row;
                                         row.stage = "中学生";
                                         return row;
                                     }()));
    const auto reader = town.reader();
    const auto answer =
        FamilyOf().lives(town.middle(0, 0)).pupil(100, LifeStage::elementary, {"after_school"}).ask(reader);
    CHECK(choices(reader, answer) == "小学生 無言");
    CHECK(reasons(reader, answer, "無言").starts_with("age_unstated within"));
    CHECK(reasons(reader, answer, "小学生").starts_with("stage_fits within"));
    CHECK(left_out(reader, answer) == "幼児: age_outside, 中学生: stage_outside");
    CHECK(deciding(answer.choices[0][0].key, answer.choices[0][1].key) == Criterion::open);
    CHECK(answer.excluded_by_reason == std::vector<std::pair<ReasonCode, std::size_t>>{{ReasonCode::age_outside, 1},
                                                                                       {ReasonCode::stage_outside, 1}});
}

TEST_CASE("Hours: only what is open in the hours they can come, unless nobody knows") {
    ServiceRow saturdays = for_ages(0, 18);
    saturdays.schedules = {every(5, 9, 17)};
    ServiceRow weekdays = for_ages(0, 18);
    weekdays.schedules = {every(1, 9, 17)};
    const AsciiTown town = AsciiTown("A A1 A2 A3")
                               .mark('1', named("平日", "jidokan", weekdays))
                               .mark('2', named("無言", "jidokan", for_ages(0, 18)))
                               .mark('3', named("土曜", "jidokan", saturdays));
    const auto reader = town.reader();
    FamilyOf family;
    family.lives(town.middle(0, 0)).child(100, {"after_school"});
    CHECK(choices(reader, family.ask(reader)) == "平日 無言 土曜");
    const auto answer = family.on(k_saturday, 13, 15).ask(reader);
    CHECK(choices(reader, answer) == "土曜 無言");
    CHECK(left_out(reader, answer) == "平日: closed_then");
}

TEST_CASE("Whose residents: a neighbour's place for its own, one for all, and one that does not say") {
    ServiceRow theirs = for_ages(0, 18);
    theirs.usable_by = {"99341"};
    ServiceRow ours = for_ages(0, 18);
    ours.usable_by = {"99341", "99201"};
    ServiceRow drop_in = for_ages(0, 18);
    drop_in.entry = Entry::drop_in;
    const auto there = [](Place place) {
        place.municipality = "99341";
        return place;
    };
    const AsciiTown town = AsciiTown("A B1 B2 B3 B4")
                               .belongs_to('B', "99341")
                               .mark('1', there(named("隣町の人だけ", "ikusei_kyoten", theirs)))
                               .mark('2', there(named("言わない", "ikusei_kyoten", for_ages(0, 18))))
                               .mark('3', there(named("両方", "ikusei_kyoten", ours)))
                               .mark('4', there(named("立ち寄り", "jidokan", drop_in)));
    const auto reader = town.reader();
    FamilyOf family;
    family.lives(town.middle(0, 0)).child(100, {"after_school"});
    const auto answer = family.ask(reader);
    CHECK(choices(reader, answer) == "立ち寄り 両方 言わない");
    CHECK(left_out(reader, answer) == "隣町の人だけ: not_for_residents");
    CHECK(reasons(reader, answer, "言わない").find("residents_unstated") != std::string::npos);
    // Whoever is registered there, whatever the map says of their home.
    family.family.municipality = "99341";
    CHECK(choices(reader, family.ask(reader)) == "立ち寄り 隣町の人だけ 言わない 両方");
}

TEST_CASE("The districts a list says it is for decide, and where the home is not known nobody is turned away") {
    ServiceRow of_a = for_ages(0, 18);
    of_a.serves = {"chugakkoku:A"};
    ServiceRow of_b = for_ages(0, 18);
    of_b.serves = {"chugakkoku:B"};
    const AsciiTown town =
        AsciiTown("A A1 B2 B").mark('1', named("B区へ", "jidokan", of_b)).mark('2', named("A区へ", "jidokan", of_a));
    const auto reader = town.reader();
    const auto answer = FamilyOf().lives(town.middle(0, 0)).child(100, {"after_school"}).ask(reader);
    CHECK(choices(reader, answer) == "A区へ");
    CHECK(left_out(reader, answer) == "B区へ: outside_area");
    FamilyOf at_school;
    at_school.learns(town.middle(0, 0)).child(100, {"after_school"});
    CHECK(choices(reader, at_school.ask(reader)) == "B区へ A区へ");
}

TEST_CASE("Who must be fetched: with transport sure, where nobody says maybe, without it no") {
    const auto brought = [](Transport transport) {
        ServiceRow row = for_ages(0, 18);
        row.transport = transport;
        return row;
    };
    const AsciiTown town = AsciiTown("A A1 A2 A3 . . . . . . A4")
                               .mark('1', named("なし", "ikusei_kyoten", brought(Transport::guardian)))
                               .mark('2', named("無言", "ikusei_kyoten", brought(Transport::unknown)))
                               .mark('3', named("送迎", "ikusei_kyoten", brought(Transport::provider)))
                               .mark('4', named("遠い送迎", "ikusei_kyoten", brought(Transport::municipality)));
    const auto reader = town.reader();
    FamilyOf family;
    family.lives(town.middle(0, 0)).child(100, {"after_school"});
    const auto fetched = family.goes(TravelMode::fetched).ask(reader);
    CHECK(choices(reader, fetched) == "送迎 遠い送迎 無言");
    CHECK(left_out(reader, fetched) == "なし: no_transport");
    // 2,920 m is too far to walk, but they are brought.
    const auto on_foot = family.goes(TravelMode::walk).ask(reader);
    CHECK(choices(reader, on_foot) == "なし 無言 遠い送迎 送迎"); // ten minutes by their car
    CHECK(reasons(reader, on_foot, "遠い送迎").find("brought") != std::string::npos);
    CHECK(on_foot.shortlist[2].way->brought);
    CHECK(on_foot.shortlist[2].way->minutes == 10);
    CHECK_FALSE(on_foot.shortlist[3].way->brought);
}

TEST_CASE("Free places: a fresh figure decides, an old one is told, and no figure is not none") {
    const AsciiTown town = AsciiTown("A A1 A2 A3 A4")
                               .mark('1', named("満員", "ikusei_kyoten", with(0, "2026-11-20")))
                               .mark('2', named("前は満員", "ikusei_kyoten", with(0, "2026-08-01")))
                               .mark('3', named("空き", "ikusei_kyoten", with(2, "2026-11-10")))
                               .mark('4', named("無言", "ikusei_kyoten", with(std::nullopt, "")));
    const auto reader = town.reader();
    const auto answer = FamilyOf().lives(town.middle(0, 0)).child(100, {"after_school"}).ask(reader);
    CHECK(choices(reader, answer) == "空き 無言 前は満員");
    CHECK(left_out(reader, answer) == "満員: full");
    const auto& full = answer.excluded.front().reasons.front().reasons.front();
    CHECK(full.on == parse_day("2026-11-20"));
    CHECK(full.limit == 1);
    CHECK(reasons(reader, answer, "前は満員").find("full_then") != std::string::npos);
    CHECK(reasons(reader, answer, "無言").find("vacancy_unknown") != std::string::npos);
}

TEST_CASE("What was refused is left out, what was used before is told and not left out") {
    const AsciiTown town = AsciiTown("A A1 A2 A3")
                               .mark('1', named("食堂", "kodomo_shokudo"))
                               .mark('2', named("拠点", "ikusei_kyoten"))
                               .mark('3', named("パントリー", "food_pantry"));
    const auto reader = town.reader();
    FamilyOf family;
    family.lives(town.middle(0, 0)).parent({"meals"});
    family.family.refused = {*reader.taxonomy().by_code("family_support")}; // the family of it
    family.family.used_services = {reader.services()[0].id};
    const auto answer = family.ask(reader);
    CHECK(choices(reader, answer) == "食堂 パントリー");
    CHECK(left_out(reader, answer) == "拠点: refused");
    CHECK(reasons(reader, answer, "食堂").ends_with("used_before"));
}

TEST_CASE("Nearest is not best: of many next door, one that is farther is among the choices") {
    AsciiTown town("A123456 . . . A7");
    for (const char mark : {'1', '2', '3', '4', '5', '6'}) {
        town.mark(mark, named(std::string("館") + mark, "jidokan", for_ages(0, 18)));
    }
    town.mark('7', named("離れた館", "jidokan", for_ages(0, 18)));
    const auto reader = town.reader();
    const auto answer = FamilyOf().lives(town.middle(0, 0)).child(100, {"after_school"}).ask(reader);
    CHECK(choices(reader, answer) == "館1 館2 館3 館4 離れた館(farther)");
}

TEST_CASE("A place known to its town alone is a maybe where its circle reaches over the edge") {
    Place rough = named("町のどこか", "jidokan", for_ages(0, 18));
    rough.accuracy_m = 600;
    const AsciiTown town = AsciiTown("A . . . . A1").mark('1', rough);
    const auto reader = town.reader();
    const auto answer = FamilyOf().lives(town.middle(0, 0)).child(100, {"after_school"}).ask(reader);
    CHECK(reasons(reader, answer, "町のどこか").find("place_rough") != std::string::npos);

    // So is a home of which the address is known to its town alone.
    const AsciiTown exact = AsciiTown("A . . . . A1").mark('1', named("館", "jidokan", for_ages(0, 18)));
    const auto where = exact.reader();
    FamilyOf family;
    family.lives(exact.middle(0, 0)).child(100, {"after_school"});
    CHECK(reasons(where, family.ask(where), "館").find("within") != std::string::npos);
    family.family.places.front().accuracy_m = 600;
    CHECK(reasons(where, family.ask(where), "館").find("place_rough") != std::string::npos);
}

TEST_CASE("Expecting mothers, suspended places, and what begins later") {
    ServiceRow mothers;
    mothers.for_whom = bit_of(ForWhom::expecting);
    ServiceRow suspended;
    suspended.status = Status::suspended;
    ServiceRow later;
    later.valid_from = parse_day("2027-04-01");
    const AsciiTown town = AsciiTown("A A1 A2 A3 A4")
                               .mark('1', named("子どもだけ", "sango_care", for_ages(0, 1)))
                               .mark('2', named("休止", "sango_care", suspended))
                               .mark('3', named("妊婦", "sango_care", mothers))
                               .mark('4', named("来年", "sango_care", later));
    const auto reader = town.reader();
    FamilyOf family;
    family.lives(town.middle(0, 0)).expecting({"after_birth"});
    const auto answer = family.ask(reader);
    CHECK(choices(reader, answer) == "妊婦");
    CHECK(left_out(reader, answer) == "子どもだけ: not_for_expecting, 休止: suspended");
    CHECK(choices(reader, family.ask(reader, "2027-04-01T10:00")) == "妊婦 来年");
}
