// A town's network of organizations, drawn and told, and what each measure says of it.
#include "directory/network/measures/council_gaps.hpp"
#include "directory/network/measures/district_forums.hpp"
#include "directory/network/measures/hubs.hpp"
#include "directory/network/measures/lone_bases.hpp"
#include "directory/network/measures/network_change.hpp"
#include "directory/network/measures/referrals.hpp"
#include "directory/network/measures/untied_places.hpp"
#include "directory/snapshot/snapshot.hpp"
#include "tied_town.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace shirube;
using namespace shirube::scenarios;
using namespace shirube::directory;

namespace {

/// A place of some programme, called as it is wanted.
Place place(const std::string& programme, const std::string& name) { return {.programme = programme, .name = name}; }

Place closed(const std::string& programme, const std::string& name) {
    Place place{.programme = programme, .name = name};
    place.service.status = Status::closed;
    return place;
}

/// Two districts; in the west a base with its cafeteria 240 m away, far in the east a base with nothing.
AsciiTown town() {
    AsciiTown town(R"(
        A1 A2 A A A B B B B B B3
        A  A4 A A A B B B B B B
    )");
    town.mark('1', place("ikusei_kyoten", "西の拠点"))
        .mark('2', place("kodomo_shokudo", "西の食堂"))
        .mark('3', place("shien_kyoten", "東の拠点"))
        .mark('4', place("jidokan", "児童館"));
    return town;
}

/// The company a place is in, by its name.
std::string company(const Reader& reader, const std::vector<Companion>& among, const std::string& name) {
    for (const auto& of : among) {
        if (reader.sites()[reader.services()[of.service].site].name == name) {
            return std::string{code_of(of.company)};
        }
    }
    return "-";
}

} // namespace

TEST_CASE("a party is an organization of its name in the town, else a place, else a name alone", "[network]") {
    const auto reader =
        TiedTown(town())
            .runs("みなとの会", "西の拠点")
            .tie(RelationKind::refers, "ミナトノ会", "西の食堂")
            .tie(RelationKind::refers, "みなとの会", "どこにもない会")
            .tie(RelationKind::entrusts, "みなとの会", "どこにもない会")
            .tie(RelationKind::coordinates, "みなとの会", "A中学校")
            .tie(RelationKind::shares, "みなとの会", "99341",
                 [](RelationReading& tie) {
                     tie.to = {.kind = PartyKind::municipality, .name = "隣町", .municipality = "99341", .layer = {}};
                 })
            .reader();
    const auto& network = reader.network();
    REQUIRE(network.nodes().size() == 5);
    CHECK(network.nodes()[0].key.starts_with("name:organization:99201:"));
    CHECK(network.nodes()[0].name == "どこにもない会");
    CHECK_FALSE(network.nodes()[0].is_known());
    CHECK(network.nodes()[1].key == "organization:organization0000");
    CHECK(network.nodes()[1].name == "みなとの会"); // as its own list writes it, however the tie folds it
    CHECK(network.nodes()[2].key == "site:site0001");
    CHECK(network.nodes()[3].key == "district:chugakkoku:A");
    CHECK(network.nodes()[4].key == "municipality:99341");
    CHECK(ties_of(reader, view_of(reader, whole()).edges) ==
          "みなとの会-coordinates-A中学校 みなとの会-entrusts-どこにもない会 みなとの会-refers-どこにもない会 "
          "みなとの会-refers-西の食堂 みなとの会-shares-隣町");
    CHECK(network.speaks_of("99201"));
    CHECK_FALSE(network.speaks_of("99341")); // an end alone says nothing of its own ties
    CHECK_FALSE(network.speaks_of("99202"));
}

TEST_CASE("an organization of the same name in another town is another one", "[network]") {
    AsciiTown of("A1 A2");
    of.mark('1', place("jidokan", "こちらの館"))
        .mark('2', {.programme = "jidokan", .name = "となりの館", .municipality = "99341"});
    const auto reader = TiedTown(of)
                            .runs("社会福祉協議会", "となりの館")
                            .tie(RelationKind::refers, "社会福祉協議会", "こちらの館")
                            .reader();
    for (const auto& node : reader.network().nodes()) {
        CHECK((node.kind == PartyKind::site) == node.is_known()); // our own council is none of the neighbour's
    }
}

