// Who sees which seed, need and asking; and what is read out of the texts of a form or a row.
#include "directory/seeds/seed_reading.hpp"
#include "directory/seeds/seed_sight.hpp"
#include "directory/snapshot/snapshot.hpp"
#include "tests/directory/seeds_naive.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <vector>

using namespace shirube;
using namespace shirube::directory;
using namespace shirube::directory::test;

namespace {

const Day k_today = *parse_day("2026-11-21");

/// The first site is public, the second is for its own municipality's staff and in nobody else's edition.
Reader reader_of(const std::string& municipality, Visibility sees = Visibility::staff) {
    auto state = seed_town().state(municipality, sees);
    state.organizations = {{"o1", "うみねこの会", ""}, {"o2", "かくれ家の会", ""}};
    const bool is_own = municipality == "99201";
    if (municipality.empty()) {
        state.audience = {};
    }
    if (!is_own) {
        std::erase_if(state.sites, [](const SiteRow& site) { return site.id == "p11"; });
        state.organizations.pop_back();
    }
    for (const auto& [id, site, organization, visibility] :
         {std::tuple{"v1", "p10", 0U, Visibility::everyone}, std::tuple{"v2", "p11", 1U, Visibility::staff}}) {
        if (visibility == Visibility::staff && !is_own) {
            continue;
        }
        ServiceRow service;
        service.id = id;
        service.site =
            static_cast<std::uint32_t>(std::ranges::find(state.sites, site, &SiteRow::id) - state.sites.begin());
        service.organization = organization;
        service.programme = *Taxonomy::shipped().by_code("jidokan");
        service.visibility = visibility;
        service.owner = visibility == Visibility::staff ? "99201" : "";
        state.services.push_back(std::move(service));
    }
    return Reader(Snapshot::build(std::move(state), Taxonomy::shipped(), Holidays::shipped()));
}

Seed seed(const std::string& id, SeedSharing sharing, std::vector<std::string> areas = {},
          const std::string& programme = "short_stay") {
    Seed made;
    made.id = id;
    made.kind = id.starts_with('s') ? SeedKind::offer : SeedKind::want;
    made.owner = "99201";
    made.organization = "うみねこの会";
    made.programmes = {programme};
    made.areas = std::move(areas);
    made.sharing = sharing;
    return made;
}

Asking asking(const std::string& id, const std::string& want, const std::string& offer, const std::string& owner) {
    Asking made;
    made.id = id;
    made.owner = owner;
    made.want = want;
    made.offer = offer;
    made.organization = offer.empty() ? "声をかけた会" : "うみねこの会";
    made.asked_on = k_today;
    return made;
}

AllSeeds everything() {
    auto at_hidden = seed("s6", SeedSharing::all);
    at_hidden.site = "p11";
    return {{seed("s1", SeedSharing::own), seed("s2", SeedSharing::area, {"99341"}),
             seed("s3", SeedSharing::area, {"chugakkoku:99341-f"}), seed("s4", SeedSharing::all),
             seed("s5", SeedSharing::area, {"99201"}), at_hidden, seed("s7", SeedSharing::all, {}, "boshi_seikatsu"),
             seed("s8", SeedSharing::area, {"99"}), seed("n1", SeedSharing::own), seed("n2", SeedSharing::all)},
            {asking("a1", "n1", "s4", "99201"), asking("a2", "n2", "s4", "99201"), asking("a3", "n2", "s1", "99201"),
             asking("a4", "n2", "", "99201"), asking("a5", "n2", "s4", "99341")}};
}

std::set<std::string> ids(const SeenSeeds& seen) {
    std::set<std::string> all;
    for (const auto* of : {&seen.offers, &seen.wants}) {
        for (const auto& one : *of) {
            all.insert(one.id);
        }
    }
    for (const auto& one : seen.askings) {
        all.insert(one.id);
    }
    return all;
}

SeedTexts good_offer() {
    return {{"organization", "うみねこの会"},
            {"programmes", "short_stay"},
            {"contact", "事務局"},
            {"phone", "000-0000-0001"}};
}

std::set<std::string> faults(SeedKind kind, SeedTexts texts, std::initializer_list<SeedTexts::value_type> with = {}) {
    for (const auto& [field, text] : with) {
        texts[field] = text;
    }
    static const Reader reader = reader_of("99201");
    const auto read = read_seed(kind, texts, reader, "99201", k_today);
    std::set<std::string> all;
    if (!read) {
        for (const auto& problem : read.error()) {
            all.insert(problem.field + ":" + problem.code);
        }
    }
    return all;
}

using Faults = std::set<std::string>;

} // namespace

