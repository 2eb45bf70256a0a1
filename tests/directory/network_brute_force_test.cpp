// Betweenness and what falls apart, held against published figures and against enumeration on graphs thrown with dice;
// scopes and lists, against simple loops on a random town with ties.
#include "directory/fold.hpp"
#include "directory/network/measures/hubs.hpp"
#include "directory/network/measures/lone_bases.hpp"
#include "directory/network/measures/referrals.hpp"
#include "directory/network/measures/tie_graph.hpp"
#include "directory/network/measures/untied_places.hpp"
#include "directory/network/period.hpp"
#include "directory/snapshot/snapshot.hpp"
#include "geo/distance.hpp"
#include "network_naive.hpp"
#include "network_random_town.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <set>

using namespace shirube;
using namespace shirube::directory;
using namespace shirube::directory::test;

namespace {

Edges random_edges(Dice& dice, std::uint32_t vertices, std::size_t one_in) {
    Edges edges;
    for (std::uint32_t a = 0; a < vertices; ++a) {
        for (std::uint32_t b = a + 1; b < vertices; ++b) {
            if (dice.one_in(one_in)) {
                edges.emplace_back(a, b);
            }
        }
    }
    return edges;
}

Reader reader_of(State state) {
    return Reader(Snapshot::build(std::move(state), Taxonomy::shipped(), Holidays::shipped()));
}

/// The random town where referrals are counted for periods, one of them written in three ways, many both ways, and some
/// that count none.
State counted_town(std::uint64_t seed) {
    constexpr std::array k_periods{"", "", "累計", "令和6年度", "令和7年度", "R7年度", "2025年度"};
    State state = tied_town(seed);
    Dice dice(seed + 41);
    const std::size_t count = state.relations.size();
    for (std::size_t i = 0; i < count; ++i) {
        if (state.relations[i].reading.kind != RelationKind::refers) {
            continue;
        }
        for (std::size_t more = dice.below(3); more > 0; --more) {
            RelationRow row = state.relations[i];
            row.id = "relation9" + std::to_string(state.relations.size());
            if (dice.one_in(2)) {
                std::swap(row.reading.from, row.reading.to);
            }
            state.relations.push_back(std::move(row));
        }
    }
    for (auto& row : state.relations) {
        row.reading.period = k_periods.at(dice.below(k_periods.size()));
        if (dice.one_in(3)) {
            row.reading.referrals.informed = 0;
        }
        if (dice.one_in(3)) {
            row.reading.referrals.fed_back = 0;
        }
    }
    return state;
}

/// How late those periods are.
int rank_of(const std::string& period) {
    return period.empty() ? 0 : period == "累計" ? 1 : period == "令和6年度" ? 2 : 3;
}

} // namespace

TEST_CASE("betweenness has its published values on a path, a star and Krackhardt's kite", "[network]") {
    const auto betweenness = [](std::uint32_t vertices, const Edges& edges) {
        std::vector<double> values;
        for (const auto& weight : weigh(vertices, edges)) {
            values.push_back(weight.betweenness);
        }
        return values;
    };
    const auto star = betweenness(5, {{0, 1}, {0, 2}, {0, 3}, {0, 4}});
    CHECK(star[0] == Approx(1)); // Freeman 1977: the centre of a star has all there is
    CHECK(star[1] == Approx(0));
    const auto path = betweenness(5, {{0, 1}, {1, 2}, {2, 3}, {3, 4}});
    CHECK(path[1] == Approx(3.0 / 6));
    CHECK(path[2] == Approx(4.0 / 6));
    // Krackhardt 1990: Andre, Beverly, Carol, Diane, Ed, Fernando, Garth, Heather, Ike, Jane; Heather is the bridge.
    const Edges kite{{0, 1}, {0, 2}, {0, 3}, {0, 5}, {1, 3}, {1, 4}, {1, 6}, {2, 3}, {2, 5},
                     {3, 4}, {3, 5}, {3, 6}, {4, 6}, {5, 6}, {5, 7}, {6, 7}, {7, 8}, {8, 9}};
    const std::vector<double> published{0.023, 0.023, 0, 0.102, 0, 0.231, 0.231, 0.389, 0.222, 0};
    const auto found = betweenness(10, kite);
    for (std::size_t i = 0; i < published.size(); ++i) {
        INFO(i);
        CHECK(found[i] == Approx(published[i]).margin(0.0006));
    }
    const auto weights = weigh(10, kite);
    CHECK(weights[7].parts == std::vector<std::uint32_t>{7, 2});
    CHECK(weights[8].parts == std::vector<std::uint32_t>{8, 1});
    CHECK(weights[3].parts.empty()); // the best known holds nobody apart
}

