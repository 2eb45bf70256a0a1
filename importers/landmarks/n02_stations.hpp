// Stations of the National Land Numerical Information (N02, railways): one feature a platform of one line, the whole
// country in one file.
#pragma once

#include "importers/landmarks/landmark_layout.hpp"

namespace shirube::importers {

/// Layout n02-station.
const LandmarkLayoutKind& n02_stations();

} // namespace shirube::importers