TEST_CASE("The public has nothing, the owner all, others what is shown to them", "[seeds]") {
    CHECK(ids(seen_by(reader_of(""), everything())).empty());
    // A mother-and-child home's programme is for coordinators, of the own municipality too.
    auto staff = ids(seen_by(reader_of("99201"), everything()));
    CHECK(staff.size() == 14);
    CHECK_FALSE(staff.contains("s7"));
    CHECK(ids(seen_by(reader_of("99201", Visibility::coordinator), everything())).size() == 15);
    const auto next_door = ids(seen_by(reader_of("99341"), everything()));
    CHECK(next_door == Faults{"s2", "s3", "s4", "s8", "n2", "a2", "a5"});
    const auto far_away = ids(seen_by(reader_of("12100"), everything()));
    CHECK(far_away == Faults{"s4", "n2", "a2", "a5"});
}

TEST_CASE("An asking that may not be seen is not counted either", "[seeds]") {
    auto all = everything();
    for (auto& one : all.askings) {
        one.answer = SeedAnswer::declined;
        one.reason = one.id == "a4" ? DeclineReason::no_room : DeclineReason::no_staff;
    }
    const auto own = counts_of(seen_by(reader_of("99201"), all).askings);
    CHECK(own.askings == 5);
    CHECK(own.organizations == 2);
    REQUIRE(own.reasons.size() == 2);
    CHECK(own.reasons[0].reason == DeclineReason::no_staff);
    CHECK(own.reasons[0].askings == 4);
    CHECK(own.reasons[0].organizations == 1);
    const auto next_door = counts_of(seen_by(reader_of("99341"), all).askings);
    CHECK(next_door.askings == 2);
    REQUIRE(next_door.reasons.size() == 1);
    CHECK(next_door.declined_organizations == 1);
    CHECK(counts_of({}).reasons.empty());
}

TEST_CASE("What is hidden of the directory is not told to others through an offer", "[seeds]") {
    CHECK(faults(SeedKind::offer, good_offer(), {{"site", "p10"}, {"sharing", "all"}}).empty());
    CHECK(faults(SeedKind::offer, good_offer(), {{"site", "p11"}, {"sharing", "all"}}) == Faults{"sharing:kept_back"});
    CHECK(faults(SeedKind::offer, good_offer(), {{"organization", "かくれ家の会"}, {"sharing", "all"}}) ==
          Faults{"sharing:kept_back"});
    CHECK(faults(SeedKind::offer, good_offer(), {{"organization", "かくれ家の会"}, {"site", "p11"}}).empty());
    CHECK(faults(SeedKind::offer, good_offer(), {{"organization", "台帳にない会"}, {"sharing", "all"}}).empty());
    CHECK(faults(SeedKind::offer, good_offer(), {{"programmes", "boshi_seikatsu"}, {"sharing", "all"}}) ==
          Faults{"sharing:kept_back"});
    auto texts = good_offer();
    CHECK(read_seed(SeedKind::offer, texts, reader_of("99201"), "99201", k_today)->kept_for == Visibility::staff);
    texts["programmes"] = "boshi_seikatsu";
    CHECK(read_seed(SeedKind::offer, texts, reader_of("99201"), "99201", k_today)->kept_for == Visibility::coordinator);
    // What somebody kept for coordinators is absent for staff, whatever it says.
    auto all = everything();
    all.seeds[0].kept_for = Visibility::coordinator;
    CHECK_FALSE(ids(seen_by(reader_of("99201"), all)).contains("s1"));
    CHECK_FALSE(ids(seen_by(reader_of("99201"), all)).contains("a3"));
    CHECK(ids(seen_by(reader_of("99201", Visibility::coordinator), all)).contains("a3"));
}

