// The whole road: files to the store, and the store as it was where the road breaks off.
#include "importers/import.hpp"

#include "directory/store/sqlite.hpp"
#include "support.hpp"
#include "vector_maker.hpp"
#include "workbook_maker.hpp"
#include "zip_writer.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <map>
#include <set>

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

    std::expected<Report, ImportFailure> import(ImportKind kind, std::vector<fs::path> files,
                                                ImportOptions options = {}) {
        options.kind = kind;
        options.files = std::move(files);
        options.language = "en";
        return run_import(store, options, [this](std::string_view, std::size_t, std::size_t) { ++steps; });
    }

    Report done(ImportKind kind, std::vector<fs::path> files, const ImportOptions& options = {}) {
        auto report = import(kind, std::move(files), options);
        if (!report) {
            FAIL(report.error().code << " " << report.error().message);
        }
        REQUIRE(report->rows.adds_up());
        return std::move(*report);
    }

    ImportFailure failed(ImportKind kind, std::vector<fs::path> files, const ImportOptions& options = {}) {
        const std::size_t before = store.history().size();
        const auto report = import(kind, std::move(files), options);
        REQUIRE_FALSE(report);
        CHECK(store.history().size() == before);
        return report.error();
    }

    int steps = 0;
};

const std::string k_template = "ID,事業,名称,住所,緯度,経度,電話番号\n";

fs::path two_districts(const ScratchFolder& folder) {
    return folder.write(
        "districts.geojson",
        collection({feature(R"("A32_001":"99201","A32_002":"潮見野市","A32_003":"浜中学校")", square(137.10, 33.10)),
                    feature(R"("A32_001":"99201","A32_002":"潮見野市","A32_003":"浜中学校")", square(137.12, 33.10)),
                    feature(R"("A32_001":"99201","A32_002":"潮見野市","A32_003":"山中学校（休校）")",
                            square(137.14, 33.10))}));
}

} // namespace

TEST_CASE("What the columns of a row's table were called is kept beside it, whatever order they stood in") {
    Town town;
    town.done(ImportKind::resources,
              {town.folder.write("a.csv", "名称,事業,手書きの欄\r\n浜児童館,児童館,\"窓口, 2階\"\r\n")});
    town.done(ImportKind::population, {town.folder.write("p.txt", "KEY_CODE,T1\n,０～１４歳人口　総数\n49374176,5\n")});
    directory::Database database(town.folder.path() / "town.shirube", directory::Database::Mode::read_only);
    directory::Statement select(database, R"(
        SELECT h.columns, r.cells FROM source_header h JOIN edition_row m USING (import_id, list_id, file, sheet)
            JOIN source_row r USING (row_id) ORDER BY h.import_id)");
    REQUIRE(select.step());
    CHECK(select.text(0) == R"(["名称","事業","手書きの欄"])");
    CHECK(select.text(1) == R"(["浜児童館","児童館","窓口, 2階"])");
    REQUIRE(select.step());
    CHECK(select.text(0) == R"(["KEY_CODE","T1 ０～１４歳人口　総数"])");
    CHECK_FALSE(select.step());
}

TEST_CASE("Districts go to the store joined, and the same file again changes nothing") {
    Town town;
    const fs::path file = two_districts(town.folder);
    const Report first = town.done(ImportKind::districts, {file});
    CHECK(first.rows.accepted == 3);
    CHECK(first.joined == 1);
    CHECK(first.entities.added == 2);
    CHECK(first.import_id > 0);
    CHECK(first.files == std::vector<std::string>{file.string()});
    CHECK(first.profiles == std::vector<std::string>{"a32-2013"});
    CHECK(town.steps > 0);
    const auto state = town.store.read_public_state();
    REQUIRE(state.districts.size() == 2);

    const Report again = town.done(ImportKind::districts, {file});
    CHECK(again.entities.added == 0);
    CHECK(again.entities.changed == 0);
    CHECK(again.entities.gone == 0);
    CHECK(again.entities.unchanged == 2);
}

