// Field by field: what one source leaves unknown, the next one says.
#pragma once

#include "directory/reading.hpp"

namespace shirube::directory {

/// Fills what `into` leaves unknown of its place. An address or a position that it withholds stays withheld.
void fill_unknown(SiteReading& into, const SiteReading& from);

/// Fills what `into` leaves unknown of its service. Fields that mean something together (ages; a code and its text)
/// come together.
void fill_unknown(ServiceReading& into, const ServiceReading& from);

} // namespace shirube::directory
