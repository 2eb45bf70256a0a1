// What an Accounts object holds. Shared by the files of directory/accounts/ and nobody else.
#pragma once

#include "directory/accounts.hpp"
#include "directory/accounts/failures.hpp"
#include "directory/accounts/file.hpp"
#include "directory/accounts/password_hash.hpp"
#include "directory/accounts/tokens.hpp"
#include "directory/store/sqlite.hpp"

#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace shirube::directory {

struct Accounts::Impl {
    Impl(const std::filesystem::path& of, OwnFileWanted wanted_file, AccountSettings wanted);

    /// One after the other on the connection, the store's errors in the words of accounts. Nothing slow belongs inside:
    /// passwords are hashed before and after.
    template <class Work>
    auto locked(Work&& work) {
        return file.locked(std::forward<Work>(work));
    }

    /// As locked(), in a transaction that is kept unless the work throws.
    template <class Work>
    auto written(Work&& work) {
        return file.written(std::forward<Work>(work));
    }

    /// Waits for its turn to hash. Problems: wait, where too many do.
    std::expected<std::string, AccountProblem> hashed(const std::string& password);

    /// The step, later than `last_step`, whose code was typed: this one, the one before or the next, for clocks that go
    /// wrong by half a minute.
    [[nodiscard]] std::optional<std::int64_t> step_of_code(std::span<const std::uint8_t> totp_secret,
                                                           std::string_view typed, std::int64_t last_step,
                                                           std::int64_t now) const;

    [[nodiscard]] Hash hash_of_name(std::string_view folded_name) const {
        return keyed_hash(secret, "name", folded_name);
    }
    [[nodiscard]] Attempt attempt_of(std::string_view folded_name, std::string_view client) const {
        return {hash_of_name(folded_name), keyed_hash(secret, "client", client)};
    }

    AccountSettings settings;
    OwnFile file;
    FileSecret secret{};
    PasswordEffort effort = PasswordEffort::moderate;
    PasswordCost cost;  ///< of every password that is hashed
    std::string nobody; ///< hash_of_nobody()
    HashingTurns turns;
};

// What follows runs inside Impl::locked() or Impl::written(). \throws StoreError

std::optional<Account> account_by_id(Database& database, std::int64_t id);
std::optional<Account> account_by_name(Database& database, std::string_view folded_name);
/// The hash of its password; the account must exist.
std::string password_of(Database& database, std::int64_t id);
void write_password(Database& database, std::int64_t id, const std::string& hash, PasswordOrigin origin,
                    std::int64_t now);

void write_audit(Database& database, const Actor& by, AuditAction action, std::string_view what, std::int64_t now);

} // namespace shirube::directory