TEST_CASE("The same polygon twice is kept twice and flagged; a mesh cell twice is counted once") {
    Town town;
    const std::string same =
        feature(R"("code":"99201","municipality":"潮見野市","name":"浜圏域")", square(137.1, 33.1));
    const Report districts =
        town.done(ImportKind::districts, {town.folder.write("d.geojson", collection({same, same}))});
    CHECK(districts.rows.accepted == 1);
    CHECK(districts.rows.flagged == 1);

    const std::string cells = "KEY_CODE,T1\n,０～１４歳人口　総数\n49374176,5\n";
    ImportOptions options;
    options.list = "人口";
    const Report population = town.done(
        ImportKind::population, {town.folder.write("a.txt", cells), town.folder.write("b.txt", cells)}, options);
    CHECK(population.rows.accepted == 1);
    CHECK(population.rows.rejected == 1);
    CHECK(population.issue_counts.at("mesh_code_repeated") == 1);
    CHECK(town.store.read_public_state().cells.size() == 1);
}

TEST_CASE("A dry run reports the same and stores nothing") {
    Town town;
    ImportOptions options;
    options.dry_run = true;
    const Report report = town.done(ImportKind::districts, {two_districts(town.folder)}, options);
    CHECK(report.entities.added == 2);
    CHECK(report.import_id == 0);
    CHECK(town.store.history().empty());
    CHECK(town.store.read_public_state().districts.empty());
}

TEST_CASE("The history keeps what was read, with a digest, and the report") {
    Town town;
    town.done(ImportKind::districts, {two_districts(town.folder)});
    const auto history = town.store.history();
    REQUIRE(history.size() == 1);
    const auto files = nlohmann::json::parse(history[0].files);
    CHECK(files.at(0).at("sha256").get<std::string>().size() == 64);
    CHECK(nlohmann::json::parse(history[0].report).at("rows").at("accepted") == 3);
}

TEST_CASE("A list in the template is imported with its claim and its source") {
    Town town;
    const fs::path file = town.folder.write("児童館.csv", "\xef\xbb\xbf" + k_template +
                                                              "1,児童館,浜児童館,潮見野市浜1-1,33.105,137.105,\n"
                                                              "2,児童館,山児童館,潮見野市山2-2,,,\n"
                                                              ",,,,,,\n"
                                                              "3,児童館,,潮見野市山2-3,,,\n");
    ImportOptions options;
    options.covers = "jidokan@99201,99341";
    options.completeness = Completeness::complete;
    options.source = "潮見野市";
    options.licence = "CC BY 4.0";
    options.as_of = "2026-04";
    options.municipality = "992011";
    options.municipality = "99201";
    const Report report = town.done(ImportKind::resources, {file}, options);
    CHECK(report.rows.read == 4);
    CHECK(report.rows.rejected == 1);
    CHECK(report.rows.blank == 1);
    CHECK(report.located.at("exact") == 1);
    CHECK(report.unlocated == 1);
    const auto state = town.store.read_public_state();
    CHECK(state.services.size() == 2);
    REQUIRE(state.lists.size() == 1);
    CHECK(state.lists[0].as_of == "2026-04");
    CHECK(state.lists[0].source == "潮見野市");
    REQUIRE(state.lists[0].claims.size() == 2);
    CHECK(state.lists[0].claims[0] == directory::Claim{"jidokan", "99201", true});
}

