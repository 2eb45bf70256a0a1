// Sessions: how long they last, what ends them, and that an old token is worth nothing.
#include "accounts_office.hpp"

#include <fstream>
#include <functional>
#include <iterator>
#include <set>

using namespace shirube::directory;
using namespace shirube::directory::test;

TEST_CASE("A token is known until it is signed out, and no other is") {
    Office office;
    office.add("mori", Role::planner);
    const auto in = office.sign_in("mori", k_monday);
    CHECK(in.token.size() == 43);
    CHECK_FALSE(in.second_factor_pending);
    CHECK_FALSE(in.must_change_password);
    const auto session = office.accounts.session_of(in.token, k_monday);
    REQUIRE(session);
    CHECK(session->account.name == "mori");
    CHECK(session->account.role == Role::planner);
    CHECK(session->account.municipality == "13101");
    CHECK(session->csrf.size() == 43);
    CHECK(session->csrf != in.token);
    CHECK(session->csrf == office.accounts.session_of(in.token, k_monday + 5)->csrf);

    CHECK_FALSE(office.accounts.session_of("", k_monday));
    CHECK_FALSE(office.accounts.session_of(std::string(43, 'A'), k_monday));
    CHECK_FALSE(office.accounts.session_of(in.token + "A", k_monday));
    CHECK_FALSE(office.accounts.session_of(session->csrf, k_monday));

    office.accounts.log_out(in.token, k_monday);
    CHECK_FALSE(office.accounts.session_of(in.token, k_monday));
    office.accounts.log_out(in.token, k_monday);
}

TEST_CASE("The file keeps neither a session's token nor what guards its forms") {
    Office office;
    office.add("mori");
    const auto in = office.sign_in("mori", k_monday);
    const auto csrf = office.accounts.session_of(in.token, k_monday)->csrf;
    for (const auto& entry : std::filesystem::directory_iterator(office.file().parent_path())) {
        std::ifstream file(entry.path(), std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(file), {}};
        CHECK(bytes.find(in.token) == std::string::npos);
        CHECK(bytes.find(csrf) == std::string::npos);
        CHECK(bytes.find(k_password) == std::string::npos);
    }
}

TEST_CASE("Every log-in has a new token and form guard; what the browser had before is dead after it") {
    Office office;
    office.add("mori");
    office.add("aoki");
    std::set<std::string> seen;
    std::string old_token;
    for (int i = 0; i < 4; ++i) {
        const auto in = office.sign_in(i % 2 == 0 ? "mori" : "aoki", k_monday + i, old_token);
        const auto csrf = office.accounts.session_of(in.token, k_monday + i)->csrf;
        CHECK(seen.insert(in.token).second);
        CHECK(seen.insert(csrf).second);
        if (i > 0) {
            CHECK_FALSE(office.accounts.session_of(old_token, k_monday + i));
        }
        old_token = in.token;
    }
    // A refused one leaves it.
    CHECK(is_refused(office.accounts.log_in("mori", "nani ka chigau kotoba", k_desk, k_monday, old_token)));
    CHECK(office.accounts.session_of(old_token, k_monday + 4));
    // Two browsers of one account are two sessions.
    const auto other = office.sign_in("aoki", k_monday + 5);
    CHECK(office.accounts.session_of(old_token, k_monday + 5));
    CHECK(office.accounts.session_of(other.token, k_monday + 5));
}

