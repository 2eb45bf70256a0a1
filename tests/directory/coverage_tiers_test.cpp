// The table of tiers, row by row and in its order; how often an outreach service comes.
#include "directory/coverage/claims.hpp"
#include "directory/coverage/tiers.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace shirube::directory;

namespace {

/// Everything that speaks for every tier at once: the order of the table alone decides.
Evidence everything() {
    Evidence evidence;
    evidence.suspended = true;
    evidence.covered_by_any_list = true;
    evidence.standing = 2;
    evidence.outreach_enough = true;
    evidence.doubtful = 3;
    evidence.absence_known = true;
    return evidence;
}

ScheduleRule dated(WeekdayMask weekdays, std::uint8_t ordinals = 0) {
    ScheduleRule rule;
    rule.state = ScheduleState::dated;
    rule.weekdays = weekdays;
    rule.ordinals = ordinals;
    return rule;
}

double sessions(const ScheduleRule& rule) { return rhythm_of(std::vector{rule}).sessions_a_month; }

} // namespace

TEST_CASE("The first row of the table that applies is the tier") {
    Evidence evidence = everything();
    CHECK(tier_of(evidence) == Tier::suspended);
    evidence.suspended = false;
    evidence.covered_by_any_list = false;
    CHECK(tier_of(evidence) == Tier::no_data);
    evidence.covered_by_any_list = true;
    CHECK(tier_of(evidence) == Tier::full);
    evidence.function = Holds::no;
    CHECK(tier_of(evidence) == Tier::partial);
    evidence.reach = Holds::no;
    CHECK(tier_of(evidence) == Tier::partial);
    evidence.function = Holds::yes;
    CHECK(tier_of(evidence) == Tier::out_of_reach);
    evidence.standing = 0;
    CHECK(tier_of(evidence) == Tier::outreach);
    evidence.outreach_enough = false;
    CHECK(tier_of(evidence) == Tier::unconfirmed);
    evidence.doubtful = 0;
    CHECK(tier_of(evidence) == Tier::blank);
    evidence.absence_known = false;
    CHECK(tier_of(evidence) == Tier::unconfirmed);
}

TEST_CASE("A standing place of which nobody knows whether it is enough is neither full nor short of it") {
    Evidence evidence = everything();
    evidence.suspended = false;
    evidence.doubtful = 0;
    evidence.function = Holds::maybe;
    CHECK(tier_of(evidence) == Tier::unconfirmed);
    evidence.function = Holds::yes;
    evidence.reach = Holds::maybe;
    CHECK(tier_of(evidence) == Tier::unconfirmed);
    evidence.function = Holds::no; // this much is known, whatever the reach
    CHECK(tier_of(evidence) == Tier::partial);
}

TEST_CASE("Every tier has a code and a word of its own") {
    std::set<std::string_view> codes;
    std::set<std::string> words;
    for (const auto tier : k_tiers) {
        codes.insert(code_of(tier));
        words.insert(label_of(tier).ja);
        CHECK_FALSE(label_of(tier).ja_easy.empty());
        CHECK_FALSE(label_of(tier).en.empty());
    }
    CHECK(codes.size() == k_tiers.size());
    CHECK(words.size() == k_tiers.size());
    CHECK(code_of(Tier::out_of_reach) == "out_of_reach");
    CHECK(label_of(Tier::blank).ja == "空白");
}

TEST_CASE("A date of any precision ends on its last possible day") {
    CHECK(end_of_date("2026-11-21") == parse_day("2026-11-21"));
    CHECK(end_of_date("2024-02") == parse_day("2024-02-29"));
    CHECK(end_of_date("2026-12") == parse_day("2026-12-31"));
    CHECK(end_of_date("2011") == parse_day("2011-12-31"));
    for (const char* text : {"", "令和6年", "2026-13", "2026-02-30", "20", "abcd"}) {
        INFO(text);
        CHECK_FALSE(end_of_date(text));
    }
}

TEST_CASE("Sessions a month are counted from the rhythm, holidays aside") {
    CHECK(sessions(dated(0b0100000, 0b00010)) == Approx(1)); // second Saturday
    CHECK(sessions(dated(0b0100001, 0b01010)) == Approx(4)); // second and fourth Saturday and Monday
    CHECK(sessions(dated(0b0100000, k_last_in_month)) == Approx(1));
    CHECK(sessions(dated(0b0100000)) == Approx(4.348).margin(0.001));
    CHECK(sessions(dated(0b0100000, 0b10000)) == Approx(0.348).margin(0.001)); // only months with five Saturdays
    auto even_months = dated(0b0100000, 0b00001);
    even_months.months = 0b1010'1010'1010;
    CHECK(sessions(even_months) == Approx(0.5));
    auto twelfth = dated(0);
    twelfth.days_of_month = 1U << 11U;
    CHECK(sessions(twelfth) == Approx(1));
}

TEST_CASE("What has no computable day adds no session, and says that there may be more") {
    ScheduleRule recurring = dated(0b0001000);
    recurring.state = ScheduleState::recurring;
    auto both = dated(0b0100000);
    both.days_of_month = 1; // "on Saturdays, on the 1st": which of them, nobody can say
    for (const auto& rule : {recurring, ScheduleRule{}, dated(0), both}) {
        CHECK(rhythm_of(std::vector{rule}).sessions_a_month == 0);
        CHECK(rhythm_of(std::vector{rule}).more_perhaps);
        const auto beside = rhythm_of(std::vector{rule, dated(0b0100000, 0b00010)});
        CHECK(beside.sessions_a_month == Approx(1));
        CHECK(beside.more_perhaps);
    }
    CHECK_FALSE(rhythm_of(std::vector{dated(0b0100000)}).more_perhaps);
    CHECK(rhythm_of({}).more_perhaps);
    CHECK(rhythm_of({}).sessions_a_month == 0);
}
