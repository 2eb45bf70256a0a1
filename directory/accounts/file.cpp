#include "directory/accounts/file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <string>

namespace shirube::directory {

namespace {

AccountsError error_of(const OwnFileProblem& problem, const std::filesystem::path& path) {
    const auto say = [&path](const char* code, std::string_view en, std::string_view ja) {
        return AccountsError(code, fmt::format("{}: {} / {}", path.string(), en, ja));
    };
    switch (problem.trouble) {
        case OwnFileTrouble::missing:
            return say("accounts_missing", "there are no accounts yet. Make one with `shirube user add`.",
                       "アカウントがまだありません。`shirube user add` で作ってください。");
        case OwnFileTrouble::not_made:
            return say("accounts_failed",
                       fmt::format("the file of accounts cannot be made ({}). Check the folder and its permissions.",
                                   problem.detail),
                       "アカウントのファイルを作れません。フォルダーと権限を確かめてください。");
        case OwnFileTrouble::foreign:
            return say("accounts_foreign",
                       "this is no file of accounts. Move it away, or name another store with --store.",
                       "アカウントのファイルではありません。別の場所へ移すか、--store で別の台帳を指定してください。");
        case OwnFileTrouble::newer:
            return say(
                "accounts_newer",
                fmt::format("this file of accounts has form {}, this program knows {}. Use a newer shirube.",
                            problem.form, problem.known),
                "このアカウントのファイルは新しい版の shirube で作られています。プログラムを新しくしてください。");
        case OwnFileTrouble::busy:
            return say("accounts_busy", "somebody else is writing to the accounts. Try again; nothing was changed.",
                       "アカウントのファイルに書き込み中です。やり直してください。変更はありません。");
        case OwnFileTrouble::full:
            return say("accounts_full",
                       "the disk is full. Free some space and try again; the accounts are as they were.",
                       "ディスクの空きがありません。空きを作ってやり直してください。アカウントは元のままです。");
        case OwnFileTrouble::damaged:
            return say("accounts_damaged", "the file of accounts is damaged. Restore it from a backup.",
                       "アカウントのファイルが壊れています。控えから戻してください。");
        case OwnFileTrouble::io:
            return say("accounts_io",
                       "the disk refused to read or write the accounts. Check its free space and health.",
                       "アカウントのファイルの読み書きに失敗しました。ディスクの空きと状態を確かめてください。");
        case OwnFileTrouble::read_only:
            return say("accounts_read_only",
                       "the accounts cannot be opened or written by this user. Check the permissions of the file and "
                       "its folder.",
                       "この利用者ではアカウントのファイルを開けないか、書き込めません。"
                       "ファイルとフォルダーの権限を確かめてください。");
        case OwnFileTrouble::other:
            break;
    }
    return {"accounts_failed", problem.detail};
}

} // namespace

std::filesystem::path accounts_beside(const std::filesystem::path& store) { return own_file_beside(store, "accounts"); }

const OwnFileKind& kind_of_accounts_file() {
    static const OwnFileKind kind{"accounts/", k_accounts_application_id,
                                  [](const OwnFileProblem& problem, const std::filesystem::path& path) {
                                      return std::make_exception_ptr(error_of(problem, path));
                                  }};
    return kind;
}

OwnFile::Migrated settle_accounts_file(PasswordEffort of_new_file) {
    return [of_new_file](Database& database, std::int64_t before) {
        const auto secret = new_file_secret();
        Statement(database, "INSERT OR IGNORE INTO file_secret (name, value) VALUES ('hash', ?)")
            .bind(std::span<const std::uint8_t>(secret))
            .run();
        if (before == 0) {
            Statement(database, "UPDATE setting SET value = ? WHERE name = 'password_effort'")
                .bind(code_of(of_new_file))
                .run();
        }
    };
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

} // namespace shirube::directory