TEST_CASE("ties stand between their days, and where nobody tells a day always", "[network]") {
    const auto day = [](const char* text) { return parse_day(text).value(); };
    const auto reader =
        TiedTown(town())
            .tie(RelationKind::refers, "甲", "乙", [&](RelationReading& tie) { tie.valid_from = day("2026-04-01"); })
            .tie(RelationKind::entrusts, "甲", "丙", [&](RelationReading& tie) { tie.valid_to = day("2026-03-31"); })
            .tie(RelationKind::hosts, "丁", "甲")
            .meets(ForumKind::round_table, "終わった会", {"戊"},
                   [&](ForumReading& forum) { forum.valid_to = day("2025-03-31"); })
            .tie(RelationKind::member_of, "己", "終わった会")
            .reader();
    CHECK(ties_of(reader, view_of(reader, whole("2026-04-01")).edges) == "丁-hosts-甲 甲-refers-乙");
    CHECK(ties_of(reader, view_of(reader, whole("2026-03-31")).edges) == "丁-hosts-甲 甲-entrusts-丙");
    // Who belonged to a meeting belongs to none once it has ended, whatever the membership's own row leaves out.
    CHECK(ties_of(reader, view_of(reader, whole("2025-03-31")).edges) ==
          "丁-hosts-甲 己-member_of-終わった会 戊-member_of-終わった会 甲-entrusts-丙");

    const auto change = network_change(reader, whole("2026-11-21"), day("2025-03-31"));
    CHECK(ties_of(reader, change.came) == "甲-refers-乙");
    CHECK(ties_of(reader, change.ended) == "己-member_of-終わった会 戊-member_of-終わった会 甲-entrusts-丙");
    CHECK(names_of(reader, change.nodes_came) == "乙");
    CHECK(names_of(reader, change.nodes_left) == "丙 己 戊 終わった会");
    CHECK(change.edges_before == 4);
    CHECK(change.edges_after == 2);
    CHECK(change.undated == 1);
}

TEST_CASE("a scope keeps ties of which one end lies in it: a town, a district, a meeting, kinds", "[network]") {
    const auto reader = TiedTown(town())
                            .runs("西の会", "西の拠点")
                            .runs("東の会", "東の拠点")
                            .tie(RelationKind::refers, "西の会", "西の食堂")
                            .tie(RelationKind::refers, "東の会", "遠くの会",
                                 [](RelationReading& tie) { tie.to.municipality = "99341"; })
                            .tie(RelationKind::entrusts, "遠くの会", "遠い隣の会",
                                 [](RelationReading& tie) { tie.from.municipality = tie.to.municipality = "99341"; })
                            .meets(ForumKind::area_conference, "西の会議", {"西の会", "西の食堂"},
                                   [](ForumReading& forum) { forum.layer = "chugakkoku", forum.area = "A中学校"; })
                            .meets(ForumKind::network, "だれもいない会議", {})
                            .reader();
    const auto ties = [&](const NetworkScope& scope) { return ties_of(reader, view_of(reader, scope).edges); };
    NetworkScope scope = whole();
    scope.municipality = "99341";
    CHECK(ties(scope) == "東の会-refers-遠くの会 遠くの会-entrusts-遠い隣の会");
    scope = whole();
    scope.district = reader.find_district("chugakkoku", "A").value();
    CHECK(ties(scope) == "西の会-member_of-西の会議 西の会-refers-西の食堂 西の食堂-member_of-西の会議");
    CHECK(names_of(reader, view_of(reader, scope).nodes) == "西の会 西の会議 西の食堂");
    scope.kinds = {RelationKind::refers};
    CHECK(ties(scope) == "西の会-refers-西の食堂");
    scope = whole();
    scope.forum = 0;
    CHECK(ties(scope) == "西の会-member_of-西の会議 西の会-refers-西の食堂 西の食堂-member_of-西の会議");
    scope = whole();
    const auto all = names_of(reader, view_of(reader, scope).nodes);
    CHECK(all.find("だれもいない会議") != std::string::npos);
    scope.kinds = {RelationKind::refers};
    CHECK(names_of(reader, view_of(reader, scope).nodes).find("だれもいない会議") == std::string::npos);
}

