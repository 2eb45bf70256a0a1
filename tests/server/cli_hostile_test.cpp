// Files made to exhaust the machine, to be calculated, or to be written where they must not: each is a sentence, the
// store stays as it was, and the memory it takes is bounded.
#include "tests/importers/zip_writer.hpp"
#include "tests/server/support/process.hpp"

#include <catch2/catch.hpp>
#include <cpl_vsi.h>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace shirube::tests {

namespace {

using nlohmann::json;

constexpr std::uint64_t k_mebibyte = std::uint64_t{1} << 20U;
/// What an import of any file may take. Sanitizers keep books of their own beside the program's memory.
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
constexpr std::uint64_t k_most_memory = 4096 * k_mebibyte;
#else
constexpr std::uint64_t k_most_memory = 1024 * k_mebibyte;
#endif

const std::vector<std::string> k_table_kinds{"resources", "population", "needs", "holidays"};

std::string edition_of(const fs::path& store) {
    const auto ran = run_shirube({"search", "--store", store, "--format", "json", "--limit", "1"});
    REQUIRE(ran.status == 0);
    return json::parse(ran.output).at("edition");
}

/// A town's store that must come out of it all as it went in.
class Untouched {
  public:
    Untouched() : store_(town_store(folder_)), before_(edition_of(store_)) {}
    Untouched(const Untouched&) = delete;
    Untouched& operator=(const Untouched&) = delete;
    ~Untouched() {
        CHECK(edition_of(store_) == before_);
        CHECK(run_shirube({"check", "--store", store_}).status == 0);
    }

    [[nodiscard]] const ScratchFolder& folder() const noexcept { return folder_; }

    Ran import(const std::string& kind, const fs::path& file, const std::vector<std::string>& more = {}) const {
        std::vector<std::string> arguments{"import", kind, file, "--store", store_};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run_shirube(arguments);
    }

    /// Refused as a failure, in a sentence that names the file and says `part`.
    void refuses(const std::string& kind, const fs::path& file, std::string_view part,
                 std::uint64_t most_memory = k_most_memory) const {
        const auto ran = import(kind, file);
        CAPTURE(kind, file.string(), ran.errors, ran.peak_memory / k_mebibyte);
        CHECK(ran.status == 1);
        CHECK(ran.errors.find(file.filename()) != std::string::npos);
        CHECK(ran.errors.find(part) != std::string::npos);
        CHECK(ran.peak_memory < most_memory);
    }

  private:
    ScratchFolder folder_;
    fs::path store_;
    std::string before_;
};

std::string repeated(std::string_view text, std::size_t times) {
    std::string out;
    out.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i) {
        out += text;
    }
    return out;
}

/// An archive of one member of so many zeros.
std::string bomb(const std::string& name, std::uint64_t bytes) {
    const std::string path = "/vsimem/bomb.zip";
    VSILFILE* archive = VSIFOpenL(("/vsizip/" + path).c_str(), "wb");
    VSILFILE* member = VSIFOpenL(("/vsizip/" + path + "/" + name).c_str(), "wb");
    const std::string block(k_mebibyte, '0');
    for (std::uint64_t written = 0; written < bytes; written += block.size()) {
        VSIFWriteL(block.data(), 1, block.size(), member);
    }
    VSIFCloseL(member);
    VSIFCloseL(archive);
    vsi_l_offset size = 0;
    GByte* const made = VSIGetMemFileBuffer(path.c_str(), &size, FALSE);
    std::string out(reinterpret_cast<const char*>(made), size);
    VSIUnlink(path.c_str());
    return out;
}

std::string polygon(const std::string& ring) {
    return R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"A32_001":"99201","A32_003":"浜中"},)"
           R"("geometry":{"type":"Polygon","coordinates":[[)" +
           ring + "]]}}]}";
}

} // namespace

TEST_CASE("a file of two gibibytes is refused before it is read, whatever it is to be", "[cli]") {
    const Untouched town;
    const auto file = town.folder().write("huge.csv", "a");
    fs::resize_file(file, std::uintmax_t{2} << 30U); // a hole: it takes no room
    for (const auto* kind : {"resources", "population", "needs", "holidays", "districts", "gazetteer"}) {
        town.refuses(kind, file, "too big", 400 * k_mebibyte);
    }
    const auto ran = town.import("districts", demo_file("districts/A32-13_99.geojson"), {"--terms", file});
    CHECK(ran.status == 1);
    CHECK(ran.errors.find("too big") != std::string::npos);
}

