// The demonstration town shows what the network's measures are for: a base that nobody works with, somebody on whom the
// rest hangs, referrals that nothing comes back from; and places that two lists seem to name, for a person to decide.
#include "directory/network/measures/district_forums.hpp"
#include "directory/network/measures/hubs.hpp"
#include "directory/network/measures/lone_bases.hpp"
#include "directory/network/measures/network_change.hpp"
#include "directory/network/measures/referrals.hpp"
#include "directory/snapshot/snapshot.hpp"
#include "geo/distance.hpp"
#include "importers/import.hpp"
#include "tests/scratch_folder.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>

using namespace shirube;
using namespace shirube::directory;
namespace fs = std::filesystem;

namespace {

constexpr const char* k_city = "99201";

/// The city as demo/load.sh loads it, as far as its network goes.
class DemoTown {
  public:
    DemoTown() {
        import(ImportKind::gazetteer, "gazetteer/ja/標県/潮見野市.json");
        import(ImportKind::gazetteer, "gazetteer/99201_2026.csv");
        import(ImportKind::districts, "districts/A32-13_99.geojson", "");
        import(ImportKind::resources, "lists/児童館一覧.csv", "");
        import(ImportKind::resources, "lists/子育て支援拠点一覧.csv");
        import(ImportKind::resources, "lists/里親等支援一覧.csv", "");
        import(ImportKind::resources, "lists/992011_shiomino_kodomosyokudo.csv", "");
        import(ImportKind::relations, "ties/つながり.csv");
        import(ImportKind::relations, "ties/会議体.csv");
    }
    DemoTown(const DemoTown&) = delete;
    DemoTown& operator=(const DemoTown&) = delete;
    ~DemoTown() { fs::remove_all(folder_); }

    [[nodiscard]] const Store& store() const { return store_; }

    [[nodiscard]] Reader reader() const {
        return Reader(Snapshot::build(store_.read_public_state(), Taxonomy::shipped(), Holidays::shipped()));
    }

  private:
    void import(ImportKind kind, const char* file, const char* municipality = k_city) {
        importers::ImportOptions options;
        options.kind = kind;
        options.files = {fs::path(SHIRUBE_SOURCE_DIR) / "demo/town" / file};
        options.municipality = municipality;
        const auto report = importers::run_import(store_, options, {});
        if (!report) {
            FAIL(file << ": " << report.error().message);
        }
    }

    fs::path folder_ = tests::new_scratch_folder("shirube-demo-network");
    Store store_ = Store::open((fs::create_directories(folder_), folder_ / "town.shirube"), OpenMode::write_or_create);
};

NetworkScope on_the_day() { return {.municipality = k_city, .day = *parse_day("2026-11-21")}; }

const std::string& place_of(const Reader& reader, std::uint32_t service) {
    return reader.sites()[reader.services()[service].site].name;
}

} // namespace

TEST_CASE("the demonstration town has a lone base, a hub that would break it and a one-way referral", "[network]") {
    const DemoTown town;
    const Reader reader = town.reader();

    const auto found = lone_bases(reader, on_the_day());
    CHECK(found.bases.size() == 13);
    // Two have a cafeteria beside them that is known to its town alone, and may lie on either side of what is near.
    CHECK(count_of(found.bases, Company::unknown) == 2);
    for (const auto& of : found.bases) {
        if (of.company == Company::unknown) {
            REQUIRE(of.nearest != k_no_index);
            const auto& rough = reader.sites()[reader.services()[of.nearest].site];
            CHECK(*of.nearest_m + rough.accuracy_m.value_or(0) > k_usual_reach_m);
        }
    }
    REQUIRE(count_of(found.bases, Company::alone) == 1);
    const auto lone = std::ranges::find(found.bases, Company::alone, &Companion::company)->service;
    CHECK(place_of(reader, lone) == "段畑おやこひろば");
    // By hand: no certified place and no cafeteria within reach, and nobody ties its place or its organization.
    const auto& taxonomy = reader.taxonomy();
    const auto at = reader.sites()[reader.services()[lone].site].position.value();
    std::size_t places = 0;
    double nearest_m = 1e9;
    for (const auto service : reader.services().indices()) {
        const auto& row = reader.services()[service];
        const auto& code = taxonomy.at(row.programme).code;
        if ((code == "nintei_ibasho" || code == "kodomo_shokudo") && row.site != k_no_index) {
            ++places;
            if (const auto& position = reader.sites()[row.site].position) {
                nearest_m = std::min(nearest_m, geo::distance_m(at, *position));
            }
        }
    }
    CHECK(places > 40);
    CHECK(nearest_m > k_usual_reach_m);
    CHECK(nodes_of_service(reader, lone).empty());

    const auto held = hubs(reader, on_the_day());
    const auto hub = std::ranges::find_if(held.hubs, [&](const Hub& of) {
        return reader.network().nodes()[of.node].name == "社会福祉法人潮見野市社会福祉協議会（架空）";
    });
    REQUIRE(hub != held.hubs.end());
    CHECK(hub->is_articulation());
    CHECK(std::ranges::count_if(hub->parts, [](std::uint32_t size) { return size >= 5; }) >= 2); // halves, not a leaf

    const auto referred = referrals(reader, on_the_day());
    const auto one_way =
        std::ranges::find_if(referred.pairs, [](const ReferralPair& pair) { return pair.back == WayBack::none; });
    REQUIRE(one_way != referred.pairs.end());
    CHECK(reader.network().nodes()[one_way->from].name == "こども相談の窓口しるべ"); // as everybody calls it
    CHECK(one_way->sums.informed.sum == 214);
    CHECK(one_way->sums.linked.sum == 27);
    CHECK(one_way->sums.fed_back.sum == 0);

    const auto layers = district_forums(reader, on_the_day());
    REQUIRE_FALSE(layers.empty());
    CHECK(layers.front().without_either > 0);
    const auto change = network_change(reader, on_the_day(), *parse_day("2025-11-21"));
    CHECK_FALSE(change.came.empty());
    CHECK_FALSE(change.ended.empty());
}

TEST_CASE("the demonstration town's lists name two places in two ways, and nobody has decided on them", "[linking]") {
    const DemoTown town;
    std::set<std::string> pairs;
    for (const auto& doubt : town.store().doubtful_places()) {
        pairs.insert(std::min(doubt.a.name, doubt.b.name) + "|" + std::max(doubt.a.name, doubt.b.name));
    }
    CHECK(pairs == std::set<std::string>{"まつぼっくり|松ぼっくり食堂", "砂の城|砂の城食堂"});
}
