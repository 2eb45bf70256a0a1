#include "directory/accounts.hpp"
#include "directory/accounts/failures.hpp"
#include "directory/accounts/impl.hpp"
#include "directory/accounts/password_rules.hpp"
#include "directory/accounts/sessions.hpp"

#include <sodium.h>

#include <optional>
#include <span>

namespace shirube::directory {

namespace {

constexpr std::int64_t k_step_s = 30; // RFC 6238
constexpr std::size_t k_code_length = 6;

/// What a log-in looks at while passwords are hashed.
struct Candidate {
    Attempt attempt;
    Failures::Before before;
    std::optional<Account> account; ///< one that may sign in
    std::string hash;               ///< of its password, or of nobody's
};

void write_log_in(Database& database, const Account& account, std::string_view how, std::int64_t now) {
    Statement(database, "UPDATE account SET last_log_in_at = ? WHERE account_id = ?").bind(now, account.id).run();
    write_audit(database, Actor::of(account), AuditAction::log_in, how, now);
}

void write_refusal(Database& database, const std::optional<Account>& account, std::string_view how, std::int64_t now) {
    // A name that is nobody's may be a password in the wrong field.
    const auto by = account ? Actor::of(*account) : Actor{"unknown", std::nullopt, ""};
    write_audit(database, by, AuditAction::log_in_refused, how, now);
}

/// Digits alone: authenticators show "123 456".
std::string plain_code(std::string_view typed) {
    std::string digits;
    for (const char c : typed) {
        if (c != ' ' && c != '-') {
            digits += c;
        }
    }
    return digits;
}

bool takes_recovery_code(Database& database, const FileSecret& secret, std::int64_t account, std::string_view typed) {
    const auto hash = hash_of_recovery_code(secret, account, typed);
    Statement(database, "DELETE FROM recovery_code WHERE account_id = ? AND hash = ?")
        .bind(account, std::span<const std::uint8_t>(hash))
        .run();
    return database.changes() > 0;
}

} // namespace

LogInResult Accounts::log_in(std::string_view name, std::string_view password, std::string_view client,
                             std::int64_t now, std::string_view old_token) {
    const auto folded = fold_login_name(name);
    const auto attempt = impl_->attempt_of(folded, client);
    const auto& settings = impl_->settings;
    const auto wait_now = [&] { return Failures(impl_->file.database(), settings, now).wait_of(attempt); };

    // Asked before queueing as well: who has to wait does not take a place from others.
    if (const auto wait = impl_->locked(wait_now); wait > 0) {
        return LogInWait{wait};
    }
    const auto turn = impl_->turns.take();
    if (!turn) {
        return LogInWait{k_crowd_wait_s};
    }

    // The failure is counted before the password is looked at and taken back where it was right: else many guesses at a
    // time would all be looked at before the first of them counts.
    using Begun = std::variant<Candidate, LogInWait>;
    const auto begun = impl_->written([&]() -> Begun {
        auto& database = impl_->file.database();
        if (const auto wait = wait_now(); wait > 0) {
            return LogInWait{wait};
        }
        sweep_sessions(database, settings, now);
        Failures failures(database, settings, now);
        failures.sweep();
        Candidate candidate{attempt, failures.count_name(attempt.name), account_by_name(database, folded),
                            impl_->nobody};
        if (candidate.account && !candidate.account->disabled) {
            candidate.hash = password_of(database, candidate.account->id);
        }
        return candidate;
    });
    if (const auto* wait = std::get_if<LogInWait>(&begun)) {
        return *wait;
    }
    const auto& candidate = std::get<Candidate>(begun);

    const auto plain = plain_password(password);
    const bool fits = is_password_of(candidate.hash, plain.value_or(std::string())) && plain;
    std::optional<std::string> new_hash;
    if (fits && needs_rehash(candidate.hash, impl_->cost)) {
        new_hash = hash_password(*plain, impl_->cost);
    }

    return impl_->written([&]() -> LogInResult {
        auto& database = impl_->file.database();
        Failures failures(database, settings, now);
        // Read anew: while the password was looked at the account may have been disabled, or given another one.
        const auto account = account_by_name(database, folded);
        if (!fits || !account || account->disabled || password_of(database, account->id) != candidate.hash) {
            failures.count_client(attempt.client);
            write_refusal(database, account, "password", now);
            return LogInRefused{};
        }
        if (new_hash) {
            Statement(database, "UPDATE account SET password = ? WHERE account_id = ?")
                .bind(*new_hash, account->id)
                .run();
        }
        end_session(database, old_token);
        if (account->has_totp) {
            // Taken back, not forgotten: who knows the password must not earn new guesses at the code with it.
            failures.take_back_name(attempt.name, candidate.before);
        } else {
            failures.forget_name(attempt.name);
            write_log_in(database, *account, "password", now);
        }
        return LoggedIn{begin_session(database, account->id, account->has_totp, now, now), account->has_totp,
                        account->must_change_password};
    });
}

std::optional<std::int64_t> Accounts::Impl::step_of_code(std::span<const std::uint8_t> totp_secret,
                                                         std::string_view typed, std::int64_t last_step,
                                                         std::int64_t now) const {
    const auto code = plain_code(typed);
    // Without a secret there is no code: an empty one would have codes that anybody can compute.
    if (!settings.totp_code || totp_secret.empty() || code.size() != k_code_length) {
        return std::nullopt;
    }
    std::optional<std::int64_t> found;
    for (std::int64_t step = now / k_step_s - 1; step <= now / k_step_s + 1; ++step) {
        const auto right = settings.totp_code(totp_secret, step);
        const bool fits = right.size() == k_code_length && sodium_memcmp(right.data(), code.data(), k_code_length) == 0;
        if (fits && step > last_step) {
            found = step;
        }
    }
    return found;
}

LogInResult Accounts::second_factor(std::string_view token, std::string_view code, std::string_view client,
                                    std::int64_t now) {
    return impl_->written([&]() -> LogInResult {
        auto& database = impl_->file.database();
        const auto session = session_by_token(database, token, impl_->settings, now);
        if (!session || !session->second_factor_pending) {
            return LogInRefused{};
        }
        const auto& account = session->account;
        const auto attempt = impl_->attempt_of(account.name, client);
        Failures failures(database, impl_->settings, now);
        if (const auto wait = failures.wait_of(attempt); wait > 0) {
            return LogInWait{wait};
        }
        Statement select(database,
                         "SELECT totp_secret, coalesce(totp_last_step, -1) FROM account WHERE account_id = ?");
        select.bind(account.id).step();
        const auto step = impl_->step_of_code(select.blob(0), code, select.integer(1), now);
        if (step) {
            Statement(database, "UPDATE account SET totp_last_step = ? WHERE account_id = ?")
                .bind(*step, account.id)
                .run();
        } else if (!takes_recovery_code(database, impl_->secret, account.id, code)) {
            failures.count_name(attempt.name);
            failures.count_client(attempt.client);
            write_refusal(database, account, "second_factor", now);
            return LogInRefused{};
        }
        failures.forget_name(attempt.name);
        end_session(database, token);
        write_log_in(database, account, step ? "totp" : "recovery_code", now);
        return LoggedIn{begin_session(database, account.id, false, now, now), false, account.must_change_password};
    });
}

} // namespace shirube::directory
