#include "bench/gaps/postgis_gaps.hpp"

#include "directory/taxonomy.hpp"
#include "geo/distance.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <iterator>
#include <stdexcept>
#include <string_view>

#if SHIRUBE_HAS_LIBPQ
#include <libpq-fe.h>
#endif

namespace shirube::bench {

namespace {

constexpr std::string_view k_services =
    "SELECT district, count(*)::float8 AS services, NULL::float8 AS children, NULL::float8 AS value FROM place "
    "WHERE programme = {0} GROUP BY district";
constexpr std::string_view k_services_by_area =
    "SELECT d.id, count(*)::float8, NULL::float8, NULL::float8 FROM place p JOIN district d "
    "ON ST_Covers(d.geom, p.geom) WHERE p.programme = {0} GROUP BY d.id";
constexpr std::string_view k_children =
    "SELECT district, NULL::float8, sum(children)::float8, NULL::float8 FROM cell GROUP BY district";

/// Pairs of a place and a cell, and their distance. By geography: PostGIS's own way, on the spheroid. By boxes: a box
/// in degrees that a GiST index on geometry takes, then metres a degree at the place's latitude.
constexpr std::string_view k_by_geography = "ST_DWithin(p.geog, c.geog, {1})";
constexpr std::string_view k_geodesic = "ST_Distance(p.geog, c.geog)";
constexpr std::string_view k_by_boxes = "c.geom && p.box";
constexpr std::string_view k_planar = "sqrt(((c.lon - p.lon) * p.m_lon) ^ 2 + ((c.lat - p.lat) * p.m_lat) ^ 2)";

std::string reach_from_places(std::string_view pairs) {
    return fmt::format(
        "{} UNION ALL {} UNION ALL SELECT district, NULL, NULL, sum(children)::float8 FROM "
        "(SELECT DISTINCT c.id, c.district, c.children FROM place p JOIN cell c ON {} "
        "WHERE p.programme = {{0}}) AS reached GROUP BY district",
        k_services, k_children, pairs);
}

std::string reach_from_cells(std::string_view condition) {
    return fmt::format(
        "{} UNION ALL SELECT c.district, NULL, sum(c.children)::float8, "
        "(sum(c.children) FILTER (WHERE {}))::float8 FROM cell c GROUP BY c.district",
        k_services, condition);
}

std::string supply_from_places(std::string_view pairs, std::string_view distance) {
    return fmt::format(
        "WITH near AS MATERIALIZED (SELECT p.id, p.capacity, c.district, c.children, {} AS m "
        "FROM place p JOIN cell c ON {} WHERE p.programme = {{0}} AND c.children > 0), "
        "pair AS MATERIALIZED (SELECT id, capacity, district, children * exp(-m * m / (2 * {{2}} * {{2}})) "
        "AS w FROM near WHERE m <= {{1}}), "
        "ratio AS (SELECT id, max(capacity) / sum(w) AS r FROM pair GROUP BY id) "
        "{} UNION ALL {} UNION ALL SELECT district, NULL, NULL, sum(w * r) FROM pair "
        "JOIN ratio USING (id) GROUP BY district",
        distance, pairs, k_services, k_children);
}

} // namespace

const std::vector<GapPlan>& PostgisGaps::plans() const {
    static const std::string planar_pairs = fmt::format("{} AND {} <= {{1}}", k_by_boxes, k_planar);
    static const std::vector<GapPlan> all{
        {"count by district", GapQuestion::presence, fmt::format("{} UNION ALL {}", k_services, k_children)},
        {"ST_Covers with the districts' shapes", GapQuestion::presence,
         fmt::format("{} UNION ALL {}", k_services_by_area, k_children)},
        {"each cell asks for places, ST_DWithin", GapQuestion::reach,
         reach_from_cells(
             "EXISTS (SELECT 1 FROM place p WHERE p.programme = {0} AND ST_DWithin(p.geog, c.geog, {1}))")},
        {"each cell asks for its nearest place, KNN", GapQuestion::reach,
         reach_from_cells("(SELECT ST_Distance(p.geog, c.geog) FROM place p WHERE p.programme = {0} "
                          "ORDER BY p.geog <-> c.geog LIMIT 1) <= {1}")},
        {"each place asks for cells, ST_DWithin", GapQuestion::reach, reach_from_places(k_by_geography)},
        {"each place asks for cells, boxes and arithmetic", GapQuestion::reach, reach_from_places(planar_pairs)},
        {"each place asks for cells, ST_DWithin", GapQuestion::supply, supply_from_places(k_by_geography, k_geodesic)},
        {"each place asks for cells, boxes and arithmetic", GapQuestion::supply,
         supply_from_places(k_by_boxes, k_planar)},
    };
    return all;
}

#if SHIRUBE_HAS_LIBPQ

namespace {

struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, Clear>;

std::string well_known_text(const geo::MultiPolygon& area) {
    std::string text = "SRID=4326;MULTIPOLYGON(";
    auto out = std::back_inserter(text);
    const auto write_ring = [&](const geo::Ring& ring) {
        *out++ = '(';
        for (std::size_t i = 0; i < ring.size(); ++i) {
            fmt::format_to(out, "{}{} {}", i == 0 ? "" : ",", ring[i].lon, ring[i].lat);
        }
        *out++ = ')';
    };
    for (std::size_t i = 0; i < area.size(); ++i) {
        text += i == 0 ? "(" : ",(";
        write_ring(area[i].outer);
        for (const auto& hole : area[i].holes) {
            *out++ = ',';
            write_ring(hole);
        }
        *out++ = ')';
    }
    return text + ")";
}

} // namespace

struct PostgisGaps::Connection {
    PGconn* postgres = nullptr;

