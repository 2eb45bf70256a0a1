#include "bench/gaps/spatialite_gaps.hpp"

#include "bench/rivals/sqlite_calls.hpp"
#include "directory/taxonomy.hpp"
#include "geo/distance.hpp"

#include <fmt/format.h>
// clang-format off: spatialite.h wants sqlite3.h before itself
#include <sqlite3.h>
#include <spatialite.h>
// clang-format on

namespace shirube::bench {

namespace {

sqlite3_stmt* prepare(sqlite3* database, const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    check(sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr), database, sql.c_str());
    return statement;
}

void step(sqlite3_stmt* statement, sqlite3* database) {
    check(sqlite3_step(statement), database, "insert");
    sqlite3_reset(statement);
}

constexpr std::string_view k_services =
    "SELECT district, count(*), NULL, NULL FROM place WHERE programme = ?1 GROUP BY district";
constexpr std::string_view k_children = "SELECT district, NULL, sum(children), NULL FROM cell GROUP BY district";

/// Cells near a place p by the index: a box in degrees, a little too large.
constexpr std::string_view k_cells_near =
    "place p CROSS JOIN idx_cell_geom i ON i.xmin <= p.lon + ?2 / p.m_lon AND i.xmax >= p.lon - ?2 / p.m_lon "
    "AND i.ymin <= p.lat + ?2 / p.m_lat AND i.ymax >= p.lat - ?2 / p.m_lat CROSS JOIN cell c ON c.id = i.pkid";
/// On the ellipsoid by SpatiaLite, and by metres a degree at the place's latitude.
constexpr std::string_view k_geodesic = "ST_Distance(p.geom, c.geom, 1)";
constexpr std::string_view k_planar =
    "sqrt(((c.lon - p.lon) * p.m_lon) * ((c.lon - p.lon) * p.m_lon) + "
    "((c.lat - p.lat) * p.m_lat) * ((c.lat - p.lat) * p.m_lat))";

std::string reach_from_places(std::string_view distance) {
    return fmt::format(
        "{} UNION ALL {} UNION ALL SELECT district, NULL, NULL, sum(children) FROM "
        "(SELECT DISTINCT c.id, c.district, c.children FROM {} WHERE p.programme = ?1 AND {} <= ?3) "
        "GROUP BY district",
        k_services, k_children, k_cells_near, distance);
}

std::string reach_from_cells() {
    return fmt::format(
        "{} UNION ALL SELECT c.district, NULL, sum(c.children), sum(c.children * EXISTS ("
        "SELECT 1 FROM idx_place_geom i CROSS JOIN place p ON p.id = i.pkid "
        "WHERE i.xmin <= c.lon + ?2 / c.m_lon AND i.xmax >= c.lon - ?2 / c.m_lon "
        "AND i.ymin <= c.lat + ?2 / c.m_lat AND i.ymax >= c.lat - ?2 / c.m_lat "
        "AND p.programme = ?1 AND {} <= ?3)) FROM cell c GROUP BY c.district",
        k_services, k_geodesic);
}

std::string supply_from_places(std::string_view distance) {
    return fmt::format(
        "WITH near AS MATERIALIZED (SELECT p.id, p.capacity, c.district, c.children, {} AS m FROM {} "
        "WHERE p.programme = ?1 AND c.children > 0), "
        "pair AS MATERIALIZED (SELECT id, capacity, district, children * exp(-m * m / (2 * ?4 * ?4)) "
        "AS w FROM near WHERE m <= ?3), "
        "ratio AS MATERIALIZED (SELECT id, max(capacity) / sum(w) AS r FROM pair GROUP BY id) "
        "{} UNION ALL {} UNION ALL SELECT district, NULL, NULL, sum(w * r) FROM pair "
        "JOIN ratio USING (id) GROUP BY district",
        distance, k_cells_near, k_services, k_children);
}

} // namespace

void SpatialiteGaps::Close::operator()(sqlite3* database) const { sqlite3_close(database); }
void SpatialiteGaps::Close::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

const std::vector<GapPlan>& SpatialiteGaps::plans() const {
    static const std::vector<GapPlan> all{
        {"count by district", GapQuestion::presence, fmt::format("{} UNION ALL {}", k_services, k_children)},
        {"each cell asks for places, ST_Distance", GapQuestion::reach, reach_from_cells()},
        {"each place asks for cells, ST_Distance", GapQuestion::reach, reach_from_places(k_geodesic)},
        {"each place asks for cells, arithmetic", GapQuestion::reach, reach_from_places(k_planar)},
        {"each place asks for cells, ST_Distance", GapQuestion::supply, supply_from_places(k_geodesic)},
        {"each place asks for cells, arithmetic", GapQuestion::supply, supply_from_places(k_planar)},
    };
    return all;
}

