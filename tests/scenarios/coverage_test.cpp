// Towns drawn in characters, and the tier, the figures and the notes that must come out of them.
#include "ascii_town.hpp"

#include <catch2/catch.hpp>

using namespace shirube::directory;
using namespace shirube::scenarios;

namespace {

Place with(ServiceRow service, const std::string& programme = "jidokan") {
    Place place;
    place.programme = programme;
    place.service = std::move(service);
    return place;
}

Place unconfirmed() {
    ServiceRow service;
    service.certainty = Certainty::reported;
    return with(service);
}

Place in_state(Status status) {
    ServiceRow service;
    service.status = status;
    return with(service);
}

Place known_by_its_town(double accuracy_m) {
    Place place;
    place.accuracy_m = accuracy_m;
    return place;
}

const Policy k_jidokan = policy_of({"jidokan"});

/// Where the places went, and nothing is lost on the way.
void check_bins(const CoverageTotals& totals) {
    CHECK(totals.services ==
          totals.services_assigned + totals.services_possible + totals.services_unlocated + totals.services_outside);
}

} // namespace

TEST_CASE("A district with a confirmed place is covered, one that a complete list leaves out is blank") {
    const auto reader = AsciiTown(R"(
        A  A1  B
        A  A   B
    )")
                            .mark('1', {})
                            .complete_list("jidokan")
                            .reader();
    const auto answer = ask(reader, k_jidokan);
    CHECK(answer.tiers() == "A full, B blank");
    CHECK(answer.of.at('A').services == 1);
    CHECK(answer.of.at('B').services == 0);
    CHECK(answer.coverage.totals.share_with_any == Approx(0.5));
    CHECK(answer.coverage.totals.places_per_district == Approx(0.5));
    REQUIRE(answer.coverage.blank_areas.size() == 1);
    CHECK(answer.coverage.blank_areas[0].number == 1);
    CHECK(reader.districts()[answer.coverage.blank_areas[0].district].code == "B");
    check_bins(answer.coverage.totals);
}

TEST_CASE("Where the list knows of a place that nobody can locate, no district of its municipality is blank") {
    const auto town = [](Place place) {
        return AsciiTown("A1 B C")
            .mark('1', {})
            .belongs_to('C', "99341")
            .unlocated(std::move(place))
            .list({.claims = {{"jidokan", "99201", true}, {"jidokan", "99341", true}}});
    };
    const auto reader = town({}).reader();
    const auto answer = ask(reader, k_jidokan);
    CHECK(answer.tiers() == "A full, B unconfirmed, C blank");
    CHECK(answer.coverage.totals.share_with_any == Approx(1.0 / 3));
    CHECK(answer.coverage.totals.share_with_any_at_most == Approx(2.0 / 3));
    CHECK(answer.notes('B', "unlocated_nearby"));
    CHECK_FALSE(answer.notes('A', "unlocated_nearby"));
    CHECK_FALSE(answer.notes('C', "unlocated_nearby")); // the place is of another municipality
    CHECK(answer.coverage.totals.services_unlocated == 1);

    // A place that says whom it serves may have no position and raises no doubt elsewhere.
    Place visiting;
    visiting.service.serves = {"chugakkoku:A"};
    const auto served = town(visiting).reader();
    CHECK(ask(served, k_jidokan).tiers() == "A full, B blank, C blank");
    CHECK_FALSE(ask(served, k_jidokan).notes('B', "unlocated_nearby"));

    // Of one whose municipality nobody knows the list that names it speaks.
    Place anywhere;
    anywhere.municipality = "?";
    CHECK(ask(town(anywhere).reader(), k_jidokan).tiers() == "A full, B unconfirmed, C unconfirmed");
}

TEST_CASE("Where no list speaks of the programmes there is no data, whatever stands next door") {
    const auto reader = AsciiTown("A1 B").mark('1', {}).belongs_to('B', "99341").complete_list("jidokan").reader();
    const auto answer = ask(reader, k_jidokan);
    CHECK(answer.tiers() == "A full, B no_data");
    CHECK(answer.coverage.totals.districts == 1);
    CHECK(answer.coverage.totals.share_with_any == Approx(1.0));
}

