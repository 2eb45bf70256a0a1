// What a policy may ask beyond presence: every function, reach by district, whose residents, which ages, which hours,
// outreach in each part of a merged area, shared capacity, a need that goes first.
#include "ascii_town.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace shirube::directory;
using namespace shirube::scenarios;

namespace {

Place of(const std::string& programme, ServiceRow service = {}) {
    Place place;
    place.programme = programme;
    place.service = std::move(service);
    return place;
}

Place unconfirmed(const std::string& programme) {
    ServiceRow service;
    service.certainty = Certainty::reported;
    return of(programme, service);
}

Place for_ages(int from_years, int to_years) {
    ServiceRow service;
    service.from_age_months = from_years * 12;
    service.to_age_months = to_years * 12;
    return of("jidokan", service);
}

Place open(std::vector<Schedule> schedules) {
    ServiceRow service;
    service.schedules = std::move(schedules);
    return of("jidokan", service);
}

Place holding(std::optional<int> capacity) {
    ServiceRow service;
    service.capacity = capacity;
    return of("jidokan", service);
}

Place only_for(const std::string& municipality) {
    ServiceRow service;
    service.usable_by = {municipality};
    return of("jidokan", service);
}

Policy base_and_user_support() {
    Policy policy = policy_of({"shien_kyoten", "riyosha_shien"});
    policy.reading = ReadingKind::function;
    policy.functions = {{{"拠点", "", ""}, policy_of({"shien_kyoten"}).any_of},
                        {{"利用者支援", "", ""}, policy_of({"riyosha_shien"}).any_of}};
    return policy;
}

Policy reaching(double share) {
    Policy policy = policy_of({"jidokan"});
    policy.reading = ReadingKind::reach;
    policy.reach_share = share;
    return policy;
}

Policy supplied(Supply supply) {
    Policy policy = policy_of({"jidokan"});
    policy.reading = ReadingKind::supply;
    policy.supply = supply;
    policy.travel.detour = 1;
    return policy;
}

AsciiTown& complete(AsciiTown& town, const std::vector<std::string>& programmes) {
    for (const auto& programme : programmes) {
        town.complete_list(programme);
    }
    return town;
}

} // namespace

TEST_CASE("A base and user support: one of them is part of the function, both are all of it") {
    AsciiTown town("A1 A2 B1 C2 D");
    town.mark('1', of("shien_kyoten")).mark('2', of("riyosha_shien"));
    const auto reader = complete(town, {"shien_kyoten", "riyosha_shien"}).reader();
    const auto answer = ask(reader, base_and_user_support());
    CHECK(answer.tiers() == "A full, B partial, C partial, D blank");
    CHECK(answer.of.at('A').functions_missing.empty());
    CHECK(answer.of.at('B').functions_missing == std::vector<std::uint32_t>{1});
    CHECK(answer.of.at('C').functions_missing == std::vector<std::uint32_t>{0});
    CHECK(answer.coverage.totals.share_with_any == Approx(0.25));
}

TEST_CASE("A function of which no list can say that it is missing is unconfirmed, not missing") {
    AsciiTown town("A1 B1 B2");
    town.mark('1', of("shien_kyoten")).mark('2', unconfirmed("riyosha_shien"));
    // Complete of bases alone: user support may be anywhere.
    const auto partly = complete(town, {"shien_kyoten"}).reader();
    CHECK(ask(partly, base_and_user_support()).tiers() == "A unconfirmed, B unconfirmed");
    CHECK(ask(partly, base_and_user_support()).notes('A', "function_unconfirmed"));
    // Complete of both: A has none, and what B has nobody has confirmed.
    const auto wholly = complete(town, {"riyosha_shien"}).reader();
    CHECK(ask(wholly, base_and_user_support()).tiers() == "A partial, B unconfirmed");
}

