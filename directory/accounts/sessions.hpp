// Sessions as the file keeps them. What is here runs inside Impl::locked() or Impl::written().
#pragma once

#include "directory/accounts.hpp"
#include "directory/store/sqlite.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace shirube::directory {

struct Session {
    Account account;
    std::int64_t created_at = 0;
    std::int64_t seen_at = 0;
    bool second_factor_pending = false;

    [[nodiscard]] std::int64_t expires_at(const AccountSettings& settings) const noexcept;
};

/// Nothing where the token is unknown, the session has expired or the account is disabled. \throws StoreError
std::optional<Session> session_by_token(Database& database, std::string_view token, const AccountSettings& settings,
                                        std::int64_t now);

/// \returns the new session's token. \throws StoreError
std::string begin_session(Database& database, std::int64_t account, bool second_factor_pending, std::int64_t created_at,
                          std::int64_t now);
void end_session(Database& database, std::string_view token);
void end_sessions(Database& database, std::int64_t account);
void sweep_sessions(Database& database, const AccountSettings& settings, std::int64_t now);

} // namespace shirube::directory
