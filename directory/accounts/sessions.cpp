#include "directory/accounts/sessions.hpp"

#include "directory/accounts/impl.hpp"
#include "directory/accounts/tokens.hpp"

#include <algorithm>
#include <span>

namespace shirube::directory {

std::int64_t Session::expires_at(const AccountSettings& settings) const noexcept {
    const auto most = created_at + settings.absolute_s;
    return std::min(most, second_factor_pending ? created_at + settings.pending_s : seen_at + settings.idle_s);
}

std::optional<Session> session_by_token(Database& database, std::string_view token, const AccountSettings& settings,
                                        std::int64_t now) {
    if (!may_be_token(token)) {
        return std::nullopt;
    }
    const auto hash = hash_of_token(token);
    Statement select(database,
                     "SELECT account_id, created_at, seen_at, second_factor_pending FROM session WHERE token_hash = ?");
    if (!select.bind(std::span<const std::uint8_t>(hash)).step()) {
        return std::nullopt;
    }
    auto account = account_by_id(database, select.integer(0));
    if (!account || account->disabled) {
        return std::nullopt;
    }
    Session session{*std::move(account), select.integer(1), select.integer(2), select.integer(3) != 0};
    return now < session.expires_at(settings) ? std::optional(std::move(session)) : std::nullopt;
}

std::string begin_session(Database& database, std::int64_t account, bool second_factor_pending, std::int64_t created_at,
                          std::int64_t now) {
    auto token = new_token();
    const auto hash = hash_of_token(token);
    Statement(database, "INSERT INTO session VALUES (?, ?, ?, ?, ?)")
        .bind(std::span<const std::uint8_t>(hash), account, created_at, now, static_cast<int>(second_factor_pending))
        .run();
    return token;
}

void end_session(Database& database, std::string_view token) {
    if (may_be_token(token)) {
        const auto hash = hash_of_token(token);
        Statement(database, "DELETE FROM session WHERE token_hash = ?").bind(std::span<const std::uint8_t>(hash)).run();
    }
}

void end_sessions(Database& database, std::int64_t account) {
    Statement(database, "DELETE FROM session WHERE account_id = ?").bind(account).run();
}

void sweep_sessions(Database& database, const AccountSettings& settings, std::int64_t now) {
    Statement(database, R"(DELETE FROM session WHERE created_at <= ?1 OR seen_at <= ?2
                           OR (second_factor_pending AND created_at <= ?3))")
        .bind(now - settings.absolute_s, now - settings.idle_s, now - settings.pending_s)
        .run();
}

std::optional<SignedIn> Accounts::session_of(std::string_view token, std::int64_t now) {
    return impl_->locked([&]() -> std::optional<SignedIn> {
        auto& database = impl_->file.database();
        auto session = session_by_token(database, token, impl_->settings, now);
        if (!session) {
            return std::nullopt;
        }
        if (now - session->seen_at >= impl_->settings.touch_s) {
            const auto hash = hash_of_token(token);
            try {
                Statement(database, "UPDATE session SET seen_at = ? WHERE token_hash = ?")
                    .bind(now, std::span<const std::uint8_t>(hash))
                    .run();
                session->seen_at = now;
            } catch (const StoreError& error) {
                // A full disk, or a log-in that takes its time, keeps nobody from reading: the session only ends
                // sooner.
                if (error.code() != "store_full" && error.code() != "store_busy") {
                    throw;
                }
            }
        }
        const auto expires_at = session->expires_at(impl_->settings);
        const bool must_change_password = session->account.must_change_password;
        return SignedIn{std::move(session->account), csrf_of(token), session->second_factor_pending,
                        must_change_password, expires_at};
    });
}

void Accounts::log_out(std::string_view token, std::int64_t now) {
    impl_->written([&] {
        auto& database = impl_->file.database();
        const auto session = session_by_token(database, token, impl_->settings, now);
        end_session(database, token);
        if (session) {
            write_audit(database, Actor::of(session->account), AuditAction::log_out, "", now);
        }
    });
}

void Accounts::log_out_everywhere(std::int64_t account, const Actor& by, std::int64_t now) {
    impl_->written([&] {
        auto& database = impl_->file.database();
        const auto of = account_by_id(database, account);
        end_sessions(database, account);
        if (of && database.changes() > 0) {
            write_audit(database, by, AuditAction::log_out, of->name, now);
        }
    });
}

} // namespace shirube::directory
