// The program as people and scripts run it: exit statuses, sentences, forms, and that nothing changes where it fails.
#include "tests/importers/vector_maker.hpp"
#include "tests/server/support/process.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace shirube::tests {

namespace {

using nlohmann::json;

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

json search(const fs::path& store, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"search", "--store", store, "--format", "json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const auto ran = run_shirube(arguments);
    REQUIRE(ran.status == 0);
    return json::parse(ran.output);
}

std::string edition_of(const fs::path& store) { return search(store, {"--limit", "1"}).at("edition"); }

/// Runs it and states what must come out; the store keeps its edition.
void check_fails(const fs::path& store, const std::vector<std::string>& arguments, int status, std::string_view part) {
    const auto before = edition_of(store);
    auto all = arguments;
    all.insert(all.end(), {"--store", store});
    const auto ran = run_shirube(all);
    CAPTURE(arguments, ran.output, ran.errors);
    CHECK(ran.status == status);
    CHECK(has(ran.errors, part));
    CHECK(edition_of(store) == before);
}

} // namespace

TEST_CASE("a list that cannot be read leaves the store as it was and says why", "[cli]") {
    const ScratchFolder folder;
    const auto store = town_store(folder);
    const auto fails = [&](const std::vector<std::string>& arguments, std::string_view part) {
        check_fails(store, arguments, 1, part);
    };
    fails({"import", "resources", folder / "missing.csv"}, "missing.csv: There is no such file");
    fails({"import", "resources", folder.write("empty.csv", "")}, "empty");
    fails({"import", "districts", demo_file("lists/児童館一覧.csv")}, "児童館一覧.csv");
    fails({"import", "population", demo_file("lists/児童館一覧.csv")}, "KEY_CODE");
    fails({"import", "gazetteer", demo_file("lists/児童館一覧.csv")}, "known gazetteer");
    fails({"import", "resources", demo_file("districts/A32-13_99.geojson")}, "no known layout");
    // One bad file among good ones: nothing of the good ones either.
    fails({"import", "resources", folder.write("good.csv", made_list(3, "よい")), folder / "missing.csv"},
          "missing.csv");

    const auto unknown = folder.write("unknown.csv", "あ,い\r\n1,2\r\n");
    fails({"import", "resources", unknown}, "no known layout");
    const auto ran = run_shirube({"import", "resources", unknown, "--store", store});
    for (const auto* layout_or_column : {"shirube-template", "cafeteria-49", "p14", "事業", "名称", "P14_001"}) {
        CAPTURE(layout_or_column);
        CHECK(has(ran.errors, layout_or_column));
    }
}

TEST_CASE("a shapefile that was cut off is refused whole", "[cli]") {
    using importers::test::bare_shapefile;
    const ScratchFolder folder;
    const auto store = town_store(folder);
    const importers::test::ScratchFolder shapes;
    std::vector<std::string> columns;
    for (int i = 1; i <= 10; ++i) {
        columns.push_back("P14_" + std::string(i < 10 ? "00" : "0") + std::to_string(i));
    }
    std::vector<std::pair<std::vector<std::string>, OGRPoint>> rows;
    for (int i = 0; i < 50; ++i) {
        rows.emplace_back(std::vector<std::string>(10, "12345"), OGRPoint(137.06 + 0.001 * i, 33.06));
    }
    const auto shapefile = bare_shapefile(shapes, columns, rows);
    const auto whole = run_shirube({"import", "resources", shapefile, "--store", store, "--dry-run"});
    CAPTURE(whole.errors);
    CHECK((whole.status == 0 || whole.status == 3));
    const auto dbf = fs::path(shapefile).replace_extension(".dbf");
    const auto shape_size = fs::file_size(shapefile);
    const auto table_size = fs::file_size(dbf);

    fs::resize_file(shapefile, shape_size / 2);
    check_fails(store, {"import", "resources", shapefile}, 1, "points.shp");
    fs::resize_file(shapefile, 40);
    check_fails(store, {"import", "resources", shapefile}, 1, "points.shp");
    bare_shapefile(shapes, columns, rows);
    fs::resize_file(dbf, table_size / 2);
    check_fails(store, {"import", "resources", shapefile}, 1, "points");
    fs::remove(dbf);
    check_fails(store, {"import", "resources", shapefile}, 1, "points");
}

