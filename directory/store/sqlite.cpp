#include "directory/store/sqlite.hpp"

#include <fmt/format.h>
#include <spatialite.h>
#include <unistd.h>

#include <bit>
#include <cstdint>
#include <mutex>

namespace shirube::directory {

namespace {

/// How long a writer waits for another one before it says so.
constexpr int k_busy_ms = 5'000;

std::mutex& spatialite_mutex() {
    static std::mutex mutex;
    return mutex;
}

/// The store is there and can be read, and nothing can be made beside it.
bool cannot_write_beside(const std::filesystem::path& store) {
    const auto folder = store.has_parent_path() ? store.parent_path() : std::filesystem::path(".");
    return ::access(store.c_str(), R_OK) == 0 && ::access(folder.c_str(), W_OK | X_OK) != 0;
}

int open_flags(Database::Mode mode) noexcept {
    switch (mode) {
        case Database::Mode::read_only:
            return SQLITE_OPEN_READONLY;
        case Database::Mode::read_write:
            return SQLITE_OPEN_READWRITE;
        case Database::Mode::create:
            return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    }
    return SQLITE_OPEN_READONLY;
}

} // namespace

Database::Database(const std::filesystem::path& path, Mode mode) : path_(path.string()), mode_(mode) {
    const std::scoped_lock lock(spatialite_mutex());
    // Whole, so that SQLite reads no meaning into a name (":memory:", "file:…").
    const std::string whole = std::filesystem::absolute(path).string();
    const int result = sqlite3_open_v2(whole.c_str(), &handle_, open_flags(mode) | SQLITE_OPEN_NOMUTEX, nullptr);
    if (result != SQLITE_OK) {
        auto error = failure(result, "open the store");
        sqlite3_close(handle_);
        throw error;
    }
    sqlite3_extended_result_codes(handle_, 1);
    sqlite3_busy_timeout(handle_, k_busy_ms);
    spatialite_ = spatialite_alloc_connection();
    spatialite_init_ex(handle_, spatialite_, 0);
}

Database::~Database() {
    const std::scoped_lock lock(spatialite_mutex());
    sqlite3_close(handle_);
    spatialite_cleanup_ex(spatialite_);
}

StoreError Database::failure(int result, std::string_view doing) const {
    const std::string message = handle_ != nullptr ? sqlite3_errmsg(handle_) : sqlite3_errstr(result);
    const int kind = result & 0xff;
    if ((kind == SQLITE_CANTOPEN || kind == SQLITE_READONLY) && mode_ == Mode::read_only &&
        cannot_write_beside(path_)) {
        return {
            "store_folder_read_only",
            fmt::format("{}: while a store is read, two small files stand beside it, and this folder takes none. Let "
                        "this user write in the folder, or copy the store into one where it may. / "
                        "台帳を読む間、隣に小さなファイルを二つ作ります。このフォルダーに書けるようにするか、"
                        "書けるフォルダーに台帳を写してください。",
                        path_)};
    }
    switch (kind) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {"store_busy",
                    fmt::format("{}: another import is writing to this store. Wait until it ends and try "
                                "again; nothing was changed. / "
                                "別の取り込みが書き込み中です。終わってからやり直してください。変更はありません。",
                                path_)};
        case SQLITE_FULL:
            return {"store_full",
                    fmt::format(
                        "{}: the disk is full (or a size limit was reached). Free some space and try again; the store "
                        "is as "
                        "it was. / ディスクの空きがありません。空きを作ってやり直してください。台帳は元のままです。",
                        path_)};
        case SQLITE_IOERR:
            return {"store_io",
                    fmt::format(
                        "{}: the disk refused to {} ({}). Check its free space and health; the store is as it was. / "
                        "ディスクの読み書きに失敗しました。空きと状態を確かめてください。台帳は元のままです。",
                        path_, doing, message)};
        case SQLITE_NOTADB:
            return {"store_foreign",
                    fmt::format("{}: this file is not a Shirube store. Name another file with --store. / "
                                "Shirube の台帳ではありません。--store で別のファイルを指定してください。",
                                path_)};
        case SQLITE_CORRUPT:
            return {"store_damaged", fmt::format("{}: the store is damaged ({}). Restore it from a backup. / "
                                                 "台帳が壊れています。控えから戻してください。",
                                                 path_, message)};
        case SQLITE_CANTOPEN:
            return {"store_missing",
                    fmt::format("{}: the store cannot be opened. Check the path and its permissions. / "
                                "台帳を開けません。場所と権限を確かめてください。",
                                path_)};
        case SQLITE_READONLY:
            return {"store_read_only",
                    fmt::format("{}: the store cannot be written. Check the permissions of the file and its folder. / "
                                "台帳に書き込めません。ファイルとフォルダーの権限を確かめてください。",
                                path_)};
        default:
            return {"store_failed", fmt::format("{}: the store could not {}: {}", path_, doing, message)};
    }
}

