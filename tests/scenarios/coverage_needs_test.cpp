// Needs of areas that are not the policy's districts: cells and other layers, parted by children, never made up.
#include "ascii_town.hpp"
#include "geo/mesh.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <random>

using namespace shirube;
using namespace shirube::directory;
using namespace shirube::scenarios;

namespace {

Policy weighed() {
    Policy policy = policy_of({"jidokan"});
    policy.need = NeedWeight{"不登校", ""};
    return policy;
}

NeedReading figure(const std::string& layer, const std::string& code, std::optional<double> value,
                   Unit unit = Unit::persons) {
    NeedReading need;
    need.indicator = "不登校";
    need.unit = unit;
    need.layer = layer;
    need.code = code;
    need.municipality = AsciiTown::k_municipality;
    need.value = value;
    return need;
}

std::string mesh(const AsciiTown& town, std::size_t row, std::size_t column,
                 geo::MeshLevel level = geo::MeshLevel::m250) {
    return to_string(geo::mesh_at(town.middle(row, column), level));
}

} // namespace

TEST_CASE("A need of larger areas is parted among districts by their children, whole and adding up") {
    const auto reader = AsciiTown("A B C D")
                            .children("30 10 20 40")
                            .area("AB")
                            .area("CD")
                            .need(figure("sodan_kuiki", "AB", 8))
                            .need(figure("sodan_kuiki", "CD", 10))
                            .reader();
    const auto answer = ask(reader, weighed());
    CHECK(answer.of.at('A').need == 6.0);
    CHECK(answer.of.at('B').need == 2.0);
    CHECK(answer.of.at('C').need == 3.0); // 3.33
    CHECK(answer.of.at('D').need == 7.0);
    CHECK(answer.notes('A', "need_estimated"));
    CHECK(answer.coverage.need->total == 18.0);
}

TEST_CASE("A district that a figure nobody knows reaches into has none, and its neighbours keep theirs") {
    const auto town = [](std::optional<double> of_ab, const std::string& children) {
        AsciiTown drawn("A B C D");
        drawn.children(children).area("AB").area("CD").need(figure("sodan_kuiki", "CD", 10));
        if (of_ab) {
            drawn.need(figure("sodan_kuiki", "AB", of_ab));
        }
        return drawn.reader();
    };
    const auto silent = town(std::nullopt, "30 10 20 30");
    const auto answer = ask(silent, weighed());
    CHECK_FALSE(answer.of.at('A').need); // no figure speaks of its children
    CHECK(answer.of.at('C').need == 4.0);
    CHECK_FALSE(answer.coverage.need->total);
    const auto uncounted = town(8, "30 ? 20 30");
    const auto other = ask(uncounted, weighed());
    CHECK_FALSE(other.of.at('A').need); // some children of the area are not counted: no part can be told
    CHECK_FALSE(other.of.at('B').need);
    CHECK(other.of.at('D').need == 6.0);
}

TEST_CASE("A need of cells is that of the districts they lie in; a choice zone's is shared") {
    AsciiTown town("A AB B .");
    town.children("10 20 30 40");
    const std::vector<double> figures{4, 6, 8, 50};
    for (std::size_t column = 0; column < figures.size(); ++column) {
        town.need(figure("mesh", mesh(town, 0, column), figures[column]));
    }
    const auto reader = town.reader();
    const auto answer = ask(reader, weighed());
    CHECK(answer.of.at('A').need == 7.0);
    CHECK(answer.of.at('B').need == 11.0);
    CHECK(answer.coverage.need->total == 68.0); // with what lies in no district

    AsciiTown lacking("A AB B");
    lacking.children("10 20 30").need(figure("mesh", mesh(lacking, 0, 2), 8));
    const auto without = ask(lacking.reader(), weighed());
    CHECK_FALSE(without.of.at('A').need);
    CHECK_FALSE(without.of.at('B').need); // the zone's children have no figure
}

TEST_CASE("A need of coarser cells goes by where the children of the cell live") {
    // Two by two cells of 250 m may or may not be one of 500 m; a row and a column more hold one in any case.
    AsciiTown town("A B A\nA B A\nA B A");
    town.children("5 5 5\n5 5 5\n5 5 5");
    std::map<std::string, std::vector<std::pair<std::size_t, std::size_t>>> cells;
    for (std::size_t row = 0; row < 3; ++row) {
        for (std::size_t column = 0; column < 3; ++column) {
            cells[mesh(town, row, column, geo::MeshLevel::m500)].emplace_back(row, column);
        }
    }
    std::map<char, double> wanted;
    for (const auto& [code, inside] : cells) {
        // As many as it has cells: each of them gets one.
        town.need(figure("mesh", code, static_cast<double>(inside.size())));
        for (const auto& [row, column] : inside) {
            wanted[column == 1 ? 'B' : 'A'] += 1;
        }
    }
    const auto answer = ask(town.reader(), weighed());
    CHECK(answer.of.at('A').need == wanted.at('A'));
    CHECK(answer.of.at('B').need == wanted.at('B'));
}

TEST_CASE("A percentage is never parted nor added up") {
    AsciiTown town("A B");
    const auto reader =
        town.children("10 20").need(figure("municipality", AsciiTown::k_municipality, 13, Unit::percent)).reader();
    const auto answer = ask(reader, weighed());
    CHECK_FALSE(answer.of.at('A').need);
    CHECK_FALSE(answer.coverage.need->total);
    AsciiTown own("A B");
    const auto of_districts = own.children("10 20")
                                  .need(figure("chugakkoku", "A", 12, Unit::percent))
                                  .need(figure("chugakkoku", "B", 14, Unit::percent))
                                  .reader();
    const auto each = ask(of_districts, weighed());
    CHECK(each.of.at('B').need == 14.0);
    CHECK_FALSE(each.coverage.need->total);
}

