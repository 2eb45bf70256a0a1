#include "directory/store/schema.hpp"

#include "directory/store/identity.hpp"
#include "directory/store/migrations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <vector>

namespace shirube::directory {

namespace {

std::int64_t pragma(Database& database, std::string_view name) {
    Statement statement(database, fmt::format("PRAGMA {}", name));
    return statement.step() ? statement.integer(0) : 0;
}

bool is_empty(Database& database) {
    Statement statement(database, "SELECT count(*) FROM sqlite_master");
    return statement.step() && statement.integer(0) == 0;
}

void require_store(Database& database) {
    if (pragma(database, "application_id") == k_application_id) {
        return;
    }
    throw StoreError("store_foreign",
                     "This file is a database, but not a Shirube store. Name another file with --store. / "
                     "データベースですが Shirube の台帳ではありません。--store で別のファイルを指定してください。");
}

void require_not_newer(std::int64_t version, std::int64_t newest) {
    if (version <= newest) {
        return;
    }
    throw StoreError("store_newer",
                     fmt::format("This store has form {}, this program knows {}. Use a newer shirube. / "
                                 "この台帳は新しい版の shirube で作られています。プログラムを新しくしてください。",
                                 version, newest));
}

void apply(Database& database, const Migration& migration) {
    Transaction transaction(database);
    // SpatiaLite reports a failed AddGeometryColumn by answering 0, so each statement's answer is looked at.
    const char* rest = migration.sql.data();
    const char* end = rest + migration.sql.size();
    while (rest < end) {
        sqlite3_stmt* raw = nullptr;
        const char* next = nullptr;
        const int prepared = sqlite3_prepare_v2(database.handle(), rest, static_cast<int>(end - rest), &raw, &next);
        if (prepared != SQLITE_OK) {
            throw database.failure(prepared, "prepare the store's form");
        }
        if (raw == nullptr) {
            break;
        }
        const int stepped = sqlite3_step(raw);
        const bool refused = stepped == SQLITE_ROW && sqlite3_column_int(raw, 0) == 0;
        sqlite3_finalize(raw);
        if (refused || (stepped != SQLITE_ROW && stepped != SQLITE_DONE)) {
            throw database.failure(stepped, "make the store's form");
        }
        rest = next;
    }
    database.run(fmt::format("PRAGMA user_version = {}", migration.version).c_str());
    database.run(fmt::format("PRAGMA application_id = {}", k_application_id).c_str());
    transaction.commit();
}

void make_empty_store(Database& database) {
    database.run("PRAGMA journal_mode = WAL");
    Transaction transaction(database);
    database.run("SELECT InitSpatialMetaData()");
    transaction.commit();
}

void add_secret(Database& database) {
    const auto secret = new_store_secret();
    Statement(database, "INSERT OR IGNORE INTO store_secret (name, value) VALUES ('identity', ?)")
        .bind(std::span<const std::uint8_t>(secret))
        .run();
}

} // namespace

void migrate(Database& database) {
    if (is_empty(database)) {
        make_empty_store(database);
    } else {
        require_store(database);
    }
    const auto known = migrations_of("schema/");
    const auto version = pragma(database, "user_version");
    require_not_newer(version, known.back().version);
    for (const auto& migration : known) {
        if (migration.version > version) {
            apply(database, migration);
        }
    }
    add_secret(database);
}

void require_current_schema(Database& database) {
    require_store(database);
    const auto newest = migrations_of("schema/").back().version;
    const auto version = pragma(database, "user_version");
    require_not_newer(version, newest);
    if (version < newest) {
        throw StoreError(
            "store_older",
            "This store has an older form. Run `shirube imports --store …` once as a user who may write it. / "
            "台帳の形が古いため、書き込める利用者で一度 `shirube imports --store …` を実行してください。");
    }
}

} // namespace shirube::directory
