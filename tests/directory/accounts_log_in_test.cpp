// Signing in: who is let in, who is refused, and who has to wait.
#include "accounts_office.hpp"
#include "directory/accounts/password_hash.hpp"

#include <atomic>
#include <thread>

using namespace shirube::directory;
using namespace shirube::directory::test;

namespace {

/// What each of some wrong log-ins in a row is answered, a second apart from the end of each wait: "refused", or the
/// wait.
std::vector<std::string> answers_to_guesses(Accounts& accounts, const std::string& name, const std::string& client,
                                            int guesses) {
    std::vector<std::string> answers;
    std::int64_t now = k_monday;
    while (guesses > 0) {
        const auto result = accounts.log_in(name, "nani ka chigau kotoba", client, now);
        const auto wait = wait_of(result);
        REQUIRE_FALSE(is_signed_in(result));
        answers.push_back(wait > 0 ? fmt::format("wait {}", wait) : "refused");
        guesses -= wait > 0 ? 0 : 1;
        now += wait;
    }
    return answers;
}

AccountSettings patient_with_clients() {
    auto settings = cheap_settings();
    settings.client_failures_before_wait = 1'000;
    return settings;
}

AccountSettings patient_with_names() {
    auto settings = cheap_settings();
    settings.failures_before_wait = 1'000;
    return settings;
}

} // namespace

TEST_CASE("A name and its password sign in, however the name is written") {
    Office office;
    const auto account = office.add("Mori.K");
    CHECK(account.name == "mori.k");
    for (const auto* name : {"mori.k", "MORI.K", "ｍｏｒｉ．ｋ"}) {
        CHECK(is_signed_in(office.accounts.log_in(name, k_password, k_desk, k_monday)));
    }
    CHECK(office.accounts.find(account.id)->last_log_in_at == k_monday);
}

TEST_CASE("A password of other width or composition is the same password") {
    Office office;
    REQUIRE(
        office.accounts.add({"aoki", Role::viewer, "13101", "ガラスの靴とﾊﾟﾝと海の音"}, Actor::console(), k_monday));
    CHECK(is_signed_in(office.accounts.log_in("aoki", "カ\u3099ラスの靴とパンと海の音", k_desk, k_monday)));
}