TEST_CASE("A list of another programme says nothing about this one") {
    const auto reader = AsciiTown("A B").complete_list("kodomo_shokudo").reader();
    CHECK(ask(reader, k_jidokan).tiers() == "A no_data, B no_data");
    CHECK_FALSE(ask(reader, k_jidokan).coverage.totals.share_with_any);
}

TEST_CASE(
    "A place that its list no longer names is no confirmed one: its district is unconfirmed, never covered or blank") {
    ServiceRow left_out;
    left_out.certainty = Certainty::stale;
    const auto reader = AsciiTown("A1 B2").mark('1', with(left_out)).mark('2', {}).complete_list("jidokan").reader();
    const auto answer = ask(reader, k_jidokan);
    CHECK(answer.tiers() == "A unconfirmed, B full");
    CHECK(answer.of.at('A').services == 0);
    CHECK(answer.of.at('A').services_possible == 1);
    CHECK(answer.coverage.totals.share_with_any == Approx(0.5));
    CHECK(answer.coverage.totals.places_per_district == Approx(0.5));
    check_bins(answer.coverage.totals);
}

TEST_CASE("An unconfirmed place makes a district unconfirmed, unless the policy counts it") {
    const auto reader = AsciiTown("A1 B").mark('1', unconfirmed()).complete_list("jidokan").reader();
    const auto answer = ask(reader, k_jidokan);
    CHECK(answer.tiers() == "A unconfirmed, B blank");
    CHECK(answer.of.at('A').services == 0);
    CHECK(answer.of.at('A').services_possible == 1);
    CHECK(answer.coverage.totals.share_with_any == Approx(0.0));

    Policy generous = k_jidokan;
    generous.count_unconfirmed = true;
    CHECK(ask(reader, generous).tiers() == "A full, B blank");
}

TEST_CASE("Only a list that is complete and in force lets absence mean something") {
    const auto tier_of_nothing = [](const TownList& list, std::string_view day) {
        return ask(AsciiTown("A").list(list).reader(), k_jidokan, day);
    };
    const TownList partial{.claims = {{"jidokan", "99201", false}}};
    CHECK(tier_of_nothing(partial, "2026-11-21").tiers() == "A unconfirmed");
    CHECK(tier_of_nothing(partial, "2026-11-21").notes('A', "list_partial"));

    // 24 months after its last possible day a list still speaks, the day after no more.
    const TownList by_month{.claims = {{"jidokan", "99201", true}}, .as_of = "2024-11"};
    CHECK(tier_of_nothing(by_month, "2026-11-30").tiers() == "A blank");
    CHECK(tier_of_nothing(by_month, "2026-12-01").tiers() == "A unconfirmed");
    CHECK(tier_of_nothing(by_month, "2026-12-01").notes('A', "list_expired"));
    const TownList by_year{.claims = {{"jidokan", "99201", true}}, .as_of = "2011"};
    CHECK(tier_of_nothing(by_year, "2013-12-31").tiers() == "A blank");
    CHECK(tier_of_nothing(by_year, "2014-01-01").tiers() == "A unconfirmed");
    const TownList leap{.claims = {{"jidokan", "99201", true}}, .as_of = "2024-02-29"};
    CHECK(tier_of_nothing(leap, "2026-02-28").tiers() == "A blank");
    CHECK(tier_of_nothing(leap, "2026-03-01").tiers() == "A unconfirmed");

    const TownList undated{.claims = {{"jidokan", "99201", true}}, .as_of = ""};
    CHECK(tier_of_nothing(undated, "2026-11-21").tiers() == "A blank");
    CHECK(tier_of_nothing(undated, "2026-11-21").notes('A', "list_undated"));
}

TEST_CASE("A place on a partial or an expired list is there all the same") {
    const TownList old{.claims = {{"jidokan", "99201", true}}, .as_of = "2011"};
    CHECK(ask(AsciiTown("A1 B").mark('1', {}).list(old).reader(), k_jidokan).tiers() == "A full, B unconfirmed");
}

TEST_CASE("A list that covers a family covers what is below it, and all of its kinds together cover a programme") {
    CHECK(ask(AsciiTown("A").complete_list("places").reader(), k_jidokan).tiers() == "A blank");

    const auto claims = [](std::vector<std::string> programmes) {
        TownList list;
        for (const auto& programme : programmes) {
            list.claims.push_back({programme, "99201", true});
        }
        return ask(AsciiTown("A").list(list).reader(), k_jidokan).tiers();
    };
    CHECK(claims({"jidokan_small", "jidokan_center", "jidokan_large", "jidokan_other"}) == "A blank");
    CHECK(claims({"jidokan_small", "jidokan_center", "jidokan_large"}) == "A unconfirmed");
}

