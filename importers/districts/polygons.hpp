// Districts out of polygons: rows of a geographic file, checked one by one.
#pragma once

#include "directory/batch.hpp"
#include "importers/districts/editions.hpp"
#include "importers/files/vector_file.hpp"
#include "importers/layouts/mapping.hpp"
#include "importers/lists/terms.hpp"
#include "importers/report/intake.hpp"

#include <vector>

namespace shirube::importers {

/// Reads every feature into the lists it belongs to: one, or two where municipalities and wards come in one file.
/// \param terms what municipalities allow; none: nobody was asked
/// \param mapping what cells stand for, which features are wanted (the others are out of scope) and what is the same in
///        all of them; none: an edition that is known
std::vector<directory::BatchList> read_polygons(VectorFile file, const DistrictEdition& edition,
                                                const TermsSheet* terms, const Mapping* mapping, Intake& intake);

} // namespace shirube::importers
