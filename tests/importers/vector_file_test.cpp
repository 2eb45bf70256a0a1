#include "importers/files/vector_file.hpp"

#include "vector_maker.hpp"
#include "zip_writer.hpp"

#include <catch2/catch.hpp>
#include <unistd.h>

using namespace shirube;
using namespace shirube::importers;
using namespace shirube::importers::test;

namespace {

std::expected<VectorFile, FileProblem> read(const std::string& bytes, const fs::path& path = "list.geojson") {
    return read_vector_file(path, bytes, {});
}

std::expected<VectorFile, FileProblem> read_at(const fs::path& path) { return read(bytes_of(path), path); }

fs::path two_points(const ScratchFolder& folder) {
    return bare_shapefile(folder, {"P14_001", "P14_007"},
                          {{{"千葉県", "三咲児童ホーム"}, OGRPoint(140.05, 35.75)},
                           {{"千葉県", "①館"}, OGRPoint(140.10, 35.70)},
                           {{"千葉県", "代宿児童館"}, OGRPoint(139.98, 35.43)}});
}

/// What is printed to standard error while it lives.
class StandardError {
  public:
    explicit StandardError(const fs::path& file) : file_(file), kept_(::dup(2)) {
        REQUIRE(std::freopen(file.c_str(), "w", stderr) != nullptr);
    }
    ~StandardError() {
        std::fflush(stderr);
        ::dup2(kept_, 2);
        ::close(kept_);
    }
    [[nodiscard]] std::string text() const {
        std::fflush(stderr);
        return bytes_of(file_);
    }

  private:
    fs::path file_;
    int kept_;
};

} // namespace

TEST_CASE("Features come in file order with their attributes as they are written") {
    const auto file = read(collection({
        feature(R"("code":"01101","no":7,"day":"2026/04/01")", square(141.3, 43.0), "9"),
        feature(R"("code":"01102","no":8,"day":"2026-04-02")", square(141.4, 43.0), "3"),
        feature(R"("code":"01103","no":null,"day":"令和8年")", square(141.5, 43.0), "5"),
    }));
    REQUIRE(file);
    CHECK(file->columns == std::vector<std::string>{"code", "no", "day"});
    REQUIRE(file->features.size() == 3);
    CHECK(file->features[0].values == std::vector<std::string>{"01101", "7", "2026/04/01"});
    CHECK(file->features[1].values == std::vector<std::string>{"01102", "8", "2026-04-02"});
    CHECK(file->features[2].values == std::vector<std::string>{"01103", "", "令和8年"});
    CHECK(file->features[2].row == 3);
}

TEST_CASE("A ring that crosses itself is mended into what it surrounds, and nothing is printed") {
    const ScratchFolder folder;
    const StandardError printed(folder.path() / "stderr.txt");
    const auto file = read(collection({feature(R"("name":"a")", bow_tie(139.7, 35.6))}));
    REQUIRE(file);
    const VectorFeature& mended = file->features.at(0);
    CHECK(mended.note == ShapeNote::mended);
    const auto& area = std::get<geo::MultiPolygon>(mended.shape);
    CHECK(area.size() == 2);
    const double square_m2 = geo::area_m2(
        geo::Polygon{.outer = {{139.7, 35.6}, {139.71, 35.6}, {139.71, 35.61}, {139.7, 35.61}}, .holes = {}});
    CHECK(geo::area_m2(area) == Approx(square_m2 / 2).epsilon(0.01));
    CHECK(printed.text().empty());
}

TEST_CASE("Lines, missing and unusable shapes are told apart") {
    const auto file = read(collection({
        feature(R"("name":"line")", R"({"type":"LineString","coordinates":[[139.7,35.6],[139.8,35.6]]})"),
        feature(R"("name":"none")", "null"),
        feature(R"("name":"empty")", R"({"type":"Polygon","coordinates":[]})"),
        feature(R"("name":"flat")",
                R"({"type":"Polygon","coordinates":[[[139.7,35.6],[139.8,35.6],[139.7,35.6],[139.7,35.6]]]})"),
    }));
    REQUIRE(file);
    CHECK(file->features[0].note == ShapeNote::not_this_kind);
    for (const std::size_t i : {0UL, 1UL, 2UL, 3UL}) {
        CHECK(file->features[i].shape.index() == 0);
    }
    CHECK(file->features[1].note == ShapeNote::as_is);
    CHECK(file->features[3].note == ShapeNote::broken);
}

