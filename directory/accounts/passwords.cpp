#include "directory/accounts.hpp"
#include "directory/accounts/failures.hpp"
#include "directory/accounts/impl.hpp"
#include "directory/accounts/password_rules.hpp"
#include "directory/accounts/problems.hpp"
#include "directory/accounts/sessions.hpp"

namespace shirube::directory {

std::expected<std::string, AccountProblem> Accounts::Impl::hashed(const std::string& password) {
    const auto turn = turns.take();
    if (!turn) {
        return std::unexpected(wait_problem(k_crowd_wait_s));
    }
    return hash_password(password, cost);
}

std::string password_of(Database& database, std::int64_t id) {
    Statement select(database, "SELECT password FROM account WHERE account_id = ?");
    return select.bind(id).step() ? std::string(select.text(0)) : std::string();
}

void write_password(Database& database, std::int64_t id, const std::string& hash, PasswordOrigin origin,
                    std::int64_t now) {
    Statement(database, R"(UPDATE account SET password = ?, must_change_password = ?, password_changed_at = ?
                           WHERE account_id = ?)")
        .bind(hash, static_cast<int>(origin == PasswordOrigin::given), now, id)
        .run();
}

std::expected<Account, AccountProblem> Accounts::set_password(std::int64_t account, std::string_view password,
                                                              PasswordOrigin origin, const Actor& by,
                                                              std::int64_t now) {
    const auto of = find(account);
    if (!of) {
        return std::unexpected(account_problem("account_unknown"));
    }
    const auto plain = check_password(of->name, password);
    if (!plain) {
        return std::unexpected(plain.error());
    }
    const auto hash = impl_->hashed(*plain);
    if (!hash) {
        return std::unexpected(hash.error());
    }
    return impl_->written([&]() -> std::expected<Account, AccountProblem> {
        auto& database = impl_->file.database();
        write_password(database, account, *hash, origin, now);
        end_sessions(database, account);
        Failures(database, impl_->settings, now).forget_name(impl_->hash_of_name(of->name));
        write_audit(database, by, AuditAction::password_changed, of->name, now);
        return *account_by_id(database, account);
    });
}

std::expected<LoggedIn, AccountProblem> Accounts::change_password(std::string_view token, std::string_view old_password,
                                                                  std::string_view new_password,
                                                                  std::string_view client, std::int64_t now) {
    struct Asked {
        Account account;
        std::string hash; ///< of the old password
        std::string plain;
        Attempt attempt;
        Failures::Before before;
    };
    const auto asked = impl_->written([&]() -> std::expected<Asked, AccountProblem> {
        auto& database = impl_->file.database();
        auto session = session_by_token(database, token, impl_->settings, now);
        if (!session || session->second_factor_pending) {
            return std::unexpected(account_problem("signed_out"));
        }
        auto plain = check_password(session->account.name, new_password);
        if (!plain) {
            return std::unexpected(plain.error());
        }
        const auto attempt = impl_->attempt_of(session->account.name, client);
        Failures failures(database, impl_->settings, now);
        if (const auto wait = failures.wait_of(attempt); wait > 0) {
            return std::unexpected(wait_problem(wait));
        }
        const auto id = session->account.id;
        return Asked{std::move(session->account), password_of(database, id), *std::move(plain), attempt,
                     failures.count_name(attempt.name)};
    });
    if (!asked) {
        return std::unexpected(asked.error());
    }

    const auto old_plain = plain_password(old_password);
    std::expected<std::string, AccountProblem> hash = std::unexpected(account_problem("password_wrong"));
    bool was_wrong = true;
    {
        const auto turn = impl_->turns.take();
        if (!turn) {
            hash = std::unexpected(wait_problem(k_crowd_wait_s));
            was_wrong = false;
        } else if (old_plain && is_password_of(asked->hash, *old_plain)) {
            was_wrong = false;
            if (*old_plain == asked->plain) {
                hash = std::unexpected(account_problem("password_same"));
            } else {
                hash = hash_password(asked->plain, impl_->cost);
            }
        }
    }

    return impl_->written([&]() -> std::expected<LoggedIn, AccountProblem> {
        auto& database = impl_->file.database();
        Failures failures(database, impl_->settings, now);
        if (was_wrong) {
            failures.count_client(asked->attempt.client);
            write_audit(database, Actor::of(asked->account), AuditAction::log_in_refused, "password_changed", now);
        } else {
            failures.take_back_name(asked->attempt.name, asked->before);
        }
        if (!hash) {
            return std::unexpected(hash.error());
        }
        const auto session = session_by_token(database, token, impl_->settings, now);
        if (!session || password_of(database, asked->account.id) != asked->hash) {
            return std::unexpected(account_problem("signed_out")); // changed by somebody else meanwhile
        }
        write_password(database, asked->account.id, *hash, PasswordOrigin::chosen, now);
        end_sessions(database, asked->account.id);
        write_audit(database, Actor::of(asked->account), AuditAction::password_changed, asked->account.name, now);
        return LoggedIn{begin_session(database, asked->account.id, false, session->created_at, now), false, false};
    });
}

} // namespace shirube::directory
