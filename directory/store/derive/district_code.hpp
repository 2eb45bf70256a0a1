#pragma once

#include "directory/reading.hpp"

#include <string>

namespace shirube::directory {

/// A district's code within its layer: the school's code where the edition has one, else municipality and folded name.
std::string district_code(const DistrictReading& district);

} // namespace shirube::directory