TEST_CASE("places with no tie are told by family; where no list speaks of ties nobody knows", "[network]") {
    AsciiTown of("A1 A2 A3 A4 A5");
    of.mark('1', place("ikusei_kyoten", "結ばれた拠点"))
        .mark('2', place("kodomo_shokudo", "ひとりの食堂"))
        .mark('3', place("akiya", "空き家"))
        .mark('4', {.programme = "jidokan", .name = "となりの館", .municipality = "99341"})
        .mark('5', closed("jidokan", "閉じた館"));
    SECTION("of an edition without ties nothing is known") {
        const auto reader = TiedTown(of).reader();
        const auto places = untied_places(reader, whole());
        CHECK(places.tied == 0);
        CHECK(places.untied == 0);
        CHECK(places.unknown == 3);
        CHECK(reader.network().nodes().empty());
    }
    const auto reader =
        TiedTown(of).runs("拠点の会", "結ばれた拠点").tie(RelationKind::entrusts, "標市", "拠点の会").reader();
    const auto places = untied_places(reader, whole());
    CHECK(places.tied == 1);
    CHECK(places.untied == 1);
    CHECK(places.unknown == 1); // the neighbour's: no list speaks of its ties
    std::vector<std::uint32_t> untied;
    for (const auto& family : places.families) {
        CHECK(reader.taxonomy().at(family.family).code != "carriers");
        untied.insert(untied.end(), family.untied.begin(), family.untied.end());
    }
    CHECK(places_of(reader, untied) == "ひとりの食堂");
}

TEST_CASE("a tie about one programme ties no other that its organization runs", "[network]") {
    AsciiTown of("A1 A2");
    of.mark('1', place("ikusei_kyoten", "拠点")).mark('2', place("jidokan_small", "館"));
    const auto tied = [&](const std::string& programme) {
        const auto reader =
            TiedTown(of)
                .runs("実の会", "拠点")
                .runs("実の会", "館")
                .tie(RelationKind::entrusts, "標市", "実の会", [&](RelationReading& tie) { tie.programme = programme; })
                .reader();
        return untied_places(reader, whole()).tied;
    };
    CHECK(tied("") == 2);
    CHECK(tied("ikusei_kyoten") == 1);
    CHECK(tied("jidokan") == 1); // a kind of it
    CHECK(tied("kodomo_shokudo") == 0);
}

TEST_CASE("a base is alone where nothing is linked or within reach, and lists would tell", "[network]") {
    TiedTown tied(town());
    tied.runs("西の会", "西の拠点").runs("食堂の会", "西の食堂").runs("東の会", "東の拠点");
    SECTION("no list speaks of ties: near is seen, alone is not claimed") {
        const auto reader = tied.reader();
        const auto found = lone_bases(reader, whole());
        CHECK(company(reader, found.bases, "西の拠点") == "near");
        CHECK(company(reader, found.bases, "東の拠点") == "unknown");
        CHECK(company(reader, found.places, "西の食堂") == "near");
        CHECK(company(reader, found.bases, "児童館") == "-");
    }
    tied.tie(RelationKind::refers, "標市", "西の会");
    SECTION("ties are told, and the eastern base has none and nothing near") {
        const auto reader = tied.reader();
        const auto found = lone_bases(reader, whole());
        CHECK(company(reader, found.bases, "東の拠点") == "alone");
        CHECK(company(reader, found.bases, "西の拠点") == "near");
        CHECK(count_of(found.bases, Company::alone) == 1);
        // 250 m cells: the cafeteria lies one cell beside the base
        const auto& near = found.bases.front();
        REQUIRE(near.nearest_m.has_value());
        CHECK(*near.nearest_m == Approx(291).margin(3));
        CHECK(company(reader, lone_bases(reader, whole(), 280).bases, "西の拠点") == "alone");
        CHECK(company(reader, lone_bases(reader, whole(), 280).places, "西の食堂") == "alone");
    }
    SECTION("a tie links over any distance, whichever way it leads") {
        const auto reader = tied.tie(RelationKind::refers, "食堂の会", "東の会").reader();
        const auto found = lone_bases(reader, whole());
        CHECK(company(reader, found.bases, "東の拠点") == "linked");
        CHECK(company(reader, found.places, "西の食堂") == "linked");
        NetworkScope other = whole(); // who is tied otherwise than is asked for is tied all the same
        other.kinds = {RelationKind::entrusts};
        CHECK(company(reader, lone_bases(reader, other).bases, "東の拠点") == "linked");
    }
    SECTION("one organization that runs both is with itself") {
        const auto reader = tied.runs("東の会", "西の食堂").reader();
        CHECK(company(reader, lone_bases(reader, whole()).bases, "東の拠点") == "linked");
    }
    SECTION("what ties an organization of two bases ties neither; what ties the place does") {
        tied.runs("東の会", "西の拠点").tie(RelationKind::refers, "東の会", "食堂の会");
        CHECK(company(tied.reader(), lone_bases(tied.reader(), whole()).bases, "東の拠点") == "alone");
        const auto reader = tied.tie(RelationKind::refers, "東の拠点", "食堂の会").reader();
        CHECK(company(reader, lone_bases(reader, whole()).bases, "東の拠点") == "linked");
    }
    SECTION("an ended cafeteria keeps nobody company") {
        AsciiTown ended = town();
        ended.mark('2', closed("kodomo_shokudo", "西の食堂"));
        ended.list({.claims = {{"kodomo_shokudo", AsciiTown::k_municipality, false}}});
        const auto reader = TiedTown(ended).tie(RelationKind::refers, "標市", "西の拠点").reader();
        CHECK(company(reader, lone_bases(reader, whole()).bases, "西の拠点") == "alone");
    }
    SECTION("where no list tells of certified places or cafeterias their absence is not known") {
        AsciiTown none("A1");
        none.mark('1', place("shien_kyoten", "拠点"));
        const auto reader = TiedTown(none).tie(RelationKind::refers, "標市", "拠点").reader();
        CHECK(company(reader, lone_bases(reader, whole()).bases, "拠点") == "unknown");
    }
}