TEST_CASE("Every text is read or told what is wrong with it, at its field", "[seeds]") {
    const auto offer = [](std::initializer_list<SeedTexts::value_type> with) {
        return faults(SeedKind::offer, good_offer(), with);
    };
    CHECK(offer({}).empty());
    CHECK(faults(SeedKind::offer, {}) ==
          Faults{"organization:missing", "programmes:missing", "contact:missing", "phone:missing"});
    CHECK(faults(SeedKind::want, {}) == Faults{"programmes:missing", "contact:missing", "phone:missing"});
    CHECK(offer({{"programmes", "short_stay;空飛ぶ事業"}}) == Faults{"programmes:unknown_programme"});
    CHECK(offer({{"site", "どこにもない場所"}}) == Faults{"site:unknown_site"});
    CHECK(offer({{"site", "場所2"}}).empty());
    CHECK(offer({{"areas", "99341;chugakkoku:99201-c"}}).empty());
    CHECK(offer({{"areas", "99341;どこでもない区"}}) == Faults{"areas:unknown_area"});
    CHECK(offer({{"amount", "3"}}) == Faults{"unit:without_unit"});
    CHECK(offer({{"amount", "三"}, {"unit", "persons"}}) == Faults{"amount:no_number"});
    CHECK(offer({{"amount", "-1"}, {"unit", "persons"}}) == Faults{"amount:no_number"});
    // A number is read however a Japanese keyboard writes it; two numbers are none.
    for (const std::string_view fee : {"8000", "8,000", "８０００", "８，０００", "8,000円", "８０００ 円"}) {
        INFO(fee);
        auto texts = good_offer();
        texts["fee"] = fee;
        texts["fee_per"] = "day";
        const auto read = read_seed(SeedKind::offer, texts, reader_of("99201"), "99201", k_today);
        REQUIRE(read);
        REQUIRE(read->fee);
        CHECK(read->fee->yen == 8000);
    }
    for (const std::string_view fee :
         {"5〜6", "５～６", "5-6", "5,6", "1,00", "1000,000", ",500", "8,000,", "円", "8000ドル", "500¹", "10²", "⑤"}) {
        INFO(fee);
        CHECK(offer({{"fee", std::string{fee}}, {"fee_per", "day"}}) == Faults{"fee:no_number"});
    }
    CHECK(offer({{"amount", "３"}, {"unit", "persons"}}).empty());
    CHECK(offer({{"amount", "3円"}, {"unit", "persons"}}) == Faults{"amount:no_number"});
    CHECK(offer({{"within_km", "１．５"}}).empty());
    CHECK(offer({{"amount", "99999999999999999999999"}, {"unit", "persons"}}) == Faults{"amount:too_large"});
    CHECK(offer({{"amount", "3"}, {"unit", "percent"}}) == Faults{"unit:no_choice"});
    CHECK(offer({{"within_km", "501"}}) == Faults{"within_km:too_large"});
    CHECK(offer({{"within_km", "nan"}}) == Faults{"within_km:no_number"});
    CHECK(offer({{"from", "2027-02-30"}}) == Faults{"from:no_date"});
    CHECK(offer({{"weekdays", "月;祝"}}) == Faults{"weekdays:no_weekday"});
    CHECK(offer({{"from_age", "40"}}) == Faults{"from_age:too_large"});
    CHECK(offer({{"from_age", "9"}, {"to_age", "8"}}) == Faults{"to_age:order"});
    CHECK(offer({{"contracts", "口約束"}}) == Faults{"contracts:no_choice"});
    CHECK(offer({{"fee", "500"}}) == Faults{"fee_per:without_unit"});
    CHECK(offer({{"phone", "山田太郎"}}) == Faults{"phone:no_phone"});
    CHECK(offer({{"mail", "hama at example.jp"}}) == Faults{"mail:no_mail"});
    CHECK(offer({{"as_of", "2026-11-22"}}) == Faults{"as_of:ahead"});
    CHECK(offer({{"as_of", "2026-11-20"}, {"until", "2026-11-19"}}) == Faults{"until:order"});
    CHECK(offer({{"sharing", "area"}}) == Faults{"areas:area_missing"});
    CHECK(offer({{"sharing", "public"}}) == Faults{"sharing:no_choice"});
    CHECK(offer({{"terms", std::string(501, 'a')}}) == Faults{"terms:long"});
    CHECK(offer({{"source", std::string(121, 'a')}}) == Faults{"source:long"});
    // A want is for the own municipality's districts.
    CHECK(faults(SeedKind::want, good_offer(), {{"areas", "chugakkoku:99341-f"}}) == Faults{"areas:unknown_area"});
    CHECK(faults(SeedKind::want, good_offer(), {{"sharing", "area"}}) == Faults{"sharing:no_choice"});
}