TEST_CASE("Parted by children over random towns: the parts of an area add up to its figure, each next to its quota") {
    std::mt19937 dice(20261126);
    const auto below = [&](int most) { return std::uniform_int_distribution<int>(0, most - 1)(dice); };
    for (int round = 0; round < 40; ++round) {
        std::string picture;
        std::string children;
        std::map<char, int> living;
        for (int row = 0; row < 4; ++row) {
            for (int column = 0; column < 5; ++column) {
                const char letter = static_cast<char>('A' + below(4));
                const int count = 1 + below(40);
                picture += std::string(1, letter) + " ";
                children += std::to_string(count) + " ";
                living[letter] += count;
            }
            picture += "\n";
            children += "\n";
        }
        if (living.size() < 4) {
            continue;
        }
        const std::map<std::string, int> figures{{"AB", below(300)}, {"CD", below(300)}};
        AsciiTown town(picture);
        town.children(children);
        for (const auto& [area, value] : figures) {
            town.area(area).need(figure("sodan_kuiki", area, value));
        }
        const auto reader = town.reader();
        const auto answer = ask(reader, weighed());
        for (const auto& [area, value] : figures) {
            INFO(picture << area << " " << value);
            double sum = 0;
            const double all = living[area[0]] + living[area[1]];
            for (const char letter : area) {
                const auto need = answer.of.at(letter).need;
                REQUIRE(need);
                CHECK(std::abs(*need - value * living[letter] / all) < 1);
                sum += *need;
            }
            CHECK(sum == value);
        }
    }
}

namespace {

Place house(std::optional<int> places, std::vector<Schedule> schedules) {
    Place place;
    place.programme = "short_stay";
    place.service.capacity = places;
    place.service.schedules = std::move(schedules);
    return place;
}

/// On these weekdays, on holidays too, whatever the hour.
Schedule nightly(WeekdayMask weekdays) {
    Schedule schedule;
    schedule.rule.state = ScheduleState::dated;
    schedule.rule.weekdays = weekdays;
    schedule.rule.holidays = HolidayRule::open;
    return schedule;
}

} // namespace

TEST_CASE("Short stays: places times the nights they are open stand beside the nights that are planned") {
    Policy policy = *find_policy("short_stay_demand");
    REQUIRE(policy.supply);
    CHECK(policy.supply->in_nights);
    policy.supply->reach_m = 300;
    policy.travel.detour = 1;
    NeedReading plan;
    plan.indicator = policy.need->indicator;
    plan.unit = Unit::person_days;
    plan.layer = "municipality";
    plan.code = AsciiTown::k_municipality;
    plan.municipality = AsciiTown::k_municipality;
    plan.from = *parse_day("2026-04-01");
    plan.to = *parse_day("2027-03-31");
    plan.value = 900;
    // Fiscal 2026 has 365 nights, 359 of them sure; 52 of the 104 Fridays and Saturdays are Fridays, of which New
    // Year's turn (29 December to 3 January) has one, and one Saturday: 102 are sure.
    const auto town = [&](Place second) {
        return AsciiTown("A1 A B2 B C3 C D D")
            .mark('1', house(2, {nightly(k_every_weekday)}))
            .mark('2', std::move(second))
            .mark('3', house(4, {})) // nobody says when
            .children("10 10 10 10 10 10 10 10")
            .complete_list("short_stay")
            .need(plan)
            .reader();
    };
    const auto reader = town(house(3, {nightly(0b0110000)}));
    const auto answer = ask(reader, policy);
    const auto& basis = *answer.coverage.supply;
    CHECK(basis.in_nights);
    CHECK(basis.places == 3);
    CHECK(basis.capacity_stated == 3);
    CHECK(basis.schedule_unknown == 1);
    CHECK(basis.capacity == 2 * 359 + 3 * 102);
    CHECK(basis.capacity_at_most == 2 * 365 + 3 * 104);
    // 718 nights are shared by the twenty of A (a cell is 292 m wide), 306 by the ten of A beside B and the twenty of
    // B.
    CHECK(answer.of.at('A').supply == Approx(718 + 306.0 / 3));
    CHECK(answer.of.at('A').supply_ratio == Approx((718 + 306.0 / 3) / 20));
    // The second cell of B can reach the house of which nobody knows the nights.
    CHECK_FALSE(answer.of.at('B').supply);
    CHECK_FALSE(answer.of.at('C').supply);
    CHECK(answer.of.at('D').supply == 0.0); // nothing is near, and the list is complete
    CHECK(answer.coverage.need->total == 900.0);
    CHECK(answer.of.at('A').need == 225.0);

    // A capacity that nobody states stays unknown by the policy's own rule, and is a number by another.
    const auto unstated = town(house(std::nullopt, {nightly(0b0110000)}));
    CHECK(ask(unstated, policy).coverage.supply->capacity_unknown == 1);
    CHECK_FALSE(ask(unstated, policy).of.at('A').supply);
    policy.supply->unknown = UnknownCapacity::fixed;
    policy.supply->capacity = 1;
    CHECK(ask(unstated, policy).coverage.supply->capacity == 2 * 359 + 102);
    // What is said to hold nobody holds nobody, on however many nights.
    CHECK(ask(town(house(0, {})), policy).coverage.supply->schedule_unknown == 1);
}