TEST_CASE("A session that is not used ends after half an hour") {
    Office office;
    office.add("mori");
    const auto in = office.sign_in("mori", k_monday);
    CHECK(office.accounts.session_of(in.token, k_monday)->expires_at == k_monday + 1'800);
    // Uses within a minute are not written down.
    CHECK(office.accounts.session_of(in.token, k_monday + 59)->expires_at == k_monday + 1'800);
    CHECK(office.accounts.session_of(in.token, k_monday + 60)->expires_at == k_monday + 1'860);
    CHECK(office.accounts.session_of(in.token, k_monday + 1'859));
    CHECK_FALSE(office.accounts.session_of(in.token, k_monday + 1'859 + 1'800));
    CHECK_FALSE(office.accounts.session_of(in.token, k_monday + 1'859 + 1'801));
}

TEST_CASE("A session ends after half a day however much it is used") {
    Office office;
    office.add("mori");
    const auto in = office.sign_in("mori", k_monday);
    constexpr std::int64_t k_half_day = 12 * 60 * 60;
    for (std::int64_t passed = 0; passed < k_half_day; passed += 600) {
        CHECK(office.accounts.session_of(in.token, k_monday + passed));
    }
    CHECK(office.accounts.session_of(in.token, k_monday + k_half_day - 1)->expires_at == k_monday + k_half_day);
    CHECK_FALSE(office.accounts.session_of(in.token, k_monday + k_half_day));
}

TEST_CASE("Expired sessions are swept from the file") {
    Office office;
    office.add("mori");
    for (int i = 0; i < 5; ++i) {
        office.sign_in("mori", k_monday);
    }
    office.sign_in("mori", k_monday + 1'800);
    Database database(office.file(), Database::Mode::read_only);
    Statement count(database, "SELECT count(*) FROM session");
    REQUIRE(count.step());
    CHECK(count.integer(0) == 1);
}

TEST_CASE("Disabling an account, a new password or another role ends its sessions at once, and nobody else's") {
    Office office;
    const auto account = office.add("mori");
    office.add("aoki");
    const auto other = office.sign_in("aoki", k_monday);
    const auto by = Actor::console();
    const auto ends = [&](const std::function<void()>& change) {
        const auto first = office.sign_in("mori", k_monday);
        const auto second = office.sign_in("mori", k_monday);
        change();
        CHECK_FALSE(office.accounts.session_of(first.token, k_monday));
        CHECK_FALSE(office.accounts.session_of(second.token, k_monday));
        CHECK(office.accounts.session_of(other.token, k_monday));
    };
    ends([&] { REQUIRE(office.accounts.change_role(account.id, Role::steward, "13101", by, k_monday)); });
    ends([&] { REQUIRE(office.accounts.change_role(account.id, Role::steward, "13102", by, k_monday)); });
    ends([&] { REQUIRE(office.accounts.set_password(account.id, k_password, PasswordOrigin::given, by, k_monday)); });
    ends([&] { office.accounts.log_out_everywhere(account.id, by, k_monday); });
    ends([&] { REQUIRE(office.accounts.disable(account.id, by, k_monday)); });
    REQUIRE(office.accounts.enable(account.id, by, k_monday));
    const auto in = office.sign_in("mori", k_monday);
    // The same role again is no change.
    REQUIRE(office.accounts.change_role(account.id, Role::steward, "13102", by, k_monday));
    CHECK(office.accounts.session_of(in.token, k_monday));
}

TEST_CASE("A change that another process makes ends sessions here") {
    Office office;
    const auto account = office.add("mori");
    const auto in = office.sign_in("mori", k_monday);
    auto elsewhere = Accounts::open(office.file(), cheap_settings());
    REQUIRE(elsewhere.disable(account.id, Actor::console(), k_monday));
    CHECK_FALSE(office.accounts.session_of(in.token, k_monday));
}

TEST_CASE("Whoever changes their own password stays, under a new token, and all their other sessions end") {
    Office office;
    const auto account = office.add("mori", Role::viewer, PasswordOrigin::given);
    CHECK(account.must_change_password);
    const auto here = office.sign_in("mori", k_monday);
    CHECK(here.must_change_password);
    CHECK(office.accounts.session_of(here.token, k_monday)->must_change_password);
    const auto there = office.sign_in("mori", k_monday);
    const auto later = k_monday + 100;
    const auto changed = office.accounts.change_password(here.token, k_password, k_other_password, k_desk, later);
    REQUIRE(changed);
    CHECK(changed->token != here.token);
    CHECK_FALSE(office.accounts.session_of(here.token, later));
    CHECK_FALSE(office.accounts.session_of(there.token, later));
    const auto session = office.accounts.session_of(changed->token, later);
    REQUIRE(session);
    CHECK_FALSE(session->must_change_password);
    CHECK(session->account.password_changed_at == later);
    CHECK(is_refused(office.accounts.log_in("mori", k_password, k_desk, later)));
    CHECK(is_signed_in(office.accounts.log_in("mori", k_other_password, k_desk, later)));
    // The half day goes on from the log-in.
    for (std::int64_t passed = 0; passed < 12 * 60 * 60; passed += 600) {
        CHECK(office.accounts.session_of(changed->token, k_monday + passed));
    }
    CHECK_FALSE(office.accounts.session_of(changed->token, k_monday + 12 * 60 * 60));
}

TEST_CASE("A password is not changed by who does not know it, and such guesses count as failed log-ins") {
    Office office;
    office.add("mori");
    const auto in = office.sign_in("mori", k_monday);
    const auto change = [&](const char* from, const char* to) {
        return code_of_problem(office.accounts.change_password(in.token, from, to, k_desk, k_monday));
    };
    CHECK(change(k_password, "short") == "password_short");
    CHECK(change(k_password, k_password) == "password_same");
    for (int i = 0; i < 5; ++i) {
        CHECK(change("nani ka chigau kotoba", k_other_password) == "password_wrong");
    }
    CHECK(change(k_password, k_other_password) == "wait");
    CHECK(wait_of(office.accounts.log_in("mori", k_password, "another desk", k_monday)) == 1);
    CHECK(code_of_problem(office.accounts.change_password("", k_password, k_other_password, k_desk, k_monday)) ==
          "signed_out");
}
