// The columns of the template that speak of a service and of its place, for every list that has them.
#pragma once

#include "directory/reading.hpp"
#include "importers/columns/row_cells.hpp"
#include "importers/locating/place.hpp"

namespace shirube::importers {

inline constexpr PlaceColumns k_template_place{.municipality_code = "市区町村コード",
                                               .municipality_name = "市区町村名",
                                               .address = "住所",
                                               .building = "方書",
                                               .latitude = "緯度",
                                               .longitude = "経度"};

/// What the cells say of the service; its programme stays empty. What cannot be read is noted and unknown.
/// \param locator names municipalities that the terms of use call by name
directory::ServiceReading read_template_service(RowCells& cells, const Locator& locator);

} // namespace shirube::importers