TEST_CASE("A ward of 22 districts: 26 children's centres, 11 bases, and no district with both functions") {
    AsciiTown town("A111 B11 C11 D11 E11 F11 G1 H1 I1 J1 K1 L1 M1 N1 O1 P1 Q1 R11 S2222 T222 U222 V2");
    town.mark('1', of("jidokan")).mark('2', of("shien_kyoten"));
    const auto reader = complete(town, {"jidokan", "shien_kyoten", "riyosha_shien"}).reader();
    const auto centres = ask(reader, policy_of({"jidokan"}));
    CHECK(centres.coverage.totals.districts == 22);
    CHECK(centres.coverage.totals.services == 26);
    CHECK(centres.coverage.totals.places_per_district == Approx(26.0 / 22).margin(0.005)); // 1.18
    CHECK(centres.coverage.blank_areas.size() == 4);
    const auto bases = ask(reader, policy_of({"shien_kyoten"}));
    CHECK(bases.coverage.totals.services == 11);
    CHECK(bases.coverage.totals.places_per_district == Approx(0.5));
    CHECK(bases.coverage.blank_areas.size() == 18);
    const auto both = ask(reader, base_and_user_support());
    CHECK(both.coverage.totals.share_with_any == 0.0);
    CHECK(both.coverage.totals.by_tier[static_cast<std::size_t>(Tier::full)] == 0);
    CHECK(both.coverage.totals.by_tier[static_cast<std::size_t>(Tier::partial)] == 4);
}

TEST_CASE("A place too far from most of a district's children leaves it out of reach") {
    // 923 m in a straight line: three cells and a bit.
    const auto reader = AsciiTown("A1 A A A A A A A B1 B")
                            .mark('1', of("jidokan"))
                            .children("10 10 10 10 10 10 10 10 10 10")
                            .complete_list("jidokan")
                            .reader();
    const auto answer = ask(reader, reaching(0.9));
    CHECK(answer.tiers() == "A out_of_reach, B full");
    CHECK(answer.of.at('A').children_covered == 70); // three of them from the place next door
    CHECK(ask(reader, reaching(0.8)).tiers() == "A full, B full");
}

TEST_CASE("Where nobody has counted the children, nobody knows whether a place is near enough") {
    const auto reader = AsciiTown("A1 B1").mark('1', of("jidokan")).children("10 ?").complete_list("jidokan").reader();
    const auto answer = ask(reader, reaching(0.8));
    CHECK(answer.tiers() == "A full, B unconfirmed");
    CHECK(answer.notes('B', "reach_unknown"));
}

TEST_CASE("A district without a place is blank, however near its neighbour's; and the share says so") {
    const auto reader = AsciiTown("A1 B").mark('1', of("jidokan")).children("10 10").complete_list("jidokan").reader();
    const auto answer = ask(reader, reaching(0.8));
    CHECK(answer.tiers() == "A full, B blank");
    CHECK(answer.of.at('B').share_covered == Approx(1.0));
}

TEST_CASE("One district goes by car, another on foot") {
    Policy policy = reaching(1.0);
    policy.local_travel = {{{"B"}, {"car", 15, 500, 1.3}}};
    const auto reader = AsciiTown("A1 A A A A A B1 B B B B B")
                            .mark('1', of("jidokan"))
                            .children("1 1 1 1 1 1 1 1 1 1 1 1")
                            .complete_list("jidokan")
                            .reader();
    CHECK(ask(reader, policy).tiers() == "A full, B full"); // A's last cells are near B's place
    const auto on_foot = ask(reader, reaching(1.0));
    CHECK(on_foot.tiers() == "A full, B out_of_reach");
    CHECK(on_foot.of.at('B').children_covered == 4);
}