TEST_CASE("a hundred thousand columns, and a cell without end, are refused", "[cli]") {
    const Untouched town;
    const auto wide = town.folder().write("wide.csv", "a" + repeated(",a", 100'000) + "\r\n1,2\r\n");
    const auto cell =
        town.folder().write("cell.csv", "名称,住所\r\n\"" + std::string(64 * k_mebibyte, 'x') + "\",1\r\n");
    const auto open = town.folder().write("open.csv", "名称,住所\r\n\"" + std::string(64 * k_mebibyte, 'x'));
    for (const auto& kind : k_table_kinds) {
        town.refuses(kind, wide, "columns");
        town.refuses(kind, cell, "long");
        town.refuses(kind, open, "long");
    }
}

TEST_CASE("an archive that says it unpacks to more than it may is not unpacked", "[cli]") {
    const Untouched town;
    const auto text = town.folder().write("bomb.zip", bomb("list.csv", 600 * k_mebibyte));
    REQUIRE(fs::file_size(text) < 2 * k_mebibyte);
    for (const auto& kind : k_table_kinds) {
        town.refuses(kind, text, "archive is too big", 400 * k_mebibyte);
    }
    const auto shape = town.folder().write("shapes.zip", bomb("A32.shp", 600 * k_mebibyte));
    town.refuses("districts", shape, "archive is too big", 400 * k_mebibyte);
}

TEST_CASE("paths in an archive lead nowhere", "[cli]") {
    const ScratchFolder folder;
    const auto store = town_store(folder);
    const std::string list = made_list(3, "抜け道");
    const auto target = folder / "escaped.csv";
    const std::string up = repeated("../", 12) + target.string().substr(1);
    for (const std::string& name : {up, target.string(), "C:\\" + std::string("escaped.csv")}) {
        const auto file = folder.write("paths.zip", importers::test::zip_of({{name, list}}));
        const auto ran = run_shirube({"import", "resources", file, "--store", store, "--list", name});
        CAPTURE(name, ran.errors);
        CHECK((ran.status == 0 || ran.status == 1));
        CHECK_FALSE(fs::exists(target));
        CHECK_FALSE(fs::exists("escaped.csv"));
        CHECK_FALSE(fs::exists("C:\\escaped.csv"));
    }
}

TEST_CASE("a formula is a text: never calculated, guarded where it is written, the same again when it comes back",
          "[cli]") {
    const ScratchFolder folder;
    const auto store = town_store(folder);
    const std::string formula = "=cmd|' /C calc'!A0";
    const std::string other = "@SUM(1)みなとの家";
    const auto file =
        folder.write("formulas.csv", "番号,事業,名称,住所,市区町村コード\r\n1,児童館," + formula +
                                         ",標県潮見野市港町1,99201\r\n2,," + other + ",＝HYPERLINK(1),99201\r\n");
    const auto rejects = folder / "rejects.csv";
    const auto ran = run_shirube({"import", "resources", file, "--store", store, "--list", "式", "--rejects", rejects});
    CAPTURE(ran.errors);
    REQUIRE(ran.status == 3);
    const auto found = run_shirube({"search", "--store", store, "--q", "cmd", "--format", "json"});
    CHECK(json::parse(found.output).at("features").at(0).at("properties").at("name") == formula);
    const std::string written = bytes_of(rejects);
    CHECK(written.find(",'" + other) != std::string::npos);
    CHECK(written.find(",'＝HYPERLINK") != std::string::npos);
    // Mended, it is the same text as before.
    std::string mended = written;
    mended.replace(mended.find("2,,"), 3, "2,児童館,");
    const auto again = folder.write("mended.csv", mended);
    REQUIRE(run_shirube({"import", "resources", again, "--store", store}).status == 0);
    const auto back = run_shirube({"search", "--store", store, "--q", "みなとの家", "--format", "json"});
    CAPTURE(back.output);
    CHECK(back.output.find('"' + other + '"') != std::string::npos);
    CHECK(back.output.find("\"＝HYPERLINK(1)\"") != std::string::npos);
}

TEST_CASE("JSON nested without end, numbers that are none, and rings without end leave the program standing", "[cli]") {
    const Untouched town;
    const std::vector<std::pair<std::string, std::string>> files{
        {"brackets", std::string(200'000, '[')},
        {"closed", std::string(200'000, '[') + std::string(200'000, ']')},
        {"coordinates",
         R"({"type":"Polygon","coordinates":)" + std::string(200'000, '[') + std::string(200'000, ']') + "}"},
        {"collections", R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":)" +
                            repeated(R"({"type":"GeometryCollection","geometries":[)", 50'000) +
                            repeated("]}", 50'000) + "}]}"},
        {"properties", R"({"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,"properties":)" +
                           repeated(R"({"a":)", 50'000) + "1" + repeated("}", 50'000) + "}]}"},
        {"nan", polygon("[NaN,33],[137.1,33],[137.1,33.1],[NaN,33]")},
        {"infinite", polygon("[1e999,33],[137.1,33],[137.1,33.1],[1e999,33]")},
        {"words", polygon(R"(["a","b"],["c","d"],[null,{}],["a","b"])")},
        {"members", R"({"type":"FeatureCollection","features":{"a":1}})"},
        {"repeated", R"({"type":"FeatureCollection","features":[)" + repeated("[],", 500'000) + "[]]}"}};
    for (const auto& [name, content] : files) {
        for (const auto* kind : {"districts", "resources", "gazetteer"}) {
            const auto file =
                town.folder().write(name + (std::string_view(kind) == "gazetteer" ? ".json" : ".geojson"), content);
            const auto ran = town.import(kind, file, {"--dry-run", "--municipality", "99201"});
            CAPTURE(kind, name, ran.status, ran.errors, ran.peak_memory / k_mebibyte);
            CHECK((ran.status == 0 || ran.status == 1 || ran.status == 3));
            CHECK((ran.status != 1 || ran.errors.find(file.filename()) != std::string::npos));
            CHECK(ran.peak_memory < k_most_memory);
        }
    }
    std::string ring;
    for (int i = 0; i < 400'000; ++i) {
        ring += "[137." + std::to_string(100'000 + i) + ",33.1],";
    }
    const auto alone =
        town.folder().write("alone.geojson", R"({"type":"Polygon","coordinates":[[)" +
                                                 repeated("[137.1,33.1],", 1'500'000) + "[137.1,33.1]]]}");
    town.refuses("districts", alone, "too big", 400 * k_mebibyte);
    town.refuses("resources", alone, "too big", 400 * k_mebibyte);
    const auto long_ring = town.folder().write("ring.geojson", polygon(ring + "[137.2,33.2],[137.100000,33.1]"));
    const auto ran = town.import("districts", long_ring, {"--dry-run"});
    CAPTURE(ran.errors, ran.peak_memory / k_mebibyte);
    CHECK((ran.status == 0 || ran.status == 1 || ran.status == 3));
    CHECK(ran.peak_memory < k_most_memory);
}

} // namespace shirube::tests
