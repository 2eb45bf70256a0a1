// The other rival of a coverage map: arrays of cells and places and a grid, two threads, and nothing else: no claims,
// no days, no ages, no certainty. What the machine can do at all.
#pragma once

#include "bench/gaps/gap_land.hpp"
#include "bench/gaps/gap_rival.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace shirube::bench {

class GridGaps {
  public:
    /// Cells into a grid of k_reach_m, once for all questions.
    explicit GridGaps(const GapLand& land);

    /// By district, of one programme.
    [[nodiscard]] std::vector<GapFigures> answer(GapQuestion question, directory::ProgrammeIndex programme) const;

  private:
    struct Cell {
        float lon = 0; ///< degrees east of the grid's corner
        float lat = 0;
        std::uint32_t district = 0;
        std::uint32_t children = 0;
    };
    struct Place {
        double lon = 0; ///< likewise
        double lat = 0;
        double m_lon = 0; ///< metres a degree there
        double m_lat = 0;
        double capacity = 0;
    };

    template <class Visit>
    void for_each_cell_near(const Place& place, Visit&& visit) const;
    void add_reached(std::span<const Place> places, std::vector<GapFigures>& out) const;
    void add_held(std::span<const Place> places, std::vector<GapFigures>& out) const;

    std::vector<Cell> cells_;          ///< by square of the grid
    std::vector<std::uint32_t> first_; ///< of each square's cells, and one past the last
    std::uint32_t columns_ = 0;
    std::uint32_t rows_ = 0;
    std::vector<directory::ProgrammeIndex> programmes_; ///< by place
    std::vector<Place> places_;
    std::vector<std::uint32_t> district_of_place_;
    std::vector<std::int64_t> children_; ///< by district
};

} // namespace shirube::bench
