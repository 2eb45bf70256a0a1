// An office with accounts, hashed as cheaply as can be, for the tests of accounts.
#pragma once

#include "directory/accounts.hpp"
#include "directory/store/sqlite.hpp"
#include "store_batches.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace shirube::directory::test {

inline constexpr std::int64_t k_monday = 1'780'000'000; ///< a moment
inline constexpr const char* k_password = "umi no mieru kyuuryou";
inline constexpr const char* k_other_password = "tsuki to usagi no uta";
inline constexpr const char* k_desk = "192.0.2.7";

/// In place of HMAC: six digits that follow from secret and step.
inline std::string invented_code(std::span<const std::uint8_t> secret, std::int64_t step) {
    std::int64_t sum = step * 7'919;
    for (const auto byte : secret) {
        sum = sum * 31 + byte;
        sum %= 1'000'003;
    }
    return fmt::format("{:06}", sum % 1'000'000);
}

inline AccountSettings cheap_settings() {
    AccountSettings settings;
    settings.cost = PasswordCost::least();
    settings.totp_code = invented_code;
    return settings;
}

struct Office {
    explicit Office(AccountSettings settings = cheap_settings())
        : accounts(Accounts::open_or_create(folder / "town.shirube.accounts", std::move(settings))) {}

    Account add(const std::string& name, Role role = Role::viewer, PasswordOrigin origin = PasswordOrigin::chosen) {
        const auto added = accounts.add({name, role, "13101", k_password, origin}, Actor::console(), k_monday);
        REQUIRE(added);
        return *added;
    }
    LoggedIn sign_in(const std::string& name, std::int64_t now, std::string_view old_token = {}) {
        const auto result = accounts.log_in(name, k_password, k_desk, now, old_token);
        REQUIRE(std::holds_alternative<LoggedIn>(result));
        return std::get<LoggedIn>(result);
    }
    /// Turns the second factor on. \returns its secret; the step of `now` is used up
    TotpSecret turn_totp_on(const Account& account, std::int64_t now) {
        const auto secret = accounts.begin_totp(account.id);
        REQUIRE(secret);
        const auto codes = accounts.confirm_totp(account.id, invented_code(*secret, now / 30), Actor::of(account), now);
        REQUIRE(codes);
        recovery_codes = *codes;
        return *secret;
    }
    [[nodiscard]] std::filesystem::path file() const { return folder / "town.shirube.accounts"; }

    StoreFolder folder;
    Accounts accounts;
    std::vector<std::string> recovery_codes;
};

inline bool is_refused(const LogInResult& result) { return std::holds_alternative<LogInRefused>(result); }
inline bool is_signed_in(const LogInResult& result) { return std::holds_alternative<LoggedIn>(result); }
/// 0: it was looked at.
inline std::int64_t wait_of(const LogInResult& result) {
    const auto* wait = std::get_if<LogInWait>(&result);
    return wait == nullptr ? 0 : wait->seconds;
}

template <class T>
std::string code_of_problem(const std::expected<T, AccountProblem>& result) {
    return result ? std::string() : result.error().code;
}

} // namespace shirube::directory::test
