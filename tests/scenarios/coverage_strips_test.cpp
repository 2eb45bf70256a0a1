// When and for whom each district has something, and how coverage goes from year to year.
#include "ascii_town.hpp"
#include "directory/coverage/strips.hpp"
#include "directory/coverage/trend.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <random>
#include <span>

using namespace shirube::directory;
using namespace shirube::scenarios;

namespace {

Place open(std::vector<Schedule> schedules, int from_years = 0, int to_years = 18) {
    Place place;
    place.service.schedules = std::move(schedules);
    place.service.from_age_months = from_years * 12;
    place.service.to_age_months = to_years * 12;
    return place;
}

Place since(std::optional<Day> from, std::optional<Day> to = std::nullopt, Status status = Status::active) {
    Place place;
    place.service.valid_from = from;
    place.service.valid_to = to;
    place.service.status = status;
    return place;
}

/// The trend of the school districts, each day of which has to be told as if it had been asked for alone.
std::vector<TrendPoint> trend_on(const Reader& reader, const Policy& policy, Day day) {
    const auto& layer = *reader.find_layer("chugakkoku");
    const auto points = trend_of(reader, compute_coverage(reader, policy, layer, {day, 600}));
    for (const auto& point : points) {
        CAPTURE(to_string(point.day));
        CHECK(point.totals == compute_coverage(reader, policy, layer, {point.day, 0}).totals);
    }
    return points;
}

constexpr std::size_t hour_of(int weekday, int hour) { return static_cast<std::size_t>(weekday * 24 + hour); }

} // namespace

TEST_CASE("A strip shows the hours in which each district has something, and which are only possible") {
    const auto reader = AsciiTown("A1 B2 C3")
                            .mark('1', open({every(2, 15, 18)}))
                            .mark('2', {}) // no hours, no ages
                            .mark('3', open({every(5, 9, 12, 0b000010)}, 6, 12))
                            .complete_list("jidokan")
                            .reader();
    const auto& layer = *reader.find_layer("chugakkoku");
    const auto strips = strips_of(reader, policy_of({"jidokan"}), layer, *parse_day("2026-11-21"));
    REQUIRE(strips.weeks.size() == 3);
    const auto& a = strips.weeks[0];
    CHECK(a[hour_of(2, 14)].surely == 0);
    CHECK(a[hour_of(2, 15)].surely == 1);
    CHECK(a[hour_of(2, 17)].surely == 1);
    CHECK(a[hour_of(2, 18)].surely == 0); // it closes at six
    CHECK(a[hour_of(3, 15)].surely == 0);
    CHECK(a[hour_of(2, 15)].possibly == 0);
    for (const auto& hour : strips.weeks[1]) {
        CHECK(hour.surely == 0);
        CHECK(hour.possibly == 1); // silence is not closure
    }
    CHECK(strips.ages[0][0].surely == 1);
    CHECK(strips.ages[0][17].surely == 1);
    CHECK(strips.ages[1][8].possibly == 1);
    CHECK(strips.ages[2][5].surely == 0);
    CHECK(strips.ages[2][6].surely == 1);
    CHECK(strips.ages[2][11].surely == 1);
    CHECK(strips.ages[2][12].surely == 0);
    constexpr std::array<std::uint32_t, 3> all{0, 1, 2};
    const auto shares = share_of_weeks(strips, all);
    CHECK(shares[hour_of(2, 15)].surely == 1);
    CHECK(shares[hour_of(2, 15)].at_least_possibly == 2);
    CHECK(shares[hour_of(5, 10)].surely == 1); // every second Saturday is a Saturday
    CHECK(share_of_weeks(strips, std::span(all).first(1))[hour_of(5, 10)].at_least_possibly == 0);
    CHECK(share_of_ages(strips, all)[7].surely == 2);
}