TEST_CASE("A place for the residents of one municipality counts for them alone, also across the border") {
    Policy policy = policy_of({"jidokan"});
    policy.residents_only = true;
    const auto reader =
        AsciiTown("A1 B C2")
            .mark('1', only_for("99202"))
            .mark('2', of("jidokan"))
            .belongs_to('B', "99202")
            .belongs_to('C', "99203")
            .children("10 10 10")
            .list({.claims = {{"jidokan", "99201", true}, {"jidokan", "99202", true}, {"jidokan", "99203", true}}})
            .reader();
    const auto answer = ask(reader, policy);
    // A's own place is not for A's children; they walk to C's, which says nothing of residents.
    CHECK(answer.tiers() == "A blank, B blank, C full");
    CHECK(answer.of.at('A').nearest_m_median == Approx(584).margin(5));
    CHECK(answer.of.at('B').nearest_m_median == Approx(292).margin(5));
    CHECK(ask(reader, policy_of({"jidokan"})).tiers() == "A full, B blank, C full");
}

TEST_CASE("Ages that a list does not state make a place possible; ages that do not meet leave it out") {
    Policy policy = policy_of({"jidokan"});
    policy.ages = AgeBand{12, 15};
    const auto reader = AsciiTown("A1 B2 C3 D4")
                            .mark('1', for_ages(0, 18))
                            .mark('2', for_ages(0, 12)) // up to eleven
                            .mark('3', of("jidokan"))
                            .mark('4', for_ages(14, 18))
                            .complete_list("jidokan")
                            .reader();
    const auto answer = ask(reader, policy);
    CHECK(answer.tiers() == "A full, B blank, C unconfirmed, D full");
    CHECK(answer.coverage.totals.services == 3); // what is not for them is none of this policy's
}

TEST_CASE("Evening places: what is open then counts, what says no hours is possible, what closes at five is out") {
    Policy policy = policy_of({"jidokan"});
    policy.when = TimeWindow{0b0011111, 17 * 60, 20 * 60};
    const auto reader = AsciiTown("A1 B2 C3 D4 E5")
                            .mark('1', open({every(2, 15, 18)}))
                            .mark('2', open({every(2, 9, 17)}))
                            .mark('3', of("jidokan"))
                            .mark('4', open({every(5, 9, 21)}))  // Saturdays alone
                            .mark('5', open({every(0, 20, 22)})) // begins when the window ends
                            .complete_list("jidokan")
                            .reader();
    CHECK(ask(reader, policy).tiers() == "A full, B blank, C unconfirmed, D blank, E blank");
}

TEST_CASE("A way in that the policy does not take is none; an unknown one is possible") {
    Policy policy = policy_of({"jidokan"});
    policy.entry = {Entry::drop_in, Entry::register_first};
    ServiceRow drop_in;
    drop_in.entry = Entry::drop_in;
    ServiceRow by_referral;
    by_referral.entry = Entry::referral;
    const auto reader = AsciiTown("A1 B2 C3")
                            .mark('1', of("jidokan", drop_in))
                            .mark('2', of("jidokan", by_referral))
                            .mark('3', of("jidokan"))
                            .complete_list("jidokan")
                            .reader();
    CHECK(ask(reader, policy).tiers() == "A full, B blank, C unconfirmed");
}

TEST_CASE("A merged area needs its agency and outreach in each school district it is made of") {
    ServiceRow monthly;
    monthly.schedules = {every(2, 10, 12, 0b000001)};
    AsciiTown town("A1 B2 C1 D E1");
    town.mark('1', of("chiiki_sodan")).mark('2', of("shutcho_sodan", monthly)).area("AB").area("CD").area("E");
    const auto reader = complete(town, {"chiiki_sodan"}).reader();
    const auto answer = ask(reader, *find_policy("consultation_per_area"), "2026-11-21", "sodan_kuiki");
    CHECK(answer.tiers() == "A full, C partial, E full");
    CHECK(answer.notes('C', "constituent_missing"));
    REQUIRE(answer.of.at('C').constituents_missing.size() == 1);
    CHECK(reader.districts()[answer.of.at('C').constituents_missing.front()].code == "D");
    // Outreach twice a month where the policy asks for that.
    Policy twice = *find_policy("consultation_per_area");
    twice.outreach_per_month = 2;
    CHECK(ask(reader, twice, "2026-11-21", "sodan_kuiki").tiers() == "A partial, C partial, E full");
}

