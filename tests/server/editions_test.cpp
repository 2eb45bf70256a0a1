// The edition in force follows the store, whoever writes it and however; what is held stays whole.
#include "server/editions.hpp"

#include "tests/server/support/process.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <thread>

namespace shirube::server {

namespace {

using namespace std::chrono_literals;
using tests::eventually;
using tests::run_shirube;
using tests::ScratchFolder;
using tests::town_store;

void import_more(const ScratchFolder& folder, const tests::fs::path& store, std::string_view stem) {
    const auto list = folder.write("more.csv", tests::made_list(20, stem));
    REQUIRE(run_shirube({"import", "resources", list, "--store", store, "--list", std::string(stem)}).status == 0);
}

/// As the demonstration's loader does it: the old store's log goes, the new file takes the name in one step.
void put_in_place(const tests::fs::path& coming, const tests::fs::path& store) {
    tests::fs::remove(store.string() + "-wal");
    tests::fs::remove(store.string() + "-shm");
    tests::fs::rename(coming, store);
}

} // namespace

TEST_CASE("an import by another process brings a new edition, an undo the old one", "[editions]") {
    const ScratchFolder folder;
    const auto store = town_store(folder);
    const Editions editions(store, 20ms);
    const auto before = editions.current();
    const auto generation = editions.generation();
    const auto services = before->reader.services().size();

    import_more(folder, store, "後の");
    REQUIRE(eventually([&] { return editions.generation() != generation; }));
    const auto after = editions.current();
    CHECK(after->reader.edition() != before->reader.edition());
    CHECK(after->reader.services().size() == services + 20);
    CHECK(before->reader.services().size() == services); // who holds the old one goes on with it

    REQUIRE(run_shirube({"undo", "5", "--store", store}).status == 0);
    CHECK(eventually([&] { return editions.current()->reader.edition() == before->reader.edition(); }));
}

TEST_CASE("an import that changes nothing the public may see brings no new edition", "[editions]") {
    const ScratchFolder folder;
    const auto store = town_store(folder);
    import_more(folder, store, "後の");
    const Editions editions(store, 20ms);
    const auto generation = editions.generation();
    import_more(folder, store, "後の");
    import_more(folder, store, "その次の"); // this one does, and comes after
    REQUIRE(eventually([&] { return editions.generation() != generation; }));
    CHECK(editions.generation() <= generation + 1);
}

TEST_CASE("a store put in the place of another is followed", "[editions]") {
    const ScratchFolder folder;
    const auto store = town_store(folder);
    const ScratchFolder elsewhere;
    const auto other = town_store(elsewhere);
    import_more(elsewhere, other, "復元した");
    const Editions editions(store, 20ms);
    const auto before = editions.current();

    tests::fs::remove(store);
    CHECK(editions.current()->reader.edition() == before->reader.edition());
    tests::fs::copy_file(other, folder / "coming.shirube");
    put_in_place(folder / "coming.shirube", store);
    REQUIRE(eventually([&] { return editions.current()->reader.edition() != before->reader.edition(); }));
    const auto replaced = editions.current()->reader.edition();

    // And the new file is watched like the first.
    import_more(folder, store, "そのまた後の");
    CHECK(eventually([&] { return editions.current()->reader.edition() != replaced; }));
}

TEST_CASE("a store that turns to rubbish leaves the edition in force, and a good one is taken again", "[editions]") {
    const ScratchFolder folder;
    const auto store = town_store(folder);
    const ScratchFolder elsewhere;
    const auto other = town_store(elsewhere);
    import_more(elsewhere, other, "復元した");
    const Editions editions(store, 20ms);
    const auto before = editions.current();
    folder.write("rubbish", "this is no store");
    put_in_place(folder / "rubbish", store);
    std::this_thread::sleep_for(100ms); // several looks; none may change anything
    CHECK(editions.current() == before);
    tests::fs::copy_file(other, folder / "coming.shirube");
    put_in_place(folder / "coming.shirube", store);
    CHECK(eventually([&] { return editions.current()->reader.edition() != before->reader.edition(); }));
}

TEST_CASE("without a store there is no server", "[editions]") {
    const ScratchFolder folder;
    CHECK_THROWS_AS(Editions(folder / "missing.shirube", 20ms), directory::StoreError);
    CHECK_THROWS_AS(load_edition(folder.write("rubbish", "this is no store")), directory::StoreError);
}

} // namespace shirube::server
