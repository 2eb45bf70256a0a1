// The file of accounts: who may read it, which files are refused, and the log that is only added to.
#include "accounts_office.hpp"
#include "directory/accounts/file.hpp"

#include <sys/stat.h>

#include <atomic>
#include <fstream>
#include <thread>

using namespace shirube::directory;
using namespace shirube::directory::test;
namespace fs = std::filesystem;

namespace {

unsigned mode_of(const fs::path& path) {
    struct stat status{};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    return status.st_mode & 0777U;
}

std::pair<std::string, std::string> refusal_of(const fs::path& path) {
    try {
        Accounts::open(path, cheap_settings());
        return {};
    } catch (const AccountsError& error) {
        return {error.code(), error.what()};
    }
}

void write(const fs::path& path, std::string_view bytes) { std::ofstream(path, std::ios::binary) << bytes; }

} // namespace

TEST_CASE("Accounts lie beside their store") {
    CHECK(accounts_beside("data/town.shirube") == "data/town.shirube.accounts");
}

TEST_CASE("The file of accounts and what SQLite puts beside it are their owner's alone, whatever the umask") {
    const auto before = ::umask(0);
    {
        Office office;
        office.add("mori");
        office.sign_in("mori", k_monday);
        int files = 0;
        for (const auto& entry : fs::directory_iterator(office.file().parent_path())) {
            CAPTURE(entry.path());
            CHECK(mode_of(entry.path()) == 0600);
            ++files;
        }
        CHECK(files >= 2); // the write-ahead log too
    }
    ::umask(before);
}

TEST_CASE("What is written is there when the file is opened again, with its sessions") {
    StoreFolder folder;
    const auto path = folder / "a.accounts";
    std::string token;
    {
        auto accounts = Accounts::open_or_create(path, cheap_settings());
        REQUIRE(accounts.add({"mori", Role::administrator, "", k_password, PasswordOrigin::chosen}, Actor::console(),
                             k_monday));
        token = std::get<LoggedIn>(accounts.log_in("mori", k_password, k_desk, k_monday)).token;
    }
    auto accounts = Accounts::open(path, cheap_settings());
    REQUIRE(accounts.all().size() == 1);
    CHECK(accounts.all()[0].role == Role::administrator);
    CHECK(accounts.session_of(token, k_monday));
    Database database(path, Database::Mode::read_only);
    for (const auto& [pragma, value] : {std::pair{"application_id", k_accounts_application_id}, {"user_version", 2}}) {
        Statement statement(database, fmt::format("PRAGMA {}", pragma));
        REQUIRE(statement.step());
        CHECK(statement.integer(0) == value);
    }
}

TEST_CASE("What passwords cost is settled when the file is made, and never below libsodium's least for people") {
    StoreFolder folder;
    const auto path = folder / "a.accounts";
    AccountSettings settings;
    settings.effort_of_new_file = PasswordEffort::interactive;
    REQUIRE(Accounts::open_or_create(path, settings)
                .add({"mori", Role::administrator, "", k_password}, Actor::console(), k_monday));
    settings.effort_of_new_file = PasswordEffort::moderate;
    for (const auto& accounts : {Accounts::open_or_create(path, settings), Accounts::open(path)}) {
        CHECK(accounts.password_effort() == PasswordEffort::interactive);
    }
    Database database(path, Database::Mode::read_write);
    Statement select(database, "SELECT password FROM account");
    REQUIRE(select.step());
    CHECK(select.text(0).starts_with("$argon2id$v=19$m=65536,t=2,p=1$"));
    CHECK(Accounts::open_or_create(folder / "b.accounts").password_effort() == PasswordEffort::moderate);
    for (const auto effort : {PasswordEffort::interactive, PasswordEffort::moderate}) {
        CHECK(parse_password_effort(code_of(effort)) == effort);
        CHECK(cost_of(effort).memory_bytes >= std::size_t{64} << 20U);
        CHECK(cost_of(effort).operations >= 2);
    }
    CHECK_FALSE(parse_password_effort("min"));

    database.run("UPDATE setting SET value = 'min'");
    CHECK(refusal_of(path).first == "accounts_damaged");
}