TEST_CASE("Capacity is shared by the children who can reach it, and none is lost") {
    // Two places of 30 at the ends, 250 m cells in between: each reaches its own cell and the next.
    Supply step;
    step.reach_m = 300;
    const auto reader = AsciiTown("A1 A B B2")
                            .mark('1', holding(30))
                            .mark('2', holding(30))
                            .children("10 10 20 20")
                            .complete_list("jidokan")
                            .reader();
    const auto answer = ask(reader, supplied(step));
    CHECK(answer.of.at('A').supply_ratio == Approx(1.5));
    CHECK(answer.of.at('B').supply_ratio == Approx(0.75));
    REQUIRE(answer.coverage.supply);
    CHECK(answer.coverage.supply->capacity == 60);
    CHECK(answer.coverage.supply->unused == 0);
    CHECK(answer.tiers() == "A full, B full");

    // A bell of 200 m, by hand: 292 m between middles of cells that lie side by side.
    Supply bell;
    bell.is_gaussian = true;
    bell.sigma_m = 200;
    bell.reach_m = 400;
    const auto shared = ask(reader, supplied(bell));
    const double d =
        *ask(AsciiTown("A1 B").mark('1', of("jidokan")).children("10 10").complete_list("jidokan").reader(),
             reaching(0.8))
             .of.at('B')
             .nearest_m_median;
    const double next = std::exp(-d * d / (2 * 200 * 200));
    const double ratio_1 = 30 / (10 + 10 * next);
    CHECK(*shared.of.at('A').supply_ratio == Approx((10 * ratio_1 + 10 * next * ratio_1) / 20).epsilon(1e-6));
}

TEST_CASE("A capacity that nobody states is never none") {
    Supply step;
    step.reach_m = 100;
    const auto town = [](std::optional<int> capacity) {
        return AsciiTown("A1 B2 C3")
            .mark('1', holding(20))
            .mark('2', holding(capacity))
            .mark('3', holding(40))
            .children("10 10 10")
            .complete_list("jidokan")
            .reader();
    };
    step.unknown = UnknownCapacity::unknown;
    const auto unknown = ask(town(std::nullopt), supplied(step));
    CHECK_FALSE(unknown.of.at('B').supply_ratio);
    CHECK(unknown.of.at('A').supply_ratio == Approx(2));
    CHECK(unknown.coverage.supply->capacity_unknown == 1);
    step.unknown = UnknownCapacity::median;
    const auto median = ask(town(std::nullopt), supplied(step));
    CHECK(median.of.at('B').supply_ratio == Approx(3));
    CHECK(median.coverage.supply->capacity_assumed == 1);
    step.unknown = UnknownCapacity::fixed;
    step.capacity = 7;
    CHECK(ask(town(std::nullopt), supplied(step)).of.at('B').supply_ratio == Approx(0.7));
    CHECK(ask(town(0), supplied(step)).of.at('B').supply_ratio == Approx(0)); // stated, and none
}

TEST_CASE("Where a need weighs the map, the largest need is the first blank area") {
    Policy policy = policy_of({"jidokan"});
    policy.need = NeedWeight{"不登校", ""};
    const auto figure = [](const std::string& code, std::optional<double> value) {
        NeedReading need;
        need.indicator = "不登校";
        need.layer = "chugakkoku";
        need.code = code;
        need.municipality = AsciiTown::k_municipality;
        need.value = value;
        need.suppressed = !value;
        return need;
    };
    const auto reader = AsciiTown("A B C D1")
                            .mark('1', of("jidokan"))
                            .children("50 10 30 1")
                            .complete_list("jidokan")
                            .need(figure("A", 3))
                            .need(figure("B", 40))
                            .need(figure("C", std::nullopt))
                            .need(figure("D", 8))
                            .reader();
    const auto answer = ask(reader, policy);
    std::string order;
    for (const auto& area : answer.coverage.blank_areas) {
        order += std::to_string(area.number) + reader.districts()[area.district].code + " ";
    }
    CHECK(order == "1B 2A 3C ");
    CHECK(answer.of.at('D').need == 8.0);
    CHECK_FALSE(answer.of.at('C').need);
    CHECK(answer.notes('C', "need_withheld"));
    CHECK_FALSE(answer.coverage.need->total); // C's is not known
}

