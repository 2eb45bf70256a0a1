// SQLite with SpatiaLite behind a few small classes. Only directory/store/ includes this.
#pragma once

#include "directory/store.hpp"

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace shirube::directory {

/// A connection with SpatiaLite's functions. Opening and closing are serialised: SpatiaLite's are not thread-safe.
class Database {
  public:
    enum class Mode : std::uint8_t { read_only, read_write, create };

    /// \throws StoreError
    Database(const std::filesystem::path& path, Mode mode);
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database();

    /// Runs statements that answer nothing of interest. \throws StoreError
    void run(const char* sql);

    [[nodiscard]] sqlite3* handle() const noexcept { return handle_; }
    [[nodiscard]] const std::string& path() const noexcept { return path_; }
    [[nodiscard]] std::int64_t last_insert_id() const noexcept { return sqlite3_last_insert_rowid(handle_); }
    [[nodiscard]] std::int64_t changes() const noexcept { return sqlite3_changes(handle_); }

    /// The StoreError that the connection's last failure stands for, with what was being done.
    [[nodiscard]] StoreError failure(int result, std::string_view doing) const;

  private:
    sqlite3* handle_ = nullptr;
    void* spatialite_ = nullptr;
    std::string path_;
    Mode mode_;
};

/// A prepared statement. Parameters are counted from 1 as in SQL, columns from 0.
class Statement {
  public:
    /// \throws StoreError
    Statement(Database& database, std::string_view sql);
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement();

    /// Binds all parameters in order, starting anew. Texts and blobs must live until the next call; a text that is a
    /// temporary is copied, for it may be gone before the first step.
    template <class... Values>
    Statement& bind(Values&&... values) {
        reset();
        int place = 0;
        (bind_value(++place, std::forward<Values>(values)), ...);
        return *this;
    }

    /// One row; false when there are no more. \throws StoreError
    bool step();

    /// Steps to the end.
    void run();

    [[nodiscard]] std::int64_t integer(int column) const noexcept { return sqlite3_column_int64(statement_, column); }
    [[nodiscard]] double real(int column) const noexcept { return sqlite3_column_double(statement_, column); }
    /// Valid until the next step. Empty where the value is NULL.
    [[nodiscard]] std::string_view text(int column) const noexcept;
    [[nodiscard]] std::span<const std::uint8_t> blob(int column) const noexcept;
    [[nodiscard]] bool is_null(int column) const noexcept {
        return sqlite3_column_type(statement_, column) == SQLITE_NULL;
    }
    [[nodiscard]] std::optional<std::int64_t> maybe_integer(int column) const noexcept;
    [[nodiscard]] std::optional<double> maybe_real(int column) const noexcept;

  private:
    void reset() noexcept;
    void check(int result) const;
    template <class Value>
    void bind_value(int place, Value&& value) {
        using Plain = std::remove_cvref_t<Value>;
        if constexpr (std::is_lvalue_reference_v<Value>) {
            bind_at(place, value);
        } else if constexpr (std::is_same_v<Plain, std::string>) {
            bind_copy(place, value);
        } else if constexpr (std::is_same_v<Plain, std::optional<std::string>>) {
            if (value) {
                bind_copy(place, *value);
            } else {
                bind_at(place, std::nullopt);
            }
        } else {
            bind_at(place, value);
        }
    }
    void bind_copy(int place, std::string_view value);
    void bind_at(int place, std::int64_t value) { check(sqlite3_bind_int64(statement_, place, value)); }
    void bind_at(int place, int value) { check(sqlite3_bind_int(statement_, place, value)); }
    void bind_at(int place, double value) { check(sqlite3_bind_double(statement_, place, value)); }
    void bind_at(int place, std::string_view value);
    void bind_at(int place, const std::string& value) { bind_at(place, std::string_view{value}); }
    void bind_at(int place, const char* value) { bind_at(place, std::string_view{value}); }
    void bind_at(int place, std::span<const std::uint8_t> value);
    void bind_at(int place, std::nullopt_t) { check(sqlite3_bind_null(statement_, place)); }
    template <class T>
    void bind_at(int place, const std::optional<T>& value) {
        if (value) {
            bind_at(place, *value);
        } else {
            bind_at(place, std::nullopt);
        }
    }

    Database& database_;
    sqlite3_stmt* statement_ = nullptr;
};

/// BEGIN IMMEDIATE … COMMIT; rolled back unless committed. One writer at a time: a second one is told so.
class Transaction {
  public:
    explicit Transaction(Database& database);
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();
    void commit();

  private:
    Database& database_;
    bool open_ = true;
};

} // namespace shirube::directory
