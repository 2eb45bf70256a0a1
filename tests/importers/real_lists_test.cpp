// Lists as municipalities publish them, and those of the demonstration town, from files to the store and back out.
#include "importers/import.hpp"
#include "support.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <set>

using namespace shirube;
using namespace shirube::importers;
using namespace shirube::importers::test;
using directory::ImportKind;
using directory::OpenMode;
using directory::Store;

namespace {

struct Scratch {
    ScratchFolder folder;
    Store store = Store::open(folder.path() / "town.shirube", OpenMode::write_or_create);

    Report import(ImportKind kind, std::vector<fs::path> files, ImportOptions options = {}) {
        options.kind = kind;
        options.files = std::move(files);
        auto report = run_import(store, options, {});
        if (!report) {
            FAIL(report.error().message);
        }
        REQUIRE(report->rows.adds_up());
        return std::move(*report);
    }

    /// Services of the public state as text, for comparing states.
    std::multiset<std::string> services() const {
        std::multiset<std::string> lines;
        const auto state = store.read_public_state();
        for (const auto& service : state.services) {
            lines.insert(service.id + " " + state.sites[service.site].name + " " +
                         directory::Taxonomy::shipped().at(service.programme).code);
        }
        return lines;
    }
};

std::vector<fs::path> cafeteria_lists(const fs::path& folder, bool further_schedules) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if ((entry.path().stem().string().find("_tsuika") != std::string::npos) == further_schedules) {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    return files;
}

} // namespace

TEST_CASE("Tokyo's lists of children's cafeterias: every row in one bin, twice adds nothing, undo brings all back") {
    const fs::path folder = real_data("tokyo/kodomo_shokudo");
    const fs::path gazetteer = real_data("gazetteer/geolonia/ja/東京都");
    if (folder.empty() || gazetteer.empty()) {
        return;
    }
    Scratch town;
    town.import(ImportKind::gazetteer, {gazetteer});
    const auto before = town.services();
    const auto files = cafeteria_lists(folder, false);
    REQUIRE(files.size() == 30);

    const Report report = town.import(ImportKind::resources, files);
    CHECK(report.profiles.size() == files.size());
    CHECK(std::set<std::string>(report.profiles.begin(), report.profiles.end()).size() == 1);
    CHECK(report.rows.read == 581); // as another reader of CSV counts them
    std::int64_t placed = report.unlocated;
    for (const auto& [quality, count] : report.located) {
        placed += count;
    }
    CHECK(placed == report.rows.accepted + report.rows.flagged);
    // A rejected row has its reason.
    std::set<std::pair<std::string, std::int64_t>> told;
    for (const auto& issue : report.issues) {
        told.emplace(issue.file, issue.row);
    }
    CHECK(static_cast<std::int64_t>(told.size()) >= report.rows.rejected + report.rows.flagged);

    const auto loaded = town.services();
    CHECK(loaded.size() >= static_cast<std::size_t>(report.rows.accepted + report.rows.flagged));
    const Report again = town.import(ImportKind::resources, files);
    CHECK(again.entities.added == 0);
    CHECK(again.entities.changed == 0);
    CHECK(again.entities.gone == 0);
    CHECK(town.services() == loaded);

    town.store.undo(again.import_id);
    CHECK(town.services() == loaded);
    town.store.undo(report.import_id);
    CHECK(town.services() == before);
}

TEST_CASE("No issue of the real lists shows what may be a private contact") {
    const fs::path folder = real_data("tokyo/kodomo_shokudo");
    if (folder.empty()) {
        return;
    }
    Scratch town;
    ImportOptions options;
    options.explain = true;
    options.dry_run = true;
    const Report report = town.import(ImportKind::resources, cafeteria_lists(folder, false), options);
    for (const auto& issue : report.issues) {
        CAPTURE(issue.column);
        CHECK((issue.value.empty() || issue.column.find("電話") == std::string::npos));
        CHECK(issue.value.find('@') == std::string::npos);
    }
    for (const auto& column : report.columns) {
        if (column.column.find("電話") != std::string::npos || column.column.find("メール") != std::string::npos) {
            CHECK(column.samples.empty());
        }
    }
}

TEST_CASE("Tokyo's files of further schedules are refused one by one, and nothing changes") {
    const fs::path folder = real_data("tokyo/kodomo_shokudo");
    if (folder.empty()) {
        return;
    }
    Scratch town;
    const auto files = cafeteria_lists(folder, true);
    REQUIRE(files.size() == 4);
    for (const fs::path& file : files) {
        ImportOptions options;
        options.files = {file};
        const auto report = run_import(town.store, options, {});
        REQUIRE_FALSE(report);
        CHECK(report.error().code == "header_further_schedules");
    }
    CHECK(town.store.history().empty());
}

TEST_CASE("The demonstration town's lists come in with the faults they were given, and no row is lost") {
    Scratch town;
    town.import(ImportKind::gazetteer, {demo_data("gazetteer/ja")});
    std::int64_t rows = 0;
    for (const auto& entry : fs::directory_iterator(demo_data("lists"))) {
        const Report report = town.import(ImportKind::resources, {entry.path()});
        CAPTURE(entry.path());
        CHECK(report.rows.adds_up());
        CHECK(report.rows.accepted + report.rows.flagged > 0);
        rows += report.rows.read - report.rows.blank;
        const Report again = town.import(ImportKind::resources, {entry.path()});
        CHECK(again.entities.added == 0);
        CHECK(again.entities.changed == 0);
    }
    CHECK(rows >= 120);
    const auto state = town.store.read_public_state();
    CHECK(state.lists.size() == 4 + 1); // and the gazetteer's
    CHECK(std::ranges::none_of(state.services, [](const auto& service) {
        return directory::Taxonomy::shipped().at(service.programme).code == "boshi_seikatsu";
    }));
}
