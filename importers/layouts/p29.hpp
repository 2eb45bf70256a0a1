// Schools of the National Land Numerical Information (P29), editions 2013 and from 2021 on.
#pragma once

#include "importers/layouts/layout.hpp"

#include <memory>

namespace shirube::importers {

/// Takes elementary and middle schools, and compulsory-education schools as both. Every other class is out of scope.
std::unique_ptr<ResourceLayout> make_p29_layout();

} // namespace shirube::importers
