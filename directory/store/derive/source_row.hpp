// A row in force, as the kinds of rows are handed it.
#pragma once

#include "directory/reading.hpp"

#include <cstdint>
#include <string>
#include <variant>

namespace shirube::directory {

struct SourceRow {
    std::int64_t row_id = 0;
    std::int64_t list_id = 0;
    std::string list; ///< its name
    std::string key;
    std::string reading; ///< JSON
    /// The same, where this import has it read already; else null. Lives until the row has come.
    const Reading* read = nullptr;
    bool is_stale = false; ///< an earlier edition has it, the partial one in force leaves it out
};

/// What the row says.
template <class Kind>
Kind reading_of(const SourceRow& row) {
    return row.read != nullptr ? std::get<Kind>(*row.read) : read_as<Kind>(row.reading);
}

} // namespace shirube::directory