TEST_CASE("What a record says is read out of its own texts again, the same", "[seeds]") {
    const auto reader = reader_of("99201");
    auto texts = good_offer();
    for (const auto& [field, text] : SeedTexts{{"key", "S-9"},
                                               {"site", "p10"},
                                               {"areas", "99201;chugakkoku:99341-f"},
                                               {"within_km", "12.5"},
                                               {"amount", "0"},
                                               {"unit", "泊"},
                                               {"from", "2027-04-01"},
                                               {"weekdays", "月～水;土曜日"},
                                               {"nights", "あり"},
                                               {"from_age", "0"},
                                               {"to_age", "17"},
                                               {"contracts", "登録事業者、委託"},
                                               {"fee", "7,000"},
                                               {"fee_per", "泊"},
                                               {"terms", "送迎は\n市が行う"},
                                               {"mail", "hama@example.jp"},
                                               {"as_of", "2026-10-01"},
                                               {"until", "2027-03-31"},
                                               {"sharing", "すべての職員"},
                                               {"state", "決まった"}}) {
        texts[field] = text;
    }
    const auto read = read_seed(SeedKind::offer, texts, reader, "99201", k_today);
    REQUIRE(read);
    CHECK(read->weekdays == 0b0100111);
    CHECK(read->within_m == 12'500);
    CHECK(read->amount == SeedAmount{0, Unit::nights});
    CHECK(read->fee == SeedFee{7'000, FeePer::night});
    CHECK(read->contracts == std::vector{Contract::entrusted, Contract::registered});
    const auto again = read_seed(SeedKind::offer, texts_of(*read), reader, "99201", k_today);
    REQUIRE(again);
    CHECK(*again == *read);
}

TEST_CASE("Who declines says why, and an answer does not come before the question", "[seeds]") {
    const auto faults_of = [](SeedTexts texts) {
        texts.try_emplace("organization", "うみねこの会");
        texts.try_emplace("asked_by", "こども家庭課");
        const auto read = read_asking(texts, k_today);
        Faults all;
        if (!read) {
            for (const auto& problem : read.error()) {
                all.insert(problem.field + ":" + problem.code);
            }
        }
        return all;
    };
    CHECK(faults_of({}).empty());
    CHECK(faults_of({{"asked_by", ""}}) == Faults{"asked_by:missing"});
    CHECK(faults_of({{"answer", "declined"}}) == Faults{"reason:missing"});
    CHECK(faults_of({{"answer", "断り"}, {"reason", "人手がない"}}).empty());
    CHECK(faults_of({{"answer", "declined"}, {"reason", "other"}}) == Faults{"words:missing"});
    CHECK(faults_of({{"answer", "declined"}, {"reason", "mood"}}) == Faults{"reason:no_choice"});
    CHECK(faults_of({{"asked_on", "2026-11-22"}}) == Faults{"asked_on:ahead"});
    CHECK(faults_of({{"asked_on", "2026-11-20"}, {"answer", "yes"}, {"answered_on", "2026-11-19"}}) ==
          Faults{"answered_on:order"});
}