TEST_CASE("what is known to its town alone is near or far where it is so wherever it lies", "[network]") {
    // The cafeteria's point is 291 m from the western base and 2,621 m from the eastern one.
    const auto found = [](double base_m, double cafeteria_m) {
        Place base = place("ikusei_kyoten", "西の拠点");
        Place cafeteria = place("kodomo_shokudo", "西の食堂");
        if (base_m > 0) {
            base.accuracy_m = base_m;
        }
        if (cafeteria_m > 0) {
            cafeteria.accuracy_m = cafeteria_m;
        }
        AsciiTown of = town();
        of.mark('1', base).mark('2', cafeteria);
        const auto reader = TiedTown(of).tie(RelationKind::refers, "標市", "どこかの会").reader();
        const auto all = lone_bases(reader, whole());
        for (const auto& companion : all.bases) { // whichever it is, the distance is that between the points
            const bool is_western = reader.sites()[reader.services()[companion.service].site].name == "西の拠点";
            CHECK((companion.nearest == k_no_index) == (companion.company == Company::alone));
            if (companion.nearest_m) {
                CHECK(*companion.nearest_m == Approx(is_western ? 291 : 2621).margin(10));
            }
        }
        return company(reader, all.bases, "西の拠点") + " " + company(reader, all.bases, "東の拠点") + " " +
               company(reader, all.places, "西の食堂");
    };
    CHECK(found(0, 0) == "near alone near");
    CHECK(found(0, 800) == "near alone near");
    CHECK(found(800, 0) == "near alone near");
    CHECK(found(0, 1000) == "unknown alone unknown"); // 1,291 m away where it lies at its circle's far end
    CHECK(found(1000, 0) == "unknown alone unknown");
    CHECK(found(500, 500) == "unknown alone unknown");  // both doubts together
    CHECK(found(0, 2000) == "unknown unknown unknown"); // 621 m from the eastern base at its circle's near end

    SECTION("two at one place are together, however roughly it is known") {
        AsciiTown of = town();
        Place base = place("ikusei_kyoten", "西の拠点");
        base.accuracy_m = 3000;
        of.mark('1', base);
        State state = of.state();
        for (auto& service : state.services) {
            if (state.sites[service.site].name == "西の食堂") {
                service.site = static_cast<std::uint32_t>(std::ranges::find(state.sites, "西の拠点", &SiteRow::name) -
                                                          state.sites.begin());
            }
        }
        const Reader reader(Snapshot::build(state, Taxonomy::shipped(), Holidays::shipped()));
        const auto together = lone_bases(reader, whole());
        CHECK(company(reader, together.bases, "西の拠点") == "near");
        CHECK(together.bases.front().nearest_m == 0.0);
    }
}