void SpatialiteGaps::fill(const GapLand& land) {
    sqlite3* database = database_.get();
    const auto& state = land.state;
    Statement insert(
        prepare(database, "INSERT INTO place VALUES (?1, ?2, ?3, ?8, ?4, ?5, ?6, ?7, MakePoint(?4, ?5, 4326))"));
    const auto bind_point = [&](geo::LonLat point) {
        const geo::LocalMetric metric(point);
        sqlite3_bind_double(insert.get(), 4, point.lon);
        sqlite3_bind_double(insert.get(), 5, point.lat);
        sqlite3_bind_double(insert.get(), 6, metric.metres_per_lon(0));
        sqlite3_bind_double(insert.get(), 7, metric.metres_per_lat(0));
    };
    for (std::size_t i = 0; i < state.services.size(); ++i) {
        sqlite3_bind_int64(insert.get(), 1, static_cast<sqlite3_int64>(i));
        sqlite3_bind_int(insert.get(), 2, state.services[i].programme);
        sqlite3_bind_int64(insert.get(), 3, land.district_of_service[i]);
        bind_point(*state.sites[state.services[i].site].position);
        sqlite3_bind_double(insert.get(), 8, land.capacity[i]);
        step(insert.get(), database);
    }
    insert.reset(prepare(database, "INSERT INTO cell VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, MakePoint(?4, ?5, 4326))"));
    for (std::size_t i = 0; i < state.cells.size(); ++i) {
        sqlite3_bind_int64(insert.get(), 1, static_cast<sqlite3_int64>(i));
        sqlite3_bind_int64(insert.get(), 2, land.district_of_cell[i]);
        sqlite3_bind_int64(insert.get(), 3, children_of(state.cells[i]));
        bind_point(middle_of(state.cells[i]));
        step(insert.get(), database);
    }
}

SpatialiteGaps::SpatialiteGaps(const GapLand& land, const std::string& programme)
    : districts_(land.state.districts.size()) {
    sqlite3* database = nullptr;
    spatialite_ = spatialite_alloc_connection();
    check(sqlite3_open(":memory:", &database), database, "open");
    database_.reset(database);
    spatialite_init_ex(database, spatialite_, 0);
    run(database, "SELECT InitSpatialMetaData(1)");
    run(database, "BEGIN");
    run(database,
        "CREATE TABLE place (id INTEGER PRIMARY KEY, programme INTEGER NOT NULL, district INTEGER NOT NULL, "
        "capacity REAL NOT NULL, lon REAL NOT NULL, lat REAL NOT NULL, m_lon REAL NOT NULL, m_lat REAL NOT NULL)");
    run(database, "SELECT AddGeometryColumn('place', 'geom', 4326, 'POINT', 'XY', 1)");
    run(database,
        "CREATE TABLE cell (id INTEGER PRIMARY KEY, district INTEGER NOT NULL, children INTEGER NOT NULL, "
        "lon REAL NOT NULL, lat REAL NOT NULL, m_lon REAL NOT NULL, m_lat REAL NOT NULL)");
    run(database, "SELECT AddGeometryColumn('cell', 'geom', 4326, 'POINT', 'XY', 1)");
    fill(land);
    run(database, "SELECT CreateSpatialIndex('place', 'geom')");
    run(database, "SELECT CreateSpatialIndex('cell', 'geom')");
    run(database, "CREATE INDEX place_programme ON place (programme, district)");
    run(database, "CREATE INDEX cell_district ON cell (district, children)");
    run(database, "COMMIT");
    run(database, "ANALYZE");
    constexpr double k_box = 1.001; // of what metres a degree change within the reach; the distance decides
    for (const GapPlan& plan : plans()) {
        Statement statement(prepare(database, plan.sql));
        sqlite3_bind_int(statement.get(), 1, *directory::Taxonomy::shipped().by_code(programme));
        sqlite3_bind_double(statement.get(), 2, k_reach_m * k_box);
        sqlite3_bind_double(statement.get(), 3, k_reach_m);
        sqlite3_bind_double(statement.get(), 4, k_sigma_m);
        statements_.push_back(std::move(statement));
    }
}

SpatialiteGaps::~SpatialiteGaps() {
    statements_.clear();
    database_.reset();
    spatialite_cleanup_ex(spatialite_);
}

std::vector<GapFigures> SpatialiteGaps::answer(std::size_t plan) {
    std::vector<GapFigures> out(districts_);
    sqlite3_stmt* statement = statements_.at(plan).get();
    int status = SQLITE_ROW;
    while ((status = sqlite3_step(statement)) == SQLITE_ROW) {
        // What a row does not speak of is NULL, and adds nothing.
        auto& of = out.at(static_cast<std::size_t>(sqlite3_column_int64(statement, 0)));
        of.services += sqlite3_column_int64(statement, 1);
        of.children += sqlite3_column_int64(statement, 2);
        of.value += sqlite3_column_double(statement, 3);
    }
    check(status, database_.get(), "coverage");
    sqlite3_reset(statement);
    return out;
}

} // namespace shirube::bench
