// Districts out of polygons: rows of a geographic file, checked one by one.
#pragma once

#include "directory/batch.hpp"
#include "importers/districts/editions.hpp"
#include "importers/files/vector_file.hpp"
#include "importers/lists/terms.hpp"
#include "importers/report/intake.hpp"

#include <vector>

namespace shirube::importers {

/// Reads every feature into the lists it belongs to: one, or two where municipalities and wards come in one file.
/// \param terms what municipalities allow; none: nobody was asked
std::vector<directory::BatchList> read_polygons(VectorFile file, const DistrictEdition& edition,
                                                const TermsSheet* terms, Intake& intake);

} // namespace shirube::importers
