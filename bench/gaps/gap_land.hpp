// Children and places to find gaps among: a land of census cells cut into districts, with services strewn where people
// live, from a fixed seed. No store: what is measured is the answer.
#pragma once

#include "directory/state.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace shirube::bench {

struct GapSize {
    std::string name;
    std::size_t districts = 0;
    std::size_t cells_of_district = 0; ///< 250 m; on real land so many on average
    std::size_t services = 0;          ///< of 20 programmes
};

/// A state of the public, and what rivals may know of it before they are asked: which district everything lies in, and
/// what a place without a stated capacity is taken to hold.
struct GapLand {
    directory::State state;                         ///< services in the order of their sites
    std::vector<std::uint32_t> district_of_cell;    ///< by place in state.cells
    std::vector<std::uint32_t> district_of_service; ///< by place in state.services
    std::vector<double> capacity;                   ///< by service: stated, else the median of its programme
};

/// Districts as blocks of cells side by side, a complete list of every programme, capacities for two places in three.
GapLand make_block_land(const GapSize& size);

/// The same on the land of Japan: a municipality's squares of 1 km are parted into districts, and of their 250 m cells
/// those around a middle of each district are lived in.
/// \param meshes folder of tables "municipality, name, mesh of 1 km" (地域メッシュ統計 市区町村別メッシュ・コード一覧)
GapLand make_mesh_land(const GapSize& size, const std::filesystem::path& meshes);

/// The programmes in it, by code; the first is the one that is asked for.
const std::vector<std::string>& gap_programmes();

/// Of a cell of 250 m.
geo::LonLat middle_of(const directory::CellRow& cell);

/// Children of a cell, 0 to 14 years.
std::int64_t children_of(const directory::CellRow& cell);

} // namespace shirube::bench
