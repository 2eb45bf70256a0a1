// Schools of the National Land Numerical Information (P29), editions 2013 and from 2021 on, as what people find their
// way by: of every class, where layouts/p29.hpp takes two as places of help.
#pragma once

#include "importers/landmarks/landmark_layout.hpp"

namespace shirube::importers {

/// Layout p29-school.
const LandmarkLayoutKind& p29_schools();

} // namespace shirube::importers
