// What commands on the server leave in the log of the accounts: who changed what, and no word of what lists hold.
#include "directory/accounts.hpp"
#include "directory/store.hpp"
#include "server/cli/command_log.hpp"
#include "tests/server/support/process.hpp"

#include <catch2/catch.hpp>
#include <pwd.h>
#include <unistd.h>

#include <string>
#include <vector>

namespace shirube::tests {

namespace {

using directory::Accounts;
using directory::AuditAction;

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::vector<directory::AuditEntry> log_of(const fs::path& store) {
    return Accounts::open(directory::accounts_beside(store)).audit_log(0, 100);
}

std::int64_t newest_import(const fs::path& store) {
    return directory::Store::open(store, directory::OpenMode::read).history().back().id;
}

} // namespace

TEST_CASE("imports and undos are logged with number, kind, lists and outcome, and with who ran them", "[cli]") {
    const ScratchFolder folder;
    const auto store = town_store(folder);
    Accounts::open_or_create(directory::accounts_beside(store));
    const auto list = folder.write("list.csv", made_list(3, "秘密の場所"));
    REQUIRE(run_shirube({"import", "resources", list, "--store", store, "--list", "新しい台帳", "--dry-run"}).status ==
            0);
    CHECK(run_shirube({"import", "resources", folder / "missing.csv", "--store", store}).status != 0);
    CHECK(run_shirube({"undo", "999", "--store", store}).status != 0);
    CHECK(log_of(store).empty()); // nothing was changed
    REQUIRE(
        run_shirube({"import", "resources", list, "--store", store, "--list", "新しい台帳", "--municipality", "99201"})
            .status == 0);
    const auto number = newest_import(store);
    REQUIRE(run_shirube({"undo", std::to_string(number), "--store", store}).status == 0);

    const auto entries = log_of(store);
    REQUIRE(entries.size() == 2);
    const auto* user = ::getpwuid(::geteuid());
    for (const auto& entry : entries) {
        CHECK(entry.system_user().value_or("").starts_with(user != nullptr ? user->pw_name : ""));
        CHECK_FALSE(entry.role);
        CHECK_FALSE(has(entry.what, "秘密"));
    }
    CHECK(entries[0].action == AuditAction::undo);
    CHECK(entries[0].what == "#" + std::to_string(number) + " resources done");
    CHECK(entries[0].municipality.empty());
    CHECK(entries[1].action == AuditAction::import);
    CHECK(entries[1].what == "#" + std::to_string(number) + " resources done: 新しい台帳");
    CHECK(entries[1].municipality == "99201");
}

TEST_CASE("an import that left rows out says so in the log", "[cli]") {
    const ScratchFolder folder;
    const auto store = town_store(folder);
    Accounts::open_or_create(directory::accounts_beside(store));
    const auto list = folder.write("list.csv", made_list(2, "新しい") + "3,jidokan_small,,33.06,137.06,\r\n");
    const auto ran = run_shirube({"import", "resources", list, "--store", store});
    CAPTURE(ran.output, ran.errors);
    REQUIRE(ran.status == 3);
    REQUIRE(log_of(store).size() == 1);
    CHECK(has(log_of(store)[0].what, " resources some_rejected: "));
}

TEST_CASE("agreements are logged as they begin and end", "[cli]") {
    const ScratchFolder folder;
    const auto store = town_store(folder);
    Accounts::open_or_create(directory::accounts_beside(store));
    REQUIRE(run_shirube({"agreements", "add", "--from", "99201", "--to", "99341", "--since", "2026-04-01", "--document",
                         "ある家庭の名前", "--store", store})
                .status == 0);
    REQUIRE(run_shirube({"agreements", "end", "1", "--until", "2026-09-30", "--store", store}).status == 0);
    REQUIRE(run_shirube({"agreements", "list", "--store", store}).status == 0);
    const auto entries = log_of(store);
    REQUIRE(entries.size() == 2);
    CHECK(entries[1].what == "#1 added: 99201 -> 99341 staff 2026-04-01 – ");
    CHECK(entries[0].what == "#1 ended: 99201 -> 99341 staff 2026-04-01 – 2026-09-30");
    for (const auto& entry : entries) {
        CHECK(entry.action == AuditAction::agreement_changed);
        CHECK(entry.municipality == "99201");
    }
}

TEST_CASE("a store without accounts is imported into as ever, and gets none", "[cli]") {
    const ScratchFolder folder;
    const auto store = town_store(folder);
    const auto list = folder.write("list.csv", made_list(3, "新しい"));
    const auto ran = run_shirube({"import", "resources", list, "--store", store});
    CHECK(ran.status == 0);
    CHECK(ran.errors.empty());
    CHECK_FALSE(fs::exists(directory::accounts_beside(store)));
}

TEST_CASE("an import stands where the log cannot be written, and a sentence says so", "[cli]") {
    const ScratchFolder folder;
    const auto store = town_store(folder);
    folder.write(directory::accounts_beside(store).filename(), "no file of accounts at all");
    const auto list = folder.write("list.csv", made_list(3, "新しい"));
    const auto before = newest_import(store);
    const auto ran = run_shirube({"import", "resources", list, "--store", store});
    CHECK(ran.status == 0);
    CHECK(has(ran.errors, "could not be written into the log"));
    CHECK(newest_import(store) > before);
}

TEST_CASE("whoever became another user is named beside that user", "[cli]") {
    CHECK(server::system_user_in_words("shirube", "mika") == "shirube (mika)");
    CHECK(server::system_user_in_words("mika", "mika") == "mika");
    CHECK(server::system_user_in_words("root", "") == "root");
}

} // namespace shirube::tests
