// Across municipalities: on what terms a neighbour's services are open to the family, and who could come to them, by
// area, weekday and what their needs lead to.
#include "directory/match/helpers.hpp"
#include "directory/use_terms.hpp"
#include "match_family.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <span>

using namespace shirube;
using namespace shirube::scenarios;
using namespace shirube::directory;

namespace {

constexpr WeekdayMask k_tuesday = 0b0000010;
constexpr WeekdayMask k_thursday = 0b0001000;
constexpr WeekdayMask k_friday = 0b0010000;
constexpr WeekdayMask k_workdays = 0b0011111;

/// A neighbour's service, open on workdays in the afternoon, with terms for the home municipality.
Place theirs(const std::string& name, UseTerms terms) {
    Place place;
    place.programme = "ikusei_kyoten";
    place.name = name;
    place.municipality = "99341";
    place.service.usable_by = {"99341", "99201"};
    for (int day = 0; day < 5; ++day) {
        place.service.schedules.push_back(every(day, 14, 18));
    }
    terms.municipality = "99201";
    place.service.use_terms = {std::move(terms)};
    return place;
}

UseTerms on_days(WeekdayMask days) {
    UseTerms terms;
    terms.contract = Contract::mutual;
    terms.fee = Fee::paid;
    terms.fee_text = "1日500円";
    terms.weekdays = days;
    terms.text = "相互利用、1日500円";
    return terms;
}

HelperCountReading counted(std::string organization, std::string programme, std::optional<std::int64_t> count) {
    HelperCountReading helpers;
    helpers.organization = std::move(organization);
    helpers.programme = std::move(programme);
    helpers.count = count;
    return helpers;
}

/// "会: yes yes, 社: maybe -": each with whether it is here, and then.
std::string who(const Reader& reader, const FamilyOf& family, std::string_view when = "2026-11-21T14:00") {
    std::string out;
    for (const auto& possible : who_could_come(reader, shipped_rules(), family.family, at(when))) {
        const auto& told = reader.helper_counts()[possible.row].reading;
        out += (out.empty() ? "" : ", ") + told.organization + ": " + std::string(code_of(possible.here)) + " " +
               (possible.then ? std::string(code_of(*possible.then)) : "-");
    }
    return out;
}

} // namespace

TEST_CASE("A neighbour's place is open to the family on the days that its terms name, and the reason names the terms") {
    const AsciiTown town = AsciiTown("A B1 B2 B3")
                               .belongs_to('B', "99341")
                               .mark('1', theirs("火木だけ", on_days(k_tuesday | k_thursday)))
                               .mark('2', theirs("言わない", on_days(0)))
                               .mark('3', theirs("毎日", on_days(k_every_weekday)));
    const auto reader = town.reader();
    FamilyOf family;
    family.lives(town.middle(0, 0)).child(100, {"after_school"});
    const auto any_time = family.ask(reader);
    CHECK(choices(reader, any_time) == "火木だけ 言わない 毎日"); // no time was asked for
    REQUIRE_FALSE(any_time.shortlist.empty());
    for (const auto& entry : any_time.shortlist) {
        const auto& reasons = entry.fits.front().reasons;
        const auto found = std::ranges::find(reasons, ReasonCode::for_residents, &Reason::code);
        REQUIRE(found != reasons.end());
        REQUIRE(found->terms);
        CHECK(reader.services()[entry.service].use_terms.at(*found->terms).fee_text == "1日500円");
    }
    CHECK(choices(reader, family.on(k_friday, 14, 16).ask(reader)) == "言わない 毎日");
    CHECK(left_out(reader, family.ask(reader)) == "火木だけ: closed_for_residents");
    CHECK(choices(reader, family.on(k_thursday | k_friday, 14, 16).ask(reader)) == "火木だけ 言わない 毎日");
    // On a day that the terms name, outside of its hours: it is closed for everybody.
    CHECK(left_out(reader, family.on(k_tuesday, 8, 10).ask(reader)) ==
          "火木だけ: closed_then, 言わない: closed_then, 毎日: closed_then");
    // Whoever lives there comes whenever it is open.
    family.family.municipality = "99341";
    CHECK(choices(reader, family.on(k_friday, 14, 16).ask(reader)) == "火木だけ 言わない 毎日");
}

TEST_CASE("A night belongs to the day on which each of its hours falls") {
    Place night = theirs("夜", on_days(k_thursday));
    night.service.schedules = {every(2, 20, 22), every(3, 6, 8)}; // Wednesday evening, Thursday morning
    const AsciiTown town = AsciiTown("A B1").belongs_to('B', "99341").mark('1', night);
    const auto reader = town.reader();
    FamilyOf family;
    family.lives(town.middle(0, 0)).child(100, {"after_school"});
    constexpr WeekdayMask wednesday = 0b0000100;
    CHECK(left_out(reader, family.on(wednesday, 20, 24).ask(reader)) == "夜: closed_for_residents");
    CHECK(choices(reader, family.on(wednesday, 20, 32).ask(reader)) == "夜"); // until eight on Thursday
}

