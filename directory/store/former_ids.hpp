// Public ids that were given out and stand for nothing of their own now: where they lead, or since when they ended.
#pragma once

#include "directory/state.hpp"
#include "directory/store/sqlite.hpp"

#include <vector>

namespace shirube::directory {

struct EndedIds {
    std::vector<EndedId> services;
    std::vector<EndedId> sites;
};

/// By id. Only what the public may see leads anywhere, and to nothing else.
std::vector<MovedId> read_moved_ids(Database& database);
EndedIds read_ended_ids(Database& database);

} // namespace shirube::directory
