// Coverage as a GeoPackage: opened by SQLite and by GDAL it says what the JSON says.
#include "importers/files/geopackage.hpp"
#include "importers/files/vector_file.hpp"
#include "server/router.hpp"
#include "tests/server/support/small_town.hpp"
#include "tests/server/support/staff_town.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <sqlite3.h>

#include <algorithm>
#include <memory>
#include <string>

namespace shirube::server {

namespace {

using nlohmann::json;
using tests::header_of;
using tests::SmallTown;
using tests::the_small_town;

constexpr std::string_view k_call = "/api/v1/coverage?policy=jidokan_per_chugakkoku";

/// A file's bytes as a database, and what it answers.
class Opened {
  public:
    explicit Opened(std::string_view bytes) : bytes_(bytes) {
        sqlite3* database = nullptr;
        REQUIRE(sqlite3_open(":memory:", &database) == SQLITE_OK);
        database_.reset(database);
        REQUIRE(sqlite3_deserialize(database, "main", reinterpret_cast<unsigned char*>(bytes_.data()),
                                    static_cast<sqlite3_int64>(bytes_.size()),
                                    static_cast<sqlite3_int64>(bytes_.size()),
                                    SQLITE_DESERIALIZE_READONLY) == SQLITE_OK);
    }

    /// The rows, each an object by column; geometries are left out.
    [[nodiscard]] json rows(const std::string& sql) const {
        sqlite3_stmt* prepared = nullptr;
        REQUIRE(sqlite3_prepare_v2(database_.get(), sql.c_str(), -1, &prepared, nullptr) == SQLITE_OK);
        const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> statement(prepared, sqlite3_finalize);
        json out = json::array();
        while (sqlite3_step(prepared) == SQLITE_ROW) {
            json row = json::object();
            for (int i = 0; i < sqlite3_column_count(prepared); ++i) {
                const char* name = sqlite3_column_name(prepared, i);
                switch (sqlite3_column_type(prepared, i)) {
                    case SQLITE_INTEGER:
                        row[name] = sqlite3_column_int64(prepared, i);
                        break;
                    case SQLITE_FLOAT:
                        row[name] = sqlite3_column_double(prepared, i);
                        break;
                    case SQLITE_TEXT:
                        row[name] = reinterpret_cast<const char*>(sqlite3_column_text(prepared, i));
                        break;
                    case SQLITE_NULL:
                        row[name] = nullptr;
                        break;
                    default:
                        break;
                }
            }
            out.push_back(std::move(row));
        }
        return out;
    }
    [[nodiscard]] json value(const std::string& sql) const {
        const auto found = rows(sql);
        REQUIRE(found.size() == 1);
        return found[0].begin().value();
    }

