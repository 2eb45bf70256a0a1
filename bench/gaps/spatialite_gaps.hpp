// The rival of a coverage map: the same cells, districts and places in SpatiaLite, and one statement that answers it.
#pragma once

#include "bench/gaps/gap_land.hpp"
#include "bench/gaps/gap_rival.hpp"

#include <memory>
#include <string>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace shirube::bench {

/// In memory, with SpatiaLite's spatial indexes on places and on cells. Which cell and which place lies in which
/// district, and what a place holds, is worked out beforehand, as it is for ours.
class SpatialiteGaps : public GapRival {
  public:
    /// \param programme the one that is asked for
    SpatialiteGaps(const GapLand& land, const std::string& programme);
    ~SpatialiteGaps() override;

    [[nodiscard]] std::string_view name() const override { return "SpatiaLite"; }
    [[nodiscard]] const std::vector<GapPlan>& plans() const override;
    std::vector<GapFigures> answer(std::size_t plan) override;

  private:
    struct Close {
        void operator()(sqlite3* database) const;
        void operator()(sqlite3_stmt* statement) const;
    };
    using Statement = std::unique_ptr<sqlite3_stmt, Close>;

    void fill(const GapLand& land);

    void* spatialite_ = nullptr;
    std::unique_ptr<sqlite3, Close> database_;
    std::vector<Statement> statements_; ///< by plan
    std::size_t districts_ = 0;
};

} // namespace shirube::bench