TEST_CASE("referrals are summed by period, the unknown apart, and one-way pairs are told", "[network]") {
    const auto reader = TiedTown(town())
                            .refers("センター", "食堂", {.informed = 359, .linked = 45, .fed_back = 0})
                            .refers("センター", "児童館", {.informed = 10, .linked = {}, .fed_back = {}})
                            .refers("食堂", "児童館", {.informed = 5, .linked = 5, .fed_back = 2})
                            .refers("児童館", "センター", {})
                            .refers("センター", "食堂", {.informed = 7, .linked = 1, .fed_back = 0}, "令和6年度")
                            .reader();
    const auto found = referrals(reader, whole());
    REQUIRE(found.periods.size() == 2);
    const auto& last = found.periods[1];
    CHECK(last.period == "令和7年度");
    CHECK(last.sums.informed == KnownSum{.sum = 374, .known = 3, .unknown = 1});
    CHECK(last.sums.linked == KnownSum{.sum = 50, .known = 2, .unknown = 2});
    CHECK(last.sums.fed_back == KnownSum{.sum = 2, .known = 2, .unknown = 2});
    const auto back = [&](const std::string& from, const std::string& to) {
        for (const auto& pair : found.pairs) {
            if (names_of(reader, {pair.from}) == from && names_of(reader, {pair.to}) == to) {
                return std::string{code_of(pair.back)};
            }
        }
        return std::string{"-"};
    };
    CHECK(back("センター", "食堂") == "none");
    CHECK(back("センター", "児童館") == "comes"); // the other refers too
    CHECK(back("児童館", "センター") == "comes");
    CHECK(back("食堂", "児童館") == "comes"); // it tells how it went on
    CHECK(back("食堂", "センター") == "-");
    CHECK(found.one_way == 1);
    CHECK(found.unknown == 0);
    for (const auto& pair : found.pairs) { // of the latest year alone
        CHECK(pair.period == "令和7年度");
        CHECK(pair.sums.informed.sum != 366);
    }

    const auto silent = TiedTown(town()).refers("甲", "乙", {.informed = 3, .linked = {}, .fed_back = {}}).reader();
    CHECK(referrals(silent, whole()).pairs.front().back == WayBack::unknown); // who never asked knows of none
    CHECK(referrals(silent, whole()).periods.front().sums.linked.sum == std::nullopt);
}

TEST_CASE("a referral back that counts nobody is none; one that nobody counted may be one", "[network]") {
    const auto back = [](ReferralCounts reverse) {
        const auto reader = TiedTown(town())
                                .refers("甲", "乙", {.informed = 30, .linked = 4, .fed_back = 0})
                                .refers("乙", "甲", reverse)
                                .reader();
        const auto found = referrals(reader, whole());
        const auto pair = std::ranges::find_if(
            found.pairs, [&](const ReferralPair& of) { return names_of(reader, {of.from}) == "甲"; });
        REQUIRE(pair != found.pairs.end());
        return std::string{code_of(pair->back)};
    };
    CHECK(back({.informed = 0, .linked = 0, .fed_back = 0}) == "none");
    CHECK(back({.informed = 1, .linked = 0, .fed_back = 0}) == "comes");
    CHECK(back({.informed = {}, .linked = 0, .fed_back = 0}) == "comes");
}

