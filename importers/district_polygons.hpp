// Districts out of polygons: rows of a geographic file, checked one by one.
#pragma once

#include "directory/batch.hpp"
#include "importers/district_editions.hpp"
#include "importers/intake.hpp"
#include "importers/terms.hpp"
#include "importers/vector_file.hpp"

#include <vector>

namespace shirube::importers {

/// Reads every feature into the lists it belongs to: one, or two where municipalities and wards come in one file.
/// \param terms what municipalities allow; none: nobody was asked
std::vector<directory::BatchList> read_polygons(VectorFile file, const DistrictEdition& edition,
                                                const TermsSheet* terms, Intake& intake);

} // namespace shirube::importers