void Database::run(const char* sql) {
    const int result = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
    if (result != SQLITE_OK) {
        throw failure(result, "run a statement");
    }
}

Statement::Statement(Database& database, std::string_view sql) : database_(database) {
    const int result =
        sqlite3_prepare_v3(database.handle(), sql.data(), static_cast<int>(sql.size()), 0, &statement_, nullptr);
    if (result != SQLITE_OK) {
        throw database.failure(result, "prepare a statement");
    }
}

Statement::~Statement() { sqlite3_finalize(statement_); }

void Statement::reset() noexcept {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
}

void Statement::check(int result) const {
    if (result != SQLITE_OK) {
        throw database_.failure(result, "bind a value");
    }
}

void Statement::bind_at(int place, std::string_view value) {
    check(sqlite3_bind_text(statement_, place, value.empty() ? "" : value.data(), static_cast<int>(value.size()),
                            SQLITE_STATIC));
}

void Statement::bind_copy(int place, std::string_view value) {
    // SQLITE_TRANSIENT, without its cast of an integer to a pointer
    const auto transient = std::bit_cast<sqlite3_destructor_type>(std::intptr_t{-1});
    check(sqlite3_bind_text(statement_, place, value.empty() ? "" : value.data(), static_cast<int>(value.size()),
                            transient));
}

void Statement::bind_at(int place, std::span<const std::uint8_t> value) {
    check(sqlite3_bind_blob(statement_, place, value.data(), static_cast<int>(value.size()), SQLITE_STATIC));
}

bool Statement::step() {
    const int result = sqlite3_step(statement_);
    if (result == SQLITE_ROW) {
        return true;
    }
    if (result == SQLITE_DONE) {
        return false;
    }
    throw database_.failure(result, "read or write");
}

void Statement::run() {
    while (step()) {
    }
}

std::string_view Statement::text(int column) const noexcept {
    const auto* data = sqlite3_column_text(statement_, column);
    if (data == nullptr) {
        return {};
    }
    return {reinterpret_cast<const char*>(data), static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::span<const std::uint8_t> Statement::blob(int column) const noexcept {
    const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
    if (data == nullptr) {
        return {};
    }
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::optional<std::int64_t> Statement::maybe_integer(int column) const noexcept {
    if (is_null(column)) {
        return std::nullopt;
    }
    return integer(column);
}

std::optional<double> Statement::maybe_real(int column) const noexcept {
    if (is_null(column)) {
        return std::nullopt;
    }
    return real(column);
}

Transaction::Transaction(Database& database) : database_(database) { database.run("BEGIN IMMEDIATE"); }

Transaction::~Transaction() {
    // A rollback that fails leaves the journal, which the next opening rolls back; nothing more can be done here.
    if (open_) {
        sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
}

void Transaction::commit() {
    database_.run("COMMIT");
    open_ = false;
}

} // namespace shirube::directory