TEST_CASE("A file of the first form is brought to today's with the effort it had") {
    StoreFolder folder;
    const auto path = folder / "a.accounts";
    {
        Accounts::open_or_create(path, cheap_settings());
    }
    {
        Database database(path, Database::Mode::read_write);
        database.run("DROP TABLE setting");
        database.run("PRAGMA user_version = 1");
    }
    auto settings = cheap_settings();
    settings.effort_of_new_file = PasswordEffort::interactive;
    CHECK(Accounts::open_or_create(path, settings).password_effort() == PasswordEffort::moderate);
}

TEST_CASE("Files that are no file of accounts are refused with a sentence and stay as they are") {
    StoreFolder folder;
    CHECK(refusal_of(folder / "missing").first == "accounts_missing");
    CHECK_FALSE(fs::exists(folder / "missing"));

    const auto text = folder / "text";
    write(text, std::string(5'000, 'x'));
    CHECK(refusal_of(text).first == "accounts_foreign");

    const auto store = folder / "town.shirube";
    Store::open(store, OpenMode::write_or_create);
    const auto [code, sentence] = refusal_of(store);
    CHECK(code == "accounts_foreign");
    CHECK(sentence.find("town.shirube") != std::string::npos);
    CHECK(sentence.find("アカウントのファイルではありません") != std::string::npos);
    CHECK(Store::open(store, OpenMode::read).history().empty());

    const auto newer = folder / "newer";
    Accounts::open_or_create(newer, cheap_settings());
    Database(newer, Database::Mode::read_write).run("PRAGMA user_version = 99");
    CHECK(refusal_of(newer).first == "accounts_newer");

    const auto nowhere = folder / "no such folder" / "a";
    CHECK_THROWS_AS(Accounts::open_or_create(nowhere, cheap_settings()), AccountsError);
    CHECK(refusal_of(folder / ".").first == "accounts_read_only");
}

TEST_CASE("Several processes make the file at once and find the same one") {
    StoreFolder folder;
    const auto path = folder / "a.accounts";
    std::vector<std::jthread> threads;
    std::atomic<int> added{0};
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&, i] {
            auto accounts = Accounts::open_or_create(path, cheap_settings());
            const auto made = accounts.add({fmt::format("staff{}", i), Role::viewer, "13101", k_password},
                                           Actor::console(), k_monday);
            added += made ? 1 : 0;
        });
    }
    threads.clear();
    CHECK(added == 4);
    CHECK(Accounts::open(path, cheap_settings()).all().size() == 4);
}

TEST_CASE("An import that holds the store keeps nobody from signing in") {
    Office office;
    office.add("mori");
    const auto store = office.folder / "town.shirube";
    Store::open(store, OpenMode::write_or_create);
    Database database(store, Database::Mode::read_write);
    Transaction import(database);
    office.sign_in("mori", k_monday);
}

TEST_CASE("The log tells who did what, newest first, a page at a time") {
    Office office;
    const auto account = office.add("mori", Role::steward);
    office.sign_in("mori", k_monday + 1);
    office.accounts.audit(Actor::of(account), AuditAction::export_, "児童館.csv", k_monday + 2);
    const auto entries = office.accounts.audit_log(0, 10);
    REQUIRE(entries.size() == 3);
    CHECK(entries[0].action == AuditAction::export_);
    CHECK(entries[0].what == "児童館.csv");
    CHECK(entries[0].name == "mori");
    CHECK(entries[0].role == Role::steward);
    CHECK(entries[0].municipality == "13101");
    CHECK(entries[0].at == k_monday + 2);
    CHECK(entries[1].action == AuditAction::log_in);
    CHECK(entries[2].action == AuditAction::account_added);
    CHECK(entries[2].name == "console");
    CHECK_FALSE(entries[2].role);
    CHECK(entries[2].what == "mori: steward 13101");
    const auto page = office.accounts.audit_log(entries[0].id, 1);
    REQUIRE(page.size() == 1);
    CHECK(page[0].id == entries[1].id);
    CHECK(office.accounts.audit_log(entries[2].id, 10).empty());
}

