// Betweenness and what falls apart, held against published figures and against enumeration on graphs thrown with dice;
// scopes and lists, against simple loops on a random town with ties.
#include "directory/fold.hpp"
#include "directory/network/measures/hubs.hpp"
#include "directory/network/measures/lone_bases.hpp"
#include "directory/network/measures/referrals.hpp"
#include "directory/network/measures/tie_graph.hpp"
#include "directory/network/measures/untied_places.hpp"
#include "directory/snapshot/snapshot.hpp"
#include "geo/distance.hpp"
#include "network_naive.hpp"
#include "network_random_town.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
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
    const auto reader = reader_of(tied_town(static_cast<std::uint64_t>(seed)));
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

        ReferralSums sums;
        std::set<std::pair<std::uint32_t, std::uint32_t>> pairs;
        for (const auto e : view.edges) {
            const auto& edge = network.edges()[e];
            if (edge.kind == RelationKind::refers) {
                pairs.emplace(edge.from, edge.to);
                sums.informed.add(reader.relations()[edge.relation].reading.referrals.informed);
            }
        }
        const auto flow = referrals(reader, scope);
        CHECK(flow.pairs.size() == pairs.size());
        if (!flow.periods.empty()) {
            CHECK(flow.periods.front().sums.informed == sums.informed);
        }
        for (const auto& pair : flow.pairs) {
            std::int64_t fed_back = 0;
            bool is_known = true;
            for (const auto e : pair.edges) {
                const auto& counted = reader.relations()[network.edges()[e].relation].reading.referrals.fed_back;
                fed_back += counted.value_or(0);
                is_known = is_known && counted.has_value();
            }
            const bool refers_back = pairs.contains({pair.to, pair.from});
            CHECK(pair.back == (refers_back || fed_back > 0 ? WayBack::comes
                                : is_known                  ? WayBack::none
                                                            : WayBack::unknown));
        }

        std::set<std::uint32_t> ends;
        for (const auto e : view.edges) {
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

TEST_CASE("the nearest company is the nearest there is, by looking at every place", "[network]") {
    const auto reader = reader_of(tied_town(7));
    const NetworkScope scope{.day = *parse_day("2026-04-01")};
    const auto& taxonomy = reader.taxonomy();
    const std::set<std::string> place_codes{"nintei_ibasho", "kodomo_shokudo"};
    const auto stands = [&](std::uint32_t service) {
        const auto status = reader.status_on(service, scope.day);
        return status == Status::active || status == Status::pilot;
    };
    const auto found = lone_bases(reader, scope, 2500);
    REQUIRE(found.bases.size() + found.places.size() > 0);
    for (const auto& of : found.bases) {
        double nearest = 2500;
        bool is_any = false;
        const auto& site = reader.sites()[reader.services()[of.service].site];
        for (const auto other : reader.services().indices()) {
            const auto& row = reader.services()[other];
            const auto& position = reader.sites()[row.site].position;
            if (place_codes.contains(taxonomy.at(row.programme).code) && stands(other) && site.position && position) {
                const double metres = geo::distance_m(*site.position, *position);
                is_any = is_any || metres < 2500;
                nearest = std::min(nearest, metres);
            }
        }
        CHECK(of.nearest_m.has_value() == is_any);
        if (is_any && of.nearest_m) {
            CHECK(*of.nearest_m == Approx(nearest).epsilon(0.001));
        }
    }
}