TEST_CASE("The policy's own hours hold for the ages' strip, and its ages for that of the hours") {
    const auto reader = AsciiTown("A12")
                            .mark('1', open({every(2, 15, 18)}, 0, 6))
                            .mark('2', open({every(2, 9, 12)}, 6, 18))
                            .complete_list("jidokan")
                            .reader();
    const auto& layer = *reader.find_layer("chugakkoku");
    Policy policy = policy_of({"jidokan"});
    policy.when = TimeWindow{k_every_weekday, 15 * 60, 18 * 60};
    policy.ages = AgeBand{6, 12};
    const auto strips = strips_of(reader, policy, layer, *parse_day("2026-11-21"));
    CHECK(strips.weeks[0][hour_of(2, 10)].surely == 1); // what takes six-year-olds
    CHECK(strips.weeks[0][hour_of(2, 16)].surely == 0);
    CHECK(strips.ages[0][3].surely == 1); // what is open in the afternoon
    CHECK(strips.ages[0][8].surely == 0);
}

TEST_CASE("What the policy is not about is none of its openings") {
    Place for_babies = since(parse_day("2024-06-01"));
    for_babies.service.from_age_months = 0;
    for_babies.service.to_age_months = 36;
    const auto reader = AsciiTown("A1 B2")
                            .mark('1', for_babies)
                            .mark('2', since(parse_day("2024-06-01")))
                            .complete_list("jidokan")
                            .reader();
    Policy policy = policy_of({"jidokan"});
    policy.ages = AgeBand{12, 15};
    const auto points = trend_on(reader, policy, *parse_day("2026-11-21"));
    std::int64_t opened = 0;
    for (const auto& point : points) {
        opened += point.opened;
    }
    CHECK(points.size() == 2);
    CHECK(opened == 0); // the first point begins after both
    Policy earlier = policy;
    const auto before = trend_on(reader, earlier, *parse_day("2024-05-01"));
    REQUIRE(before.size() == 2);
    CHECK(before[1].opened == 1); // the one whose ages nobody states, not the babies'
}

TEST_CASE("The trend tells openings, closings and plans by date") {
    const Day today = *parse_day("2026-11-21");
    const auto reader = AsciiTown("A1 B2 C3 D4")
                            .mark('1', since(std::nullopt))
                            .mark('2', since(parse_day("2024-06-01")))
                            .mark('3', since(parse_day("2027-04-01"), std::nullopt, Status::planned))
                            .mark('4', since(std::nullopt, parse_day("2026-03-31")))
                            .complete_list("jidokan")
                            .reader();
    const auto points = trend_on(reader, policy_of({"jidokan"}), today);
    std::string told;
    for (const auto& point : points) {
        told += to_string(point.day) + " " +
                std::to_string(point.totals.by_tier[static_cast<std::size_t>(Tier::full)]) + "+" +
                std::to_string(point.opened) + "-" + std::to_string(point.closed) + "; ";
    }
    // Of 2025 a list of 2026 knows what has a first day; what has none may have begun since.
    CHECK(told == "2025-04-01 1+0-0; 2026-04-01 2+0-1; 2026-11-21 2+0-0; 2027-04-01 3+1-0; ");
    CHECK(trend_days(AsciiTown("A1").mark('1', {}).reader(), policy_of({"jidokan"}), today) == std::vector<Day>{today});
}

TEST_CASE("Every day of a trend is told as if it had been asked for alone, whoever may go where") {
    const std::array<std::optional<Day>, 5> days{std::nullopt, parse_day("2024-06-01"), parse_day("2025-10-01"),
                                                 parse_day("2027-04-01"), parse_day("2028-04-01")};
    std::mt19937 dice(23);
    std::size_t told = 0;
    for (int round = 0; round < 12; ++round) {
        AsciiTown town("A1 A B2 B3 C C4 D5 D E6");
        for (char mark = '1'; mark <= '6'; ++mark) {
            Place place = since(days.at(dice() % 5));
            if (dice() % 3 == 0) {
                place.service.valid_to = parse_day("2026-03-31");
            }
            if (dice() % 3 == 0) {
                place.service.usable_by = {dice() % 2 == 0 ? "99201" : "99202"};
            }
            place.service.certainty = dice() % 4 == 0 ? Certainty::reported : Certainty::confirmed;
            town.mark(mark, place);
        }
        town.children("11 12 13 14 15 16 17 18 19").complete_list("jidokan");
        const auto reader = town.reader();
        Policy policy = policy_of({"jidokan"});
        policy.residents_only = round % 2 == 0;
        policy.reach_share = 0.5;
        policy.travel.minutes = 1 + round % 4;
        told += trend_on(reader, policy, *parse_day("2026-11-21")).size();
    }
    CHECK(told > 24);
}