TEST_CASE("wrong use is told apart from failure", "[cli]") {
    const ScratchFolder folder;
    const auto store = town_store(folder);
    const auto list = folder.write("list.csv", made_list(3, "新しい"));
    const auto wrong = [&](const std::vector<std::string>& arguments, std::string_view part) {
        check_fails(store, arguments, 2, part);
    };
    wrong({"import", "nonsense", list}, "nonsense");
    wrong({"import", "resources"}, "files");
    wrong({"import", "resources", list, "--bogus"}, "--bogus");
    wrong({"import", "resources", list, "--complete", "--partial"}, "excludes");
    wrong({"import", "resources", list, "--as-of", "yesterday"}, "--as-of");
    wrong({"import", "resources", list, "--as-of", "2026-02-30"}, "--as-of");
    wrong({"import", "resources", list, "--covers", "nonsense"}, "--covers");
    wrong({"import", "resources", list, "--covers", "nonsense@99201"}, "nonsense");
    wrong({"import", "resources", list, "--covers", "jidokan@nowhere"}, "nowhere");
    wrong({"import", "resources", list, "--municipality", "nowhere"}, "nowhere");
    wrong({"import", "resources", list, "--profile", "nonsense"}, "nonsense");
    wrong({"undo", "first"}, "first");
    wrong({"search", "--near", "139.7"}, "--near");
    wrong({"search", "--limit", "-1"}, "--limit");
    wrong({"search", "--radius", "500"}, "--near");
    wrong({"search", "--format", "csv"}, "csv");
    wrong({"coverage", "--policy", "nonsense"}, "jidokan_per_chugakkoku"); // names those there are
    wrong({"coverage"}, "--policy");
    wrong({"coverage", "--policy", "jidokan_per_chugakkoku", "--layer", "nonsense"}, "--layer");
    wrong({"coverage", "--policy", "jidokan_per_chugakkoku", "--at", "someday"}, "--at");
    wrong({"coverage", "--policy", folder.write("policy.json", "{")}, "JSON");
    wrong({"coverage", "--policy", folder.write("empty.json", "{}")}, "empty.json");
    wrong({"serve", "--listen", "nonsense"}, "--listen");
    wrong({"serve", "--listen", "127.0.0.1:99999"}, "--listen");
    wrong({"serve", "--listen", "localhost:0"}, "--listen");
    wrong({"serve", "--threads", "-1"}, "--threads");
    wrong({"serve", "--config", folder / "missing.toml"}, "missing.toml");
    wrong({"serve", "--config", folder.write("unknown.toml", "speed = 1\n")}, "speed");
    wrong({"serve", "--config", folder.write("text.toml", "threads = \"many\"\n")}, "threads");
    wrong({"serve", "--config", folder.write("range.toml", "request-time = 5\n")}, "request-time");
    wrong({"check", "--lang", "fr"}, "--lang");
    CHECK(run_shirube({}).status == 2);
    CHECK(run_shirube({"import", "resources", list}).status == 2); // no store named
    CHECK(run_shirube({"--help"}).status == 0);
    CHECK(run_shirube({"--version"}).output.starts_with("shirube "));
}

TEST_CASE("a store that is none, or not there, is not touched", "[cli]") {
    const ScratchFolder folder;
    const auto list = folder.write("list.csv", made_list(3, "新しい"));
    const auto bytes = bytes_of(list);
    for (const std::vector<std::string>& command : {std::vector<std::string>{"search"},
                                                    {"imports"},
                                                    {"check"},
                                                    {"undo", "1"},
                                                    {"coverage", "--policy", "jidokan_per_chugakkoku"},
                                                    {"serve", "--listen", "127.0.0.1:0"},
                                                    {"import", "resources", list}}) {
        CAPTURE(command);
        const auto with = [&](const fs::path& store) {
            auto all = command;
            all.insert(all.end(), {"--store", store});
            return run_shirube(all);
        };
        const auto foreign = with(list);
        CHECK(foreign.status == 1);
        CHECK(has(foreign.errors, "not a Shirube store"));
        CHECK(bytes_of(list) == bytes);
        const auto as_folder = with(folder.path());
        CHECK(as_folder.status == 1);
        CHECK(has(as_folder.errors, "not a file"));
        const auto nowhere = with(folder / "no/such/folder/town.shirube");
        CHECK(nowhere.status == 1);
        CHECK(has(nowhere.errors, "town.shirube"));
        if (command[0] != "import") {
            const auto missing = with(folder / "missing.shirube");
            CHECK(missing.status == 1);
            CHECK(has(missing.errors, "no such store"));
            CHECK_FALSE(fs::exists(folder / "missing.shirube"));
        }
    }
}

TEST_CASE("an import that keeps nothing leaves no new store behind", "[cli]") {
    const ScratchFolder folder;
    const auto store = folder / "new.shirube";
    const auto list = folder.write("list.csv", made_list(3, "新しい"));
    CHECK(run_shirube({"import", "resources", folder / "missing.csv", "--store", store}).status == 1);
    CHECK_FALSE(fs::exists(store));
    CHECK(run_shirube({"import", "resources", list, "--store", store, "--dry-run"}).status == 0);
    CHECK_FALSE(fs::exists(store));
    CHECK(run_shirube({"import", "resources", list, "--store", store, "--report", folder / "no/report.json"}).status ==
          1);
    CHECK_FALSE(fs::exists(store));
    CHECK(run_shirube({"import", "resources", list, "--store", store}).status == 0);
    CHECK(search(store).at("numberMatched") == 3);
}