TEST_CASE("weights are what enumeration finds, on graphs of every density", "[network]") {
    Dice dice(17);
    for (int round = 0; round < 60; ++round) {
        const auto vertices = static_cast<std::uint32_t>(1 + dice.below(9));
        const Edges edges = random_edges(dice, vertices, 1 + dice.below(5));
        const auto weights = weigh(vertices, edges);
        const auto betweenness = naive_betweenness(vertices, edges);
        const auto parts = naive_parts(vertices, edges);
        REQUIRE(weights.size() == vertices);
        for (std::uint32_t i = 0; i < vertices; ++i) {
            INFO(round << ": vertex " << i << " of " << vertices);
            CHECK(weights[i].betweenness == Approx(betweenness[i]).margin(1e-12));
            CHECK(weights[i].parts == parts[i]);
        }
    }
    // Larger, where only what falls apart can be looked for by removal.
    for (int round = 0; round < 10; ++round) {
        const Edges edges = random_edges(dice, 80, 40);
        const auto weights = weigh(80, edges, false);
        const auto parts = naive_parts(80, edges);
        for (std::uint32_t i = 0; i < 80; ++i) {
            CHECK(weights[i].parts == parts[i]);
        }
    }
}

TEST_CASE("scopes, sums and lists of a random town are what simple loops find", "[network]") {
    const auto seed = GENERATE(range(1, 5));
    const auto reader = reader_of(counted_town(static_cast<std::uint64_t>(seed)));
    const Network& network = reader.network();
    REQUIRE(network.edges().size() > 400);
    Dice dice(static_cast<std::uint64_t>(seed) + 99);

    for (std::uint32_t i = 0; i < network.nodes().size(); ++i) { // a steady order, and edges at both their ends
        CHECK((i == 0 || std::tie(network.nodes()[i - 1].kind, network.nodes()[i - 1].key) <
                             std::tie(network.nodes()[i].kind, network.nodes()[i].key)));
        std::vector<std::uint32_t> edges;
        for (std::uint32_t e = 0; e < network.edges().size(); ++e) {
            if (network.edges()[e].from == i || network.edges()[e].to == i) {
                edges.push_back(e);
            }
        }
        CHECK(std::ranges::equal(network.edges_of(i), edges));
    }
    // Parties: an organization or a place that is found is called as the tie calls it.
    for (std::uint32_t e = 0; e < reader.relations().size(); ++e) {
        const auto& said = reader.relations()[e].reading;
        for (const auto& [party, node] :
             {std::pair(said.from, network.edges()[e].from), std::pair(said.to, network.edges()[e].to)}) {
            CHECK(fold(network.nodes()[node].name) == fold(party.name));
            if (network.nodes()[node].kind == PartyKind::site && !party.municipality.empty()) {
                CHECK(reader.sites()[network.nodes()[node].rows.front()].municipality == party.municipality);
            }
        }
    }

    for (int round = 0; round < 40; ++round) {
        NetworkScope scope{.day = *parse_day("2024-04-01") + std::chrono::days{dice.below(1100)}};
        if (dice.one_in(2)) {
            scope.municipality = reader.sites()[*reader.sites().indices().begin()].municipality;
        }
        if (dice.one_in(3)) {
            scope.kinds = {static_cast<RelationKind>(dice.below(7)), RelationKind::refers};
        }
        const auto view = view_of(reader, scope);
        CHECK(view.edges == naive_edges(reader, scope));

        // Measures are of every kind, whatever is asked for.
        NetworkScope of_all = scope;
        of_all.kinds.clear();
        const auto all = naive_edges(reader, of_all);
        std::map<int, ReferralSums> periods;
        std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::uint32_t>> pairs;
        for (const auto e : all) {
            const auto& edge = network.edges()[e];
            if (edge.kind == RelationKind::refers) {
                const auto& reading = reader.relations()[edge.relation].reading;
                pairs[{edge.from, edge.to}].push_back(e);
                periods[rank_of(reading.period)].informed.add(reading.referrals.informed);
            }
        }
        const auto flow = referrals(reader, scope);
        REQUIRE(flow.periods.size() == periods.size());
        for (const auto& period : flow.periods) {
            CHECK(period.sums.informed == periods[rank_of(period.period)].informed);
        }
        CHECK(std::ranges::is_sorted(flow.periods, {}, [](const auto& of) { return rank_of(of.period); }));
        // Of the rows of a pair's latest period: whether all that they tell is that nobody was told, what they add up
        // to.
        const auto latest_of = [&](const std::vector<std::uint32_t>& edges) {
            int rank = -1;
            ReferralSums sums;
            for (const auto e : edges) {
                const auto& reading = reader.relations()[network.edges()[e].relation].reading;
                if (rank_of(reading.period) > rank) {
                    rank = rank_of(reading.period);
                    sums = {};
                }
                if (rank_of(reading.period) == rank) {
                    sums.informed.add(reading.referrals.informed);
                    sums.linked.add(reading.referrals.linked);
                    sums.fed_back.add(reading.referrals.fed_back);
                }
            }
            return std::pair(rank, sums);
        };
        REQUIRE(flow.pairs.size() == pairs.size());
        for (const auto& pair : flow.pairs) {
            CHECK(pair.edges == pairs[{pair.from, pair.to}]);
            const auto [rank, sums] = latest_of(pair.edges);
            CHECK(rank_of(pair.period) == rank);
            CHECK(pair.sums == sums);
            bool refers_back = false;
            if (const auto reverse = pairs.find({pair.to, pair.from}); reverse != pairs.end()) {
                const auto informed = latest_of(reverse->second).second.informed;
                refers_back = informed.unknown > 0 || informed.sum.value_or(0) > 0;
            }
            CHECK(pair.back == (refers_back || sums.fed_back.sum.value_or(0) > 0 ? WayBack::comes
                                : sums.fed_back.unknown == 0                     ? WayBack::none
                                                                                 : WayBack::unknown));
        }

        std::set<std::uint32_t> ends;
        for (const auto e : all) {
            ends.insert({network.edges()[e].from, network.edges()[e].to});
        }
        std::size_t tied = 0;
        std::size_t untied = 0;
        for (const auto service : reader.services().indices()) {
            const auto& row = reader.services()[service];
            const auto status = reader.status_on(service, scope.day);
            // One that lies nowhere is of whom it serves.
            std::set<std::string> whose{reader.sites()[row.site].municipality};
            if (whose.contains("")) {
                whose = {row.serves.begin(), row.serves.end()};
                for (const auto district : reader.serves(service)) {
                    whose.insert(reader.districts()[district].municipality);
                }
            }
            if ((status != Status::active && status != Status::pilot) ||
                reader.taxonomy().at(reader.taxonomy().family_of(row.programme)).code == "carriers" ||
                (!scope.municipality.empty() && !whose.contains(scope.municipality))) {
                continue;
            }
            bool has_tie = false;
            for (const auto node : ends) {
                const auto& of = network.nodes()[node];
                has_tie = has_tie || (of.kind == PartyKind::site && std::ranges::count(of.rows, row.site) > 0) ||
                          (of.kind == PartyKind::organization && row.organization != k_no_index &&
                           std::ranges::count(of.rows, row.organization) > 0);
            }
            ++(has_tie ? tied : untied);
        }
        const auto places = untied_places(reader, scope);
        CHECK(places.tied == tied);
        CHECK(places.untied + places.unknown == untied);
    }
}