TEST_CASE("a year is one period however it is written, and a pair is told by its latest", "[network]") {
    const auto reader = TiedTown(town())
                            .refers("甲", "乙", {.informed = 10, .linked = 3, .fed_back = 2}, "令和6年度")
                            .refers("甲", "乙", {.informed = 20, .linked = 5, .fed_back = 0}, "R7年度")
                            .refers("甲", "乙", {.informed = 1, .linked = 1, .fed_back = 0}, "2025年度")
                            .refers("甲", "乙", {.informed = 500, .linked = 500, .fed_back = 500}, "")
                            .refers("丙", "丁", {.informed = 4, .linked = {}, .fed_back = {}}, "")
                            .refers("丙", "戊", {.informed = 6, .linked = {}, .fed_back = {}}, "令和７年度")
                            .reader();
    const auto found = referrals(reader, whole());
    REQUIRE(found.periods.size() == 3);
    CHECK(found.periods[0].period.empty());
    CHECK(found.periods[1].period == "令和6年度");
    CHECK(found.periods[2].period == "R7年度"); // as it was written first
    CHECK(found.periods[2].sums.informed == KnownSum{.sum = 27, .known = 3, .unknown = 0});
    for (const auto& pair : found.pairs) {
        const auto to = names_of(reader, {pair.to});
        INFO(to);
        if (to == "乙") {
            CHECK(pair.edges.size() == 4);
            CHECK(pair.period == "R7年度");
            CHECK(pair.sums.informed == KnownSum{.sum = 21, .known = 2, .unknown = 0});
            CHECK(pair.back == WayBack::none); // what came back a year ago does not come now
        } else {
            CHECK(pair.period == (to == "丁" ? "" : "R7年度"));
            CHECK(pair.back == WayBack::unknown);
        }
    }
}

TEST_CASE("an organization that holds two groups together is told with what falls apart", "[network]") {
    const auto reader = TiedTown(town())
                            .tie(RelationKind::refers, "かなめ", "甲")
                            .tie(RelationKind::refers, "かなめ", "乙")
                            .tie(RelationKind::refers, "甲", "乙")
                            .tie(RelationKind::entrusts, "丙", "かなめ")
                            .tie(RelationKind::entrusts, "丙", "丁")
                            .tie(RelationKind::refers, "丁", "かなめ")
                            .tie(RelationKind::refers, "かなめ", "丁")       // a second tie between two is none more
                            .tie(RelationKind::coordinates, "甲", "A中学校") // an area holds nobody together
                            .tie(RelationKind::refers, "離れ", "小島")
                            .reader();
    const auto found = hubs(reader, whole());
    CHECK(found.nodes == 7);
    CHECK(found.edges == 7);
    CHECK(found.groups == 2);
    CHECK(found.articulations == 1);
    REQUIRE(found.hubs.size() == 1);
    const auto& hub = found.hubs.front();
    CHECK(names_of(reader, {hub.node}) == "かなめ");
    CHECK(hub.ties == 4);
    CHECK(hub.parts == std::vector<std::uint32_t>{2, 2});
    CHECK(hub.betweenness.value() == Approx(4.0 / 15)); // four of the fifteen pairs of others
    CHECK(hubs(reader, whole(), 10).hubs.front().betweenness == std::nullopt);
    CHECK(hubs(reader, whole(), 10).articulations == 1);
}

TEST_CASE("in a district nobody seems to hold together what other ties join outside it", "[network]") {
    // A ring of four, of which the eastern one lies in the other district; and who holds it to a fifth.
    const auto reader = TiedTown(town())
                            .runs("西の会", "西の拠点")
                            .runs("東の会", "東の拠点")
                            .tie(RelationKind::refers, "西の会", "甲")
                            .tie(RelationKind::entrusts, "西の会", "乙")
                            .tie(RelationKind::refers, "東の会", "甲")
                            .tie(RelationKind::refers, "東の会", "乙")
                            .tie(RelationKind::refers, "東の会", "丙")
                            .reader();
    const auto all = hubs(reader, whole());
    CHECK(all.asked == 5);
    CHECK(all.articulations == 1);
    NetworkScope scope = whole();
    scope.district = reader.find_district("chugakkoku", "A").value();
    scope.kinds = {RelationKind::refers}; // kinds have no say here either
    const auto found = hubs(reader, scope);
    CHECK(found.nodes == 5);
    CHECK(found.edges == 5);
    CHECK(found.groups == 1);
    CHECK(found.asked == 3); // 西の会, 甲, 乙
    CHECK(found.articulations == 0);
    for (const auto& hub : found.hubs) {
        CHECK(names_of(reader, {hub.node}) != "東の会");
        CHECK(hub.parts.empty());
        const auto same = std::ranges::find(all.hubs, hub.node, &Hub::node);
        REQUIRE(same != all.hubs.end());
        CHECK(hub.betweenness == same->betweenness);
    }
    scope.district = reader.find_district("chugakkoku", "B").value();
    const auto east = hubs(reader, scope);
    CHECK(east.asked == 4);
    CHECK(east.articulations == 1);
    REQUIRE_FALSE(east.hubs.empty());
    CHECK(names_of(reader, {east.hubs.front().node}) == "東の会");
    CHECK(east.hubs.front().parts == std::vector<std::uint32_t>{3, 1});
}

