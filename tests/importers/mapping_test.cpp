// Tables of nobody's layout, read by a mapping file.
#include "importers/layouts/mapping.hpp"

#include "importers/import.hpp"
#include "support.hpp"
#include "vector_maker.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

using namespace shirube;
using namespace shirube::importers;
using namespace shirube::importers::test;
using directory::OpenMode;
using directory::Store;

namespace {

struct Town {
    ScratchFolder folder;
    Store store = Store::open(folder.path() / "town.shirube", OpenMode::write_or_create);

    std::expected<Report, ImportFailure> import(const std::string& mapping, const fs::path& file) {
        ImportOptions options;
        options.files = {file};
        options.profile = folder.write("mapping.json", mapping).string();
        options.language = "en";
        return run_import(store, options, {});
    }

    std::string refused(const std::string& mapping, const fs::path& file) {
        const auto report = import(mapping, file);
        return report ? "" : report.error().code;
    }
};

const std::string k_list =
    "種別,施設名,所在,電話\n1,浜の館,潮見野市浜町1,\n2,丘の館,潮見野市丘町2,\n1,,潮見野市港町3,\n";
const std::string k_mapping =
    R"({"profile":"my-list","columns":{"施設名":"名称","所在":"住所","種別":"事業","電話":"電話番号"},
    "constants":{"料金":"無料"},"values":{"種別":{"1":"児童館"}},"filter":{"種別":["1"]}})";

} // namespace

TEST_CASE("A table of nobody's layout comes in by a mapping, its problems told at its own columns") {
    Town town;
    const auto report = town.import(k_mapping, town.folder.write("list.csv", k_list));
    REQUIRE(report);
    CHECK(report->profiles == std::vector<std::string>{"my-list"});
    CHECK(report->rows.read == 3);
    CHECK(report->rows.out_of_scope == 1);
    CHECK(report->rows.rejected == 1);
    REQUIRE(report->issue_counts.contains("name_missing"));
    CHECK(std::ranges::find(report->issues, "name_missing", &Issue::code)->column == "施設名");
    const auto state = town.store.read_public_state();
    REQUIRE(state.services.size() == 1);
    CHECK(state.sites[state.services[0].site].name == "浜の館");
    CHECK(directory::Taxonomy::shipped().at(state.services[0].programme).code == "jidokan");
}

TEST_CASE("A GeoJSON's points need no line in the mapping") {
    Town town;
    const fs::path file = town.folder.write(
        "points.geojson", R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"n":"浜の館"},)"
                          R"("geometry":{"type":"Point","coordinates":[137.1,33.1]}}]})");
    const auto report = town.import(R"({"columns":{"n":"名称"},"constants":{"事業":"児童館"}})", file);
    REQUIRE(report);
    CHECK(report->rows.rejected == 0);
    CHECK(report->located.at("exact") == 1);
}

TEST_CASE("A mapping that cannot be meant is refused with its code") {
    Town town;
    const fs::path list = town.folder.write("list.csv", k_list);
    CHECK(town.refused("{", list) == "mapping_malformed");
    CHECK(town.refused("[]", list) == "mapping_malformed");
    CHECK(town.refused(R"({"colums":{}})", list) == "mapping_malformed");
    CHECK(town.refused(R"({"columns":{"a":1}})", list) == "mapping_malformed");
    CHECK(town.refused(R"({"filter":{"a":"1"}})", list) == "mapping_malformed");
    CHECK(town.refused(R"({"columns":{"施設名":"なまえ"}})", list) == "mapping_field_unknown");
    CHECK(town.refused(R"({"columns":{"施設名":"名称","所在":"名称"}})", list) == "mapping_field_unknown");
    CHECK(town.refused(R"({"columns":{"施設名":"名称"}})", list) == "mapping_field_missing");
    CHECK(town.refused(R"({"columns":{"ない列":"名称"},"constants":{"事業":"児童館"}})", list) == "profile_misfits");
    CHECK(town.store.history().empty());
}