TEST_CASE("a dry run tells what would be and changes nothing", "[cli]") {
    const ScratchFolder folder;
    const auto store = town_store(folder);
    const auto before = edition_of(store);
    const auto history = run_shirube({"imports", "--store", store}).output;
    const auto list = folder.write("list.csv", made_list(40, "試しの"));
    const auto report = folder / "report.json";
    const auto dry = run_shirube({"import", "resources", list, "--store", store, "--dry-run", "--report", report});
    CHECK(dry.status == 0);
    CHECK(json::parse(bytes_of(report)).at("entities").at("added") == 40);
    CHECK(edition_of(store) == before);
    CHECK(run_shirube({"imports", "--store", store}).output == history);
    CHECK(run_shirube({"import", "resources", list, "--store", store}).status == 0);
    CHECK(edition_of(store) != before);
}

TEST_CASE("needs and holidays come in on the command line, are explained there, and wrong ones say why", "[cli]") {
    const ScratchFolder folder;
    const auto store = town_store(folder);
    const auto needs = folder.write("births.csv",
                                    "指標,市区町村コード,年度,値,単位\r\n出生数,99201,令和6年度,120,人\r\n"
                                    "出生数,99341,令和6年度,X,人\r\n");
    const auto dry = run_shirube({"import", "needs", needs, "--store", store, "--dry-run", "--explain"});
    CAPTURE(dry.output, dry.errors);
    CHECK(dry.status == 0);
    CHECK(has(dry.output, "市区町村コード → 市区町村コード: 99201 | 99341"));
    CHECK(has(dry.output, "needs-plain"));
    CHECK(run_shirube({"import", "needs", needs, "--store", store, "--as-of", "2025"}).status == 0);
    CHECK(has(run_shirube({"imports", "--store", store}).output, "needs"));
    const auto some = folder.write("some.csv",
                                   "指標,市区町村コード,年度,値,単位\r\n出生数,99201,2023,1,匹\r\n"
                                   "出生数,99201,2022,1,人\r\n");
    CHECK(run_shirube({"import", "needs", some, "--store", store}).status == 3);
    check_fails(store, {"import", "needs", folder.write("no.csv", "a,b\r\n1,2\r\n")}, 1, "指標");
    check_fails(store, {"import", "needs", needs, "--profile", "cabinet-holidays"}, 2, "needs-plain");

    const auto holidays =
        folder.write("syukujitsu.csv", "国民の祝日・休日月日,国民の祝日・休日名称\r\n2030/1/1,元日\r\n");
    const auto ran = run_shirube({"import", "holidays", holidays, "--store", store});
    CAPTURE(ran.output, ran.errors);
    CHECK(ran.status == 0);
    CHECK(has(ran.output, "cabinet-holidays"));
    check_fails(store, {"import", "holidays", needs}, 1, "国民の祝日");
}

TEST_CASE("a report's bins add up, and each issue names its cell", "[cli]") {
    const ScratchFolder folder;
    const auto store = town_store(folder);
    const auto list = folder.write("list.csv",
                                   "ID,事業,名称,緯度,経度\r\n1,児童館,よい館,33.1,137.1\r\n,,,,\r\n"
                                   "2,児童館,,33.1,137.1\r\n3,なにか,知らない事業,33.1,137.1\r\n"
                                   "4,児童館,逆の館,137.1,33.1\r\n5,児童館,遠い館,1.5,2.5\r\n");
    const auto report = folder / "report.json";
    const auto ran = run_shirube({"import", "resources", list, "--store", store, "--report", report});
    CAPTURE(ran.output, ran.errors);
    CHECK(ran.status == 3);
    const auto document = json::parse(bytes_of(report));
    const auto& rows = document.at("rows");
    const auto count = [&](const char* bin) { return rows.at(bin).get<int>(); };
    CHECK(count("read") == 6);
    CHECK(count("read") ==
          count("accepted") + count("flagged") + count("rejected") + count("out_of_scope") + count("blank"));
    CHECK(count("rejected") >= 2); // no name, no known programme
    CHECK(count("blank") == 1);
    for (const auto* name : {"added", "changed", "unchanged", "gone"}) {
        CHECK(document.at("entities").contains(name));
    }
    REQUIRE_FALSE(document.at("issues").empty());
    for (const auto& issue : document.at("issues")) {
        CAPTURE(issue);
        CHECK(has(issue.at("file").get<std::string>(), "list.csv"));
        CHECK(issue.at("row").get<int>() >= 4);
        CHECK(issue.at("row").get<int>() <= 7);
        CHECK_FALSE(issue.at("code").get<std::string>().empty());
        CHECK_FALSE(issue.at("message").get<std::string>().empty());
    }
}