TEST_CASE("Two programmes are absent only where complete lists speak for both") {
    const Policy either = policy_of({"ikusei_kyoten", "nintei_ibasho"});
    CHECK(ask(AsciiTown("A").complete_list("ikusei_kyoten").reader(), either).tiers() == "A unconfirmed");
    CHECK(ask(AsciiTown("A").complete_list("ikusei_kyoten").complete_list("nintei_ibasho").reader(), either).tiers() ==
          "A blank");
}

TEST_CASE("Kinds of a programme count for it, and other programmes do not") {
    const auto reader = AsciiTown("A1 B2")
                            .mark('1', with({}, "jidokan_small"))
                            .mark('2', with({}, "shien_kyoten"))
                            .complete_list("places")
                            .reader();
    CHECK(ask(reader, k_jidokan).tiers() == "A full, B blank");
}

TEST_CASE("A planned place becomes active by its date, and closes by its date") {
    ServiceRow planned;
    planned.status = Status::planned;
    planned.valid_from = parse_day("2026-12-01");
    ServiceRow closing;
    closing.valid_to = parse_day("2026-11-30");
    const auto reader =
        AsciiTown("A1 B2").mark('1', with(planned)).mark('2', with(closing)).complete_list("jidokan").reader();

    const auto before = ask(reader, k_jidokan, "2026-11-30");
    CHECK(before.tiers() == "A unconfirmed, B full");
    CHECK(before.of.at('A').services_planned == 1);
    CHECK(before.notes('A', "planned"));
    CHECK(ask(reader, k_jidokan, "2026-12-01").tiers() == "A full, B blank");

    Policy hopeful = k_jidokan;
    hopeful.count_planned = true;
    CHECK(ask(reader, hopeful, "2026-11-30").tiers() == "A full, B full");
}

TEST_CASE("A place whose first day is still to come is only planned, whatever its list calls it") {
    ServiceRow service;
    service.valid_from = parse_day("2027-04-01");
    const auto reader = AsciiTown("A1").mark('1', with(service)).complete_list("jidokan").reader();
    CHECK(ask(reader, k_jidokan, "2026-11-21").tiers() == "A unconfirmed");
    CHECK(ask(reader, k_jidokan, "2027-04-01").tiers() == "A full");
}

TEST_CASE("Suspended and closed places do not count, pilots do") {
    const auto reader = AsciiTown("A1 B2 C3")
                            .mark('1', in_state(Status::suspended))
                            .mark('2', in_state(Status::closed))
                            .mark('3', in_state(Status::pilot))
                            .complete_list("jidokan")
                            .reader();
    CHECK(ask(reader, k_jidokan).tiers() == "A blank, B blank, C full");
}

TEST_CASE("A suspended district is reported apart and stays out of the shares") {
    const auto reader = AsciiTown("A1 B C2").mark('1', {}).mark('2', {}).suspend('C').complete_list("jidokan").reader();
    const auto answer = ask(reader, k_jidokan);
    CHECK(answer.tiers() == "A full, B blank, C suspended");
    CHECK(answer.coverage.totals.districts == 2);
    CHECK(answer.coverage.totals.share_with_any == Approx(0.5));
    CHECK(answer.coverage.totals.places_per_district == Approx(0.5));
    CHECK(answer.coverage.totals.by_tier[static_cast<std::size_t>(Tier::suspended)] == 1);
}

TEST_CASE("A place known by its town belongs to one district surely or to each that the town touches possibly") {
    // A cell is about 290 m wide: from the middle, 100 m stay inside and 200 m reach over the border.
    const auto sure =
        ask(AsciiTown("A1 B").mark('1', known_by_its_town(100)).complete_list("jidokan").reader(), k_jidokan);
    CHECK(sure.tiers() == "A full, B blank");
    CHECK(sure.of.at('A').services == 1);

    const auto possible =
        ask(AsciiTown("A1 B").mark('1', known_by_its_town(200)).complete_list("jidokan").reader(), k_jidokan);
    CHECK(possible.tiers() == "A unconfirmed, B unconfirmed");
    CHECK(possible.of.at('A').services == 0);
    CHECK(possible.of.at('A').services_possible == 1);
    CHECK(possible.of.at('B').services_possible == 1);
    CHECK(possible.coverage.totals.services == 1);
    CHECK(possible.coverage.totals.services_possible == 1);
    CHECK(possible.coverage.totals.services_assigned == 0);
}

