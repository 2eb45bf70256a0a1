// The rival of a search: the same places in SpatiaLite, asked in the ways SQL has for "near here, of one programme".
#pragma once

#include "bench/country/country.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace shirube::bench {

/// One table without joins, with SpatiaLite's spatial index, and two R*Trees of SQLite's own beside it.
void write_rival_database(const Country& country, const std::filesystem::path& path);

struct Found {
    std::uint32_t place = 0;
    double distance_m = 0;
};

/// How distances are computed.
enum class Distances : std::uint8_t {
    geodesic, ///< ST_Distance on the ellipsoid, in SQL
    sphere    ///< haversine, by the program that reads the rows: within 0.6 % only
};

struct Plan {
    std::string name;
    std::string sql;
    Distances distances = Distances::geodesic;
    bool is_spatialite = false; ///< through SpatiaLite's own index
};

/// Every plan that is tried. Parameters: 1 lon, 2 lat, 3 programme, 4 to 7 a box (west, south, east, north).
std::vector<Plan> plans();

/// A connection kept open with one prepared plan, as a server would keep it.
class RivalSearch {
  public:
    RivalSearch(const std::filesystem::path& database, Plan plan);
    RivalSearch(RivalSearch&&) noexcept;
    ~RivalSearch();

    /// The nearest places of one programme within the radius, nearest first. \param out replaced
    void nearest(const Question& question, double radius_m, std::size_t count, std::vector<Found>& out);

    [[nodiscard]] const Plan& plan() const noexcept { return plan_; }

  private:
    struct Close {
        void operator()(sqlite3* database) const;
        void operator()(sqlite3_stmt* statement) const;
    };
    Plan plan_;
    void* spatialite_ = nullptr; ///< its cache, which outlives the connection
    std::unique_ptr<sqlite3, Close> database_;
    std::unique_ptr<sqlite3_stmt, Close> statement_;
};

} // namespace shirube::bench
