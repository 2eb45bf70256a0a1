// SQLite for the rivals: a fault ends the run with its sentence.
#pragma once

#include <fmt/format.h>
#include <sqlite3.h>

#include <stdexcept>

namespace shirube::bench {

inline void check(int status, sqlite3* database, const char* doing) {
    if (status != SQLITE_OK && status != SQLITE_DONE && status != SQLITE_ROW) {
        throw std::runtime_error(fmt::format("rival database: {}: {}", doing, sqlite3_errmsg(database)));
    }
}

inline void run(sqlite3* database, const char* sql) {
    check(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), database, sql);
}

} // namespace shirube::bench