TEST_CASE("A search for residents knows the contract and the days of their terms") {
    const AsciiTown town = AsciiTown("A1 B2 B3 B4")
                               .belongs_to('B', "99341")
                               .mark('1', {.name = "自分の"})
                               .mark('2', theirs("火木だけ", on_days(k_tuesday | k_thursday)))
                               .mark('3', {.name = "何も言わない", .municipality = "99341"})
                               .mark('4', theirs("契約を言わない", UseTerms{}));
    const auto reader = town.reader();
    SearchQuery query;
    query.at = at("2026-11-21T10:00");
    query.residents_of = "99201";
    CHECK(found(reader, query) == "何も言わない 契約を言わない 火木だけ 自分の");
    query.use_contract = Contract::mutual;
    CHECK(found(reader, query) == "火木だけ 自分の"); // what states none is not kept
    query.use_contract = Contract::individual;
    CHECK(found(reader, query) == "自分の");
    query.use_contract.reset();
    query.weekdays = k_friday;
    CHECK(found(reader, query) == "何も言わない 契約を言わない 自分の");
    query.weekdays = 0;
    query.open_day = parse_day("2026-11-24"); // a Tuesday
    CHECK(found(reader, query) == "何も言わない 契約を言わない 火木だけ 自分の");
    query.residents_of = "99341"; // its own residents are bound to no day
    query.open_day = parse_day("2026-11-27");
    CHECK(found(reader, query).find("火木だけ") != std::string::npos);
}

TEST_CASE("Terms of a city are its wards', those of one ward the only ones its city has") {
    const auto of = [](std::string municipality) {
        UseTerms terms;
        terms.municipality = std::move(municipality);
        return terms;
    };
    const std::vector<UseTerms> city{of("99202"), of("12100")};
    CHECK(terms_for(city, "12100") == 1);
    CHECK(terms_for(city, "12101") == 1);
    CHECK_FALSE(terms_for(city, "99201"));
    CHECK_FALSE(terms_for(city, ""));
    const std::vector<UseTerms> wards{of("12101"), of("12102")};
    CHECK(terms_for(wards, "12102") == 1);
    CHECK_FALSE(terms_for(wards, "12103"));
    CHECK_FALSE(terms_for(wards, "12100")); // whose of the two?
    CHECK(terms_for(std::span(wards).first(1), "12100") == 0);
    CHECK_FALSE(terms_for(std::vector<UseTerms>{of("")}, "99201"));
}

TEST_CASE("Who could come: for the home's district, the days asked and what the needs lead to") {
    const auto of_area = [](HelperCountReading helpers, const std::string& letter) {
        helpers.layer = "chugakkoku";
        helpers.area = letter;
        return helpers;
    };
    const auto on = [](HelperCountReading helpers, WeekdayMask days) {
        helpers.weekdays = days;
        return helpers;
    };
    auto elsewhere = counted("よその町の会", "setai_homon", 7);
    elsewhere.municipality = "99341";
    const AsciiTown town = AsciiTown("A B")
                               .helpers(on(of_area(counted("浜の会", "setai_homon", 3), "A"), k_workdays))
                               .helpers(on(of_area(counted("丘の会", "setai_homon", 5), "B"), k_workdays))
                               .helpers(counted("どこでも", "setai_homon", std::nullopt))
                               .helpers(counted("何のためか言わない", "", 2))
                               .helpers(counted("助産師会", "yoiku_homon", 2))
                               .helpers(of_area(counted("まだない区域", "setai_homon", 1), "Z"))
                               .helpers(elsewhere);
    const auto reader = town.reader();
    FamilyOf family;
    family.lives(town.middle(0, 0)).child(8, {"housework"});
    CHECK(who(reader, family) == "浜の会: yes -, どこでも: yes -, 何のためか言わない: yes -, まだない区域: maybe -");
    family.on(k_tuesday, 10, 12);
    CHECK(who(reader, family) ==
          "浜の会: yes yes, どこでも: yes maybe, 何のためか言わない: yes maybe, まだない区域: maybe maybe");
    family.on(0b1100000); // a weekend
    CHECK(who(reader, family) == "どこでも: yes maybe, 何のためか言わない: yes maybe, まだない区域: maybe maybe");
    // What they refuse is not offered; who does not say what they come for may come for the other.
    family.family.refused = {*Taxonomy::shipped().by_code("setai_homon")};
    CHECK(who(reader, family).empty());
    FamilyOf expecting;
    expecting.lives(town.middle(0, 0)).expecting({"after_birth"});
    CHECK(who(reader, expecting).find("助産師会: yes -") != std::string::npos);
    // Nobody knows where they live: every district of the municipality may be theirs.
    FamilyOf nowhere;
    nowhere.learns(town.middle(0, 0)).child(8, {"housework"});
    CHECK(who(reader, nowhere).find("丘の会: maybe -") != std::string::npos);
    // A need that nobody comes for.
    FamilyOf other;
    other.lives(town.middle(0, 0)).child(100, {"after_school"});
    CHECK(who(reader, other).empty());
}

TEST_CASE("Without a list of helpers nobody is said to come") {
    const AsciiTown town = AsciiTown("A");
    FamilyOf family;
    family.lives(town.middle(0, 0)).child(8, {"housework"});
    CHECK(who(town.reader(), family).empty());
}
