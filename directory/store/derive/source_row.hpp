// A row in force, as the kinds of rows are handed it.
#pragma once

#include <cstdint>
#include <string>

namespace shirube::directory {

struct SourceRow {
    std::int64_t row_id = 0;
    std::int64_t list_id = 0;
    std::string list; ///< its name
    std::string key;
    std::string reading;   ///< JSON
    bool is_stale = false; ///< an earlier edition has it, the partial one in force leaves it out
};

} // namespace shirube::directory
