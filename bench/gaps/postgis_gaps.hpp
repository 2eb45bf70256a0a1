// The rival of a coverage map in PostGIS: a server that somebody else started (bench/rivals/postgis.sh), the same
// cells, districts and places, one statement an answer.
#pragma once

#include "bench/gaps/gap_land.hpp"
#include "bench/gaps/gap_rival.hpp"

#include <memory>
#include <string>
#include <vector>

namespace shirube::bench {

/// Tables with GiST indexes on positions (as geography together with the programme, and as geometry), analysed. Which
/// cell and which place lies in which district is worked out beforehand, except in the plan that says otherwise.
class PostgisGaps : public GapRival {
  public:
    /// \param socket folder of the server's socket
    /// \throws std::runtime_error also where this program was built without libpq
    PostgisGaps(const GapLand& land, const std::string& programme, const std::string& socket);
    ~PostgisGaps() override;

    [[nodiscard]] std::string_view name() const override { return name_; }
    [[nodiscard]] const std::vector<GapPlan>& plans() const override;
    std::vector<GapFigures> answer(std::size_t plan) override;

  private:
    struct Connection;
    std::unique_ptr<Connection> connection_;
    std::string name_; ///< with its version
    std::size_t districts_ = 0;
};

} // namespace shirube::bench