TEST_CASE("Rows of one key are kept apart and flagged, within a file and across files of one list; the same row once") {
    Town town;
    const std::string rows =
        "1,児童館,浜児童館,潮見野市浜1-1,33.105,137.105,\n1,児童館,丘児童館,潮見野市丘1-1,33.105,137.105,\n";
    const fs::path a = town.folder.write("a.csv", k_template + rows);
    const fs::path b = town.folder.write("b.csv", k_template + rows);
    ImportOptions options;
    options.list = "児童館";
    options.municipality = "99201";
    const Report report = town.done(ImportKind::resources, {a, b}, options);
    CHECK(report.rows.accepted == 1);
    CHECK(report.rows.flagged == 1);
    CHECK(report.rows.out_of_scope == 2);
    CHECK(report.issue_counts.at("duplicate_key") == 1);
    CHECK(report.issue_counts.at("row_repeated") == 2);
    CHECK(report.issues.back().file == b.string());
    CHECK(report.issues.back().row == 3);
    CHECK(report.issues.back().message.find(a.string() + ":2") != std::string::npos);
    const auto state = town.store.read_public_state();
    CHECK(state.lists.size() == 1);
    CHECK(state.lists[0].name == "児童館");
}

TEST_CASE("Each file is a list of its own unless one is named") {
    Town town;
    const std::string row = "1,児童館,浜児童館,潮見野市浜1-1,33.105,137.105,\n";
    const fs::path a = town.folder.write("a.csv", k_template + row);
    const fs::path b = town.folder.write("b.csv", k_template + row);
    ImportOptions options;
    options.municipality = "99201";
    town.done(ImportKind::resources, {a, b}, options);
    const auto lists = town.store.read_public_state().lists;
    REQUIRE(lists.size() == 2);
    CHECK(lists[0].name.ends_with(":a"));
    CHECK(lists[1].name.ends_with(":b"));
    CHECK(lists[0].claims.at(0).municipality == "99201");
    CHECK_FALSE(lists[0].claims.at(0).complete);
}

TEST_CASE("Two files of one name are told apart by their folders, in the report and among rejected rows") {
    Town town;
    const auto north = town.folder.write("kita/list.csv", k_template + "1,jidokan,,,33.1,137.1,\n");
    const auto south = town.folder.write("minami/list.csv", k_template + "1,jidokan,,,33.1,137.1,\n");
    ImportOptions options;
    options.keep_rejects = true;
    const auto report = town.done(ImportKind::resources, {north, south}, options);
    CHECK(report.files == std::vector{north.string(), south.string()});
    REQUIRE(report.issues.size() == 2);
    CHECK(report.issues[0].file == north.string());
    CHECK(report.issues[1].file == south.string());
    REQUIRE(report.rejects.size() == 2);
    CHECK(report.rejects[0].file == north.string());
    CHECK(report.rejects[1].file == south.string());
}

TEST_CASE("A city's list that names a place next door covers the city alone; a county's list covers what it names") {
    const auto point = [](int number, const std::string& code, const std::string& name) {
        return feature(R"("P14_001":"ある県","P14_002":"町","P14_003":")" + code +
                           R"(","P14_004":"浜1-1","P14_005":"05","P14_006":"0513","P14_007":"051301","P14_008":")" +
                           name + R"(","P14_009":"3","P14_010":"1")",
                       R"({"type":"Point","coordinates":[137.)" + std::to_string(100 + number) + R"(,33.1]})");
    };
    const auto covered = [&](const std::vector<std::string>& codes) {
        Town town;
        std::vector<std::string> points;
        for (const std::string& code : codes) {
            const int number = static_cast<int>(points.size());
            points.push_back(point(number, code, "児童館" + std::to_string(number)));
        }
        town.done(ImportKind::resources, {town.folder.write("p14.geojson", collection(points))});
        std::set<std::string> municipalities;
        for (const auto& list : town.store.read_public_state().lists) {
            for (const auto& claim : list.claims) {
                municipalities.insert(claim.municipality);
            }
        }
        return municipalities;
    };
    CHECK(covered({"99201", "99201", "99201", "99201", "99341"}) == std::set<std::string>{"99201"});
    CHECK(covered({"99201", "99201", "99341"}) == std::set<std::string>{"99201", "99341"});
}

