// A SQLite file that came from outside: what it holds is looked at before anybody queries it, because views, virtual
// tables and calculated columns run when they are read.
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::directory {

/// An entry of the file's schema.
struct ForeignObject {
    std::string type; ///< table, index, view or trigger
    std::string name;
    std::string module;      ///< of a virtual table: what makes it (rtree, fts5, …), in small letters; else empty
    bool calculates = false; ///< a table with a calculated column
};

/// The schema of a database whose bytes are given. They are opened in memory, for reading alone, and nothing they
/// define is run. A file that keeps a write-ahead log (bytes 18 and 19) has to be given as one that does not.
/// \param most entries at most; one more is told as a fault
/// The error is SQLite's own sentence.
std::expected<std::vector<ForeignObject>, std::string> foreign_schema(std::string_view bytes, std::size_t most);

} // namespace shirube::directory
