#include "directory/accounts/file.hpp"

#include "directory/store/migrations.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <string>
#include <vector>

namespace shirube::directory {

namespace {

std::int64_t one_number(Database& database, std::string_view sql) {
    Statement statement(database, sql);
    return statement.step() ? statement.integer(0) : 0;
}

bool is_empty(Database& database) { return one_number(database, "SELECT count(*) FROM sqlite_master") == 0; }

std::string foreign_sentence(std::string_view path) {
    return fmt::format(
        "{}: this is no file of accounts. Move it away, or name another store with --store. / "
        "アカウントのファイルではありません。別の場所へ移すか、--store で別の台帳を指定してください。",
        path);
}

void require_accounts(Database& database) {
    if (one_number(database, "PRAGMA application_id") != k_accounts_application_id) {
        throw AccountsError("accounts_foreign", foreign_sentence(database.path()));
    }
}

void require_not_newer(Database& database, std::int64_t version, std::int64_t newest) {
    if (version > newest) {
        throw AccountsError("accounts_newer",
                            fmt::format("{}: this file of accounts has form {}, this program knows {}. Use a newer "
                                        "shirube. / このアカウントのファイルは新しい版の shirube "
                                        "で作られています。プログラムを新しくしてください。",
                                        database.path(), version, newest));
    }
}

void add_secret(Database& database) {
    const auto secret = new_file_secret();
    Statement(database, "INSERT OR IGNORE INTO file_secret (name, value) VALUES ('hash', ?)")
        .bind(std::span<const std::uint8_t>(secret))
        .run();
}

} // namespace

std::filesystem::path accounts_beside(const std::filesystem::path& store) {
    auto path = store;
    path += ".accounts";
    return path;
}

std::filesystem::path ready_accounts_file(const std::filesystem::path& path, AccountsFile file) {
    if (file == AccountsFile::existing) {
        std::error_code error;
        if (!std::filesystem::exists(path, error)) {
            throw AccountsError("accounts_missing",
                                fmt::format("{}: there are no accounts yet. Make one with `shirube user add`. / "
                                            "アカウントがまだありません。`shirube user add` で作ってください。",
                                            path.string()));
        }
        return path;
    }
    // SQLite would make it readable by all, and the files it puts beside it take after it.
    const int made = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (made >= 0) {
        ::close(made);
    } else if (errno != EEXIST) {
        const int reason = errno;
        throw AccountsError("accounts_failed",
                            fmt::format("{}: the file of accounts cannot be made ({}). Check the folder and its "
                                        "permissions. / "
                                        "アカウントのファイルを作れません。フォルダーと権限を確かめてください。",
                                        path.string(), std::strerror(reason)));
    }
    return path;
}

void migrate_accounts(Database& database, PasswordEffort of_new_file) {
    const auto known = migrations_of("accounts/");
    const auto newest = known.back().version;
    if (!is_empty(database)) {
        require_accounts(database);
    } else {
        database.run("PRAGMA journal_mode = WAL");
    }
    database.run("PRAGMA foreign_keys = ON");
    database.run("PRAGMA secure_delete = ON"); // no old hash or secret stays in a free page
    const auto version = one_number(database, "PRAGMA user_version");
    require_not_newer(database, version, newest);
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
    database.run(fmt::format("PRAGMA application_id = {}", k_accounts_application_id).c_str());
    add_secret(database);
    if (before == 0) {
        Statement(database, "UPDATE setting SET value = ? WHERE name = 'password_effort'")
            .bind(code_of(of_new_file))
            .run();
    }
    transaction.commit();
}

FileSecret read_file_secret(Database& database) {
    Statement select(database, "SELECT value FROM file_secret WHERE name = 'hash'");
    FileSecret secret{};
    if (!select.step() || select.blob(0).size() != secret.size()) {
        throw StoreError("store_damaged", "The file of accounts has no secret.");
    }
    std::ranges::copy(select.blob(0), secret.begin());
    return secret;
}

PasswordEffort read_password_effort(Database& database) {
    Statement select(database, "SELECT value FROM setting WHERE name = 'password_effort'");
    const auto effort = select.step() ? parse_password_effort(select.text(0)) : std::nullopt;
    if (!effort) {
        throw StoreError("store_damaged", "The file of accounts does not say what passwords cost.");
    }
    return *effort;
}

AccountsError in_words_of_accounts(const StoreError& error, const std::filesystem::path& path) {
    const std::string_view code = error.code();
    const auto say = [&path](const char* our_code, std::string_view en, std::string_view ja) {
        return AccountsError(our_code, fmt::format("{}: {} / {}", path.string(), en, ja));
    };
    if (code == "store_busy") {
        return say("accounts_busy", "somebody else is writing to the accounts. Try again; nothing was changed.",
                   "アカウントのファイルに書き込み中です。やり直してください。変更はありません。");
    }
    if (code == "store_full") {
        return say("accounts_full", "the disk is full. Free some space and try again; the accounts are as they were.",
                   "ディスクの空きがありません。空きを作ってやり直してください。アカウントは元のままです。");
    }
    if (code == "store_foreign") {
        return {"accounts_foreign", foreign_sentence(path.string())};
    }
    if (code == "store_damaged") {
        return say("accounts_damaged", "the file of accounts is damaged. Restore it from a backup.",
                   "アカウントのファイルが壊れています。控えから戻してください。");
    }
    if (code == "store_io") {
        return say("accounts_io", "the disk refused to read or write the accounts. Check its free space and health.",
                   "アカウントのファイルの読み書きに失敗しました。ディスクの空きと状態を確かめてください。");
    }
    if (code == "store_read_only" || code == "store_missing" || code == "store_folder_read_only") {
        return say("accounts_read_only",
                   "the accounts cannot be opened or written by this user. Check the permissions of the file and its "
                   "folder.",
                   "この利用者ではアカウントのファイルを開けないか、書き込めません。"
                   "ファイルとフォルダーの権限を確かめてください。");
    }
    return {"accounts_failed", error.what()};
}

} // namespace shirube::directory
