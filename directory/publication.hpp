// What of a row the public may have, and what is kept for staff. Everything that the public sees is derived from the
// public part alone: what is withheld decides nothing that anybody could notice.
#pragma once

#include "directory/reading.hpp"

#include <span>

namespace shirube::directory {

/// Fields that a list may keep from the public, in the order of the enum.
std::span<const CorrectedField> fields_that_may_be_withheld();

/// Leaves out what is kept for staff: withheld fields become unknown, an exact place that is for staff alone becomes
/// withheld, and a StaffReading is gone.
void keep_public_part(ResourceReading& reading);

/// Whether keep_public_part() would take anything from the service or from its place.
bool has_staff_part(const SiteReading& site, const ServiceReading& service);

} // namespace shirube::directory