TEST_CASE("districts without a coordinator or a meeting are told where ties speak of their layer", "[network]") {
    AsciiTown of("A1 B C D");
    of.mark('1', place("jidokan", "館")).suspend('D');
    CHECK(district_forums(TiedTown(of).tie(RelationKind::refers, "甲", "乙").reader(), whole()).empty());
    const auto reader = TiedTown(of)
                            .tie(RelationKind::coordinates, "甲", "A中学校")
                            .tie(RelationKind::coordinates, "甲", "B中学校",
                                 [](RelationReading& tie) { tie.valid_to = parse_day("2026-03-31"); })
                            .meets(ForumKind::area_conference, "Cの会議", {},
                                   [](ForumReading& forum) { forum.layer = "chugakkoku", forum.area = "C中学校"; })
                            .meets(ForumKind::protection_council, "要対協", {"甲"})
                            .reader();
    const auto layers = district_forums(reader, whole());
    REQUIRE(layers.size() == 1);
    CHECK(layers[0].layer == "chugakkoku");
    CHECK(layers[0].municipality == "99201");
    REQUIRE(layers[0].districts.size() == 3); // D rests
    CHECK(names_of(reader, layers[0].districts[0].coordinators) == "甲");
    CHECK(layers[0].districts[1].coordinators.empty());
    CHECK(names_of(reader, layers[0].districts[2].forums) == "Cの会議");
    CHECK(layers[0].without_coordinator == 2);
    CHECK(layers[0].without_forum == 2);
    CHECK(layers[0].without_either == 1);
    CHECK(district_forums(reader, whole("2026-03-31"))[0].without_coordinator == 1);
}

TEST_CASE("those missing from the protection council are told where its members are", "[network]") {
    AsciiTown of("A1 A2 A3 A4 A5");
    of.mark('1', place("kodomo_katei_center", "センター"))
        .mark('2', place("ikusei_kyoten", "拠点"))
        .mark('3', place("kodomo_shokudo", "食堂"))
        .mark('4', place("jido_yogo_shisetsu", "施設"))
        .mark('5', place("shien_kyoten", "名のない拠点"));
    TiedTown tied(of);
    tied.runs("標市", "センター").runs("拠点の会", "拠点").runs("食堂の会", "食堂").runs("施設の会", "施設");
    SECTION("no row speaks of a council") {
        const auto reader = tied.tie(RelationKind::refers, "標市", "拠点の会").reader();
        const auto gaps = council_gaps(reader, whole());
        REQUIRE(gaps.size() == 1);
        CHECK(gaps[0].known == CouncilKnown::no_council);
        CHECK(gaps[0].expected == 3);
        CHECK(gaps[0].missing.empty());
    }
    SECTION("nobody says who belongs to it") {
        const auto reader = tied.meets(ForumKind::protection_council, "要対協", {}).reader();
        CHECK(council_gaps(reader, whole())[0].known == CouncilKnown::no_members);
        CHECK(council_gaps(reader, whole())[0].missing.empty());
    }
    SECTION("members by the council's row, by a tie, and by their place") {
        const auto reader = tied.meets(ForumKind::protection_council, "要対協", {"標市", "警察署"})
                                .meets(ForumKind::round_table, "連絡会", {"拠点の会"})
                                .tie(RelationKind::member_of, "施設", "要対協")
                                .reader();
        const auto gaps = council_gaps(reader, whole());
        REQUIRE(gaps.size() == 1);
        CHECK(gaps[0].known == CouncilKnown::told);
        CHECK(gaps[0].members == 3);
        CHECK(gaps[0].expected == 3); // a cafeteria is not expected there
        REQUIRE(gaps[0].missing.size() == 1);
        CHECK(reader.organizations()[gaps[0].missing[0].organization].name == "拠点の会");
        CHECK(places_of(reader, gaps[0].missing[0].services) == "拠点");
        CHECK(places_of(reader, gaps[0].run_by_nobody_known) == "名のない拠点");
    }
}
