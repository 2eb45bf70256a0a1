// Districts and needs of nobody's layout, by a mapping file.
#include "geopackage_maker.hpp"
#include "importers/import.hpp"
#include "vector_maker.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace shirube;
using namespace shirube::importers;
using namespace shirube::importers::test;
using directory::ImportKind;
using directory::OpenMode;
using directory::Store;

namespace {

struct Town {
    ScratchFolder folder;
    Store store = Store::open(folder.path() / "town.shirube", OpenMode::write_or_create);

    std::expected<Report, ImportFailure> import(ImportKind kind, const std::string& mapping, const fs::path& file,
                                                ImportOptions options = {}) {
        options.kind = kind;
        options.files = {file};
        options.profile = folder.write("mapping.json", mapping).string();
        options.language = "en";
        return run_import(store, options, {});
    }

    std::string refused(ImportKind kind, const std::string& mapping, const fs::path& file) {
        const auto report = import(kind, mapping, file);
        return report ? "" : report.error().code;
    }

    [[nodiscard]] std::vector<std::string> names_of(const std::string& layer) const {
        std::vector<std::string> names;
        for (const auto& district : store.district_names()) {
            if (district.layer == layer) {
                names.push_back(district.municipality + " " + district.name);
            }
        }
        std::ranges::sort(names);
        return names;
    }
};

fs::path areas(const ScratchFolder& folder) {
    return geopackage(folder, {{.name = "区域",
                                .columns = {"市CD", "校名", "段階", "備考"},
                                .features = {{{"市1", "浜小", "小", ""}, square_wkt(137.1, 33.1)},
                                             {{"992011", "丘小", "小", "休校"}, square_wkt(137.2, 33.1)},
                                             {{"99201", "浜中", "中", ""}, square_wkt(137.1, 33.1)},
                                             {{"99201", "", "小", ""}, square_wkt(137.3, 33.1)},
                                             {{"99201", "点小", "小", ""}, "POINT(137.3 33.1)"}}}});
}

const std::string k_areas =
    R"({"profile":"our-areas","layer":"区域","columns":{"市CD":"市区町村コード","校名":"区域名","備考":"状態"},
    "constants":{"区域の層":"小学校区","市区町村名":"潮見野市"},"values":{"備考":{"休校":"休止"}},
    "filter":{"段階":["小"]}})";

} // namespace

TEST_CASE("Polygons of nobody's layout become districts, problems told at the file's own columns") {
    Town town;
    const auto report = town.import(ImportKind::districts, k_areas, areas(town.folder));
    REQUIRE(report);
    CHECK(report->profiles == std::vector<std::string>{"our-areas"});
    CHECK(report->rows.read == 5);
    CHECK(report->rows.out_of_scope == 1);
    CHECK(report->rows.accepted == 1);
    CHECK(report->rows.rejected == 3);
    const auto column_of = [&](std::string_view code) {
        return std::ranges::find(report->issues, code, &Issue::code)->column;
    };
    CHECK(column_of("district_municipality_malformed") == "市CD");
    CHECK(column_of("district_name_missing") == "校名");
    CHECK(report->issue_counts.at("geometry_not_polygon") == 1);
    CHECK(town.names_of("shogakkoku") == std::vector<std::string>{"99201 丘小"});
}

TEST_CASE("A mapping of districts that cannot be meant is refused with its code") {
    Town town;
    const fs::path file = areas(town.folder);
    const auto refused = [&](const std::string& mapping) { return town.refused(ImportKind::districts, mapping, file); };
    CHECK(refused(R"({"columns":{"校名":"名称の名"}})") == "mapping_field_unknown");
    CHECK(refused(R"({"columns":{"市CD":"市区町村コード"}})") == "mapping_field_missing");
    CHECK(refused(R"({"columns":{"学校":"区域名"}})") == "profile_misfits");
    CHECK(refused(R"({"layer":"他","columns":{"校名":"区域名"}})") == "layer_missing");
    CHECK(refused(R"({"columns":{"校名":"区域名"},"constants":{"区域の層":"どこ か"}})") == "mapping_malformed");
    CHECK(refused(R"({"layer":1,"columns":{"校名":"区域名"}})") == "mapping_malformed");
    CHECK(town.store.history().empty());
}

TEST_CASE("A table of members in other words is one by a mapping, and keeps its cells as they were written") {
    Town town;
    REQUIRE(town.import(ImportKind::districts,
                        R"({"columns":{"校名":"区域名","市CD":"市区町村コード"},"filter":{"段階":["中"]}})",
                        areas(town.folder)));
    const fs::path file =
        town.folder.write("members.csv", "表題\n圏域,学校,種\n東,浜中,使う\n西,,使う\n北,浜中,使わない\n");
    const auto report = town.import(ImportKind::districts,
                                    R"({"columns":{"圏域":"区域名","学校":"構成区域"},
        "constants":{"市区町村コード":"99201","構成区域の層":"中学校区"},"values":{"圏域":{"東":"東圏域"}},
        "filter":{"種":["使う"]}})",
                                    file);
    REQUIRE(report);
    CHECK(report->rows.read == 3);
    CHECK(report->rows.accepted == 1);
    CHECK(report->rows.out_of_scope == 1);
    CHECK(report->rows.rejected == 1);
    CHECK(std::ranges::find(report->issues, "members_missing", &Issue::code)->column == "学校");
    CHECK(std::ranges::find(report->issues, "members_missing", &Issue::code)->row == 4);
    CHECK(town.names_of("sodan_kuiki") == std::vector<std::string>{"99201 東圏域"});
}

TEST_CASE("Needs in other words come in by a mapping, from a table and from a GeoPackage's attributes") {
    Town town;
    const std::string mapping =
        R"({"columns":{"町":"市区町村コード","数":"値","年":"年度"},
        "constants":{"指標":"出生数","単位":"人","区域の層":"市区町村"},"values":{"町":{"潮見野":"99201","谷":"99341"}}})";
    const fs::path table =
        town.folder.write("births.csv", "町,数,年\n潮見野,120,令和6年度\n谷,X,令和6年度\n海,3,2024\n");
    const auto report = town.import(ImportKind::needs, mapping, table);
    REQUIRE(report);
    CHECK(report->rows.accepted == 2);
    CHECK(report->rows.rejected == 1);
    CHECK(report->issues.at(0).column == "町");
    CHECK(report->issues.at(0).value == "海");

    const fs::path layer = geopackage(town.folder, {{.name = "births",
                                                     .columns = {"町", "数", "年"},
                                                     .features = {{{"谷", "7", "2023"}, square_wkt(137.1, 33.1)}}}});
    const auto from_layer = town.import(ImportKind::needs, mapping, layer);
    REQUIRE(from_layer);
    CHECK(from_layer->rows.accepted == 1);

    CHECK(town.refused(ImportKind::needs, R"({"columns":{"数":"値"}})", table) == "mapping_field_missing");
    CHECK(town.refused(ImportKind::needs, R"({"columns":{"数":"値段"}})", table) == "mapping_field_unknown");
    CHECK(town.refused(ImportKind::needs, R"({"columns":{"数":"値"},"constants":{"指標":"a","単位":"人"}})", table) ==
          "needs_header_unknown"); // nothing says where
    CHECK(town.refused(ImportKind::holidays, mapping, table) == "profile_unknown");
    CHECK(town.refused(ImportKind::population, mapping, table) == "profile_unknown");
}
