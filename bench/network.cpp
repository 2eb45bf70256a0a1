// The network of organizations of a prefecture: put together from ties, and measured. Beside it SQLite, which joins
// ties to organizations by name and finds groups by a recursive query, and a plain program that weighs everybody on a
// matrix of who is tied to whom. Ends, groups and weights are compared before anything is timed.
#include "directory/network/network.hpp"

#include "bench/measure/measure.hpp"
#include "bench/rivals/sqlite_calls.hpp"
#include "directory/network/measures/hubs.hpp"
#include "directory/network/measures/lone_bases.hpp"
#include "directory/network/measures/referrals.hpp"
#include "directory/network/measures/tie_graph.hpp"
#include "directory/network/measures/untied_places.hpp"
#include "directory/snapshot/snapshot.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <sqlite3.h>

#include <chrono>
#include <cmath>
#include <exception>
#include <queue>
#include <random>
#include <stdexcept>
#include <string>
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

/// The same in SQLite: organizations by name and municipality, and who is tied to whom.
class Rival {
  public:
    explicit Rival(const Reader& reader) {
        check(sqlite3_open(":memory:", &database_), database_, "open");
        run(database_,
            "CREATE TABLE organization (name TEXT, municipality TEXT, id INTEGER, PRIMARY KEY (name, "
            "municipality)) WITHOUT ROWID;"
            "CREATE TABLE party (tie INTEGER, name TEXT, municipality TEXT);"
            "CREATE TABLE edge (a INTEGER, b INTEGER, PRIMARY KEY (a, b)) WITHOUT ROWID;"
            "CREATE TABLE node (id INTEGER PRIMARY KEY); BEGIN");
        const auto insert = [&](const char* sql, const auto&... values) {
            sqlite3_stmt* statement = nullptr;
            check(sqlite3_prepare_v2(database_, sql, -1, &statement, nullptr), database_, sql);
            int at = 0;
            const auto bind = [&](const auto& value) {
                if constexpr (std::is_integral_v<std::decay_t<decltype(value)>>) {
                    sqlite3_bind_int64(statement, ++at, value);
                } else {
                    sqlite3_bind_text(statement, ++at, value.c_str(), -1, SQLITE_TRANSIENT);
                }
            };
            (bind(values), ...);
            check(sqlite3_step(statement), database_, sql);
            sqlite3_finalize(statement);
        };
        for (const auto service : reader.services().indices()) {
            const auto& row = reader.services()[service];
            insert("INSERT OR IGNORE INTO organization VALUES (?, ?, ?)", reader.organizations()[row.organization].name,
                   reader.sites()[row.site].municipality, row.organization);
        }
        for (std::uint32_t i = 0; i < reader.relations().size(); ++i) {
            for (const auto* end : {&reader.relations()[i].reading.from, &reader.relations()[i].reading.to}) {
                insert("INSERT INTO party VALUES (?, ?, ?)", i, end->name, end->municipality);
            }
        }
        const auto graph = tie_graph(reader.network(), view_of(reader, {.day = k_today}));
        for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
            insert("INSERT INTO node VALUES (?)", i);
        }
        for (const auto& [a, b] : graph.edges) {
            insert("INSERT INTO edge VALUES (?, ?)", a, b);
            insert("INSERT INTO edge VALUES (?, ?)", b, a);
        }
        run(database_, "COMMIT; ANALYZE");
    }
    Rival(const Rival&) = delete;
    Rival& operator=(const Rival&) = delete;
    ~Rival() { sqlite3_close(database_); }

    /// Ends of ties that are known organizations.
    std::int64_t ends() { return number("SELECT count(*) FROM party JOIN organization USING (name, municipality)"); }

    /// Groups that nothing ties to each other: those reached from the node of each, numbered by the smallest.
    std::int64_t groups() {
        std::int64_t found = 0;
        run(database_, "CREATE TEMP TABLE seen (id INTEGER PRIMARY KEY)");
        while (true) {
            const auto start = number("SELECT coalesce(min(id), -1) FROM node WHERE id NOT IN (SELECT id FROM seen)");
            if (start < 0) {
                break;
            }
            ++found;
            run(database_,
                fmt::format("INSERT INTO seen WITH RECURSIVE reached(id) AS (SELECT {} UNION SELECT edge.b FROM "
                            "reached JOIN edge ON edge.a = reached.id) SELECT id FROM reached",
                            start)
                    .c_str());
        }
        run(database_, "DROP TABLE seen");
        return found;
    }

  private:
    std::int64_t number(const char* sql) {
        sqlite3_stmt* statement = nullptr;
        check(sqlite3_prepare_v2(database_, sql, -1, &statement, nullptr), database_, sql);
        check(sqlite3_step(statement), database_, sql);
        const auto value = sqlite3_column_int64(statement, 0);
        sqlite3_finalize(statement);
        return value;
    }

    sqlite3* database_ = nullptr;
};

