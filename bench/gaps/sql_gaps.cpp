#include "bench/gaps/sql_gaps.hpp"

#include "bench/rivals/sqlite_calls.hpp"
#include "geo/mesh.hpp"

#include <fmt/format.h>
// clang-format off: spatialite.h wants sqlite3.h before itself
#include <sqlite3.h>
#include <spatialite.h>
// clang-format on

#include <cmath>
#include <numbers>
#include <stdexcept>

namespace shirube::bench {

namespace {

sqlite3_stmt* prepare(sqlite3* database, const char* sql) {
    sqlite3_stmt* statement = nullptr;
    check(sqlite3_prepare_v2(database, sql, -1, &statement, nullptr), database, sql);
    return statement;
}

void step(sqlite3_stmt* statement, sqlite3* database) {
    check(sqlite3_step(statement), database, "insert");
    sqlite3_reset(statement);
}

/// The blocks are rectangles that do not overlap: the first that holds a point is its district.
class Districts {
  public:
    explicit Districts(const directory::State& state) {
        for (const auto& district : state.districts) {
            geo::Box box = geo::Box::empty();
            for (const auto point : district.geometry.front().outer) {
                box.expand(point);
            }
            boxes_.push_back(box);
        }
    }
    /// \param hint where the last point was: neighbours follow each other
    [[nodiscard]] std::size_t of(geo::LonLat point, std::size_t hint) const {
        for (std::size_t i = 0; i < boxes_.size(); ++i) {
            const std::size_t at = (hint + i) % boxes_.size();
            if (boxes_[at].contains(point)) {
                return at;
            }
        }
        throw std::logic_error("a point lies in no district");
    }

  private:
    std::vector<geo::Box> boxes_;
};

} // namespace

void SqlGaps::Close::operator()(sqlite3* database) const { sqlite3_close(database); }
void SqlGaps::Close::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

SqlGaps::SqlGaps(const directory::State& state, const std::string& programme, double reach_m)
    : districts_(state.districts.size()), reach_m_(reach_m) {
    sqlite3* database = nullptr;
    spatialite_ = spatialite_alloc_connection();
    check(sqlite3_open(":memory:", &database), database, "open");
    database_.reset(database);
    spatialite_init_ex(database, spatialite_, 0);
    run(database, "SELECT InitSpatialMetaData(1)");
    run(database, "BEGIN");
    run(database, "CREATE TABLE place (id INTEGER PRIMARY KEY, programme INTEGER NOT NULL, district INTEGER NOT NULL)");
    run(database, "SELECT AddGeometryColumn('place', 'geom', 4326, 'POINT', 'XY', 1)");
    run(database,
        "CREATE TABLE cell (id INTEGER PRIMARY KEY, district INTEGER NOT NULL, children INTEGER NOT NULL, "
        "lon REAL NOT NULL, lat REAL NOT NULL, geom BLOB NOT NULL)");
    const Districts districts(state);
    std::unique_ptr<sqlite3_stmt, Close> insert(
        prepare(database, "INSERT INTO place VALUES (?1, ?2, ?3, MakePoint(?4, ?5, 4326))"));
    std::size_t hint = 0;
    for (std::size_t i = 0; i < state.services.size(); ++i) {
        const auto position = *state.sites[state.services[i].site].position;
        hint = districts.of(position, hint);
        sqlite3_bind_int64(insert.get(), 1, static_cast<sqlite3_int64>(i));
        sqlite3_bind_int(insert.get(), 2, state.services[i].programme);
        sqlite3_bind_int64(insert.get(), 3, static_cast<sqlite3_int64>(hint));
        sqlite3_bind_double(insert.get(), 4, position.lon);
        sqlite3_bind_double(insert.get(), 5, position.lat);
        step(insert.get(), database);
    }
    insert.reset(prepare(database, "INSERT INTO cell VALUES (?1, ?2, ?3, ?4, ?5, MakePoint(?4, ?5, 4326))"));
    for (std::size_t i = 0; i < state.cells.size(); ++i) {
        const geo::Box box = geo::mesh_box(*geo::parse_mesh(state.cells[i].mesh));
        const geo::LonLat middle{(box.west + box.east) / 2, (box.south + box.north) / 2};
        hint = districts.of(middle, hint);
        sqlite3_bind_int64(insert.get(), 1, static_cast<sqlite3_int64>(i));
        sqlite3_bind_int64(insert.get(), 2, static_cast<sqlite3_int64>(hint));
        sqlite3_bind_int64(insert.get(), 3, state.cells[i].bands.front().count.value_or(0));
        sqlite3_bind_double(insert.get(), 4, middle.lon);
        sqlite3_bind_double(insert.get(), 5, middle.lat);
        step(insert.get(), database);
    }
    insert.reset();
    run(database, "SELECT CreateSpatialIndex('place', 'geom')");
    run(database, "CREATE INDEX place_programme ON place (programme, district)");
    run(database, "COMMIT");
    run(database, "ANALYZE");
    const auto code = *directory::Taxonomy::shipped().by_code(programme);
    services_.reset(prepare(database, "SELECT district, count(*) FROM place WHERE programme = ?1 GROUP BY district"));
    sqlite3_bind_int(services_.get(), 1, code);
    // Half a box around the cell, in degrees at its latitude, a little too large; ST_Distance decides.
    children_.reset(prepare(database, R"(
        SELECT c.district, sum(c.children), sum(c.children * EXISTS (
            SELECT 1 FROM idx_place_geom i CROSS JOIN place p ON p.id = i.pkid
            WHERE i.xmin <= c.lon + ?2 / cos(radians(c.lat)) AND i.xmax >= c.lon - ?2 / cos(radians(c.lat))
              AND i.ymin <= c.lat + ?2 AND i.ymax >= c.lat - ?2
              AND p.programme = ?1 AND ST_Distance(p.geom, c.geom, 1) <= ?3))
        FROM cell c GROUP BY c.district)"));
    sqlite3_bind_int(children_.get(), 1, code);
    constexpr double k_metres_a_degree = 110'500; // the shortest there is in these latitudes
    sqlite3_bind_double(children_.get(), 2, reach_m / k_metres_a_degree);
    sqlite3_bind_double(children_.get(), 3, reach_m);
}

SqlGaps::~SqlGaps() {
    services_.reset();
    children_.reset();
    database_.reset();
    spatialite_cleanup_ex(spatialite_);
}

std::vector<SqlDistrict> SqlGaps::answer() {
    std::vector<SqlDistrict> out(districts_);
    while (sqlite3_step(services_.get()) == SQLITE_ROW) {
        out[static_cast<std::size_t>(sqlite3_column_int64(services_.get(), 0))].services =
            sqlite3_column_int64(services_.get(), 1);
    }
    sqlite3_reset(services_.get());
    while (sqlite3_step(children_.get()) == SQLITE_ROW) {
        auto& of = out[static_cast<std::size_t>(sqlite3_column_int64(children_.get(), 0))];
        of.children = sqlite3_column_int64(children_.get(), 1);
        of.children_covered = sqlite3_column_int64(children_.get(), 2);
    }
    sqlite3_reset(children_.get());
    return out;
}

} // namespace shirube::bench
