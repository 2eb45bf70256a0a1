#include "directory/foreign_database.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <cctype>
#include <memory>

namespace shirube::directory {

namespace {

struct Close {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Handle = std::unique_ptr<sqlite3, Close>;
using Query = std::unique_ptr<sqlite3_stmt, Close>;

constexpr int k_longest_bytes = 1 << 20; // of one statement of the schema

std::string lower(std::string_view text) {
    std::string small(text);
    std::ranges::transform(small, small.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return small;
}

std::string text_of(sqlite3_stmt* query, int column) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(query, column));
    return text == nullptr ? std::string{}
                           : std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(query, column)));
}

/// The word behind USING, of CREATE VIRTUAL TABLE … USING module(…). A comment could hide another one: "?" then, which
/// is the name of no module.
std::string module_of(std::string_view sql) {
    const std::string words = lower(sql);
    if (!words.starts_with("create virtual table")) {
        return {};
    }
    const std::size_t at = words.find(" using ");
    if (at == std::string::npos || words.find("/*") != std::string::npos || words.find("--") != std::string::npos ||
        words.find(" using ", at + 1) != std::string::npos) {
        return "?";
    }
    const std::size_t begin = words.find_first_not_of(" \t\r\n\"'`[", at + 7);
    if (begin == std::string::npos) {
        return "?";
    }
    std::size_t end = begin;
    while (end < words.size() && (std::isalnum(static_cast<unsigned char>(words[end])) != 0 || words[end] == '_')) {
        ++end;
    }
    return end == begin ? "?" : words.substr(begin, end - begin);
}

Query prepared(sqlite3* database, const char* sql) {
    sqlite3_stmt* query = nullptr;
    sqlite3_prepare_v2(database, sql, -1, &query, nullptr);
    return Query(query);
}

} // namespace

std::expected<std::vector<ForeignObject>, std::string> foreign_schema(std::string_view bytes, std::size_t most) {
    sqlite3* opened = nullptr;
    sqlite3_open_v2(":memory:", &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX, nullptr);
    const Handle database(opened);
    const auto fault = [&] { return std::unexpected(std::string(sqlite3_errmsg(database.get()))); };
    if (!database) {
        return std::unexpected(std::string("out of memory"));
    }
    sqlite3_db_config(database.get(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(database.get(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(database.get(), SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    sqlite3_db_config(database.get(), SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_limit(database.get(), SQLITE_LIMIT_LENGTH, k_longest_bytes);
    // Read-only and not to be resized: the bytes are only ever looked at.
    auto* image = reinterpret_cast<unsigned char*>(const_cast<char*>(bytes.data()));
    const auto size = static_cast<sqlite3_int64>(bytes.size());
    if (sqlite3_deserialize(database.get(), "main", image, size, size, SQLITE_DESERIALIZE_READONLY) != SQLITE_OK) {
        return fault();
    }
    const Query objects = prepared(database.get(), "SELECT type, name, sql FROM main.sqlite_schema");
    if (!objects) {
        return fault();
    }
    std::vector<ForeignObject> schema;
    int result = SQLITE_ROW;
    while ((result = sqlite3_step(objects.get())) == SQLITE_ROW) {
        if (schema.size() == most) {
            return std::unexpected(fmt::format("more than {} tables, indexes and triggers", most));
        }
        const std::string sql = text_of(objects.get(), 2);
        schema.push_back(
            {.type = text_of(objects.get(), 0), .name = text_of(objects.get(), 1), .module = module_of(sql)});
    }
    if (result != SQLITE_DONE) {
        return fault();
    }
    // Columns of kinds 2 and 3 are calculated; asking a virtual table would wake its module.
    const Query calculated =
        prepared(database.get(), "SELECT 1 FROM pragma_table_xinfo(?1, 'main') WHERE hidden IN (2, 3) LIMIT 1");
    if (!calculated) {
        return fault();
    }
    for (ForeignObject& object : schema) {
        if (object.type != "table" || !object.module.empty()) {
            continue;
        }
        sqlite3_reset(calculated.get());
        sqlite3_bind_text(calculated.get(), 1, object.name.data(), static_cast<int>(object.name.size()), SQLITE_STATIC);
        result = sqlite3_step(calculated.get());
        if (result != SQLITE_ROW && result != SQLITE_DONE) {
            return fault();
        }
        object.calculates = result == SQLITE_ROW;
    }
    return schema;
}

} // namespace shirube::directory
