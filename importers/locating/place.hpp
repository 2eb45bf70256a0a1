// Where a row says its place is: address, building, position and municipality, weighed against each other.
#pragma once

#include "directory/reading.hpp"
#include "importers/columns/row_cells.hpp"

#include <string_view>

namespace shirube::importers {

/// A layout's names for the columns; empty where it has none.
struct PlaceColumns {
    std::string_view municipality_code;
    std::string_view municipality_name;
    std::string_view address;
    std::string_view building;
    std::string_view latitude;
    std::string_view longitude;
};

/// Fills the place's part of a site. The row's own position is taken where it can be one, else the address is located
/// to its town; what the source keeps back is withheld, and no position is taken from beside it.
/// Notes: municipality_*, position_*, address_not_found (only where a gazetteer is there).
directory::SiteReading read_place(RowCells& cells, const PlaceColumns& columns, const LayoutContext& context);

} // namespace shirube::importers
