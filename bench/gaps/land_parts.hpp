// What every land is made of, however its districts are cut.
#pragma once

#include "bench/country/dice.hpp"
#include "bench/gaps/gap_land.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace shirube::bench {

/// A land with a list for each municipality, complete for every programme.
GapLand empty_land(const std::vector<std::string>& municipalities);

/// \param list of its municipality
directory::DistrictRow district_row(std::size_t number, const std::string& municipality, std::uint32_t list);

directory::CellRow cell_row(std::string mesh, std::int64_t children);

/// Puts cells in the order of their codes. \post district_of_cell stands beside them
void order_cells(GapLand& land);

/// Places where children live (the better of two cells drawn), one programme after the other.
void strew_services(GapLand& land, std::size_t count, Dice& dice);

} // namespace shirube::bench