  private:
    struct Close {
        void operator()(sqlite3* database) const { sqlite3_close(database); }
    };
    std::string bytes_;
    std::unique_ptr<sqlite3, Close> database_;
};

/// What a list is in one cell.
json in_one_cell(const json& value) {
    if (!value.is_array()) {
        return value;
    }
    std::string text;
    for (const auto& entry : value) {
        text += (text.empty() ? "" : "|") + (entry.is_object() ? entry.at("code") : entry).get<std::string>();
    }
    return text.empty() ? json(nullptr) : json(text);
}

/// Every figure of the JSON stands in the file, and nothing else does.
void require_same(const json& document, const Opened& file) {
    const auto districts = file.rows("SELECT * FROM districts ORDER BY fid");
    REQUIRE(districts.size() == document.at("districts").size());
    for (std::size_t i = 0; i < districts.size(); ++i) {
        auto row = districts[i];
        row.erase("fid");
        row.erase("geom");
        for (const auto& [member, value] : document.at("districts")[i].items()) {
            CAPTURE(i, member);
            REQUIRE(row.contains(member));
            CHECK(row.at(member) == in_one_cell(value));
            row.erase(member);
        }
        CHECK(row.empty());
    }
    const auto blanks = file.rows("SELECT * FROM blank_areas ORDER BY number");
    REQUIRE(blanks.size() == document.at("blank_areas").size());
    for (std::size_t i = 0; i < blanks.size(); ++i) {
        for (const auto& [member, value] : document.at("blank_areas")[i].items()) {
            CAPTURE(i, member);
            CHECK((member == "label_point" || blanks[i].at(member) == value));
        }
    }
    for (const char* const fact : {"layer", "at", "edition"}) {
        CHECK(file.value(std::string("SELECT value FROM about WHERE item = '") + fact + "'") == document.at(fact));
    }
    const auto lists = file.rows("SELECT value, publisher, as_of, licence FROM about WHERE item = 'list' ORDER BY fid");
    REQUIRE(lists.size() == document.at("lists").size());
    for (std::size_t i = 0; i < lists.size(); ++i) {
        CHECK(lists[i].at("value") == document.at("lists")[i].at("name"));
        for (const char* const member : {"publisher", "as_of", "licence"}) {
            CHECK(lists[i].at(member) == document.at("lists")[i].at(member));
        }
    }
}

/// Two cells of a town with ten children and three: the public is told of neither district.
SmallTown town_with_children() {
    auto state = tests::small_state();
    for (const auto& [mesh, children] : {std::pair{"4937400011", 10}, std::pair{"4937400211", 3}}) {
        directory::CellRow cell;
        cell.mesh = mesh;
        cell.total = children * 7;
        cell.bands = {{0, 15, children}, {15, 65, children * 4}, {65, std::nullopt, children * 2}};
        cell.list = 0;
        state.cells.push_back(std::move(cell));
    }
    return SmallTown(std::move(state));
}

} // namespace

TEST_CASE("the GeoPackage says what the JSON says, unknown as NULL, in the language asked for", "[api]") {
    const auto& town = the_small_town();
    const auto answer = town.get(std::string(k_call) + "&f=gpkg");
    REQUIRE(answer.status == 200);
    CHECK(answer.content_type == "application/geopackage+sqlite3");
    CHECK(header_of(answer, "Content-Disposition") == "attachment; filename=\"coverage-2026-11-21.gpkg\"");
    CHECK(header_of(answer, "Vary") == "Accept");
    CHECK_FALSE(answer.etag_basis.empty());
    CHECK(town.get(k_call, "application/geopackage+sqlite3").content() == answer.content()); // the same, byte for byte
    const Opened file(answer.content());
    require_same(town.json(k_call), file);
    CHECK(file.value("PRAGMA application_id") == 0x47504B47); // "GPKG"
    CHECK(file.value("PRAGMA integrity_check") == "ok");
    CHECK(file.value("SELECT count(*) FROM districts WHERE children IS NULL") == 3); // nobody has counted
    CHECK(file.value("SELECT value FROM about WHERE item = 'policy_id'") == "jidokan_per_chugakkoku");
    CHECK(file.rows("SELECT table_name, data_type FROM gpkg_contents ORDER BY table_name") ==
          json::parse(R"([{"table_name":"about","data_type":"attributes"},
                          {"table_name":"blank_areas","data_type":"features"},
                          {"table_name":"districts","data_type":"features"}])"));
    CHECK(file.value("SELECT count(*) FROM gpkg_geometry_columns WHERE srs_id = 4326") == 2);

    const auto english = town.get(std::string(k_call) + "&f=gpkg&lang=en");
    CHECK(english.etag_basis != answer.etag_basis);
    const Opened in_english(english.content());
    CHECK(in_english.value("SELECT DISTINCT tier_label FROM districts WHERE tier = 'blank'") == "Blank");
    CHECK(file.value("SELECT DISTINCT tier_label FROM districts WHERE tier = 'blank'") == "空白");
}

TEST_CASE("GDAL reads the areas and the points of a GeoPackage back where they are", "[api]") {
    const auto& town = the_small_town();
    const auto answer = town.get(std::string(k_call) + "&f=gpkg");
    const auto& reader = town.reader();
    const auto districts = importers::read_geopackage(answer.content(), {}, {.name = "districts"});
    REQUIRE(districts);
    REQUIRE(districts->features.size() == reader.districts().size());
    CHECK(districts->datum == importers::Datum::wgs84_or_equal);
    for (std::size_t i = 0; i < districts->features.size(); ++i) {
        const auto* area = std::get_if<geo::MultiPolygon>(&districts->features[i].shape);
        REQUIRE(area != nullptr);
        CHECK(geo::box_of(*area) == geo::box_of(reader.districts()[i].geometry));
    }
    const auto blanks = importers::read_geopackage(answer.content(), {}, {.name = "blank_areas"});
    REQUIRE(blanks);
    const auto document = town.json(k_call).at("blank_areas");
    REQUIRE(blanks->features.size() == document.size());
    REQUIRE_FALSE(document.empty());
    for (std::size_t i = 0; i < document.size(); ++i) {
        const auto* point = std::get_if<geo::LonLat>(&blanks->features[i].shape);
        REQUIRE(point != nullptr);
        CHECK(point->lon == Approx(document[i].at("label_point")[0].get<double>()).margin(1e-6));
        CHECK(point->lat == Approx(document[i].at("label_point")[1].get<double>()).margin(1e-6));
    }
}

TEST_CASE("counts that the public is not told are in no GeoPackage", "[api]") {
    const auto town = town_with_children();
    const auto document = town.json(k_call);
    REQUIRE(std::ranges::any_of(document.at("districts"), [](const json& district) {
        return std::ranges::find(district.at("notes"), "withheld") != district.at("notes").end();
    }));
    const Opened file(town.get(std::string(k_call) + "&f=gpkg").content());
    require_same(document, file);
    CHECK(file.value("SELECT count(*) FROM districts WHERE children = 3") == 0);
}

TEST_CASE("districts that nobody has drawn are in a GeoPackage without a shape", "[api]") {
    auto state = tests::small_state();
    for (auto& district : state.districts) {
        district.geometry.clear();
    }
    const SmallTown town(std::move(state));
    const auto answer = town.get(std::string(k_call) + "&f=gpkg");
    REQUIRE(answer.status == 200);
    const Opened file(answer.content());
    require_same(town.json(k_call), file);
    CHECK(file.value("SELECT count(*) FROM districts WHERE geom IS NULL") == 3);
}

TEST_CASE("a GeoPackage is written where nothing quick waits for it", "[api]") {
    CHECK(takes_long(tests::request_for(std::string(k_call) + "&f=gpkg", "*/*")));
    CHECK(takes_long(tests::request_for(k_call, "application/geopackage+sqlite3")));
    CHECK_FALSE(takes_long(tests::request_for(k_call, "*/*")));
    CHECK_FALSE(takes_long(tests::request_for(std::string(k_call) + "&f=csv", "application/geopackage+sqlite3")));
    CHECK_FALSE(takes_long(tests::request_for("/planner?f=gpkg", "text/html")));
}

TEST_CASE("planners take the answer to a policy of their own away as a GeoPackage", "[staff]") {
    tests::StaffTown town;
    town.account("keikaku", directory::Role::planner, "99201");
    const auto token = town.token_of("keikaku");
    const auto csrf = town.csrf_of(token);
    auto policy = to_document(*directory::find_policy("jidokan_per_chugakkoku"), directory::Taxonomy::shipped());
    policy["id"] = "watashi no kijun";
    const auto answer = town.post_json("/api/v1/staff/coverage?f=gpkg", policy.dump(), token, csrf);
    REQUIRE(answer.status == 200);
    CHECK(answer.caching == Caching::none);
    const Opened file(answer.content());
    require_same(json::parse(town.post_json("/api/v1/staff/coverage", policy.dump(), token, csrf).content()), file);
    CHECK(file.value("SELECT value FROM about WHERE item = 'policy_id'") == "watashi no kijun");
}

} // namespace shirube::server
