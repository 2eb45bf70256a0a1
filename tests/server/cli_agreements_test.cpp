// shirube agreements as an operator runs it: what is recorded, what is refused, and that a refusal changes nothing.
#include "directory/store.hpp"
#include "server/cli/agreements_command.hpp"
#include "server/cli/commands.hpp"
#include "tests/scratch_folder.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <string>

using namespace shirube;
using namespace shirube::server;
using What = AgreementsCommand::What;

TEST_CASE("Agreements are recorded with their days and document, refused where they make no sense, and end", "[cli]") {
    const auto store = tests::new_scratch_folder("shirube-agreements") / "towns.shirube";
    {
        directory::Store::open(store, directory::OpenMode::write_or_create);
    }
    AgreementsCommand add;
    add.what = What::add;
    add.store = store;
    add.from = "992011"; // with its check digit, or without
    add.to = "99341";
    add.since = "2026-04-01";
    add.said = "協定（架空）";
    add.language = "ja";
    const auto recorded = [&] { return directory::Store::open(store, directory::OpenMode::read).agreements(); };
    CHECK(run_agreements_command(add) == k_exit_done);
    REQUIRE(recorded().size() == 1);
    CHECK(recorded()[0].from == "99201");
    CHECK(recorded()[0].up_to == directory::Visibility::staff);

    auto wrong = add;
    wrong.from = "潮見野市";
    CHECK(run_agreements_command(wrong) == k_exit_wrong_use);
    wrong = add;
    wrong.since = "2026-13-01";
    CHECK(run_agreements_command(wrong) == k_exit_wrong_use);
    for (auto change : {+[](AgreementsCommand& c) { c.to = c.from; }, +[](AgreementsCommand& c) { c.said.clear(); },
                        +[](AgreementsCommand& c) { c.until = "2026-03-31"; }}) {
        auto malformed = add;
        change(malformed);
        CHECK_THROWS_AS(run_agreements_command(malformed), directory::StoreError);
    }
    CHECK(recorded().size() == 1);

    AgreementsCommand end;
    end.what = What::end;
    end.store = store;
    end.id = recorded()[0].id;
    end.language = "en";
    end.until = "2026-03-31"; // the day before it begins
    try {
        run_agreements_command(end);
        FAIL("it ended before it began");
    } catch (const directory::StoreError& error) {
        CHECK(error.code() == "agreement_ends_before");
    }
    CHECK_FALSE(recorded()[0].until);
    end.until = "2026-04-01";
    CHECK(run_agreements_command(end) == k_exit_done);
    end.until = "2026-09-30";
    CHECK(run_agreements_command(end) == k_exit_done);
    CHECK(recorded()[0].until == directory::parse_day("2026-09-30"));
    std::filesystem::remove_all(store.parent_path());
}
