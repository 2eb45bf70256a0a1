// Turning the second factor on and off; log_in.cpp asks for it.
#include "directory/accounts.hpp"
#include "directory/accounts/impl.hpp"
#include "directory/accounts/problems.hpp"

#include <fmt/format.h>

#include <cassert>
#include <span>

namespace shirube::directory {

namespace {

constexpr int k_recovery_codes = 8;

} // namespace

std::expected<TotpSecret, AccountProblem> Accounts::begin_totp(std::int64_t account) {
    return impl_->written([&]() -> std::expected<TotpSecret, AccountProblem> {
        auto& database = impl_->file.database();
        const auto of = account_by_id(database, account);
        if (!of) {
            return std::unexpected(account_problem("account_unknown"));
        }
        if (of->has_totp) {
            return std::unexpected(account_problem("totp_on"));
        }
        const auto secret = new_totp_secret();
        Statement(database, "UPDATE account SET totp_begun = ? WHERE account_id = ?")
            .bind(std::span<const std::uint8_t>(secret), account)
            .run();
        return TotpSecret(secret.begin(), secret.end());
    });
}

std::expected<std::vector<std::string>, AccountProblem> Accounts::confirm_totp(std::int64_t account,
                                                                               std::string_view code, const Actor& by,
                                                                               std::int64_t now) {
    assert(impl_->settings.totp_code && "opened without a function for codes");
    return impl_->written([&]() -> std::expected<std::vector<std::string>, AccountProblem> {
        auto& database = impl_->file.database();
        const auto of = account_by_id(database, account);
        if (!of) {
            return std::unexpected(account_problem("account_unknown"));
        }
        if (of->has_totp) {
            return std::unexpected(account_problem("totp_on"));
        }
        Statement select(database, "SELECT totp_begun FROM account WHERE account_id = ?");
        select.bind(account).step();
        if (select.is_null(0)) {
            return std::unexpected(account_problem("totp_not_begun"));
        }
        const auto step = impl_->step_of_code(select.blob(0), code, -1, now);
        if (!step) {
            return std::unexpected(account_problem("totp_wrong"));
        }
        // The code that confirms is used: whoever looked on cannot sign in with it.
        Statement(database, R"(UPDATE account SET totp_secret = totp_begun, totp_begun = NULL, totp_last_step = ?
                               WHERE account_id = ?)")
            .bind(*step, account)
            .run();
        Statement insert(database, "INSERT INTO recovery_code VALUES (?, ?)");
        std::vector<std::string> codes;
        for (int i = 0; i < k_recovery_codes; ++i) {
            codes.push_back(new_recovery_code());
            const auto hash = hash_of_recovery_code(impl_->secret, account, codes.back());
            insert.bind(account, std::span<const std::uint8_t>(hash)).run();
        }
        write_audit(database, by, AuditAction::totp_on, of->name, now);
        return codes;
    });
}

std::expected<Account, AccountProblem> Accounts::remove_totp(std::int64_t account, const Actor& by, std::int64_t now) {
    return impl_->written([&]() -> std::expected<Account, AccountProblem> {
        auto& database = impl_->file.database();
        const auto of = account_by_id(database, account);
        if (!of) {
            return std::unexpected(account_problem("account_unknown"));
        }
        Statement(database, R"(UPDATE account SET totp_secret = NULL, totp_begun = NULL, totp_last_step = NULL
                               WHERE account_id = ?)")
            .bind(account)
            .run();
        Statement(database, "DELETE FROM recovery_code WHERE account_id = ?").bind(account).run();
        // A log-in that waits for a code waits for nothing now.
        Statement(database, "DELETE FROM session WHERE account_id = ? AND second_factor_pending").bind(account).run();
        if (of->has_totp) {
            write_audit(database, by, AuditAction::totp_off, of->name, now);
        }
        return *account_by_id(database, account);
    });
}

} // namespace shirube::directory
