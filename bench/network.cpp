// The network of organizations of a prefecture, and of a country of 200,000 services: put together from ties, and
// measured. Beside it SQLite, which joins ties to organizations by name and finds groups by a recursive query, and a
// plain program that weighs everybody on a matrix of who is tied to whom. Ends, groups and weights are compared before
// anything is timed.
#include "directory/network/network.hpp"

#include "bench/country/country.hpp"
#include "bench/country/tied_country.hpp"
#include "bench/measure/measure.hpp"
#include "bench/rivals/sqlite_network.hpp"
#include "directory/network/measures/council_gaps.hpp"
#include "directory/network/measures/district_forums.hpp"
#include "directory/network/measures/hubs.hpp"
#include "directory/network/measures/lone_bases.hpp"
#include "directory/network/measures/network_change.hpp"
#include "directory/network/measures/referrals.hpp"
#include "directory/network/measures/tie_graph.hpp"
#include "directory/network/measures/untied_places.hpp"
#include "directory/snapshot/snapshot.hpp"
#include "importers/locating/locator.hpp"
#include "server/editions.hpp"
#include "server/pages/pages.hpp"
#include "server/router.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <exception>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace shirube;
using namespace shirube::bench;
using namespace shirube::directory;

namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_municipalities = 40;
constexpr std::size_t k_organizations = 2'000;
constexpr std::size_t k_services_each = 6;
constexpr std::size_t k_ties = 5'000;
constexpr std::size_t k_forums = 120;
const Day k_today = *parse_day("2026-11-26");

/// Organizations with their places in the towns of a prefecture, most ties within a town and some across.
State invented() {
    std::mt19937_64 dice(41);
    const auto below = [&](std::size_t sides) { return static_cast<std::size_t>(dice() % sides); };
    const auto& taxonomy = Taxonomy::shipped();
    const std::vector<std::string> programmes{"shien_kyoten", "ikusei_kyoten", "kodomo_shokudo", "nintei_ibasho",
                                              "jidokan",      "riyosha_shien", "short_stay"};
    State state;
    std::vector<std::string> town_of;
    const auto town = [](std::size_t number) { return fmt::format("99{:03}", 201 + number); };
    for (std::size_t i = 0; i < k_organizations; ++i) {
        const std::size_t at = below(k_municipalities);
        town_of.push_back(town(at));
        state.organizations.push_back({fmt::format("o{:06}", i), fmt::format("社会福祉法人第{}の会", i), ""});
        for (std::size_t j = 0; j < k_services_each; ++j) {
            SiteRow site;
            site.id = fmt::format("p{:06}", state.sites.size());
            site.name = fmt::format("第{}の会の館{}", i, j);
            site.municipality = town_of.back();
            site.position =
                geo::LonLat{139 + 0.1 * static_cast<double>(at % 8) + 1e-5 * static_cast<double>(below(9000)),
                            35 + 0.1 * static_cast<double>(at / 8) + 1e-5 * static_cast<double>(below(9000))};
            site.quality = PositionQuality::exact;
            ServiceRow service;
            service.id = fmt::format("s{:06}", state.services.size());
            service.site = static_cast<std::uint32_t>(state.sites.size());
            service.organization = static_cast<std::uint32_t>(i);
            service.programme = *taxonomy.by_code(programmes[below(programmes.size())]);
            state.sites.push_back(std::move(site));
            state.services.push_back(std::move(service));
        }
    }
    const auto party = [&](std::size_t organization) {
        return PartyReading{
            .name = state.organizations[organization].name, .municipality = town_of[organization], .layer = {}};
    };
    for (std::size_t i = 0; i < k_ties; ++i) {
        RelationRow row;
        row.id = fmt::format("r{:06}", i);
        row.reading.kind = below(2) == 0 ? RelationKind::refers : RelationKind::entrusts;
        const std::size_t from = below(k_organizations);
        std::size_t to = below(k_organizations);
        for (int tries = 0; tries < 30 && town_of[to] != town_of[from]; ++tries) {
            to = below(k_organizations);
        }
        row.reading.from = party(from);
        row.reading.to = party(to);
        row.reading.referrals.informed = static_cast<std::int64_t>(below(100));
        state.relations.push_back(std::move(row));
    }
    for (std::size_t i = 0; i < k_forums; ++i) {
        ForumRow row;
        row.id = fmt::format("f{:06}", i);
        row.reading.name = fmt::format("会議{}", i);
        row.reading.municipality = town(i % k_municipalities);
        for (std::size_t member = 0; member < 15; ++member) {
            row.reading.members.push_back(party(below(k_organizations)));
        }
        state.forums.push_back(std::move(row));
    }
    return state;
}