TEST_CASE("who is near, may be near or is alone is so by looking at every place and its circle", "[network]") {
    const auto seed = GENERATE(range(1, 6));
    auto state = tied_town(static_cast<std::uint64_t>(seed));
    Dice dice(static_cast<std::uint64_t>(seed) + 7);
    for (auto& site : state.sites) { // some are known no better than by a large town
        if (site.accuracy_m && dice.one_in(2)) {
            site.accuracy_m = dice.between(500, 5000);
        }
    }
    const auto reader = reader_of(std::move(state));
    const double reach_m = dice.between(300, 3000);
    const auto& taxonomy = reader.taxonomy();
    NetworkScope scope{.day = *parse_day("2026-04-01")};
    if (dice.one_in(2)) {
        scope.municipality = reader.sites()[*reader.sites().indices().begin()].municipality;
    }
    const auto is_of = [&](std::uint32_t service, const std::set<std::string>& programmes) {
        for (std::optional<ProgrammeIndex> at = reader.services()[service].programme; at;
             at = taxonomy.at(*at).parent) {
            if (programmes.contains(taxonomy.at(*at).code)) {
                return true;
            }
        }
        return false;
    };
    const std::set<std::string> base_codes{"ikusei_kyoten", "shien_kyoten", "daisan_no_ibasho"};
    const std::set<std::string> place_codes{"nintei_ibasho", "kodomo_shokudo"};
    std::map<Company, int> seen;
    const auto check = [&](const std::vector<Companion>& all, const std::set<std::string>& partners) {
        for (const auto& of : all) {
            std::vector<double> sure;
            std::vector<double> possible;
            bool is_close_call = false;
            const auto here = reader.services()[of.service].site;
            const auto& site = reader.sites()[here];
            for (const auto other : reader.services().indices()) {
                const auto there = reader.services()[other].site;
                const auto& partner = reader.sites()[there];
                const auto status = reader.status_on(other, scope.day);
                if (other == of.service || !is_of(other, partners) || !site.position || !partner.position ||
                    (status != Status::active && status != Status::pilot)) {
                    continue;
                }
                const double metres = geo::distance_m(*site.position, *partner.position);
                const double doubt = here == there ? 0 : site.accuracy_m.value_or(0) + partner.accuracy_m.value_or(0);
                const double slack = 0.002 * (metres + 1);
                is_close_call = is_close_call || std::abs(metres + doubt - reach_m) < slack ||
                                std::abs(metres - doubt - reach_m) < slack;
                if (metres + doubt <= reach_m) {
                    sure.push_back(metres);
                } else if (metres - doubt <= reach_m) {
                    possible.push_back(metres);
                }
            }
            if (is_close_call) {
                continue; // distances are measured in two ways here
            }
            INFO(reader.services()[of.service].id);
            ++seen[of.company];
            const auto& nearest = sure.empty() ? possible : sure;
            REQUIRE(of.nearest_m.has_value() == !nearest.empty());
            CHECK((of.nearest != k_no_index) == !nearest.empty());
            if (of.nearest_m) {
                CHECK(*of.nearest_m == Approx(*std::ranges::min_element(nearest)).epsilon(0.002).margin(0.01));
            }
            if (of.company == Company::linked) {
                continue;
            }
            CHECK((of.company == Company::near) == !sure.empty());
            if (sure.empty() && !possible.empty()) {
                CHECK(of.company == Company::unknown);
            }
        }
    };
    const auto found = lone_bases(reader, scope, reach_m);
    REQUIRE(found.bases.size() + found.places.size() > 0);
    check(found.bases, place_codes);
    check(found.places, base_codes);
    CHECK(seen[Company::near] + seen[Company::unknown] + seen[Company::linked] + seen[Company::alone] > 0);
}

