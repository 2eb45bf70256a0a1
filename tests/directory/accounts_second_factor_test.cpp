// The second factor: when it is asked for, what passes it, and that nothing passes twice.
#include "accounts_office.hpp"

#include <algorithm>
#include <set>

using namespace shirube::directory;
using namespace shirube::directory::test;

namespace {

constexpr std::int64_t k_step = 30;

/// An account whose second factor was turned on a while ago.
struct Guarded : Office {
    explicit Guarded(AccountSettings settings = cheap_settings()) : Office(std::move(settings)) {
        account = add("mori");
        secret = turn_totp_on(account, k_monday - 3'600);
    }
    [[nodiscard]] std::string code_at(std::int64_t time) const { return invented_code(secret, time / k_step); }
    LogInResult pass(const LoggedIn& in, std::string_view code, std::int64_t now) {
        return accounts.second_factor(in.token, code, k_desk, now);
    }
    Account account;
    TotpSecret secret;
};

} // namespace

TEST_CASE("The second factor counts once it is confirmed by a code") {
    Office office;
    const auto account = office.add("mori");
    const auto by = Actor::of(account);
    CHECK(code_of_problem(office.accounts.confirm_totp(account.id, "123456", by, k_monday)) == "totp_not_begun");
    const auto given_up = office.accounts.begin_totp(account.id);
    REQUIRE(given_up);
    CHECK(given_up->size() == 20);
    CHECK_FALSE(office.sign_in("mori", k_monday).second_factor_pending);
    const auto secret = office.accounts.begin_totp(account.id);
    REQUIRE(secret);
    CHECK(*secret != *given_up);
    const auto confirm = [&](const TotpSecret& of, std::int64_t time) {
        return office.accounts.confirm_totp(account.id, invented_code(of, time / k_step), by, k_monday);
    };
    CHECK(code_of_problem(confirm(*given_up, k_monday)) == "totp_wrong");
    CHECK(code_of_problem(confirm(*secret, k_monday - 60)) == "totp_wrong");
    const auto codes = confirm(*secret, k_monday);
    REQUIRE(codes);
    CHECK(codes->size() == 8);
    CHECK(std::set(codes->begin(), codes->end()).size() == 8);
    CHECK(office.accounts.find(account.id)->has_totp);
    CHECK(office.accounts.find(account.id)->recovery_codes_left == 8);
    CHECK(office.sign_in("mori", k_monday).second_factor_pending);
    CHECK(code_of_problem(office.accounts.begin_totp(account.id)) == "totp_on");
    CHECK(code_of_problem(confirm(*secret, k_monday)) == "totp_on");
    CHECK(code_of_problem(office.accounts.begin_totp(account.id + 1)) == "account_unknown");
}

TEST_CASE("After the second factor there is a new token, and the old one is dead") {
    Guarded office;
    const auto in = office.sign_in("mori", k_monday);
    REQUIRE(in.second_factor_pending);
    const auto waiting = office.accounts.session_of(in.token, k_monday);
    REQUIRE(waiting);
    CHECK(waiting->second_factor_pending);
    CHECK_FALSE(office.accounts.find(office.account.id)->last_log_in_at);
    const auto result = office.pass(in, office.code_at(k_monday), k_monday);
    REQUIRE(is_signed_in(result));
    const auto passed = std::get<LoggedIn>(result);
    CHECK_FALSE(passed.second_factor_pending);
    CHECK(passed.token != in.token);
    CHECK_FALSE(office.accounts.session_of(in.token, k_monday));
    const auto session = office.accounts.session_of(passed.token, k_monday);
    REQUIRE(session);
    CHECK_FALSE(session->second_factor_pending);
    CHECK(session->csrf != waiting->csrf);
    CHECK(office.accounts.find(office.account.id)->last_log_in_at == k_monday);
    // A session that waits for nothing passes nothing.
    CHECK(is_refused(office.pass(passed, office.code_at(k_monday + 30), k_monday + 30)));
}

TEST_CASE("A code of the step before or after is taken, one of two steps away is not") {
    for (const auto& [away, taken] : {std::pair{-60, false}, {-30, true}, {0, true}, {30, true}, {60, false}}) {
        Guarded office;
        const auto in = office.sign_in("mori", k_monday);
        CAPTURE(away);
        CHECK(is_signed_in(office.pass(in, office.code_at(k_monday + away), k_monday)) == taken);
    }
}

TEST_CASE("A code is taken however the authenticator shows it, and nothing else is") {
    Guarded office;
    const auto in = office.sign_in("mori", k_monday);
    const auto code = office.code_at(k_monday);
    CHECK(is_refused(office.pass(in, "", k_monday)));
    CHECK(is_refused(office.pass(in, code.substr(0, 5), k_monday)));
    CHECK(is_refused(office.pass(in, code + "0", k_monday)));
    CHECK(is_signed_in(office.pass(in, code.substr(0, 3) + " " + code.substr(3), k_monday)));
}

TEST_CASE("A code that was used is not taken again, nor one of an earlier step") {
    Guarded office;
    auto in = office.sign_in("mori", k_monday);
    REQUIRE(is_signed_in(office.pass(in, office.code_at(k_monday), k_monday)));
    in = office.sign_in("mori", k_monday);
    CHECK(is_refused(office.pass(in, office.code_at(k_monday), k_monday)));
    CHECK(is_refused(office.pass(in, office.code_at(k_monday), k_monday + 30)));
    CHECK(is_refused(office.pass(in, office.code_at(k_monday - 30), k_monday)));
    CHECK(is_signed_in(office.pass(in, office.code_at(k_monday + 30), k_monday + 30)));
}

TEST_CASE("The code that confirmed the second factor does not pass it") {
    Office office;
    const auto account = office.add("mori");
    const auto secret = office.turn_totp_on(account, k_monday);
    const auto in = office.sign_in("mori", k_monday);
    CHECK(is_refused(office.accounts.second_factor(in.token, invented_code(secret, k_monday / 30), k_desk, k_monday)));
}

TEST_CASE("A recovery code passes once, however it is typed, and only for its account") {
    Guarded office;
    const auto other = office.add("aoki");
    const auto codes = office.recovery_codes;
    office.turn_totp_on(other, k_monday - 3'600);
    CHECK(is_refused(office.pass(office.sign_in("aoki", k_monday), codes[0], k_monday)));
    CHECK(is_signed_in(office.pass(office.sign_in("mori", k_monday), codes[0], k_monday)));
    CHECK(office.accounts.find(office.account.id)->recovery_codes_left == 7);
    CHECK(is_refused(office.pass(office.sign_in("mori", k_monday), codes[0], k_monday)));
    auto shouted = codes[1];
    std::erase(shouted, '-');
    std::ranges::transform(shouted, shouted.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    CHECK(is_signed_in(office.pass(office.sign_in("mori", k_monday), shouted, k_monday)));
    CHECK(office.accounts.find(office.account.id)->recovery_codes_left == 6);
}

TEST_CASE("Wrong codes count like wrong passwords, and the right password earns no new guesses at codes") {
    auto settings = cheap_settings();
    settings.client_failures_before_wait = 1'000;
    Guarded office(settings);
    for (int i = 0; i < 5; ++i) {
        const auto in = office.sign_in("mori", k_monday);
        CHECK(is_refused(office.pass(in, "abcdef", k_monday)));
    }
    CHECK(wait_of(office.accounts.log_in("mori", k_password, k_desk, k_monday)) == 1);
    const auto in = office.sign_in("mori", k_monday + 1);
    CHECK(is_refused(office.pass(in, "abcdef", k_monday + 1)));
    CHECK(wait_of(office.pass(in, office.code_at(k_monday), k_monday + 1)) == 2);
    CHECK(is_signed_in(office.pass(in, office.code_at(k_monday), k_monday + 3)));
    // All forgotten.
    for (int i = 0; i < 4; ++i) {
        CHECK(is_refused(office.accounts.log_in("mori", "nani ka chigau kotoba", k_desk, k_monday + 3)));
    }
    CHECK(wait_of(office.accounts.log_in("mori", k_password, k_desk, k_monday + 3)) == 0);
}

TEST_CASE("Wrong codes count against the client too") {
    auto settings = cheap_settings();
    settings.failures_before_wait = 1'000;
    Guarded office(settings);
    const auto in = office.sign_in("mori", k_monday);
    for (int i = 0; i < 5; ++i) {
        CHECK(is_refused(office.pass(in, "abcdef", k_monday)));
    }
    CHECK(wait_of(office.pass(in, office.code_at(k_monday), k_monday)) == 1);
}

TEST_CASE("A log-in waits ten minutes for its second factor, however often it is looked at") {
    Guarded office;
    const auto in = office.sign_in("mori", k_monday);
    for (std::int64_t passed = 0; passed < 600; passed += 60) {
        CHECK(office.accounts.session_of(in.token, k_monday + passed)->expires_at == k_monday + 600);
    }
    CHECK_FALSE(office.accounts.session_of(in.token, k_monday + 600));
    CHECK(is_refused(office.pass(in, office.code_at(k_monday + 600), k_monday + 600)));
}

TEST_CASE("A session that waits for its second factor changes no password") {
    Guarded office;
    const auto in = office.sign_in("mori", k_monday);
    CHECK(code_of_problem(office.accounts.change_password(in.token, k_password, k_other_password, k_desk, k_monday)) ==
          "signed_out");
}

TEST_CASE("Without the second factor its secret and recovery codes are gone, and nothing stays half open") {
    Guarded office;
    const auto in = office.sign_in("mori", k_monday);
    REQUIRE(office.accounts.remove_totp(office.account.id, Actor::console(), k_monday));
    const auto account = office.accounts.find(office.account.id);
    CHECK_FALSE(account->has_totp);
    CHECK(account->recovery_codes_left == 0);
    // The code of an empty secret is one that anybody can compute.
    CHECK(is_refused(office.pass(in, invented_code({}, k_monday / k_step), k_monday)));
    CHECK_FALSE(office.accounts.session_of(in.token, k_monday));
    CHECK_FALSE(office.sign_in("mori", k_monday).second_factor_pending);
    CHECK(office.accounts.begin_totp(office.account.id));
    CHECK(office.accounts.remove_totp(office.account.id, Actor::console(), k_monday));
    CHECK(code_of_problem(office.accounts.confirm_totp(office.account.id, "123456", Actor::console(), k_monday)) ==
          "totp_not_begun");
}
