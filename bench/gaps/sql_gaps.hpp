// The rival of a coverage map: the same cells, districts and places in SpatiaLite, and one statement that answers it.
#pragma once

#include "directory/state.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace shirube::bench {

struct SqlDistrict {
    std::int64_t services = 0;
    std::int64_t children = 0;
    std::int64_t children_covered = 0;
    friend bool operator==(const SqlDistrict&, const SqlDistrict&) = default;
};

/// In memory, with SpatiaLite's spatial index on places. Which cell and which place lies in which district is worked
/// out beforehand, as it is for ours.
class SqlGaps {
  public:
    /// \param programme the one that is asked for \param reach_m in a straight line, on the ellipsoid
    SqlGaps(const directory::State& state, const std::string& programme, double reach_m);
    ~SqlGaps();
    SqlGaps(const SqlGaps&) = delete;
    SqlGaps& operator=(const SqlGaps&) = delete;

    /// By district, in the order of their codes.
    std::vector<SqlDistrict> answer();

  private:
    struct Close {
        void operator()(sqlite3* database) const;
        void operator()(sqlite3_stmt* statement) const;
    };
    void* spatialite_ = nullptr;
    std::unique_ptr<sqlite3, Close> database_;
    std::unique_ptr<sqlite3_stmt, Close> services_;
    std::unique_ptr<sqlite3_stmt, Close> children_;
    std::size_t districts_ = 0;
    double reach_m_ = 0;
};

} // namespace shirube::bench