TEST_CASE("A list that says it is complete and has nothing of what it claims is told so") {
    Town town;
    ImportOptions options;
    options.completeness = Completeness::complete;
    options.covers = "jidokan,shien_kyoten@99201;jidokan@99341";
    const Report report =
        town.done(ImportKind::resources,
                  {town.folder.write("a.csv", "ID,事業,名称,市区町村コード\n1,小型児童館,浜児童館,99201\n")}, options);
    CHECK(report.issue_counts.at("complete_without_rows") == 2); // no base in the city, no centre in the town
    options.completeness = Completeness::partial;
    const Report partial =
        town.done(ImportKind::resources,
                  {town.folder.write("b.csv", "ID,事業,名称,市区町村コード\n1,小型児童館,丘児童館,99201\n")}, options);
    CHECK_FALSE(partial.issue_counts.contains("complete_without_rows"));
}

TEST_CASE("A ragged row is read as far as it goes and flagged") {
    Town town;
    const fs::path file = town.folder.write("a.csv", k_template +
                                                         "1,児童館,浜児童館,潮見野市浜1-1\n"
                                                         "2,児童館,丘児童館,潮見野市丘1-1,33.105,137.105,,余り\n"
                                                         "3,児童館,森児童館,潮見野市森1-1,33.105,137.105,,,,\n");
    const Report report = town.done(ImportKind::resources, {file});
    CHECK(report.issue_counts.at("row_too_short") == 1);
    CHECK(report.issue_counts.at("row_too_long") == 1);
    CHECK(report.rows.flagged == 2);
    CHECK(report.rows.accepted == 1);
}

TEST_CASE("A zip that calls itself .csv is read as the table inside it") {
    Town town;
    const std::string table = k_template + "1,児童館,浜児童館,潮見野市浜1-1,33.105,137.105,\n";
    const Report report = town.done(ImportKind::resources, {town.folder.write("a.csv", zip_of({{"list.csv", table}}))});
    CHECK(report.rows.accepted == 1);
}

TEST_CASE("What was understood of each column is explained, and contacts show no sample") {
    Town town;
    ImportOptions options;
    options.explain = true;
    const fs::path file = town.folder.write(
        "a.csv", "謎,名称,事業,電話番号\nx,浜児童館,児童館,000-0000-0001\ny,丘児童館,児童館,000-0000-0002\n");
    const Report report = town.done(ImportKind::resources, {file}, options);
    REQUIRE(report.columns.size() == 4);
    CHECK(report.columns[0].understood.empty());
    CHECK(report.columns[0].samples == std::vector<std::string>{"x", "y"});
    CHECK_FALSE(report.columns[1].understood.empty());
    CHECK(report.columns[3].samples.empty());
}

