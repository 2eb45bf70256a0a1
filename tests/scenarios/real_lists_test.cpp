// Tokyo as published: districts of 23 wards, cafeteria lists of 13 of them, from the files to the coverage map, beside
// a join that SpatiaLite makes over the same store.
#include "directory/coverage.hpp"
#include "directory/reader.hpp"
#include "directory/snapshot/snapshot.hpp"
#include "directory/store/sqlite.hpp"
#include "geo/mesh.hpp"
#include "importers/import.hpp"
#include "tests/scratch_folder.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>

using namespace shirube;
using namespace shirube::directory;
namespace fs = std::filesystem;

namespace {

bool has_real_lists() {
    const bool there = fs::exists(fs::path(SHIRUBE_REAL_DATA) / "tokyo");
    if (!there) {
        std::cout << "SKIPPED: no real lists at " << SHIRUBE_REAL_DATA << '\n';
    }
    return there;
}

/// The lists name pantries too, which another programme stands for.
bool is_cafeteria(const Reader& reader, const ServiceRow& service) {
    return reader.taxonomy().at(service.programme).code == "kodomo_shokudo";
}

std::vector<fs::path> cafeteria_files() {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(fs::path(SHIRUBE_REAL_DATA) / "tokyo/kodomo_shokudo")) {
        if (entry.path().stem().string().find("_tsuika") == std::string::npos) {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    return files;
}

std::string edition_of(const Store& store) {
    return Snapshot::build(store.read_public_state(), Taxonomy::shipped(), Holidays::shipped())->edition;
}

/// Tokyo's store, made once for all tests of this file and removed at the end.
class Tokyo {
  public:
    static Tokyo& get() {
        static Tokyo tokyo;
        return tokyo;
    }
    Tokyo(const Tokyo&) = delete;
    Tokyo& operator=(const Tokyo&) = delete;
    ~Tokyo() { fs::remove_all(folder_); }

    importers::Report import(ImportKind kind, std::vector<fs::path> files) {
        importers::ImportOptions options;
        options.kind = kind;
        options.files = std::move(files);
        auto report = importers::run_import(store_, options, {});
        if (!report) {
            FAIL(report.error().message);
        }
        REQUIRE(report->rows.adds_up());
        return std::move(*report);
    }

    [[nodiscard]] Store& store() { return store_; }
    [[nodiscard]] fs::path path() const { return folder_ / "tokyo.shirube"; }
    [[nodiscard]] fs::path folder() const { return folder_; }
    [[nodiscard]] const importers::Report& districts() const { return districts_; }
    [[nodiscard]] const importers::Report& cafeterias() const { return cafeterias_; }
    [[nodiscard]] Reader reader() const {
        return Reader(Snapshot::build(store_.read_public_state(), Taxonomy::shipped(), Holidays::shipped()));
    }

  private:
    Tokyo() : folder_(tests::new_scratch_folder("shirube-tokyo")) {
        const fs::path data(SHIRUBE_REAL_DATA);
        districts_ = import(ImportKind::districts, {data / "tokyo/A32-13_tokyo_23_wards.geojson"});
        import(ImportKind::gazetteer, {data / "gazetteer/geolonia/ja/東京都"});
        cafeterias_ = import(ImportKind::resources, cafeteria_files());
    }

    fs::path folder_;
    Store store_ = Store::open((fs::create_directories(folder_), path()), OpenMode::write_or_create);
    importers::Report districts_;
    importers::Report cafeterias_;
};

constexpr const char* k_when = "2026-11-21T12:00";

/// Neither suspended nor closed nor still to come.
bool stands(const Reader& reader, std::uint32_t service) {
    const Status status = reader.status_on(service, parse_instant(k_when)->day);
    return status == Status::active || status == Status::pilot;
}

Coverage cafeteria_coverage(const Reader& reader) {
    return compute_coverage(reader, *find_policy("cafeteria_per_chugakkoku"), *reader.find_layer("chugakkoku"),
                            *parse_instant(k_when));
}

/// Services of a district, those surely in it and those possibly.
struct SureAndPossible {
    std::int64_t sure = 0;
    std::int64_t possible = 0;

    friend bool operator==(const SureAndPossible&, const SureAndPossible&) = default;
};

/// The public ids of places whose town ends so near to a district that the projection could decide.
std::set<std::string> close_calls(Database& database) {
    Statement select(database, R"(
        SELECT DISTINCT public_id FROM pair JOIN entity ON entity_id = service_id
        WHERE abs(distance_m - radius_m) < 0.002 * radius_m)");
    std::set<std::string> ids;
    while (select.step()) {
        ids.emplace(select.text(0));
    }
    return ids;
}

/// The join, by SpatiaLite alone. Points by ST_Intersects; towns as circles on the plane of JGD2011 IX, within the
/// row's own municipality where that is known.
std::map<std::string, SureAndPossible> joined_by_spatialite(Database& database) {
    database.run(R"(
        CREATE TEMP TABLE place AS
            SELECT service_id, municipality, coalesce(accuracy_m, 0) AS radius_m, geom, ST_Transform(geom, 6677) AS plane
            FROM service JOIN site USING (site_id)
            WHERE programme = 'kodomo_shokudo' AND visibility = 'public' AND geom IS NOT NULL;
        CREATE TEMP TABLE area AS
            SELECT code, municipality, geom, ST_Transform(geom, 6677) AS plane FROM district WHERE layer = 'chugakkoku';
        CREATE TEMP TABLE pair AS
            SELECT service_id, code, place.municipality <> '' AS of_known, radius_m,
                ST_Distance(area.plane, place.plane) AS distance_m
            FROM place JOIN area
                ON radius_m > 0 AND (area.municipality = place.municipality OR place.municipality = '');)");
    Statement select(database, R"(
        WITH member AS (
            SELECT service_id, code, of_known AND count(*) OVER (PARTITION BY service_id) = 1 AS sure
            FROM pair WHERE distance_m <= radius_m
            UNION ALL
            SELECT service_id, code, 1 FROM place JOIN area ON ST_Intersects(area.geom, place.geom) WHERE radius_m = 0
        )
        SELECT code, sum(sure), sum(1 - sure) FROM member
        WHERE service_id NOT IN (SELECT service_id FROM pair WHERE abs(distance_m - radius_m) < 0.002 * radius_m)
        GROUP BY code)");
    std::map<std::string, SureAndPossible> joined;
    while (select.step()) {
        joined[std::string{select.text(0)}] = {select.integer(1), select.integer(2)};
    }
    return joined;
}

} // namespace

TEST_CASE("Tokyo's 23 wards have 382 districts in 401 polygons, and 30 lists of cafeterias come in") {
    if (!has_real_lists()) {
        return;
    }
    const auto& tokyo = Tokyo::get();
    CHECK(tokyo.districts().rows.read == 401);
    CHECK(tokyo.districts().rows.rejected == 0);
    CHECK(tokyo.districts().entities.added == 382);
    CHECK(tokyo.reader().find_layer("chugakkoku")->count == 382);
    CHECK(cafeteria_files().size() == 30);
    CHECK(tokyo.cafeterias().rows.read == 581);
}

TEST_CASE("All of Tokyo's lists again are the same edition, and undone they leave the edition that was before") {
    if (!has_real_lists()) {
        return;
    }
    auto& tokyo = Tokyo::get();
    const auto edition = edition_of(tokyo.store());
    const auto again = tokyo.import(ImportKind::resources, cafeteria_files());
    CHECK(again.entities.added == 0);
    CHECK(again.entities.changed == 0);
    CHECK(again.entities.gone == 0);
    CHECK(edition_of(tokyo.store()) == edition);

    tokyo.store().undo(tokyo.cafeterias().import_id);
    CHECK(edition_of(tokyo.store()) == edition); // the second import holds the same rows
    tokyo.store().undo(again.import_id);
    const auto without = edition_of(tokyo.store());
    CHECK(without != edition);
    CHECK(tokyo.store().read_public_state().services.empty());
    const auto third = tokyo.import(ImportKind::resources, cafeteria_files());
    CHECK(edition_of(tokyo.store()) == edition);
    CHECK(third.entities.added == static_cast<std::int64_t>(tokyo.store().read_public_state().services.size()));
    for (const auto& finding : tokyo.store().check()) {
        INFO(finding.sentence_en);
        CHECK_FALSE(finding.is_error);
    }
}

TEST_CASE("The thirteen wards that have a list have data, the ten others have none") {
    if (!has_real_lists()) {
        return;
    }
    const auto reader = Tokyo::get().reader();
    const auto coverage = cafeteria_coverage(reader);
    std::map<std::string, std::set<bool>> has_data;
    for (const auto& of : coverage.districts) {
        has_data[reader.districts()[of.district].municipality].insert(of.tier != Tier::no_data);
    }
    REQUIRE(has_data.size() == 23);
    std::set<std::string> with_data;
    for (const auto& [ward, answers] : has_data) {
        INFO(ward);
        CHECK(answers.size() == 1); // a ward has data as a whole
        if (answers.contains(true)) {
            with_data.insert(ward);
        }
    }
    CHECK(with_data == std::set<std::string>{"13105", "13106", "13108", "13109", "13110", "13111", "13113", "13115",
                                             "13116", "13118", "13119", "13120", "13122"});
}

TEST_CASE("Every cafeteria of the thirteen wards is assigned, possible or unlocated, and the three add up") {
    if (!has_real_lists()) {
        return;
    }
    const auto reader = Tokyo::get().reader();
    const auto& totals = cafeteria_coverage(reader).totals;
    CHECK(totals.services == totals.services_assigned + totals.services_possible + totals.services_unlocated);
    CHECK(totals.services_outside == 0);
    std::set<std::string> wards;
    for (const auto& district : reader.districts()) {
        wards.insert(district.municipality);
    }
    std::int64_t of_wards = 0;
    std::int64_t from_next_door = 0; // their town reaches over the border of a city that has no districts here
    for (std::uint32_t i = 0; i < reader.services().size(); ++i) {
        const ServiceRow& service = reader.services()[i];
        if (!is_cafeteria(reader, service) || !stands(reader, i)) {
            continue;
        }
        const SiteRow& site = reader.sites()[service.site];
        const bool has_district = !reader.memberships(i).empty();
        if (wards.contains(site.municipality)) {
            ++of_wards;
            INFO(site.municipality << " " << code_of(site.quality));
            CHECK(has_district == site.position.has_value());
        } else if (has_district) {
            ++from_next_door;
        }
    }
    CHECK(of_wards > 340);
    CHECK(totals.services == of_wards + from_next_door);
    CHECK(totals.services_assigned > 0);
    CHECK(totals.services_possible > 0);
}

TEST_CASE("What is assigned equals, district by district, a join that SpatiaLite makes over the same store") {
    if (!has_real_lists()) {
        return;
    }
    auto& tokyo = Tokyo::get();
    const auto reader = tokyo.reader();
    Database database(tokyo.path(), Database::Mode::read_only);
    const auto joined = joined_by_spatialite(database);
    const auto left_out = close_calls(database);
    CHECK(left_out.size() < 15);

    const Layer& layer = *reader.find_layer("chugakkoku");
    std::map<std::string, SureAndPossible> assigned;
    std::map<std::string, SureAndPossible> standing;
    for (std::uint32_t service = 0; service < reader.services().size(); ++service) {
        if (!is_cafeteria(reader, reader.services()[service])) {
            continue;
        }
        for (const auto& membership : reader.memberships(service)) {
            const auto& code = reader.districts()[membership.district].code;
            if (stands(reader, service)) {
                ++(membership.sure ? standing[code].sure : standing[code].possible);
            }
            if (!left_out.contains(reader.services()[service].id)) {
                ++(membership.sure ? assigned[code].sure : assigned[code].possible);
            }
        }
    }
    REQUIRE(joined.size() > 150);
    for (std::uint32_t i = layer.first; i < layer.first + layer.count; ++i) {
        const auto& code = reader.districts()[i].code;
        INFO(code);
        const auto of = [&](const auto& counts) {
            const auto found = counts.find(code);
            return found == counts.end() ? SureAndPossible{} : found->second;
        };
        CHECK(of(assigned).sure == of(joined).sure);
        CHECK(of(assigned).possible == of(joined).possible);
    }

    // And the map says what was assigned: in sum everything, surely only what is confirmed.
    for (const auto& of : cafeteria_coverage(reader).districts) {
        const auto& counted = standing[reader.districts()[of.district].code];
        CHECK(of.services + of.services_possible + of.services_planned + of.services_outreach <=
              counted.sure + counted.possible);
        CHECK(of.services <= counted.sure);
    }
    Policy unconfirmed_too = *find_policy("cafeteria_per_chugakkoku");
    unconfirmed_too.count_unconfirmed = true;
    for (const auto& of : compute_coverage(reader, unconfirmed_too, layer, *parse_instant(k_when)).districts) {
        const auto& counted = standing[reader.districts()[of.district].code];
        INFO(reader.districts()[of.district].code);
        CHECK(of.services == counted.sure);
        CHECK(of.services_possible == counted.possible);
    }
}

TEST_CASE("No child is lost or counted twice: the districts' children and those outside are those of the cells") {
    if (!has_real_lists()) {
        return;
    }
    auto& tokyo = Tokyo::get();
    const fs::path file = tokyo.folder() / "mesh.txt";
    std::int64_t children = 0;
    {
        std::ofstream out(file);
        out << "KEY_CODE,HTKSYORI,HTKSAKI,GASSAN,T1\n,,,,０～１４歳人口　総数\n";
        int number = 0;
        for (double lat = 35.5021; lat < 35.86; lat += 15.0 / 3600) {
            for (double lon = 139.5531; lon < 139.95; lon += 22.5 / 3600) {
                const auto mesh = geo::to_string(geo::mesh_at({lon, lat}, geo::MeshLevel::m500));
                const int count = ++number * 7 % 97;
                children += count;
                out << mesh << ",0,,," << count << '\n';
            }
        }
    }
    const auto import_id = tokyo.import(ImportKind::population, {file}).import_id;
    const auto reader = tokyo.reader();
    const auto coverage = cafeteria_coverage(reader);
    std::int64_t inside = 0;
    for (const auto& of : coverage.districts) {
        REQUIRE(of.children);
        inside += *of.children;
        REQUIRE(of.children_covered.value_or(0) <= *of.children);
    }
    REQUIRE(coverage.children_outside);
    CHECK(inside + *coverage.children_outside == children);
    CHECK(inside > children / 3);
    CHECK(*coverage.children_outside > children / 10);
    tokyo.store().undo(import_id);
}

TEST_CASE("GDAL opens a store as it is and finds its layers") {
    if (!has_real_lists()) {
        return;
    }
    GDALAllRegister();
    const char* const drivers[] = {"SQLite", nullptr};
    const GDALDatasetUniquePtr dataset(
        GDALDataset::Open(Tokyo::get().path().c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers));
    REQUIRE(dataset);
    const auto check_layer = [&](const char* name, OGRwkbGeometryType type, GIntBig features) {
        INFO(name);
        OGRLayer* layer = dataset->GetLayerByName(name);
        REQUIRE(layer != nullptr);
        CHECK(layer->GetGeomType() == type);
        REQUIRE(layer->GetSpatialRef() != nullptr);
        CHECK(std::string{layer->GetSpatialRef()->GetAuthorityCode(nullptr)} == "4326");
        CHECK(layer->GetFeatureCount() == features);
    };
    const auto state = Tokyo::get().store().read_public_state();
    check_layer("district", wkbMultiPolygon, 382);
    check_layer("site", wkbPoint, static_cast<GIntBig>(state.sites.size()));
    check_layer("gazetteer_town", wkbPoint, static_cast<GIntBig>(state.towns.size()));
}