    explicit Connection(const std::string& socket)
        : postgres(PQconnectdb(fmt::format("host={} user=bench dbname=postgres", socket).c_str())) {
        if (PQstatus(postgres) != CONNECTION_OK) {
            const std::string fault = PQerrorMessage(postgres);
            PQfinish(postgres);
            throw std::runtime_error("PostGIS: " + fault);
        }
        PQsetNoticeProcessor(postgres, [](void*, const char*) {}, nullptr);
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() { PQfinish(postgres); }

    Result taken(PGresult* result, std::string_view doing) const {
        Result out(result);
        const auto status = PQresultStatus(result);
        const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
        if (state != nullptr && std::string_view(state) == "57014") { // query_canceled
            throw TookTooLong{};
        }
        if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK && status != PGRES_COPY_IN) {
            throw std::runtime_error(fmt::format("PostGIS: {}: {}", doing, PQerrorMessage(postgres)));
        }
        return out;
    }
    void run(const std::string& sql) const { (void)taken(PQexec(postgres, sql.c_str()), sql); }

    /// \param row_of fills a line for each of `count` rows, tabs between its columns
    template <class RowOf>
    void copy(const std::string& into, std::size_t count, RowOf&& row_of) const {
        run(fmt::format("COPY {} FROM STDIN", into));
        std::string rows;
        constexpr std::size_t k_piece = 1 << 20;
        for (std::size_t i = 0; i < count; ++i) {
            row_of(i, std::back_inserter(rows));
            rows += '\n';
            if (rows.size() > k_piece || i + 1 == count) {
                PQputCopyData(postgres, rows.data(), static_cast<int>(rows.size()));
                rows.clear();
            }
        }
        PQputCopyEnd(postgres, nullptr);
        while (PGresult* result = PQgetResult(postgres)) {
            (void)taken(result, into);
        }
    }
};

PostgisGaps::PostgisGaps(const GapLand& land, const std::string& programme, const std::string& socket)
    : connection_(std::make_unique<Connection>(socket)), districts_(land.state.districts.size()) {
    const auto& state = land.state;
    const Connection& to = *connection_;
    to.run("DROP TABLE IF EXISTS district, place, cell");
    to.run("CREATE EXTENSION IF NOT EXISTS postgis");
    to.run("CREATE EXTENSION IF NOT EXISTS btree_gist"); // a programme and a position in one index
    to.run("CREATE UNLOGGED TABLE district (id int PRIMARY KEY, geom geometry(MultiPolygon, 4326))");
    constexpr std::string_view k_at = "lon float8, lat float8, m_lon float8, m_lat float8";
    to.run(fmt::format("CREATE UNLOGGED TABLE place (id int, programme int, district int, capacity float8, {})", k_at));
    to.run(fmt::format("CREATE UNLOGGED TABLE cell (id int, district int, children int, {})", k_at));
    to.copy("district", state.districts.size(), [&](std::size_t i, auto out) {
        fmt::format_to(out, "{}\t{}", i, well_known_text(state.districts[i].geometry));
    });
    const auto write_point = [](auto out, geo::LonLat point) {
        const geo::LocalMetric metric(point);
        fmt::format_to(out, "\t{}\t{}\t{}\t{}", point.lon, point.lat, metric.metres_per_lon(0),
                       metric.metres_per_lat(0));
    };
    to.copy("place", state.services.size(), [&](std::size_t i, auto out) {
        const auto& service = state.services[i];
        fmt::format_to(out, "{}\t{}\t{}\t{}", i, service.programme, land.district_of_service[i], land.capacity[i]);
        write_point(out, *state.sites[service.site].position);
    });
    to.copy("cell", state.cells.size(), [&](std::size_t i, auto out) {
        fmt::format_to(out, "{}\t{}\t{}", i, land.district_of_cell[i], children_of(state.cells[i]));
        write_point(out, middle_of(state.cells[i]));
    });
    constexpr double k_box = 1.001; // of what metres a degree change within the reach; the distance decides
    const std::string box = fmt::format(
        "ST_MakeEnvelope(lon - {0} / m_lon, lat - {0} / m_lat, lon + {0} / m_lon, "
        "lat + {0} / m_lat, 4326)",
        k_reach_m * k_box);
    for (const std::string table : {"place", "cell"}) {
        to.run(
            fmt::format("CREATE UNLOGGED TABLE {0}_with AS SELECT *, ST_SetSRID(ST_MakePoint(lon, lat), 4326) AS geom, "
                        "ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geography AS geog{1} FROM {0} ORDER BY id",
                        table, table == "place" ? ", " + box + " AS box" : ""));
        to.run(fmt::format("DROP TABLE {0}; ALTER TABLE {0}_with RENAME TO {0}", table));
        to.run(fmt::format("CREATE INDEX ON {} USING gist (geom)", table));
    }
    to.run("CREATE INDEX ON place USING gist (programme, geog)");
    to.run("CREATE INDEX ON place (programme)");
    to.run("CREATE INDEX ON cell USING gist (geog)");
    to.run("CREATE INDEX ON district USING gist (geom)");
    to.run("VACUUM ANALYZE district; ");
    to.run("VACUUM ANALYZE place");
    to.run("VACUUM ANALYZE cell");
    const int code = *directory::Taxonomy::shipped().by_code(programme);
    for (std::size_t i = 0; i < plans().size(); ++i) {
        const std::string sql = fmt::format(fmt::runtime(plans()[i].sql), code, k_reach_m, k_sigma_m);
        (void)to.taken(PQprepare(to.postgres, fmt::format("plan{}", i).c_str(), sql.c_str(), 0, nullptr), sql);
    }
    to.run(fmt::format("SET statement_timeout = '{}s'", k_patience_s));
    const Result version = to.taken(PQexec(to.postgres, "SELECT postgis_lib_version()"), "version");
    const int major = PQserverVersion(to.postgres) / 10'000;
    name_ = fmt::format("PostGIS {} on PostgreSQL {}", PQgetvalue(version.get(), 0, 0), major);
}

std::vector<GapFigures> PostgisGaps::answer(std::size_t plan) {
    std::vector<GapFigures> out(districts_);
    const std::string statement = fmt::format("plan{}", plan);
    PGconn* postgres = connection_->postgres;
    const Result result = connection_->taken(
        PQexecPrepared(postgres, statement.c_str(), 0, nullptr, nullptr, nullptr, 0), plans().at(plan).name);
    for (int row = 0; row < PQntuples(result.get()); ++row) {
        // What a row does not speak of is NULL, which is an empty text here, and adds nothing.
        std::array<double, 4> values{};
        for (int column = 0; column < 4; ++column) {
            const std::string_view text(PQgetvalue(result.get(), row, column),
                                        static_cast<std::size_t>(PQgetlength(result.get(), row, column)));
            std::from_chars(text.data(), text.data() + text.size(), values.at(static_cast<std::size_t>(column)));
        }
        auto& of = out.at(static_cast<std::size_t>(values[0]));
        of.services += static_cast<std::int64_t>(values[1]);
        of.children += static_cast<std::int64_t>(values[2]);
        of.value += values[3];
    }
    return out;
}

#else

struct PostgisGaps::Connection {};

PostgisGaps::PostgisGaps(const GapLand& /*land*/, const std::string& /*programme*/, const std::string& /*socket*/) {
    throw std::runtime_error("PostGIS: this program was built without libpq");
}

std::vector<GapFigures> PostgisGaps::answer(std::size_t /*plan*/) { return {}; }

#endif

PostgisGaps::~PostgisGaps() = default;

} // namespace shirube::bench