TEST_CASE("a period is the same however its year is written, and years ascend", "[network]") {
    const auto key = period_key("令和7年度");
    for (const auto* same : {"R7年度", "r7年度", "令和７年度", "令和 07 年度", "2025年度", "２０２５年度", "㋿7年度"}) {
        INFO(same);
        CHECK(period_key(same) == key);
    }
    CHECK(period_key("平成31年度") == period_key("令和元年度"));
    CHECK(period_key("H30年度") == period_key("2018年度"));
    CHECK(period_key("令和7年") != key); // a calendar year is another
    CHECK(period_key("令和７年") == period_key("2025年"));
    CHECK(period_key("令和7年度上半期") == period_key("2025年度 上半期"));
    CHECK(period_key("令和7年度上半期") != key);
    for (const auto* other : {"令和7", "2025", "12025年度", "令和123年度", "R年度", "年度", "累計"}) {
        INFO(other);
        CHECK(period_key(other) < period_key("1950年度"));
        CHECK_FALSE(period_key(other).empty());
    }
    CHECK(period_key("").empty());
    CHECK(period_key("　").empty());
    CHECK(period_key("累計") == period_key(" 累計　"));
    CHECK(period_key("H30年度") < period_key("R2年度"));
    CHECK(period_key("2025年9月") < period_key("令和7年10月"));
}