double milliseconds(const std::function<void()>& work) {
    constexpr std::chrono::milliseconds k_at_least{500};
    return least_seconds(work, k_at_least) * 1000;
}

/// Times in milliseconds, the size they hold for, and what stands beside them.
class Teller {
  public:
    Teller(std::string size, fs::path figures) : size_(std::move(size)), figures_(std::move(figures)) {}

    void operator()(const std::string& name, double our_ms, const std::string& by, std::optional<double> their_ms,
                    std::optional<double> wanted, const std::string& note) const {
        Figure figure;
        figure.name = fmt::format("network: {}, {}", name, size_);
        figure.ours = our_ms;
        figure.unit = "ms";
        figure.better = Better::lower;
        figure.rival = by;
        figure.theirs = their_ms;
        figure.wanted = wanted;
        figure.note = note;
        report(figure, figures_);
    }

  private:
    std::string size_;
    fs::path figures_;
};

double once_ms(const std::function<void()>& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

/// Ends of ties that are known, which the rival must find as well.
void compare_ends(const Reader& reader, SqliteNetwork& rival) {
    std::int64_t ends = 0;
    for (const auto& edge : reader.network().edges()) {
        const auto nodes = reader.network().nodes();
        ends += edge.relation == k_no_index ? 0 : std::int64_t{nodes[edge.from].is_known()} + nodes[edge.to].is_known();
    }
    if (ends != rival.ends() || ends == 0) {
        throw std::runtime_error("ends of ties differ");
    }
    fmt::print("{} ends of ties are the same\n", ends);
}

/// \return how long the rival took, once: it takes seconds
double compare_weights(const TieGraph& graph) {
    const auto ours = weigh(graph.nodes.size(), graph.edges);
    std::vector<double> theirs;
    const double ms = once_ms([&] { theirs = weigh_by_matrix(graph); });
    for (std::size_t i = 0; i < ours.size(); ++i) {
        if (std::abs(ours[i].betweenness - theirs[i]) > 1e-9) {
            throw std::runtime_error("weights differ");
        }
    }
    fmt::print("{} weights are the same\n", ours.size());
    return ms;
}

/// \return how long the rival took, once
double compare_groups(const Reader& reader, const NetworkScope& scope, SqliteNetwork& rival) {
    std::int64_t theirs = 0;
    const double ms = once_ms([&] { theirs = rival.groups(); });
    if (hubs(reader, scope, 0).groups != theirs) {
        throw std::runtime_error("groups differ");
    }
    fmt::print("{} groups are the same\n", theirs);
    return ms;
}

std::string size_of(const Reader& reader) {
    return fmt::format("{} nodes, {} ties", reader.network().nodes().size(), reader.network().edges().size());
}

constexpr const char* k_joined = "SQLite: ends by name, joined alone";
constexpr const char* k_grouped = "SQLite: groups alone, a recursive query";
constexpr const char* k_matrix = "Brandes over a matrix of bits";

void run_prefecture(const fs::path& figures) {
    const Reader reader(Snapshot::build(invented(), Taxonomy::shipped(), Holidays::shipped()));
    const NetworkScope scope{.day = k_today};
    const auto graph = tie_graph(reader.network(), view_of(reader, scope));
    SqliteNetwork rival(reader, graph);
    compare_ends(reader, rival);
    compare_groups(reader, scope, rival);
    const double matrix_ms = compare_weights(graph);

    const Teller tell(size_of(reader), figures);
    tell("put together", milliseconds([&] { const Network made(reader); }), k_joined,
         milliseconds([&] { rival.ends(); }), 100,
         fmt::format("names folded and found among {} organizations and {} places", reader.organizations().size(),
                     reader.sites().size()));
    tell("groups and what falls apart", milliseconds([&] { weigh(graph.nodes.size(), graph.edges, false); }), k_grouped,
         milliseconds([&] { rival.groups(); }), 50, "");
    tell("betweenness", milliseconds([&] { weigh(graph.nodes.size(), graph.edges); }), k_matrix, matrix_ms, {},
         "theirs once");
    tell("places with no tie, company of bases, referrals", milliseconds([&] {
             untied_places(reader, scope);
             lone_bases(reader, scope);
             referrals(reader, scope);
         }),
         "", {}, 100, fmt::format("over {} services", reader.services().size()));
}

/// What a municipality's page asks of the network.
void measure_all(const Reader& reader, const NetworkScope& scope) {
    untied_places(reader, scope);
    lone_bases(reader, scope);
    referrals(reader, scope);
    hubs(reader, scope);
    district_forums(reader, scope);
    council_gaps(reader, scope);
    network_change(reader, scope, scope.day - std::chrono::days{365});
    services_of_nodes(reader, view_of(reader, scope), scope.day);
}

/// The country of all other benches: everything that is asked of the whole, and what the page of its largest town asks.
void run_country(const fs::path& figures) {
    const Country country = make_country();
    const Reader reader(Snapshot::build(tied_country(country), Taxonomy::shipped(), Holidays::shipped()));
    const NetworkScope whole{.day = k_today};
    const auto graph = tie_graph(reader.network(), view_of(reader, whole));
    SqliteNetwork rival(reader, graph);
    compare_ends(reader, rival);
    const double groups_ms = compare_groups(reader, whole, rival);
    const NetworkScope town{.municipality = municipality_code(0),
                            .day = k_today}; // towns are in the order of their size
    const auto of_town = tie_graph(reader.network(), view_of(reader, town));
    const double matrix_ms = compare_weights(of_town);

    const Teller tell(fmt::format("{}, {} services", size_of(reader), reader.services().size()), figures);
    tell("put together", milliseconds([&] { const Network made(reader); }), k_joined,
         milliseconds([&] { rival.ends(); }), {},
         fmt::format("once an edition; names found among {} organizations and {} places", reader.organizations().size(),
                     reader.sites().size()));
    tell("groups and what falls apart", milliseconds([&] { weigh(graph.nodes.size(), graph.edges, false); }), k_grouped,
         groups_ms, {}, "theirs once");
    const bool is_weighed = hubs(reader, whole).is_weighed;
    fmt::print("betweenness of the whole is {}: {} nodes times {} ties, the bound is {}\n",
               is_weighed ? "weighed" : "left unknown", graph.nodes.size(), graph.edges.size(), k_most_weighed);
    tell("every measure of the whole", milliseconds([&] { measure_all(reader, whole); }), "", {}, {},
         is_weighed ? "" : "betweenness is left unknown: too large");
    tell("betweenness of the largest town", milliseconds([&] { weigh(of_town.nodes.size(), of_town.edges); }), k_matrix,
         matrix_ms, {}, fmt::format("{} nodes, {} ties; theirs once", of_town.nodes.size(), of_town.edges.size()));
    tell("every measure of the largest town, as its page asks", milliseconds([&] { measure_all(reader, town); }), "",
         {}, 100, fmt::format("{} nodes", of_town.nodes.size()));
    server::prepare_pages();
    const server::Loaded loaded{reader, std::make_shared<const importers::Locator>(std::vector<TownReading>{})};
    server::Request request;
    request.accept = "text/html";
    request.path = "/network";
    request.query = {{"municipality", town.municipality}};
    std::size_t bytes = 0;
    tell("/network of the largest town", milliseconds([&] {
             const auto answer = server::route(request, &loaded, {k_today, 0});
             if (answer.status != 200) {
                 throw std::runtime_error(fmt::format("/network answered {}", answer.status));
             }
             bytes = answer.content().size();
         }),
         "", {}, 100, fmt::format("the page, {} kB before compression", bytes / 1000));
}

} // namespace

int main(int argc, char** argv) {
    fs::path figures;
    CLI::App app("The network of organizations");
    app.add_option("--figures", figures, "file of JSON lines to add the figures to");
    CLI11_PARSE(app, argc, argv);
    try {
        run_prefecture(figures);
        run_country(figures);
    } catch (const std::exception& error) {
        fmt::print(stderr, "bench_network: {}\n", error.what());
        return 1;
    }
    return 0;
}
