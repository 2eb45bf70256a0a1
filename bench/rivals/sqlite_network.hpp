// Ties joined and measured in SQLite, and betweenness over a matrix of who is tied to whom: what one writes without a
// network of one's own and without a library of graphs.
#pragma once

#include "directory/network/measures/tie_graph.hpp"
#include "directory/reader.hpp"

#include <sqlite3.h>

#include <cstdint>
#include <vector>

namespace shirube::bench {

/// Organizations by name and municipality, and who is tied to whom, in a database in memory.
class SqliteNetwork {
  public:
    SqliteNetwork(const directory::Reader& reader, const directory::TieGraph& graph);
    SqliteNetwork(const SqliteNetwork&) = delete;
    SqliteNetwork& operator=(const SqliteNetwork&) = delete;
    ~SqliteNetwork();

    /// Ends of ties that are known organizations.
    std::int64_t ends();
    /// Groups that nothing ties to each other: those reached from the node of each, numbered by the smallest.
    std::int64_t groups();

  private:
    std::int64_t number(const char* sql);

    sqlite3* database_ = nullptr;
};

/// Brandes' sums over a matrix of bits, each weight as weigh() gives it.
std::vector<double> weigh_by_matrix(const directory::TieGraph& graph);

} // namespace shirube::bench
