// One edition for one audience, in memory, immutable: built whole from a State, then only read. Handlers see it through
// a Reader.
#pragma once

#include "directory/calendar.hpp"
#include "directory/reader.hpp"
#include "directory/snapshot/children.hpp"
#include "directory/snapshot/columns.hpp"
#include "directory/snapshot/fragments.hpp"
#include "directory/snapshot/memberships.hpp"
#include "directory/snapshot/text_index.hpp"
#include "directory/state.hpp"
#include "directory/taxonomy.hpp"
#include "geo/point_index.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace shirube::directory {

/// Services with a position, indexed; items of `points` are places in `services`.
struct LocatedServices {
    std::vector<std::uint32_t> services;
    geo::PointIndex points;
};

class Snapshot {
  public:
    /// Takes the state over and builds everything. Seconds at most: 200,000 services in well under two.
    static std::shared_ptr<const Snapshot> build(State state, const Taxonomy& taxonomy, const Holidays& holidays);

    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

    const State state;
    const Taxonomy& taxonomy;
    const Holidays holidays; ///< the state's own list where it has one
    std::string edition;

    Columns columns;
    LocatedServices located;                   ///< all of them
    std::vector<LocatedServices> by_programme; ///< by ProgrammeIndex
    std::vector<std::uint32_t> unlocated;      ///< services without a position, ascending
    std::vector<LayerIndex> layer_indexes;
    std::vector<Layer> layers;
    Lists<Membership> memberships; ///< by site
    Lists<std::uint32_t> served;   ///< by service
    Lists<std::uint32_t> services_of_site;
    Lists<std::uint32_t> services_of_district; ///< surely or possibly
    std::vector<geo::Box> cell_boxes;          ///< by place in state.cells
    std::vector<CellShares> cell_shares;       ///< by layer
    std::vector<std::uint32_t> need_districts; ///< by place in state.needs; k_no_index: no district, or one unknown yet
    Lists<std::uint32_t> needs_of_district;    ///< places in state.needs
    TextIndex text;                            ///< a document a service
    std::vector<std::string> programme_text;   ///< folded labels and aliases, by ProgrammeIndex
    std::vector<std::string> town_text;        ///< folded town and koaza, by place in state.towns
    Fragments fragments;

  private:
    Snapshot(State state, const Taxonomy& taxonomy, const Holidays& holidays);
    void index_positions();
    void index_text();
    void index_districts();
    void index_needs();
};

} // namespace shirube::directory