TEST_CASE("Wrong passwords, unknown names and disabled accounts are refused alike") {
    Office office;
    office.add("mori");
    const auto gone = office.add("gone");
    REQUIRE(office.accounts.disable(gone.id, Actor::console(), k_monday));
    CHECK(is_refused(office.accounts.log_in("mori", "nani ka chigau kotoba", "a", k_monday)));
    CHECK(is_refused(office.accounts.log_in("nobody", k_password, "b", k_monday)));
    CHECK(is_refused(office.accounts.log_in("gone", k_password, "c", k_monday)));
    CHECK(is_refused(office.accounts.log_in("", "", "d", k_monday)));
    CHECK(is_refused(office.accounts.log_in("mori", std::string(100'000, 'x'), "e", k_monday)));
    CHECK(is_refused(office.accounts.log_in("mori", "\xff\xfe", "f", k_monday)));
    CHECK(is_refused(office.accounts.log_in("\xff", k_password, "g", k_monday)));
}

TEST_CASE("What stands in for an unknown name's hash costs what a hash costs") {
    for (const auto& cost : {PasswordCost::least(), PasswordCost::moderate()}) {
        const auto nobody = hash_of_nobody(cost);
        CHECK_FALSE(needs_rehash(nobody, cost));
        CHECK(nobody.size() == hash_password("x", {1, cost.memory_bytes}).size());
        CHECK(nobody != hash_of_nobody(cost));
    }
    CHECK_FALSE(is_password_of(hash_of_nobody(PasswordCost::least()), ""));
}

TEST_CASE("From the fifth failure in a row each doubles the wait, up to a quarter of an hour") {
    Office office(patient_with_clients());
    office.add("mori");
    const auto answers = answers_to_guesses(office.accounts, "mori", k_desk, 17);
    CHECK(answers == std::vector<std::string>{"refused", "refused",  "refused", "refused",  "refused", "wait 1",
                                              "refused", "wait 2",   "refused", "wait 4",   "refused", "wait 8",
                                              "refused", "wait 16",  "refused", "wait 32",  "refused", "wait 64",
                                              "refused", "wait 128", "refused", "wait 256", "refused", "wait 512",
                                              "refused", "wait 900", "refused", "wait 900", "refused"});
}

TEST_CASE("The waits of a name that nobody has are those of one that somebody has, and of a disabled one") {
    Office office(patient_with_clients());
    office.add("mori");
    const auto gone = office.add("gone");
    REQUIRE(office.accounts.disable(gone.id, Actor::console(), k_monday));
    const auto known = answers_to_guesses(office.accounts, "mori", "a", 9);
    CHECK(answers_to_guesses(office.accounts, "nobody", "b", 9) == known);
    CHECK(answers_to_guesses(office.accounts, "gone", "c", 9) == known);
    CHECK(answers_to_guesses(office.accounts, "no name at all, but a sentence", "d", 9) == known);
}

TEST_CASE("While an account waits its right password is not looked at either, from wherever it comes") {
    Office office(patient_with_clients());
    office.add("mori");
    for (int i = 0; i < 5; ++i) {
        CHECK(is_refused(office.accounts.log_in("mori", "nani ka chigau kotoba", "a", k_monday)));
    }
    CHECK(wait_of(office.accounts.log_in("mori", k_password, "b", k_monday)) == 1);
    CHECK(is_signed_in(office.accounts.log_in("mori", k_password, "b", k_monday + 1)));
}

TEST_CASE("A success forgets the account's failures") {
    Office office(patient_with_clients());
    office.add("mori");
    for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < 4; ++i) {
            CHECK(is_refused(office.accounts.log_in("mori", "nani ka chigau kotoba", k_desk, k_monday)));
        }
        office.sign_in("mori", k_monday);
    }
}

TEST_CASE("A client that tries many names has to wait, also for an account of its own") {
    Office office(patient_with_names());
    office.add("mori");
    for (int i = 0; i < 5; ++i) {
        if (i == 3) {
            office.sign_in("mori", k_monday); // forgives the client nothing
        }
        CHECK(is_refused(office.accounts.log_in(fmt::format("name{}", i), k_password, k_desk, k_monday)));
    }
    CHECK(wait_of(office.accounts.log_in("mori", k_password, k_desk, k_monday)) == 1);
    CHECK(is_signed_in(office.accounts.log_in("mori", k_password, "198.51.100.1", k_monday)));
}

TEST_CASE("A client's failures are forgiven by time, one a minute") {
    Office office(patient_with_names());
    const auto guess = [&](std::int64_t now) {
        return wait_of(office.accounts.log_in("nobody", k_password, k_desk, now));
    };
    for (int i = 0; i < 6; ++i) {
        guess(k_monday + 5 * i);
    }
    const auto last = k_monday + 25;
    CHECK(guess(last) == 2);
    CHECK(guess(last + 4 * 60) == 0); // six less four, and this one
    CHECK(guess(last + 4 * 60) == 0);
    CHECK(guess(last + 4 * 60) == 0); // the fifth
    CHECK(guess(last + 4 * 60) == 1);
}

TEST_CASE("Failures are forgotten after a day") {
    Office office(patient_with_clients());
    office.add("mori");
    answers_to_guesses(office.accounts, "mori", k_desk, 17);
    const auto later = k_monday + 3 * 24 * 60 * 60;
    CHECK(is_refused(office.accounts.log_in("mori", "nani ka chigau kotoba", k_desk, later)));
    CHECK(is_signed_in(office.accounts.log_in("mori", k_password, k_desk, later)));
}

TEST_CASE("The table of failures is bounded, and the names that were tried are not in it") {
    auto settings = patient_with_clients();
    settings.most_failure_rows = 20;
    Office office(settings);
    for (int i = 0; i < 60; ++i) {
        office.accounts.log_in(fmt::format("himitsu-no-kotoba-{}", i), "x", fmt::format("client {}", i), k_monday + i);
    }
    Database database(office.file(), Database::Mode::read_only);
    Statement count(database, "SELECT max(n) FROM (SELECT count(*) AS n FROM failure GROUP BY kind)");
    REQUIRE(count.step());
    CHECK(count.integer(0) <= 21);
    Statement rows(database, "SELECT CAST(hash AS TEXT) FROM failure");
    while (rows.step()) {
        CHECK(rows.text(0).find("himitsu") == std::string_view::npos);
    }
}

TEST_CASE("A hash made at another cost is made anew at the next log-in") {
    StoreFolder folder;
    const auto path = folder / "town.shirube.accounts";
    auto settings = cheap_settings();
    {
        auto accounts = Accounts::open_or_create(path, settings);
        REQUIRE(accounts.add({"mori", Role::viewer, "13101", k_password}, Actor::console(), k_monday));
    }
    const auto hash_now = [&] {
        Database database(path, Database::Mode::read_only);
        Statement select(database, "SELECT password FROM account");
        REQUIRE(select.step());
        return std::string(select.text(0));
    };
    const auto before = hash_now();
    settings.cost->operations += 1;
    auto accounts = Accounts::open(path, settings);
    CHECK(is_refused(accounts.log_in("mori", "nani ka chigau kotoba", k_desk, k_monday)));
    CHECK(hash_now() == before);
    CHECK(is_signed_in(accounts.log_in("mori", k_password, k_desk, k_monday)));
    CHECK(hash_now() != before);
    CHECK_FALSE(needs_rehash(hash_now(), *settings.cost));
    CHECK(is_signed_in(accounts.log_in("mori", k_password, k_desk, k_monday)));
}

TEST_CASE("Many guesses at a time are not all looked at before the first of them counts") {
    auto settings = patient_with_clients();
    settings.most_hashes_at_once = 16;
    settings.most_hashes_waiting = 64;
    Office office(settings);
    office.add("mori");
    std::atomic<int> looked_at{0};
    std::vector<std::jthread> threads;
    for (int i = 0; i < 30; ++i) {
        threads.emplace_back([&] {
            const auto result = office.accounts.log_in("mori", "nani ka chigau kotoba", k_desk, k_monday);
            looked_at += is_refused(result) ? 1 : 0;
        });
    }
    threads.clear();
    CHECK(looked_at == 5);
}

TEST_CASE("Several threads sign in and out at once, and each has a session of its own") {
    auto settings = cheap_settings();
    settings.most_hashes_waiting = 64;
    Office office(settings);
    for (int i = 0; i < 4; ++i) {
        office.add(fmt::format("staff{}", i));
    }
    std::atomic<int> good{0};
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&, i] {
            const auto name = fmt::format("staff{}", i);
            for (int round = 0; round < 10; ++round) {
                const auto result = office.accounts.log_in(name, k_password, name, k_monday);
                const auto* in = std::get_if<LoggedIn>(&result);
                if (in == nullptr) {
                    continue;
                }
                const auto session = office.accounts.session_of(in->token, k_monday);
                office.accounts.log_out(in->token, k_monday);
                const bool right =
                    session && session->account.name == name && !office.accounts.session_of(in->token, k_monday);
                good += right ? 1 : 0;
            }
        });
    }
    threads.clear();
    CHECK(good == 40);
}

TEST_CASE("Where too many wait to be hashed, the next is told to come back, and nothing counts against it") {
    HashingTurns turns(1, 0);
    {
        const auto first = turns.take();
        CHECK(first);
        CHECK_FALSE(turns.take());
    }
    CHECK(turns.take());
}