/// Brandes' sums over a matrix of bits: what one writes without a library of graphs.
std::vector<double> weigh_by_matrix(const TieGraph& graph) {
    const std::size_t count = graph.nodes.size();
    std::vector<std::vector<bool>> tied(count, std::vector<bool>(count));
    for (const auto& [a, b] : graph.edges) {
        tied[a][b] = tied[b][a] = true;
    }
    std::vector<double> weights(count);
    for (std::size_t from = 0; from < count; ++from) {
        std::vector<std::size_t> order;
        std::vector<int> far(count, -1);
        std::vector<double> ways(count);
        std::vector<double> depends(count);
        std::queue<std::size_t> open;
        far[from] = 0;
        ways[from] = 1;
        open.push(from);
        while (!open.empty()) {
            const auto at = open.front();
            open.pop();
            order.push_back(at);
            for (std::size_t next = 0; next < count; ++next) {
                if (!tied[at][next]) {
                    continue;
                }
                if (far[next] < 0) {
                    far[next] = far[at] + 1;
                    open.push(next);
                }
                ways[next] += far[next] == far[at] + 1 ? ways[at] : 0;
            }
        }
        for (std::size_t i = order.size(); i-- > 1;) {
            const auto at = order[i];
            for (std::size_t before = 0; before < count; ++before) {
                if (tied[at][before] && far[before] + 1 == far[at]) {
                    depends[before] += ways[before] / ways[at] * (1 + depends[at]);
                }
            }
            weights[at] += depends[at];
        }
    }
    const double pairs = static_cast<double>(count - 1) * static_cast<double>(count - 2);
    for (auto& weight : weights) {
        weight /= pairs; // each pair was counted from both its ends
    }
    return weights;
}

double milliseconds(const std::function<void()>& work) {
    constexpr std::chrono::milliseconds k_at_least{500};
    return least_seconds(work, k_at_least) * 1000;
}

void run_all(const fs::path& figures) {
    const Reader reader(Snapshot::build(invented(), Taxonomy::shipped(), Holidays::shipped()));
    const NetworkScope scope{.day = k_today};
    const auto graph = tie_graph(reader.network(), view_of(reader, scope));
    Rival rival(reader);

    std::int64_t ends = 0;
    for (const auto& edge : reader.network().edges()) {
        const auto nodes = reader.network().nodes();
        ends += edge.relation == k_no_index ? 0 : std::int64_t{nodes[edge.from].is_known()} + nodes[edge.to].is_known();
    }
    if (ends != rival.ends() || ends == 0) {
        throw std::runtime_error("ends of ties differ");
    }
    const auto found = hubs(reader, scope, ~std::uint64_t{0});
    if (found.groups != rival.groups()) {
        throw std::runtime_error("groups differ");
    }
    const auto ours = weigh(graph.nodes.size(), graph.edges);
    const auto begin = std::chrono::steady_clock::now();
    const auto theirs = weigh_by_matrix(graph); // takes seconds: once is enough
    const double matrix_ms =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
    for (std::size_t i = 0; i < ours.size(); ++i) {
        if (std::abs(ours[i].betweenness - theirs[i]) > 1e-9) {
            throw std::runtime_error("weights differ");
        }
    }
    fmt::print("{} ends of ties, {} groups and {} weights are the same\n", ends, found.groups, ours.size());

    const std::string size =
        fmt::format("{} nodes, {} ties", reader.network().nodes().size(), reader.network().edges().size());
    const auto tell = [&](const std::string& name, double our_ms, const std::string& by, std::optional<double> their_ms,
                          std::optional<double> wanted, const std::string& note) {
        Figure figure;
        figure.name = fmt::format("network: {}, {}", name, size);
        figure.ours = our_ms;
        figure.unit = "ms";
        figure.better = Better::lower;
        figure.rival = by;
        figure.theirs = their_ms;
        figure.wanted = wanted;
        figure.note = note;
        report(figure, figures);
    };
    tell("put together", milliseconds([&] { const Network made(reader); }), "SQLite: ends by name, joined alone",
         milliseconds([&] { rival.ends(); }), 100,
         fmt::format("names folded and found among {} organizations and {} places", reader.organizations().size(),
                     reader.sites().size()));
    tell("groups and what falls apart", milliseconds([&] { weigh(graph.nodes.size(), graph.edges, false); }),
         "SQLite: groups alone, a recursive query", milliseconds([&] { rival.groups(); }), 50, "");
    tell("betweenness", milliseconds([&] { weigh(graph.nodes.size(), graph.edges); }), "Brandes over a matrix of bits",
         matrix_ms, {}, "theirs once");
    tell("places with no tie, company of bases, referrals", milliseconds([&] {
             untied_places(reader, scope);
             lone_bases(reader, scope);
             referrals(reader, scope);
         }),
         "", {}, 100, fmt::format("over {} services", reader.services().size()));
}

} // namespace

int main(int argc, char** argv) {
    fs::path figures;
    CLI::App app("The network of organizations");
    app.add_option("--figures", figures, "file of JSON lines to add the figures to");
    CLI11_PARSE(app, argc, argv);
    try {
        run_all(figures);
    } catch (const std::exception& error) {
        fmt::print(stderr, "bench_network: {}\n", error.what());
        return 1;
    }
    return 0;
}