TEST_CASE("A town reaches over the border of its own municipality on the map only") {
    const auto answer = ask(AsciiTown("A1 B")
                                .mark('1', known_by_its_town(200))
                                .belongs_to('B', "99341")
                                .list({.claims = {{"jidokan", "99201", true}, {"jidokan", "99341", true}}})
                                .reader(),
                            k_jidokan);
    CHECK(answer.tiers() == "A full, B blank");
}

TEST_CASE("A place known by its town is in no district of a municipality that is not its own") {
    // Its own municipality has no districts: what the circle touches next door is none of it.
    Place stranger = known_by_its_town(200);
    stranger.municipality = "99999";
    const auto answer = ask(AsciiTown("A1 B").mark('1', stranger).complete_list("jidokan").reader(), k_jidokan);
    CHECK(answer.tiers() == "A blank, B blank");
    CHECK(answer.of.at('A').services_possible == 0);
    // Of unknown municipality it is perhaps where the circle lies, and surely nowhere.
    Place unknown = known_by_its_town(50);
    unknown.municipality = "?";
    const auto perhaps = ask(AsciiTown("A1 A B").mark('1', unknown).complete_list("jidokan").reader(), k_jidokan);
    CHECK(perhaps.tiers() == "A unconfirmed, B blank");
    CHECK(perhaps.of.at('A').services_possible == 1);
}

TEST_CASE("A choice zone's place belongs to both districts, its children are split and none is lost") {
    const auto reader = AsciiTown(R"(
        A  AB1  B
    )")
                            .mark('1', {})
                            .children("10 5 20")
                            .complete_list("jidokan")
                            .reader();
    const auto answer = ask(reader, k_jidokan);
    CHECK(answer.tiers() == "A full, B full");
    CHECK(answer.of.at('A').services == 1);
    CHECK(answer.of.at('B').services == 1);
    CHECK(answer.coverage.totals.services == 1);
    CHECK(answer.coverage.totals.services_assigned == 1);
    // One place in two districts: half a place each, though both have one.
    CHECK(answer.coverage.totals.share_with_any == Approx(1.0));
    CHECK(answer.coverage.totals.places_per_district == Approx(0.5));

    const auto a = answer.of.at('A').children.value();
    const auto b = answer.of.at('B').children.value();
    CHECK(a + b == 35);
    CHECK((a == 12 || a == 13));
    CHECK(answer.coverage.children_outside == 0);
    CHECK(answer.coverage.totals.children == 35);
}

TEST_CASE("On a border the lowest code wins, and only there") {
    Place border;
    border.spot = Spot::west_edge;
    const auto reader = AsciiTown("B A1 C").mark('1', border).complete_list("jidokan").reader();
    const auto answer = ask(reader, k_jidokan);
    CHECK(answer.tiers() == "A full, B blank, C blank");
    CHECK(answer.coverage.totals.services_assigned == 1);

    const auto other = AsciiTown("A B1 C").mark('1', border).complete_list("jidokan").reader();
    CHECK(ask(other, k_jidokan).tiers() == "A full, B blank, C blank");
}

TEST_CASE("A place in no district and a place nobody could locate are counted apart") {
    Place elsewhere;
    elsewhere.municipality = "13101";
    const auto reader = AsciiTown(R"(
        A  .1
        A  .2
    )")
                            .mark('1', {})
                            .mark('2', elsewhere)
                            .unlocated({})
                            .complete_list("jidokan")
                            .reader();
    const auto totals = ask(reader, k_jidokan).coverage.totals;
    CHECK(totals.services == 2); // what stands in a municipality without districts here is no business of this map
    CHECK(totals.services_outside == 1);
    CHECK(totals.services_unlocated == 1);
    check_bins(totals);
}

