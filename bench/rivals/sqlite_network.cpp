#include "bench/rivals/sqlite_network.hpp"

#include "bench/rivals/sqlite_calls.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <queue>
#include <string>
#include <type_traits>

namespace shirube::bench {

using directory::Reader;
using directory::TieGraph;

SqliteNetwork::SqliteNetwork(const Reader& reader, const TieGraph& graph) {
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
    for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
        insert("INSERT INTO node VALUES (?)", i);
    }
    for (const auto& [a, b] : graph.edges) {
        insert("INSERT INTO edge VALUES (?, ?)", a, b);
        insert("INSERT INTO edge VALUES (?, ?)", b, a);
    }
    run(database_, "COMMIT; ANALYZE");
}

SqliteNetwork::~SqliteNetwork() { sqlite3_close(database_); }

std::int64_t SqliteNetwork::ends() {
    return number("SELECT count(*) FROM party JOIN organization USING (name, municipality)");
}

std::int64_t SqliteNetwork::groups() {
    std::int64_t found = 0;
    run(database_, "CREATE TEMP TABLE seen (id INTEGER PRIMARY KEY)");
    while (true) {
        const auto start = number("SELECT coalesce(min(id), -1) FROM node WHERE id NOT IN (SELECT id FROM seen)");
        if (start < 0) {
            break;
        }
        ++found;
        run(database_, fmt::format("INSERT INTO seen WITH RECURSIVE reached(id) AS (SELECT {} UNION SELECT edge.b FROM "
                                   "reached JOIN edge ON edge.a = reached.id) SELECT id FROM reached",
                                   start)
                           .c_str());
    }
    run(database_, "DROP TABLE seen");
    return found;
}

std::int64_t SqliteNetwork::number(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    check(sqlite3_prepare_v2(database_, sql, -1, &statement, nullptr), database_, sql);
    check(sqlite3_step(statement), database_, sql);
    const auto value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return value;
}

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

} // namespace shirube::bench
