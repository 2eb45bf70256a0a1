// Who may see a tie or a meeting: as its row says, else as its kind is usually made known.
#pragma once

#include "directory/codes.hpp"
#include "directory/reading.hpp"

#include <string>

namespace shirube::directory {

/// Who commissions whom, who answers for an area and who belongs to a council is made known by municipalities
/// themselves; how often families were sent on is not, and neither is what a row keeps for staff.
Visibility visibility_of(const RelationReading& relation);
Visibility visibility_of(const ForumReading& forum);

/// Whose staff may see what is hidden: as the row says, else the municipality of the end it starts from, or of the
/// meeting. Empty where no row says: then nobody's.
std::string tie_owner_of(const RelationReading& relation);
std::string tie_owner_of(const ForumReading& forum);

} // namespace shirube::directory