TEST_CASE("Whom a place is meant for counts before where it stands") {
    ServiceRow service;
    service.serves = {"chugakkoku:B", "chugakkoku:Ｃ中学校"};
    const auto reader = AsciiTown("A1 B C D").mark('1', with(service)).complete_list("jidokan").reader();
    const auto answer = ask(reader, k_jidokan);
    CHECK(answer.tiers() == "A blank, B full, C full, D blank");
    CHECK(answer.coverage.totals.services == 1);

    ServiceRow whole_town;
    whole_town.serves = {"99201"};
    CHECK(ask(AsciiTown("A B").unlocated(with(whole_town)).complete_list("jidokan").reader(), k_jidokan).tiers() ==
          "A full, B full");
}

TEST_CASE("Outreach is a tier of its own where it comes often enough") {
    const Policy base = policy_of({"shien_kyoten", "shutcho_hiroba"});
    const auto tiers = [&](std::vector<Schedule> schedules, const Policy& policy, std::string_view day) {
        ServiceRow service;
        service.schedules = std::move(schedules);
        const auto reader =
            AsciiTown("A1 B").mark('1', with(service, "shutcho_hiroba")).complete_list("shien_kyoten").reader();
        return ask(reader, policy, day).tiers();
    };
    constexpr int k_monday = 0;
    constexpr int k_saturday = 5;
    CHECK(tiers({every(k_saturday, 10, 12)}, base, "2026-11-21") == "A outreach, B blank");

    Policy often = base;
    often.outreach_per_month = 2;
    CHECK(tiers({every(k_saturday, 10, 12, 0b00010)}, often, "2026-11-21") == "A blank, B blank");
    CHECK(tiers({every(k_saturday, 10, 12, 0b01010)}, often, "2026-11-21") == "A outreach, B blank");

    Schedule every_other_month = every(k_saturday, 10, 12, 0b00010);
    every_other_month.rule.months = 0b0101'0101'0101;
    CHECK(tiers({every_other_month}, base, "2026-11-21") == "A blank, B blank");

    // The second Monday comes once a month on whichever day one asks, though it is five weeks to the next one at times
    // and a holiday in January and October.
    for (int day = 0; day < 365; ++day) {
        const auto asked = to_string(*parse_day("2026-04-01") + std::chrono::days{day});
        CAPTURE(asked);
        REQUIRE(tiers({every(k_monday, 10, 12, 0b00010)}, base, asked) == "A outreach, B blank");
    }
}

TEST_CASE("Outreach that comes nobody knows when is unconfirmed, not blank") {
    const Policy base = policy_of({"shien_kyoten", "shutcho_hiroba"});
    Schedule some_thursday = every(3, 10, 12);
    some_thursday.rule.state = ScheduleState::recurring;
    Schedule words;
    words.text = "月1回程度";
    for (const auto& schedules : {std::vector<Schedule>{some_thursday}, std::vector<Schedule>{words}, {}}) {
        ServiceRow service;
        service.schedules = schedules;
        const auto reader =
            AsciiTown("A1 B").mark('1', with(service, "shutcho_hiroba")).complete_list("shien_kyoten").reader();
        const auto answer = ask(reader, base);
        CHECK(answer.tiers() == "A unconfirmed, B blank");
        CHECK(answer.of.at('A').services_outreach == 1);
    }
}

TEST_CASE("A ward of 22 districts with 26 centres has 1.18 a district, and some districts have none") {
    const auto reader = AsciiTown(R"(
        A111 B1  C11 D   E1  F1
        G1   H1  I   J11 K1  L1
        M11  N1  O1  P   Q1  R11
        S1   T   U11 V11 .  .
    )")
                            .mark('1', {})
                            .complete_list("jidokan")
                            .reader();
    const auto answer = ask(reader, k_jidokan);
    const auto& totals = answer.coverage.totals;
    CHECK(totals.districts == 22);
    CHECK(totals.services == 26);
    CHECK(totals.places_per_district == Approx(26.0 / 22));
    CHECK(totals.share_with_any == Approx(18.0 / 22));
    CHECK(totals.by_tier[static_cast<std::size_t>(Tier::blank)] == 4);
    CHECK(answer.coverage.blank_areas.size() == 4);
}

