// What the command line may write, and what becomes of a store that is made by an import: nothing is written over what
// is read, and of two who make one store at the same time neither spoils the other's.
#include "tests/server/support/process.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

namespace shirube::tests {

namespace {

constexpr std::string_view k_list =
    "ID,事業,名称,住所\r\n1,児童館,浜児童館,標県潮見野市港町1番地\r\n2,児童かん,丘児童館,\r\n";
constexpr std::string_view k_other = "ID,事業,名称,住所\r\n1,児童館,山児童館,標県磯辺郡沖ノ浜町元町1番地\r\n";

std::size_t files_in(const fs::path& folder) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

std::vector<std::string> import_of(const fs::path& list, const fs::path& store, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"import", "resources", list, "--store", store, "--municipality", "99201"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

} // namespace

TEST_CASE("no output is written over the store, an input, or another output", "[cli]") {
    const ScratchFolder folder;
    const auto list = folder.write("list.csv", k_list);
    const auto mapping = folder.write("mapping.json", "{}");
    const auto store = folder / "town.csv"; // whatever it is called
    REQUIRE(run_shirube(import_of(list, store)).status == 3);
    const auto before = bytes_of(store);
    const std::vector<std::vector<std::string>> wrong{
        {"--report", store},
        {"--rejects", store},
        {"--report", store.string() + "-wal"},
        {"--report", list},
        {"--rejects", list},
        {"--profile", mapping, "--report", mapping},
        {"--report", folder / "out.csv", "--rejects", folder / "out.csv"},
        {"--report", folder / "." / "town.csv"},
    };
    for (const auto& more : wrong) {
        for (const bool dry : {false, true}) {
            auto arguments = import_of(list, store, more);
            if (dry) {
                arguments.emplace_back("--dry-run");
            }
            const auto ran = run_shirube(arguments);
            INFO(more[0] << " " << more[1] << "\n" << ran.errors);
            CHECK(ran.status == 2);
            CHECK(ran.errors.find("Name another file") != std::string::npos);
        }
    }
    CHECK(bytes_of(store) == before);
    CHECK(bytes_of(list) == k_list);
    CHECK(bytes_of(mapping) == "{}");
    CHECK(run_shirube({"template", "list", "-o", store}).status == 2);
    CHECK(run_shirube({"links", "--store", store, "-o", store}).status == 2);
    CHECK(bytes_of(store) == before);
}

TEST_CASE("a store is named by a file and by nothing else", "[cli]") {
    const ScratchFolder folder;
    const auto list = folder.write("list.csv", k_list);
    const auto nameless = run_shirube(import_of(list, ""));
    CHECK(nameless.status == 2);
    // What SQLite would take for a store in memory, gone when the command ends, is a file like any other.
    const auto odd = folder / ":memory:";
    CHECK(run_shirube(import_of(list, odd)).status == 3);
    CHECK(fs::file_size(odd) > 0);
}

TEST_CASE("imports that make one store at the same time: one makes it, and the other is told", "[cli]") {
    const ScratchFolder folder;
    const auto list = folder.write("list.csv", k_list);
    const auto other = folder.write("other.csv", k_other);
    const std::size_t files = files_in(folder.path());
    for (int round = 0; round < 6; ++round) {
        const fs::path store = folder / ("town" + std::to_string(round));
        Process first(import_of(list, store));
        std::this_thread::sleep_for(std::chrono::milliseconds{15 * round});
        Process second(import_of(other, store));
        const auto a = first.wait();
        const auto b = second.wait();
        REQUIRE((a && b));
        INFO(first.errors() << second.errors());
        REQUIRE(fs::exists(store));
        const auto check = run_shirube({"check", "--store", store});
        CHECK(check.status == 0);
        // Whoever said that it was kept is in it.
        const auto imports = run_shirube({"imports", "--store", store}).output;
        CHECK((*a == 3) == (imports.find("list.csv") != std::string::npos));
        CHECK((*b == 0) == (imports.find("other.csv") != std::string::npos));
        CHECK((*a == 3 || *b == 0));
        if (*a == 1 || *b == 1) {
            CHECK((first.errors() + second.errors()).find("mport again") != std::string::npos);
        }
        for (const char* suffix : {"", "-wal", "-shm"}) {
            fs::remove(store.string() + suffix);
        }
    }
    CHECK(files_in(folder.path()) == files); // nothing that was begun is left
}

TEST_CASE("an import that keeps nothing leaves another's new store alone", "[cli]") {
    const ScratchFolder folder;
    const auto list = folder.write("list.csv", k_list);
    const auto bad = folder.write("bad.csv", "x,y\r\n1,2\r\n");
    const fs::path store = folder / "town";
    Process tried(import_of(list, store, {"--dry-run"}));
    Process failed(import_of(bad, store));
    const auto kept = run_shirube(import_of(list, store));
    REQUIRE(tried.wait());
    REQUIRE(failed.wait() == 1);
    CHECK(kept.status == 3);
    REQUIRE(fs::exists(store));
    CHECK(run_shirube({"imports", "--store", store}).output.find("list.csv") != std::string::npos);
}

TEST_CASE("a file that is called like another city's does not take that list's place", "[cli]") {
    const ScratchFolder folder;
    fs::create_directories(folder / "a");
    fs::create_directories(folder / "b");
    const auto ours = folder.write("a/児童館.csv", k_list);
    const auto theirs = folder.write("b/児童館.csv", k_other);
    const fs::path store = folder / "town";
    REQUIRE(run_shirube(import_of(ours, store)).status == 3);
    auto arguments = import_of(theirs, store);
    arguments.back() = "99341";
    const auto refused = run_shirube(arguments);
    CHECK(refused.status == 2);
    CHECK(refused.errors.find("99201") != std::string::npos);
    CHECK(refused.errors.find("--list") != std::string::npos);
    arguments.insert(arguments.end(), {"--list", "沖ノ浜町の児童館"});
    CHECK(run_shirube(arguments).status == 0);
    const auto found = run_shirube({"search", "--store", store, "--format", "json"}).output;
    CHECK(found.find("浜児童館") != std::string::npos);
    CHECK(found.find("山児童館") != std::string::npos);
    // Whoever names the list means it.
    CHECK(run_shirube(import_of(ours, store, {"--list", "沖ノ浜町の児童館"})).status == 3);
}

TEST_CASE("a header without rows empties nothing", "[cli]") {
    const ScratchFolder folder;
    const fs::path store = folder / "town";
    const auto list = folder.write("児童館.csv", k_list);
    REQUIRE(run_shirube(import_of(list, store)).status == 3);
    const auto empty = folder.write("児童館.csv", "ID,事業,名称,住所\r\n\r\n");
    const auto refused = run_shirube(import_of(empty, store));
    CHECK(refused.status == 1);
    CHECK(refused.errors.find("no rows below the header") != std::string::npos);
    CHECK(run_shirube({"search", "--store", store, "--format", "json"}).output.find("浜児童館") != std::string::npos);
    // That there are none at all is a thing that a complete list can say.
    CHECK(run_shirube(import_of(empty, store, {"--complete", "--covers", "jidokan@99201"})).status == 0);
}

} // namespace shirube::tests