TEST_CASE("JSON that breaks off is told with its line and byte") {
    const std::string whole = collection({feature(R"("name":"a")", square(139.7, 35.6))});
    const auto file = read(whole.substr(0, whole.size() - 20));
    REQUIRE_FALSE(file);
    CHECK(file.error().code == "json_malformed");
    CHECK(file.error().row == 2);
    CHECK(read("{\"type\":\"FeatureCollection\"").error().code == "json_malformed");
    CHECK_FALSE(read("{\"type\":\"something\"}"));
    CHECK_FALSE(read(std::string(200'000, '[')));
}

TEST_CASE("A single geometry without end is refused, a collection of the same size is read") {
    const std::string blanks(17U << 20U, ' '); // of whatever it is made
    const auto alone = read(square(139.7, 35.6) + blanks);
    REQUIRE_FALSE(alone);
    CHECK(alone.error().code == "file_too_big");
    CHECK(read(square(139.7, 35.6)));
    CHECK(read(collection({feature(R"("name":"a")", square(139.7, 35.6))}) + blanks));
}

TEST_CASE("Degrees on JGD2000 are taken as WGS84, plane coordinates are brought to degrees") {
    const auto jgd = read(collection({feature(R"("name":"a")", square(139.7, 35.6))}, "urn:ogc:def:crs:EPSG::4612"));
    REQUIRE(jgd);
    CHECK(jgd->datum == Datum::wgs84_or_equal);
    CHECK(geo::box_of(std::get<geo::MultiPolygon>(jgd->features[0].shape)).west == Approx(139.7).epsilon(1e-9));

    // Plane rectangular system IX: its origin is 36° N, 139°50′ E.
    const auto plane = read(collection({feature(R"("name":"a")", R"({"type":"Point","coordinates":[0,0]})")},
                                       "urn:ogc:def:crs:EPSG::6677"));
    REQUIRE(plane);
    const auto origin = std::get<geo::LonLat>(plane->features[0].shape);
    CHECK(origin.lat == Approx(36.0).epsilon(1e-7));
    CHECK(origin.lon == Approx(139.0 + 50.0 / 60.0).epsilon(1e-7));
}

TEST_CASE("The old Tokyo datum is told and left as it is") {
    const auto degrees =
        read(collection({feature(R"("name":"a")", R"({"type":"Point","coordinates":[139.7,35.6]})")}, "EPSG:4301"));
    REQUIRE(degrees);
    CHECK(degrees->datum == Datum::tokyo);
    CHECK(std::get<geo::LonLat>(degrees->features[0].shape) == geo::LonLat{139.7, 35.6});

    const auto plane =
        read(collection({feature(R"("name":"a")", R"({"type":"Point","coordinates":[0,0]})")}, "EPSG:30169"));
    REQUIRE(plane);
    CHECK(plane->datum == Datum::tokyo);
    CHECK(std::get<geo::LonLat>(plane->features[0].shape).lat == Approx(36.0).epsilon(1e-7));
}

TEST_CASE("A CP932 shapefile without .shx, .prj and .cpg is read, and nothing is written beside it") {
    const ScratchFolder folder;
    const fs::path path = two_points(folder);
    const std::size_t before = folder.files();
    const auto file = read_at(path);
    REQUIRE(file);
    REQUIRE(file->features.size() == 3);
    CHECK(file->features[0].values == std::vector<std::string>{"千葉県", "三咲児童ホーム"});
    CHECK(file->features[1].values[1] == "①館");
    CHECK(std::get<geo::LonLat>(file->features[2].shape) == geo::LonLat{139.98, 35.43});
    CHECK(folder.files() == before);
}

TEST_CASE("The .dbf is found whatever the case of its extension, and missed where there is none") {
    const ScratchFolder folder;
    const fs::path path = two_points(folder);
    const fs::path dbf = fs::path(path).replace_extension(".dbf");
    fs::rename(dbf, fs::path(path).replace_extension(".DBF"));
    CHECK(read_at(path));
    fs::remove(fs::path(path).replace_extension(".DBF"));
    const auto file = read_at(path);
    REQUIRE_FALSE(file);
    CHECK(file.error().code == "shapefile_member_missing");
    CHECK(file.error().file == path.string());
}

TEST_CASE("A shapefile cut off anywhere names the first record that is not whole") {
    const ScratchFolder folder;
    const fs::path path = two_points(folder);
    const std::string whole = bytes_of(path);
    REQUIRE(whole.size() == 100 + 3 * 28); // a point record is 8 + 20 bytes
    for (std::size_t size = 1; size < whole.size(); ++size) {
        const auto file = read(whole.substr(0, size), path);
        REQUIRE_FALSE(file);
        REQUIRE(file.error().code == "shapefile_truncated");
        const std::size_t records = size < 100 ? 0 : (size - 100) / 28;
        REQUIRE(file.error().row == static_cast<std::int64_t>(records) + 1);
    }
}

TEST_CASE("A table cut off, or of another length than the shapes, is no silent loss") {
    const ScratchFolder folder;
    const fs::path path = two_points(folder);
    const fs::path dbf = fs::path(path).replace_extension(".dbf");
    const std::string whole = bytes_of(dbf);
    folder.write("points.dbf", whole.substr(0, whole.size() - 100));
    const auto cut = read_at(path);
    REQUIRE_FALSE(cut);
    CHECK(cut.error().code == "shapefile_truncated");
    CHECK(cut.error().a == ".dbf");
    CHECK(cut.error().row == 3);

    std::string fewer = whole;
    fewer[4] = 2;
    folder.write("points.dbf", fewer);
    CHECK(read_at(path).error().code == "shapefile_inconsistent");
}

TEST_CASE("Random damage to a shapefile never brings the reader down") {
    const ScratchFolder folder;
    const fs::path path = two_points(folder);
    const std::string shp = bytes_of(path);
    const std::string dbf = bytes_of(fs::path(path).replace_extension(".dbf"));
    unsigned state = 12345;
    const auto random = [&state](std::size_t below) {
        state = state * 1103515245U + 12345U;
        return static_cast<std::size_t>(state >> 8U) % below;
    };
    for (int round = 0; round < 500; ++round) {
        std::string broken_shp = shp;
        std::string broken_dbf = dbf;
        for (int i = 0; i < 4; ++i) {
            broken_shp[4 + random(shp.size() - 4)] = static_cast<char>(random(256));
            broken_dbf[random(dbf.size())] = static_cast<char>(random(256));
        }
        folder.write("points.dbf", broken_dbf);
        const auto file = read(broken_shp, path);
        CHECK((file.has_value() || !file.error().code.empty()));
    }
}

TEST_CASE("A zipped shapefile is read from its archive") {
    const ScratchFolder folder;
    const fs::path path = two_points(folder);
    const std::string zip = zip_of({{"P14/points.shp", bytes_of(path)},
                                    {"P14/points.dbf", bytes_of(fs::path(path).replace_extension(".dbf"))},
                                    {"P14/points.geojson", "{}"}});
    const auto file = read(zip, "P14.zip");
    REQUIRE(file);
    CHECK(file->features.size() == 3);
}

TEST_CASE("A table is no geographic file, and the sentence says so") {
    const auto file = read("名称,住所\n", "list.csv");
    REQUIRE_FALSE(file);
    const ImportFailure failure = in_words(file.error(), "ja");
    CHECK(failure.code == "vector_wrong_kind");
    CHECK(failure.message.starts_with("list.csv: "));
    CHECK(failure.message.find("GeoJSON") != std::string::npos);
    CHECK_FALSE(failure.wrong_use);
}

TEST_CASE("P14 of Chiba: 3,632 features in Japanese out of a bare CP932 shapefile") {
    const fs::path path = real_data("chiba/P14_12.shp");
    if (path.empty()) {
        return;
    }
    const auto count_files = [&path] {
        return std::distance(fs::directory_iterator(path.parent_path()), fs::directory_iterator());
    };
    const auto before = count_files();
    const auto file = read_at(path);
    REQUIRE(file);
    CHECK(file->features.size() == 3632);
    CHECK(std::ranges::any_of(file->features, [](const VectorFeature& feature) {
        return std::ranges::find(feature.values, "三咲児童ホーム") != feature.values.end();
    }));
    CHECK(std::ranges::all_of(file->features, [](const VectorFeature& feature) { return feature.cut_values.empty(); }));
    CHECK(count_files() == before);
}
