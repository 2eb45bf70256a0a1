// What an edition holds that depends on no service: districts and who lives in them, towns, the calendar, what
// programmes are called. It is the same for every audience, so editions share one.
#pragma once

#include "directory/calendar.hpp"
#include "directory/reader.hpp"
#include "directory/snapshot/children.hpp"
#include "directory/snapshot/kept_children.hpp"
#include "directory/snapshot/kept_labels.hpp"
#include "directory/snapshot/landmark_book.hpp"
#include "directory/snapshot/memberships.hpp"
#include "directory/snapshot/text_index.hpp"
#include "directory/state.hpp"
#include "directory/taxonomy.hpp"
#include "geo/lonlat.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace shirube::directory {

class Ground {
  public:
    /// Takes districts, cells, towns, holidays and landmarks out of the state.
    Ground(State& state, const Taxonomy& taxonomy, const Holidays& shipped);
    Ground(const Ground&) = delete;
    Ground& operator=(const Ground&) = delete;

    const std::vector<DistrictRow> districts;
    const std::vector<CellRow> cells;
    const std::vector<AgeProfile> age_profiles;
    const std::vector<TownReading> towns;
    const std::vector<HolidayRow> holiday_rows;
    const LandmarkBook landmarks;

    const Holidays shipped_holidays;
    const Holidays holidays; ///< the state's own list where it has one
    std::vector<LayerIndex> layer_indexes;
    std::vector<Layer> layers;
    std::vector<geo::Box> cell_boxes;        ///< by place in cells
    std::vector<CellShares> cell_shares;     ///< by layer
    std::vector<std::string> programme_text; ///< folded labels, aliases and words, by ProgrammeIndex
    TextIndex district_text;                 ///< folded names, by place in districts
    TextIndex town_text;                     ///< folded town and koaza, by place in towns
    const KeptChildren kept_children;
    const KeptLabels kept_labels{districts.size()};
};

} // namespace shirube::directory
