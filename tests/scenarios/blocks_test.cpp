// What knowing the blocks changes: the demonstration town with and without its file of blocks, from the lists to the
// coverage map.
#include "directory/coverage.hpp"
#include "directory/reader.hpp"
#include "directory/snapshot/snapshot.hpp"
#include "geo/distance.hpp"
#include "importers/import.hpp"
#include "tests/scratch_folder.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <vector>

using namespace shirube;
using namespace shirube::directory;
namespace fs = std::filesystem;

namespace {

const fs::path k_town = fs::path(SHIRUBE_SOURCE_DIR) / "demo/town";
constexpr const char* k_cafeterias = "lists/992011_shiomino_kodomosyokudo.csv";

/// A store of its own, filled with some of the town's files in the order they are named.
class Town {
  public:
    explicit Town(const char* name) : folder_(tests::new_scratch_folder(fmt::format("shirube-blocks-{}", name))) {}
    Town(const Town&) = delete;
    Town& operator=(const Town&) = delete;
    ~Town() { fs::remove_all(folder_); }

    importers::Report import(ImportKind kind, const char* file) {
        importers::ImportOptions options;
        options.kind = kind;
        options.files = {k_town / file};
        options.municipality = kind == ImportKind::districts ? "" : "99201";
        auto report = importers::run_import(store_, options, {});
        if (!report) {
            FAIL(report.error().message);
        }
        REQUIRE(report->rows.adds_up());
        return std::move(*report);
    }

    void import_towns_and_districts() {
        import(ImportKind::gazetteer, "gazetteer/ja/標県/潮見野市.json");
        import(ImportKind::districts, "districts/A32-13_99.geojson");
    }

    [[nodiscard]] Reader reader() const {
        return Reader(Snapshot::build(store_.read_public_state(), Taxonomy::shipped(), Holidays::shipped()));
    }

  private:
    fs::path folder_;
    Store store_ = Store::open((fs::create_directories(folder_), folder_ / "town.shirube"), OpenMode::write_or_create);
};

Coverage cafeterias(const Reader& reader) {
    return compute_coverage(reader, *find_policy("cafeteria_per_chugakkoku"), *reader.find_layer("chugakkoku"),
                            *parse_instant("2026-11-21T12:00"));
}

std::map<std::string, SiteRow> sites_by_name(const Reader& reader) {
    std::map<std::string, SiteRow> sites;
    for (const SiteRow& site : reader.sites()) {
        sites.emplace(site.name, site);
    }
    return sites;
}

} // namespace

TEST_CASE("Known by their blocks, cafeterias that might stand in several districts stand in one") {
    Town without("without");
    without.import_towns_and_districts();
    const auto by_town = without.import(ImportKind::resources, k_cafeterias);
    Town with("with");
    with.import_towns_and_districts();
    const auto blocks = with.import(ImportKind::gazetteer, "gazetteer/99201_2026.csv");
    const auto by_block = with.import(ImportKind::resources, k_cafeterias);

    CHECK(blocks.rows.accepted == blocks.rows.read);
    // No address is found that was not before, and none is lost.
    const auto located = [](const importers::Report& report, const char* quality) {
        const auto found = report.located.find(quality);
        return found == report.located.end() ? 0 : found->second;
    };
    CHECK(located(by_town, "block") == 0);
    CHECK(located(by_block, "block") > 20);
    CHECK(located(by_block, "exact") == located(by_town, "exact"));
    CHECK(located(by_block, "town") + located(by_block, "block") == located(by_town, "town"));
    CHECK(by_block.unlocated == by_town.unlocated);

    const Reader coarse = without.reader();
    const Reader fine = with.reader();
    const CoverageTotals before = cafeterias(coarse).totals;
    const CoverageTotals after = cafeterias(fine).totals;
    CHECK(before.services == after.services);
    CHECK(before.services_unlocated == after.services_unlocated);
    CHECK(after.services_assigned > before.services_assigned);
    CHECK(before.services_assigned - after.services_assigned ==
          after.services_possible - before.services_possible + after.services_outside - before.services_outside);

    // A block lies within its town's circle: the finer answer never contradicts the coarser one.
    std::size_t finer = 0;
    const auto coarse_sites = sites_by_name(coarse);
    for (const auto& [name, site] : sites_by_name(fine)) {
        if (site.quality != PositionQuality::block) {
            continue;
        }
        INFO(name);
        const SiteRow& coarse_site = coarse_sites.at(name);
        REQUIRE((site.position && coarse_site.position));
        CHECK(coarse_site.quality == PositionQuality::town);
        CHECK(site.accuracy_m < coarse_site.accuracy_m);
        CHECK(geo::distance_m(*site.position, *coarse_site.position) <= coarse_site.accuracy_m);
        ++finer;
    }
    CHECK(finer > 20);
}
