// Welfare facilities of the National Land Numerical Information (P14), editions 2011 to 2015 and 2021 (v2.1).
#pragma once

#include "importers/layouts/layout.hpp"

#include <memory>

namespace shirube::importers {

/// Takes children's centres, children's homes, infant homes and child and family support centres; in the 2021 edition
/// protected kinds too, for coordinators only. Every other class is out of scope.
std::unique_ptr<ResourceLayout> make_p14_layout();

} // namespace shirube::importers
