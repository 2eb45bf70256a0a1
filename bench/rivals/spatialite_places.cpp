#include "bench/rivals/spatialite_places.hpp"

#include "bench/rivals/sqlite_calls.hpp"
#include "geo/distance.hpp"

#include <fmt/format.h>
// clang-format off: spatialite.h wants sqlite3.h before itself
#include <sqlite3.h>
#include <spatialite.h>
// clang-format on

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>
#include <utility>

namespace shirube::bench {
namespace {

double haversine_m(geo::LonLat a, geo::LonLat b) {
    constexpr double k_radius_m = 6'371'008.8;
    constexpr double k_degree = std::numbers::pi / 180;
    const double across = std::sin((b.lon - a.lon) * k_degree / 2);
    const double up = std::sin((b.lat - a.lat) * k_degree / 2);
    const double h = up * up + std::cos(a.lat * k_degree) * std::cos(b.lat * k_degree) * across * across;
    return 2 * k_radius_m * std::asin(std::sqrt(h));
}

} // namespace

void write_rival_database(const Country& country, const std::filesystem::path& path) {
    sqlite3* database = nullptr;
    void* cache = spatialite_alloc_connection();
    check(sqlite3_open(path.c_str(), &database), database, "open");
    spatialite_init_ex(database, cache, 0);
    run(database, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
    run(database, "SELECT InitSpatialMetaData(1)");
    run(database, "BEGIN");
    run(database, "CREATE TABLE place (id INTEGER PRIMARY KEY, programme INTEGER NOT NULL, lon REAL, lat REAL)");
    run(database, "SELECT AddGeometryColumn('place', 'geom', 4326, 'POINT', 'XY', 1)");
    sqlite3_stmt* insert = nullptr;
    check(sqlite3_prepare_v2(database, "INSERT INTO place VALUES (?1, ?2, ?3, ?4, MakePoint(?3, ?4, 4326))", -1,
                             &insert, nullptr),
          database, "insert");
    for (std::size_t number = 0; number < country.places.size(); ++number) {
        const Place& place = country.places[number];
        sqlite3_bind_int64(insert, 1, static_cast<sqlite3_int64>(number));
        sqlite3_bind_int(insert, 2, static_cast<int>(place.programme));
        sqlite3_bind_double(insert, 3, place.position.lon);
        sqlite3_bind_double(insert, 4, place.position.lat);
        check(sqlite3_step(insert), database, "insert");
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    run(database, "SELECT CreateSpatialIndex('place', 'geom')");
    run(database, "CREATE VIRTUAL TABLE near_any USING rtree(id, west, east, south, north, +lon, +lat, +programme)");
    run(database, "INSERT INTO near_any SELECT id, lon, lon, lat, lat, lon, lat, programme FROM place");
    run(database,
        "CREATE VIRTUAL TABLE near_programme USING rtree(id, west, east, south, north, low, high, +lon, +lat)");
    run(database,
        "INSERT INTO near_programme SELECT id, lon, lon, lat, lat, programme, programme, lon, lat FROM place");
    run(database, "COMMIT");
    run(database, "ANALYZE");
    sqlite3_close(database);
    spatialite_cleanup_ex(cache);
}

std::vector<Plan> plans() {
    return {
        {"SpatialIndex + ST_Distance",
         "SELECT id, ST_Distance(geom, MakePoint(?1, ?2, 4326), 1) AS distance FROM place "
         "WHERE programme = ?3 AND id IN (SELECT rowid FROM SpatialIndex WHERE f_table_name = 'place' "
         "AND search_frame = BuildMbr(?4, ?5, ?6, ?7, 4326)) ORDER BY distance LIMIT 20",
         Distances::geodesic, true},
        {"idx_place_geom + ST_Distance",
         "SELECT p.id, ST_Distance(p.geom, MakePoint(?1, ?2, 4326), 1) AS distance FROM idx_place_geom AS i "
         "CROSS JOIN place AS p ON p.id = i.pkid WHERE i.xmax >= ?4 AND i.ymax >= ?5 AND i.xmin <= ?6 AND i.ymin <= ?7 "
         "AND p.programme = ?3 ORDER BY distance LIMIT 20",
         Distances::geodesic, true},
        {"R*Tree with the programme as a third axis + ST_Distance",
         "SELECT p.id, ST_Distance(p.geom, MakePoint(?1, ?2, 4326), 1) AS distance FROM near_programme AS i "
         "CROSS JOIN place AS p ON p.id = i.id WHERE i.low = ?3 AND i.east >= ?4 AND i.north >= ?5 "
         "AND i.west <= ?6 AND i.south <= ?7 ORDER BY distance LIMIT 20",
         Distances::geodesic, false},
        {"R*Tree + haversine in the program",
         "SELECT id, lon, lat FROM near_any WHERE east >= ?4 AND north >= ?5 AND west <= ?6 AND south <= ?7 "
         "AND programme = ?3",
         Distances::sphere, false},
        {"R*Tree with the programme as a third axis + haversine in the program",
         "SELECT id, lon, lat FROM near_programme WHERE low = ?3 AND east >= ?4 AND north >= ?5 AND west <= ?6 "
         "AND south <= ?7",
         Distances::sphere, false},
    };
}

void RivalSearch::Close::operator()(sqlite3* database) const { sqlite3_close(database); }
void RivalSearch::Close::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

RivalSearch::RivalSearch(const std::filesystem::path& database, Plan plan) : plan_(std::move(plan)) {
    spatialite_ = spatialite_alloc_connection();
    sqlite3* opened = nullptr;
    const int status = sqlite3_open_v2(database.c_str(), &opened, SQLITE_OPEN_READONLY, nullptr);
    database_.reset(opened);
    check(status, opened, "open");
    spatialite_init_ex(opened, spatialite_, 0);
    run(opened, "PRAGMA mmap_size = 1000000000; PRAGMA cache_size = -400000");
    sqlite3_stmt* prepared = nullptr;
    check(sqlite3_prepare_v3(opened, plan_.sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &prepared, nullptr), opened,
          plan_.sql.c_str());
    statement_.reset(prepared);
}

RivalSearch::RivalSearch(RivalSearch&& other) noexcept
    : plan_(std::move(other.plan_)),
      spatialite_(std::exchange(other.spatialite_, nullptr)),
      database_(std::move(other.database_)),
      statement_(std::move(other.statement_)) {}

RivalSearch::~RivalSearch() {
    statement_.reset();
    database_.reset();
    if (spatialite_ != nullptr) {
        spatialite_cleanup_ex(spatialite_);
    }
}

void RivalSearch::nearest(const Question& question, double radius_m, std::size_t count, std::vector<Found>& out) {
    out.clear();
    sqlite3_stmt* statement = statement_.get();
    const geo::Box box = geo::LocalMetric(question.near).box_around(radius_m);
    sqlite3_bind_double(statement, 1, question.near.lon);
    sqlite3_bind_double(statement, 2, question.near.lat);
    sqlite3_bind_int(statement, 3, static_cast<int>(question.programme));
    sqlite3_bind_double(statement, 4, box.west);
    sqlite3_bind_double(statement, 5, box.south);
    sqlite3_bind_double(statement, 6, box.east);
    sqlite3_bind_double(statement, 7, box.north);
    int status = SQLITE_ROW;
    while ((status = sqlite3_step(statement)) == SQLITE_ROW) {
        Found found{static_cast<std::uint32_t>(sqlite3_column_int64(statement, 0)),
                    sqlite3_column_double(statement, 1)};
        if (plan_.distances == Distances::sphere) {
            found.distance_m = haversine_m(question.near, {found.distance_m, sqlite3_column_double(statement, 2)});
        }
        if (found.distance_m <= radius_m) {
            out.push_back(found);
        }
    }
    check(status, database_.get(), "search");
    sqlite3_reset(statement);
    if (plan_.distances == Distances::sphere) {
        const auto nearer = [](const Found& a, const Found& b) { return a.distance_m < b.distance_m; };
        const auto last = out.begin() + static_cast<std::ptrdiff_t>(std::min(count, out.size()));
        std::partial_sort(out.begin(), last, out.end(), nearer);
        out.erase(last, out.end());
    }
}

} // namespace shirube::bench
