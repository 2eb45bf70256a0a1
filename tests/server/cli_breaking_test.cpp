// Full disks, other writers, folders that may not be written, and kills in the middle: the store is as it was or as it
// should be, never between.
#include "tests/server/support/process.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <sched.h>
#include <sqlite3.h>
#include <sys/mount.h>

#include <csignal>
#include <iostream>
#include <string>
#include <thread>

namespace shirube::tests {

namespace {

using namespace std::chrono_literals;
using nlohmann::json;

std::string edition_of(const fs::path& store) {
    const auto ran = run_shirube({"search", "--store", store, "--format", "json", "--limit", "1"});
    REQUIRE(ran.status == 0);
    return json::parse(ran.output).at("edition");
}

/// A store's file and its log, as they lie there.
void copy_store(const fs::path& from, const fs::path& to) {
    for (const auto* suffix : {"", "-wal", "-shm"}) {
        fs::remove(to.string() + suffix);
        if (fs::exists(from.string() + suffix)) {
            fs::copy_file(from.string() + suffix, to.string() + suffix);
        }
    }
}

std::vector<std::string> import_of(const fs::path& list, const fs::path& store) {
    return {"import", "resources", list, "--store", store, "--list", "more"};
}

/// Another writer, in the middle of its work.
class OtherWriter {
  public:
    explicit OtherWriter(const fs::path& store) {
        REQUIRE(sqlite3_open(store.c_str(), &handle_) == SQLITE_OK);
        REQUIRE(sqlite3_exec(handle_, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK);
    }
    OtherWriter(const OtherWriter&) = delete;
    OtherWriter& operator=(const OtherWriter&) = delete;
    ~OtherWriter() { sqlite3_close(handle_); }

  private:
    sqlite3* handle_ = nullptr;
};

/// A file system of its own of so many bytes, in memory, seen by this process and its children alone.
class SmallDisk {
  public:
    SmallDisk(const fs::path& at, std::uint64_t bytes) : at_(at) {
        fs::create_directories(at_);
        const std::string size = "size=" + std::to_string(bytes / 1024) + "k";
        // Private before anything is mounted: nobody else shall see it.
        mounted_ = ::unshare(CLONE_NEWNS) == 0 && ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
                   ::mount("none", at_.c_str(), "tmpfs", 0, size.c_str()) == 0;
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    ~SmallDisk() {
        if (mounted_) {
            ::umount(at_.c_str());
        }
    }

    [[nodiscard]] bool is_there() const noexcept { return mounted_; }

  private:
    fs::path at_;
    bool mounted_ = false;
};

} // namespace

TEST_CASE("a second import at the same time is told to wait, and readers are not", "[cli]") {
    const ScratchFolder folder;
    const auto store = town_store(folder);
    const auto before = edition_of(store);
    const auto list = folder.write("list.csv", made_list(30, "後の"));
    {
        const OtherWriter other(store);
        const auto ran = run_shirube(import_of(list, store));
        CAPTURE(ran.errors);
        CHECK(ran.status == 1);
        CHECK(ran.errors.find("another import is writing") != std::string::npos);
        CHECK(run_shirube({"undo", "4", "--store", store}).status == 1);
        CHECK(edition_of(store) == before);
        CHECK(run_shirube({"check", "--store", store}).status == 0);
    }
    CHECK(run_shirube(import_of(list, store)).status == 0);
    CHECK(edition_of(store) != before);
}

TEST_CASE("a full disk leaves the store whole", "[cli]") {
    const ScratchFolder folder;
    const auto base = town_store(folder);
    const auto before = edition_of(base);
    const auto list = folder.write("list.csv", made_list(3'000, "後の"));
    const auto done = folder / "done.shirube";
    copy_store(base, done);
    REQUIRE(run_shirube(import_of(list, done)).status == 0);
    const auto after = edition_of(done);

    int failed = 0;
    // Too little for the log's first page, for some of the log, for the store's growth; and enough.
    for (const std::uint64_t limit : {std::uint64_t{4'096}, std::uint64_t{100'000}, std::uint64_t{1'000'000},
                                      fs::file_size(base) + 16'384, std::uint64_t{200'000'000}}) {
        CAPTURE(limit);
        const auto store = folder / "full.shirube";
        copy_store(base, store);
        const auto ran = run_shirube(import_of(list, store), {.most_file_bytes = limit});
        CAPTURE(ran.errors);
        CHECK((ran.status == 0 || ran.status == 1));
        CHECK(edition_of(store) == (ran.status == 0 ? after : before));
        CHECK(run_shirube({"check", "--store", store}).status == 0);
        if (ran.status == 1) {
            ++failed;
            CHECK(ran.errors.find("full.shirube") != std::string::npos);
            CHECK(ran.errors.find("space") != std::string::npos);
            // With room again it goes through.
            CHECK(run_shirube(import_of(list, store)).status == 0);
            CHECK(edition_of(store) == after);
        }
    }
    CHECK(failed >= 2);
    // A store that cannot even be made leaves nothing that looks like one.
    const auto never = folder / "never.shirube";
    CHECK(run_shirube(import_of(list, never), {.most_file_bytes = 20'000}).status == 1);
    CHECK_FALSE(fs::exists(never));
}

TEST_CASE("a small disk that runs full is a sentence, and the store is whole", "[cli]") {
    const ScratchFolder folder;
    const auto base = town_store(folder);
    const auto before = edition_of(base);
    const auto list = folder.write("list.csv", made_list(3'000, "後の"));
    const auto done = folder / "done.shirube";
    copy_store(base, done);
    REQUIRE(run_shirube(import_of(list, done)).status == 0);
    const auto after = edition_of(done);

    int failed = 0;
    for (const std::uint64_t room : {64'000, 400'000, 2'000'000, 4'000'000, 100'000'000}) {
        const SmallDisk disk(folder / "disk", fs::file_size(base) + room);
        if (!disk.is_there()) {
            std::cout << "SKIPPED: no small disk can be mounted here\n";
            return;
        }
        CAPTURE(room);
        const auto store = folder / "disk" / "full.shirube";
        copy_store(base, store);
        const auto ran = run_shirube(import_of(list, store));
        CAPTURE(ran.errors);
        CHECK((ran.status == 0 || ran.status == 1));
        CHECK(edition_of(store) == (ran.status == 0 ? after : before));
        CHECK(run_shirube({"check", "--store", store}).status == 0);
        if (ran.status == 1) {
            ++failed;
            CHECK(ran.errors.find("full.shirube: the disk is full") != std::string::npos);
        }
    }
    CHECK(failed >= 2);
}

TEST_CASE("a folder or store that may not be written is told so", "[cli]") {
    const ScratchFolder folder;
    const ChildLimits nobody{.unprivileged = true};
    const auto list = folder.write("list.csv", made_list(3, "後の"));
    if (run_shirube({"--version"}, nobody).status != 0) {
        std::cout << "SKIPPED: nobody may not run the binary under test\n";
        return;
    }
    const auto store = town_store(folder);
    const auto before = edition_of(store);
    for (const char* suffix : {"-wal", "-shm"}) { // what a reader leaves beside the store
        const fs::path beside = store.string() + suffix;
        REQUIRE((!fs::exists(beside) || std::string_view(suffix) == "-shm" || fs::file_size(beside) == 0));
        fs::remove(beside);
    }
    fs::permissions(store, static_cast<fs::perms>(0444));
    fs::permissions(folder.path(), static_cast<fs::perms>(0555));
    const auto ran = run_shirube(import_of(list, store), nobody);
    CAPTURE(ran.errors);
    CHECK(ran.status == 1);
    CHECK(ran.errors.find("permissions") != std::string::npos);
    const auto made = run_shirube(import_of(list, folder / "new.shirube"), nobody);
    CHECK(made.status == 1);
    CHECK(made.errors.find("permissions") != std::string::npos);
    // A log beside the store is part of reading it: where none can be made it is said what to do.
    const auto read = run_shirube({"search", "--store", store, "--format", "json"}, nobody);
    CHECK(read.status == 1);
    CHECK(read.errors.find("Let this user write in the folder") != std::string::npos);
    fs::permissions(folder.path(), static_cast<fs::perms>(0755));
    fs::permissions(store, static_cast<fs::perms>(0644));
    CHECK_FALSE(fs::exists(folder / "new.shirube"));
    CHECK(edition_of(store) == before);
}

TEST_CASE("killed at any moment, an import is done or was never begun", "[cli]") {
    const ScratchFolder folder;
    const auto base = town_store(folder);
    const auto before = edition_of(base);
    const auto list = folder.write("list.csv", made_list(1'500, "後の"));
    const auto done = folder / "done.shirube";
    copy_store(base, done);
    const auto began = std::chrono::steady_clock::now();
    REQUIRE(run_shirube(import_of(list, done)).status == 0);
    const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began);
    const auto after = edition_of(done);
    REQUIRE(after != before);

    constexpr int k_moments = 20;
    int killed = 0;
    for (int moment = 0; moment < k_moments; ++moment) {
        CAPTURE(moment);
        const auto store = folder / "killed.shirube";
        copy_store(base, store);
        Process import(import_of(list, store));
        std::this_thread::sleep_for(whole * (moment + 1) / k_moments);
        import.signal(SIGKILL);
        const auto status = import.wait();
        killed += status == 128 + SIGKILL ? 1 : 0;
        const auto check = run_shirube({"check", "--store", store});
        CAPTURE(check.output, check.errors);
        CHECK(check.status == 0);
        const auto edition = edition_of(store);
        CHECK((edition == before || edition == after));
        if (status == 0) {
            CHECK(edition == after);
        }
        // What was killed can be done again, and comes out the same.
        if (moment % 5 == 0) {
            CHECK(run_shirube(import_of(list, store)).status == 0);
            CHECK(edition_of(store) == after);
        }
    }
    CHECK(killed >= k_moments / 2);
}

} // namespace shirube::tests
