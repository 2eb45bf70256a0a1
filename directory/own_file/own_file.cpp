#include "directory/own_file/own_file.hpp"

#include "directory/store/migrations.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace shirube::directory {

namespace {

std::int64_t one_number(Database& database, std::string_view sql) {
    Statement statement(database, sql);
    return statement.step() ? statement.integer(0) : 0;
}

OwnFileTrouble trouble_of(std::string_view store_code) {
    struct Row {
        std::string_view code;
        OwnFileTrouble trouble;
    };
    static constexpr Row k_rows[] = {{"store_busy", OwnFileTrouble::busy},
                                     {"store_full", OwnFileTrouble::full},
                                     {"store_foreign", OwnFileTrouble::foreign},
                                     {"store_damaged", OwnFileTrouble::damaged},
                                     {"store_io", OwnFileTrouble::io},
                                     {"store_read_only", OwnFileTrouble::read_only},
                                     {"store_missing", OwnFileTrouble::read_only},
                                     {"store_folder_read_only", OwnFileTrouble::read_only}};
    for (const Row& row : k_rows) {
        if (row.code == store_code) {
            return row.trouble;
        }
    }
    return OwnFileTrouble::other;
}

} // namespace

OwnFile::OwnFile(std::filesystem::path path, const OwnFileKind& kind, OwnFileWanted wanted, const Migrated& migrated)
    : path_(std::move(path)), kind_(kind) {
    make_ready(wanted);
    locked([&] {
        database_.emplace(path_, Database::Mode::read_write);
        migrate(kind, migrated);
    });
}

void OwnFile::make_ready(OwnFileWanted wanted) const {
    if (wanted == OwnFileWanted::existing) {
        std::error_code error;
        if (!std::filesystem::exists(path_, error)) {
            fail(OwnFileProblem{OwnFileTrouble::missing});
        }
        return;
    }
    // SQLite would make it readable by all, and the files it puts beside it take after it.
    const int made = ::open(path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (made >= 0) {
        ::close(made);
    } else if (errno != EEXIST) {
        fail(OwnFileProblem{OwnFileTrouble::not_made, std::strerror(errno)});
    }
}

void OwnFile::migrate(const OwnFileKind& kind, const Migrated& migrated) {
    Database& database = *database_;
    const auto known = migrations_of(kind.migrations);
    const auto newest = known.back().version;
    if (one_number(database, "SELECT count(*) FROM sqlite_master") != 0) {
        if (one_number(database, "PRAGMA application_id") != kind.application_id) {
            fail(OwnFileProblem{OwnFileTrouble::foreign});
        }
    } else {
        database.run("PRAGMA journal_mode = WAL");
    }
    database.run("PRAGMA foreign_keys = ON");
    database.run("PRAGMA secure_delete = ON"); // what was deleted stays in no free page
    const auto version = one_number(database, "PRAGMA user_version");
    if (version > newest) {
        fail(OwnFileProblem{OwnFileTrouble::newer, {}, version, newest});
    }
    if (version == newest) {
        return;
    }
    Transaction transaction(database);
    // Read anew: another process may have been quicker.
    const auto before = one_number(database, "PRAGMA user_version");
    for (const auto& migration : known) {
        if (migration.version > before) {
            database.run(std::string(migration.sql).c_str());
            database.run(fmt::format("PRAGMA user_version = {}", migration.version).c_str());
        }
    }
    database.run(fmt::format("PRAGMA application_id = {}", kind.application_id).c_str());
    if (migrated) {
        migrated(database, before);
    }
    transaction.commit();
}

void OwnFile::fail(const StoreError& error) const { fail(OwnFileProblem{trouble_of(error.code()), error.what()}); }

void OwnFile::fail(const OwnFileProblem& problem) const { std::rethrow_exception(kind_.in_words(problem, path_)); }

std::filesystem::path own_file_beside(const std::filesystem::path& store, std::string_view kind) {
    auto path = store;
    path += '.';
    path += kind;
    return path;
}

} // namespace shirube::directory