TEST_CASE("What is done to an account is logged under its code") {
    Office office;
    const auto by = Actor::console();
    const auto account = office.add("mori");
    office.turn_totp_on(account, k_monday);
    REQUIRE(office.accounts.remove_totp(account.id, by, k_monday));
    const auto in = office.sign_in("mori", k_monday);
    REQUIRE(office.accounts.change_password(in.token, k_password, k_other_password, k_desk, k_monday));
    REQUIRE(office.accounts.change_role(account.id, Role::administrator, "", by, k_monday));
    REQUIRE(office.accounts.disable(account.id, by, k_monday));
    REQUIRE(office.accounts.disable(account.id, by, k_monday)); // again: nothing happens
    REQUIRE(office.accounts.enable(account.id, by, k_monday));
    REQUIRE(office.accounts.set_password(account.id, k_password, PasswordOrigin::chosen, by, k_monday));
    office.accounts.log_out(office.sign_in("mori", k_monday).token, k_monday);
    std::string told;
    for (const auto& entry : office.accounts.audit_log(0, 100)) {
        told = fmt::format("{} {}\n", code_of(entry.action), entry.what) + told;
    }
    CHECK(told ==
          "account_added mori: viewer 13101\ntotp_on mori\ntotp_off mori\nlog_in password\n"
          "password_changed mori\naccount_changed mori: viewer 13101 -> administrator\n"
          "account_disabled mori\naccount_enabled mori\npassword_changed mori\nlog_in password\nlog_out \n");
}

TEST_CASE("A refused log-in names an account that exists, and never what else was typed") {
    Office office;
    office.add("mori");
    office.accounts.log_in("mori", "nani ka chigau kotoba", k_desk, k_monday);
    office.accounts.log_in("watashi-no-himitsu", "nani ka chigau kotoba", k_desk, k_monday);
    const auto entries = office.accounts.audit_log(0, 2);
    CHECK(entries[0].action == AuditAction::log_in_refused);
    CHECK(entries[0].name == "unknown");
    CHECK(entries[1].action == AuditAction::log_in_refused);
    CHECK(entries[1].name == "mori");
    for (const auto& entry : entries) {
        CHECK(entry.what == "password");
    }
}

TEST_CASE("Whoever acts on the machine is told from every account") {
    Office office;
    office.sign_in(office.add("console.mori").name, k_monday);
    for (const auto* user : {"", "root", "shirube (mika)", "umi\nyama"}) {
        office.accounts.audit(Actor::console(user), AuditAction::import, "#1 resources done", k_monday);
    }
    const auto entries = office.accounts.audit_log(0, 6);
    REQUIRE(entries.size() == 6);
    CHECK(entries[0].system_user() == "umi yama");
    CHECK(entries[1].system_user() == "shirube (mika)");
    CHECK(entries[2].name == "console:root");
    CHECK(entries[2].system_user() == "root");
    CHECK(entries[3].system_user() == "");
    CHECK(entries[4].name == "console.mori");
    CHECK_FALSE(entries[4].system_user()); // an account
    for (const auto* name : {"console", "console:root", "console:"}) {
        CHECK_FALSE(office.accounts.add({name, Role::viewer, "13101", k_password}, Actor::console(), k_monday));
    }
    AuditEntry entry;
    for (const auto* name : {"unknown", "consoles", "consol"}) {
        entry.name = name;
        CHECK_FALSE(entry.system_user());
    }
}

TEST_CASE("What the log is told is kept short and on one line") {
    Office office;
    std::string longest;
    for (int i = 0; i < 300; ++i) {
        longest += "台";
    }
    office.accounts.audit(Actor::console(), AuditAction::import, "a\nb\tc", k_monday);
    office.accounts.audit(Actor::console(), AuditAction::import, longest, k_monday);
    const auto entries = office.accounts.audit_log(0, 2);
    CHECK(entries[0].what == longest.substr(0, 600));
    CHECK(entries[1].what == "a b c");
}

TEST_CASE("Nobody changes, deletes or replaces an entry of the log through SQL") {
    Office office;
    office.add("mori");
    Database database(office.file(), Database::Mode::read_write);
    CHECK_THROWS_AS(database.run("UPDATE audit SET name = 'aoki'"), StoreError);
    CHECK_THROWS_AS(database.run("DELETE FROM audit"), StoreError);
    CHECK_THROWS_AS(database.run("INSERT OR REPLACE INTO audit VALUES (1, 0, 'aoki', '', '', 'import', '')"),
                    StoreError);
    CHECK_THROWS_AS(database.run("REPLACE INTO audit SELECT * FROM audit"), StoreError);
    const auto entries = office.accounts.audit_log(0, 10);
    REQUIRE(entries.size() == 1);
    CHECK(entries[0].name == "console");
}
