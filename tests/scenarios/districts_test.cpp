// An invented town from its files: schools' districts, a merged area over them, a table of addresses, a list of places.
#include "directory/coverage.hpp"
#include "directory/snapshot/snapshot.hpp"
#include "importers/import.hpp"
#include "tests/scratch_folder.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <map>

using namespace shirube;
using namespace shirube::directory;
namespace fs = std::filesystem;

namespace {

class Town {
  public:
    Town() : folder_(tests::new_scratch_folder("shirube-districts")) {
        store_.emplace(Store::open(folder_ / "town.shirube", OpenMode::write_or_create));
    }
    Town(const Town&) = delete;
    Town& operator=(const Town&) = delete;
    ~Town() {
        store_.reset();
        fs::remove_all(folder_);
    }

    importers::Report import(ImportKind kind, const std::string& name, const std::string& text,
                             importers::ImportOptions options = {}) {
        std::ofstream(folder_ / name, std::ios::binary) << text;
        options.kind = kind;
        options.files = {folder_ / name};
        auto report = importers::run_import(*store_, options, {});
        if (!report) {
            FAIL(report.error().message);
        }
        REQUIRE(report->rows.adds_up());
        return std::move(*report);
    }

    void undo(std::int64_t import) { store_->undo(import); }

    [[nodiscard]] std::vector<Finding> check() const { return store_->check(); }

    [[nodiscard]] Reader reader() const {
        return Reader(Snapshot::build(store_->read_public_state(), Taxonomy::shipped(), Holidays::shipped()));
    }

    /// "district tier" of a layer, one after the other.
    [[nodiscard]] std::string tiers(const std::string& layer) const {
        const Reader here = reader();
        const Layer* of = here.find_layer(layer);
        if (of == nullptr) {
            return "none";
        }
        Policy policy;
        policy.layer = layer;
        policy.any_of = {*here.taxonomy().by_code("jidokan")};
        policy.list_valid_months = 1200;
        std::map<std::string, std::string> found;
        for (const auto& district : compute_coverage(here, policy, *of, {*parse_day("2026-11-25"), 600}).districts) {
            found[here.districts()[district.district].name] = code_of(district.tier);
        }
        std::string text;
        for (const auto& [name, tier] : found) {
            text += (text.empty() ? "" : ", ") + name + " " + tier;
        }
        return text;
    }

  private:
    fs::path folder_;
    std::optional<Store> store_;
};

std::string school(const std::string& name, double west) {
    return fmt::format(R"({{"type":"Feature","properties":{{"A32_001":"99201","A32_002":"潮見野市","A32_003":"{2}"}},)"
                       R"("geometry":{{"type":"Polygon","coordinates":[[[{0:.2f},33.1],[{1:.2f},33.1],)"
                       R"([{1:.2f},33.2],[{0:.2f},33.2],[{0:.2f},33.1]]]}}}})",
                       west, west + 0.1, name);
}

} // namespace

TEST_CASE(
    "A town's own areas are drawn from its schools' districts, and its address table settles what a circle cannot") {
    Town town;
    const auto members = town.import(ImportKind::districts, "areas.csv",
                                     "区域名,市区町村コード,構成区域の層,構成区域\n"
                                     "東部,99201,中学校区,浜中学校、山中学校\n西部,99201,中学校区,谷中学校\n");
    CHECK(members.issue_counts.at("member_without_geometry") == 3);
    CHECK(members.rows.flagged == 2);

    const auto schools =
        town.import(ImportKind::districts, "A32.geojson",
                    fmt::format(R"({{"type":"FeatureCollection","features":[{},{},{}]}})", school("浜中学校", 137.0),
                                school("山中学校", 137.1), school("谷中学校", 137.2)));
    CHECK(schools.rows.accepted == 3);
    for (const auto& finding : town.check()) {
        CHECK(finding.code != "member_without_geometry");
    }

    importers::ImportOptions complete;
    complete.completeness = importers::Completeness::complete;
    complete.covers = "jidokan@99201";
    town.import(ImportKind::resources, "places.csv",
                "ID,事業,名称,市区町村コード,住所,緯度,経度\n1,児童館,浜児童館,99201,潮見野市港町2-3,33.15,137.05\n",
                complete);
    CHECK(town.tiers("chugakkoku") == "山中学校 blank, 浜中学校 full, 谷中学校 blank");
    CHECK(town.tiers("sodan_kuiki") == "東部 full, 西部 blank");

    importers::ImportOptions here;
    here.municipality = "99201";
    const auto table =
        town.import(ImportKind::districts, "tsugaku.csv", "町名,番地,中学校\n港町,1番～5番,谷中\n", here);
    CHECK(table.rows.accepted == 1);
    // The table says the place's school, and with it the area that school's district is a part of.
    CHECK(town.tiers("chugakkoku") == "山中学校 blank, 浜中学校 blank, 谷中学校 full");
    CHECK(town.tiers("sodan_kuiki") == "東部 blank, 西部 full");

    town.undo(table.import_id);
    CHECK(town.tiers("sodan_kuiki") == "東部 full, 西部 blank");
    town.undo(schools.import_id);
    CHECK(town.tiers("chugakkoku") == "none");
}