TEST_CASE("A plan of the whole town is parted by children, adds up, and says that it is an estimate") {
    Policy policy = policy_of({"jidokan"});
    policy.need = NeedWeight{"量の見込み", ""};
    NeedReading plan;
    plan.indicator = "量の見込み";
    plan.layer = "municipality";
    plan.code = AsciiTown::k_municipality;
    plan.municipality = AsciiTown::k_municipality;
    plan.from = *parse_day("2027-04-01");
    plan.to = *parse_day("2028-03-31");
    plan.value = 100;
    const auto town = [&](std::string_view children) {
        return AsciiTown("A1 B C")
            .mark('1', of("jidokan"))
            .children(children)
            .complete_list("jidokan")
            .need(plan)
            .reader();
    };
    const auto reader = town("10 10 10");
    const auto answer = ask(reader, policy);
    CHECK(answer.of.at('A').need.value() + answer.of.at('B').need.value() + answer.of.at('C').need.value() == 100);
    CHECK(answer.of.at('A').need == 34.0); // the one that is left over goes to the first
    CHECK(answer.notes('B', "need_estimated"));
    CHECK(answer.coverage.need->total == 100.0);
    CHECK(answer.coverage.need->is_plan);
    // Children that nobody has counted cannot part anything.
    const auto unknown = ask(town("10 ? 10"), policy);
    CHECK_FALSE(unknown.of.at('A').need);
    CHECK(unknown.coverage.need->total == 100.0);
}

TEST_CASE("The public is not told of so few children that somebody could be found, nor what gives them away") {
    const auto reader =
        AsciiTown("A1 B C D").mark('1', of("jidokan")).children("40 3 7 60").complete_list("jidokan").reader();
    const auto& layer = *reader.find_layer("chugakkoku");
    const auto told = compute_coverage(reader, policy_of({"jidokan"}), layer, at("2026-11-21"));
    CHECK_FALSE(told.districts[1].children); // three
    CHECK_FALSE(told.districts[2].children); // or the sum would tell
    CHECK(told.districts[0].children == 40);
    CHECK(told.districts[3].children == 60);
    CHECK(told.totals.children == 110);
    CHECK(std::ranges::find(told.districts[1].notes, "withheld") != told.districts[1].notes.end());
    for (const auto& area : told.blank_areas) {
        CHECK(area.children == told.districts[area.district].children);
    }
    // Whoever works with the figures is told them.
    CHECK(ask(reader, policy_of({"jidokan"})).of.at('B').children == 3);
}

TEST_CASE("A district set apart hides nobody, and a total that leaves a few is not told") {
    const auto reader =
        AsciiTown("A1 B C").mark('1', of("jidokan")).children("40 3 60").complete_list("jidokan").suspend('B').reader();
    const auto& layer = *reader.find_layer("chugakkoku");
    const auto told = compute_coverage(reader, policy_of({"jidokan"}), layer, at("2026-11-21"));
    CHECK_FALSE(told.districts[1].children); // three, in no total
    CHECK(told.districts[0].children == 40);
    CHECK(told.districts[2].children == 60); // nothing could be worked out from it
    CHECK(told.totals.children == 100);

    // All but two are within reach: the total would say so.
    Policy near = policy_of({"jidokan"});
    near.travel.minutes = 1;
    const auto few = AsciiTown("A1 A").mark('1', of("jidokan")).children("40 2").complete_list("jidokan").reader();
    const auto& one = *few.find_layer("chugakkoku");
    const auto total = compute_coverage(few, near, one, at("2026-11-21"));
    CHECK(total.totals.children == 42);
    CHECK_FALSE(total.totals.children_covered);
    CHECK_FALSE(total.totals.share_covered);
    CHECK(compute_coverage(few, near, one, at("2026-11-21"), 1).totals.children_covered == 40);
}
