// Districts that are made of others: who the members are now, and the union of their areas.
#pragma once

#include "directory/store/sqlite.hpp"

#include <cstdint>
#include <functional>
#include <set>

namespace shirube::directory {

/// Finds every district's members anew and draws those again whose members, or whose members' areas, are others than
/// before. Members may have members; a circle of them has no area but what lies beside it.
/// \param touched districts whose rows changed
/// \param about_to_draw called with each district before its area is written
void draw_from_members(Database& database, const std::set<std::int64_t>& touched,
                       const std::function<void(std::int64_t)>& about_to_draw);

} // namespace shirube::directory