TEST_CASE("A blank district shows that its children are reached from next door") {
    // 15 minutes at 80 m, a detour of 1.3: 923 m as the crow flies, three cells and a bit.
    const auto reader =
        AsciiTown("A1 B B B B").mark('1', {}).children("10 10 10 10 10").complete_list("jidokan").reader();
    const auto answer = ask(reader, k_jidokan);
    CHECK(answer.tiers() == "A full, B blank");
    CHECK(answer.of.at('B').children == 40);
    CHECK(answer.of.at('B').children_covered == 30);
    CHECK(answer.of.at('B').share_covered == Approx(0.75));
    CHECK(answer.of.at('A').share_covered == Approx(1.0));
    CHECK(answer.of.at('B').nearest_m_median == Approx(584).margin(5));
    CHECK(answer.coverage.totals.share_covered == Approx(0.8));
    CHECK(answer.coverage.blank_areas.at(0).children == 40);
}

TEST_CASE("An unconfirmed, outreach or suspended place reaches nobody") {
    const auto reader = AsciiTown("A1 B2")
                            .mark('1', unconfirmed())
                            .mark('2', in_state(Status::suspended))
                            .children("10 10")
                            .complete_list("jidokan")
                            .reader();
    const auto answer = ask(reader, k_jidokan);
    CHECK(answer.of.at('A').children_covered == 0);
    CHECK(answer.coverage.totals.children_covered == 0);
    CHECK_FALSE(answer.of.at('A').nearest_m_median);
}

TEST_CASE("Places per thousand children stand beside the share") {
    const auto reader = AsciiTown("A11 B1").mark('1', {}).children("400 100").complete_list("jidokan").reader();
    const auto answer = ask(reader, k_jidokan);
    CHECK(answer.of.at('A').per_1000_children == Approx(5.0));
    CHECK(answer.of.at('B').per_1000_children == Approx(10.0));
    CHECK(answer.coverage.totals.per_1000_children == Approx(6.0));
    CHECK(answer.coverage.children_basis == "census mesh 250 m, ages 0-14, shared by area");
}

TEST_CASE("Children nobody counted are unknown, never none") {
    const auto without_census = ask(AsciiTown("A1 B").mark('1', {}).complete_list("jidokan").reader(), k_jidokan);
    CHECK_FALSE(without_census.of.at('A').children);
    CHECK_FALSE(without_census.of.at('A').per_1000_children);
    CHECK_FALSE(without_census.of.at('A').share_covered);
    CHECK_FALSE(without_census.coverage.totals.children);
    CHECK_FALSE(without_census.coverage.children_outside);
    CHECK(without_census.coverage.children_basis.empty());

    const auto unknown_in_b =
        ask(AsciiTown("A1 B").mark('1', {}).children("10 ?").complete_list("jidokan").reader(), k_jidokan);
    CHECK(unknown_in_b.of.at('A').children == 10);
    CHECK_FALSE(unknown_in_b.of.at('B').children);
    CHECK_FALSE(unknown_in_b.of.at('B').share_covered);
    // A sum without B would be too low, and a rate over A alone would count B's places.
    const auto& totals = unknown_in_b.coverage.totals;
    CHECK_FALSE(totals.children);
    CHECK_FALSE(totals.children_covered);
    CHECK_FALSE(totals.share_covered);
    CHECK_FALSE(totals.per_1000_children);
    CHECK(totals.children_known == 10);
    CHECK(totals.districts_children_unknown == 1);
    CHECK_FALSE(without_census.coverage.totals.children_known);
    CHECK(without_census.coverage.totals.districts_children_unknown == 2);

    // A census that counts another age says nothing of this one.
    Policy babies = k_jidokan;
    babies.children_to_years = 3;
    CHECK_FALSE(ask(AsciiTown("A1 B").mark('1', {}).children("10 9").complete_list("jidokan").reader(), babies)
                    .of.at('A')
                    .children);
}

TEST_CASE("Children who live in no district are reported") {
    const auto answer =
        ask(AsciiTown("A1 . B").mark('1', {}).children("10 7 5").complete_list("jidokan").reader(), k_jidokan);
    CHECK(answer.coverage.children_outside == 7);
    CHECK(answer.coverage.totals.children == 15);
}

TEST_CASE("Blank areas are numbered, those with the most children first and the uncounted last") {
    const auto reader = AsciiTown("A B C D1").mark('1', {}).children("5 ? 80 1").complete_list("jidokan").reader();
    const auto answer = ask(reader, k_jidokan);
    std::string order;
    for (const auto& area : answer.coverage.blank_areas) {
        order += std::to_string(area.number) + reader.districts()[area.district].code + " ";
    }
    CHECK(order == "1C 2A 3B ");
}