TEST_CASE("What cannot be read at all is a sentence with the file, and the store stays as it was") {
    Town town;
    town.done(ImportKind::districts, {two_districts(town.folder)});
    const auto write = [&](const char* name, std::string_view bytes) { return town.folder.write(name, bytes); };
    const auto code = [&](ImportKind kind, const fs::path& file) {
        const ImportFailure failure = town.failed(kind, {file});
        CHECK(failure.message.starts_with(file.string()));
        CHECK_FALSE(failure.wrong_use);
        return failure.code;
    };
    using namespace std::string_literals;
    CHECK(code(ImportKind::resources, town.folder.path() / "missing.csv") == "file_missing");
    CHECK(code(ImportKind::resources, town.folder.path()) == "file_is_folder");
    CHECK(code(ImportKind::resources, write("empty.csv", "")) == "file_empty");
    CHECK(code(ImportKind::resources, write("junk.csv", "\x7f\x45\x4c\x46\0\1\2"s)) == "binary_content");
    CHECK(code(ImportKind::resources, write("nul.csv", "名称,住所\nあ\0,b\n"s)) == "binary_content");
    CHECK(code(ImportKind::resources, write("odd.csv", "\xff\xff\xff,\n")) == "encoding_unknown");
    CHECK(code(ImportKind::resources, write("wide.csv", std::string(100'000, ','))) == "too_many_columns");
    CHECK(code(ImportKind::resources, write("open.csv", k_template + "1,\"児童館\n")) == "quote_unclosed");
    CHECK(code(ImportKind::resources, write("blank.csv", "\n\n\n")) == "table_empty");
    CHECK(code(ImportKind::resources, write("book.csv", zip_of({{"xl/workbook.xml", "x"}}))) == "workbook_unreadable");
    CHECK(code(ImportKind::resources, write("b.pdf", "%PDF-1.7")) == "content_wrong_kind");
    CHECK(code(ImportKind::districts, write("list.csv", k_template)) == "header_unknown_districts");
    CHECK(code(ImportKind::districts, write("cut.geojson", "{\"type\":\"FeatureCollection\",")) == "json_malformed");
    CHECK(code(ImportKind::districts, write("cut.shp", "\0\0\x27\x0a"s)) == "shapefile_member_missing");
    CHECK(code(ImportKind::population, write("pop.csv", k_template)) == "mesh_header_unknown");
    CHECK(code(ImportKind::gazetteer, write("gaz.json", "[{]")) == "json_malformed");
    CHECK(town.store.read_public_state().districts.size() == 2);
}

TEST_CASE("One bad file among good ones keeps all of them out") {
    Town town;
    const fs::path good = two_districts(town.folder);
    const fs::path bad = town.folder.write("bad.geojson", "{");
    CHECK(town.failed(ImportKind::districts, {good, bad}).code == "json_malformed");
    CHECK(town.store.read_public_state().districts.empty());
}

TEST_CASE("A header nobody knows names every layout that was tried and what it missed") {
    Town town;
    const ImportFailure failure =
        town.failed(ImportKind::resources, {town.folder.write("x.csv", "番号,なまえ\n1,浜児童館\n")});
    CHECK(failure.code == "header_unknown");
    for (const char* part : {"x.csv", "p14 (", "事業", "名称", "--profile"}) {
        CAPTURE(failure.message);
        CHECK(failure.message.find(part) != std::string::npos);
    }
}

TEST_CASE("A title above the header is passed over, and rows keep their numbers") {
    Town town;
    const Report report =
        town.done(ImportKind::resources,
                  {town.folder.write("a.csv", "児童館一覧,,,,,,\n令和8年4月1日現在\n" + k_template +
                                                  "1,児童館,浜児童館,,,,\n2,児童館,,,,,\n"),
                   town.folder.write(
                       "b.xlsx", xlsx_of({{"S", text_row(1, {"児童館一覧"}) + text_row(3, {"事業", "名称", "備考"}) +
                                                    text_row(4, {"児童館", "丘児童館"})}}))});
    CHECK(report.rows.read == 3);
    CHECK(report.rows.accepted == 2);
    REQUIRE(report.issues.size() == 1);
    CHECK(report.issues[0].row == 5);
}

TEST_CASE("A file of further schedules is refused clearly") {
    Town town;
    const ImportFailure failure =
        town.failed(ImportKind::resources,
                    {town.folder.write("x_tsuika.csv", "ID,住所,方書,緯度,経度,開催頻度,開催曜日\n1,,,,,5,土\n")});
    CHECK(failure.code == "header_further_schedules");
    CHECK_FALSE(failure.wrong_use);
}

TEST_CASE("A command line that cannot be meant is wrong use") {
    Town town;
    const fs::path file = town.folder.write("a.csv", k_template + "1,児童館,浜児童館,,,,\n");
    const auto code = [&](auto change) {
        ImportOptions options;
        change(options);
        const ImportFailure failure = town.failed(ImportKind::resources, {file}, options);
        CHECK(failure.wrong_use);
        return failure.code;
    };
    CHECK(code([](ImportOptions& o) { o.municipality = "潮見野市"; }) == "municipality_malformed");
    CHECK(code([](ImportOptions& o) { o.covers = "jidokan"; }) == "covers_malformed");
    CHECK(code([](ImportOptions& o) { o.covers = "nothing@99201"; }) == "covers_programme_unknown");
    CHECK(code([](ImportOptions& o) { o.as_of = "2026-02-30"; }) == "as_of_malformed");
    CHECK(code([](ImportOptions& o) { o.layer = "../x"; }) == "layer_malformed");
    CHECK(code([](ImportOptions& o) { o.profile = "excel"; }) == "profile_unknown");
    CHECK(town.failed(ImportKind::resources, {}).code == "no_files");
}

TEST_CASE("Tokyo's 23 wards in the store: 382 districts, 19 polygons joined") {
    const fs::path path = real_data("tokyo/A32-13_tokyo_23_wards.geojson");
    if (path.empty()) {
        return;
    }
    Town town;
    const Report report = town.done(ImportKind::districts, {path});
    CHECK(report.rows.read == 401);
    CHECK(report.rows.rejected == 0);
    CHECK(report.joined == 19);
    CHECK(report.entities.added == 382);
    CHECK(town.store.read_public_state().districts.size() == 382);
}

TEST_CASE("P14 of Chiba: children's centres and homes, class by class as OGR counts them") {
    const fs::path path = real_data("chiba/P14_12.shp");
    if (path.empty()) {
        return;
    }
    // The independent way: OGR's own SQL over a copy that has an index.
    std::map<std::string, std::int64_t> expected;
    {
        const ScratchFolder copy;
        for (const char* extension : {".shp", ".dbf"}) {
            fs::copy(fs::path(path).replace_extension(extension), copy.path());
        }
        GDALAllRegister();
        CPLSetThreadLocalConfigOption("SHAPE_RESTORE_SHX", "YES");
        GDALDatasetUniquePtr dataset(
            GDALDataset::Open((copy.path() / "P14_12.shp").c_str(), GDAL_OF_VECTOR, nullptr, nullptr, nullptr));
        CPLSetThreadLocalConfigOption("SHAPE_RESTORE_SHX", nullptr);
        REQUIRE(dataset);
        OGRLayer* counts = dataset->ExecuteSQL(
            "SELECT P14_006, COUNT(*) FROM P14_12 WHERE P14_006 IN ('402', '407', "
            "'408', '409', '411', '423') GROUP BY P14_006",
            nullptr, "SQLITE");
        REQUIRE(counts != nullptr);
        for (const auto& row : *counts) {
            expected[row->GetFieldAsString(0)] = row->GetFieldAsInteger64(1);
        }
        dataset->ReleaseResultSet(counts);
    }
    REQUIRE(expected.size() == 6);

    Town town;
    const Report report = town.done(ImportKind::resources, {path});
    CHECK(report.by_class == expected);
    CHECK(report.rows.read == 3632);
    CHECK(report.rows.rejected == 0);
    CHECK(report.rows.out_of_scope == 3632 - 113);
    CHECK(town.store.read_public_state().services.size() == 113);
    const Report again = town.done(ImportKind::resources, {path});
    CHECK(again.entities.added == 0);
    CHECK(again.entities.changed == 0);
}

TEST_CASE("The demonstration town's districts, population and gazetteer are taken") {
    Town town;
    const Report districts = town.done(ImportKind::districts, {demo_data("districts/A32-13_99.geojson")});
    CHECK(districts.entities.added == 11);
    CHECK(districts.rows.rejected == 0);
    const Report population = town.done(ImportKind::population, {demo_data("population/tblT001142Q_99.txt")});
    CHECK(population.rows.rejected == 0);
    CHECK(population.rows.accepted > 300);
    const Report towns = town.done(ImportKind::gazetteer, {demo_data("gazetteer/ja")});
    CHECK(towns.rows.accepted > 80);
    CHECK(town.store.read_gazetteer().size() == static_cast<std::size_t>(towns.rows.accepted));
    const Report again = town.done(ImportKind::population, {demo_data("population/tblT001142Q_99.txt")});
    CHECK(again.entities.added == 0);
    CHECK(again.entities.changed == 0);
}