TEST_CASE("the same list twice changes nothing, and an import can be undone", "[cli]") {
    const ScratchFolder folder;
    const auto store = town_store(folder);
    const auto before = edition_of(store);
    const auto list = folder.write("list.csv", made_list(25, "後の"));
    const auto report = folder / "report.json";
    const std::vector<std::string> import{"import", "resources", list, "--store", store, "--report", report};
    CHECK(run_shirube(import).status == 0);
    const auto first = json::parse(bytes_of(report));
    const auto after = edition_of(store);
    CHECK(after != before);
    CHECK(run_shirube(import).status == 0);
    const auto second = json::parse(bytes_of(report));
    CHECK(second.at("entities").at("added") == 0);
    CHECK(second.at("entities").at("changed") == 0);
    CHECK(second.at("entities").at("gone") == 0);
    CHECK(second.at("entities").at("unchanged") == 25);
    CHECK(edition_of(store) == after);

    const auto undo = [&](const std::string& id) { return run_shirube({"undo", id, "--store", store}).status; };
    CHECK(undo("5") == 0); // the first of the two; the second still stands
    CHECK(edition_of(store) == after);
    CHECK(undo("6") == 0);
    CHECK(edition_of(store) == before);
    CHECK(undo("6") == 1); // already
    CHECK(undo("99") == 1);
    CHECK(undo("-1") == 1);
    CHECK(edition_of(store) == before);
    const auto history = run_shirube({"imports", "--store", store});
    CHECK(history.status == 0);
    CHECK(has(history.output, "list.csv"));
    CHECK(has(history.output, "undone"));
    CHECK(run_shirube({"check", "--store", store}).status == 0);
}

TEST_CASE("a search answers as the API does, or as a table", "[cli]") {
    const ScratchFolder folder;
    const auto store = town_store(folder);
    const auto all = search(store, {"--programme", "jidokan", "--limit", "1000"});
    CHECK(all.at("type") == "FeatureCollection");
    CHECK(all.at("numberReturned") == all.at("features").size());
    const auto near = search(store, {"--near", "137.157805,33.128729", "--radius", "1000"});
    REQUIRE_FALSE(near.at("features").empty());
    CHECK(near.at("features")[0].at("properties").at("name") == "みなと児童館");
    const auto geojson = run_shirube({"search", "--store", store, "--format", "geojson", "--q", "みなと"});
    CHECK(geojson.status == 0);
    CHECK(json::parse(geojson.output).at("features").size() == 1);
    const auto table = run_shirube({"search", "--store", store, "--q", "みなと"});
    CHECK(table.status == 0);
    CHECK(table.output.starts_with("1 found.\n"));
    CHECK(has(table.output, "みなと児童館"));
}

TEST_CASE("coverage comes in every form, to the screen and to a file", "[cli]") {
    const ScratchFolder folder;
    const auto store = town_store(folder);
    const auto run = [&](const std::string& form, std::vector<std::string> more = {}) {
        std::vector<std::string> all{"coverage", "--store",    store,      "--policy", "jidokan_per_chugakkoku",
                                     "--at",     "2026-11-21", "--format", form};
        all.insert(all.end(), more.begin(), more.end());
        const auto ran = run_shirube(all);
        CAPTURE(form, ran.errors);
        CHECK(ran.status == 0);
        return ran.output;
    };
    const auto document = json::parse(run("json"));
    const auto districts = document.at("districts").size();
    CHECK(districts >= 9);
    CHECK(json::parse(run("geojson")).at("features").size() == districts);
    const auto csv = run("csv");
    CHECK(
        csv.starts_with("\xef\xbb\xbf"
                        "district_code,"));
    CHECK(static_cast<std::size_t>(std::ranges::count(csv, '\n')) == districts + 1);
    CHECK(has(run("table"), "Districts with at least one: "));
    CHECK(run("csv", {"-o", folder / "coverage.csv"}).empty());
    CHECK(bytes_of(folder / "coverage.csv") == csv);
    const auto unwritable = run_shirube({"coverage", "--store", store, "--policy", "jidokan_per_chugakkoku", "-o",
                                         folder / "no/such/folder/coverage.csv"});
    CHECK(unwritable.status == 1);
    CHECK(has(unwritable.errors, "cannot be written"));

    auto own = document.at("policy");
    own["id"] = "own";
    const auto file = folder.write("own.json", own.dump());
    const auto by_file =
        run_shirube({"coverage", "--store", store, "--policy", file, "--at", "2026-11-21", "--format", "json"});
    CHECK(by_file.status == 0);
    CHECK(json::parse(by_file.output).at("districts") == document.at("districts"));
}

} // namespace shirube::tests
