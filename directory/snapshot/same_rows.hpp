// Whether two rows would answer alike. A field that is added to a row does not compile until it is compared.
#pragma once

#include "directory/state.hpp"

namespace shirube::directory {

/// References are compared as they stand: both must be indices into the same rows.
bool is_same(const ServiceRow& a, const ServiceRow& b);
bool is_same(const TownReading& a, const TownReading& b);

bool is_same_but_list(const DistrictRow& a, const DistrictRow& b);
bool is_same_but_list(const CellRow& a, const CellRow& b);
bool is_same_but_list(const AgeProfile& a, const AgeProfile& b);
bool is_same_but_list(const NeedRow& a, const NeedRow& b);
bool is_same_but_list(const HolidayRow& a, const HolidayRow& b);
bool is_same_but_list(const LandmarkRow& a, const LandmarkRow& b);
bool is_same_but_list(const RelationRow& a, const RelationRow& b);
bool is_same_but_list(const ForumRow& a, const ForumRow& b);
bool is_same_but_list(const HelperCountRow& a, const HelperCountRow& b);

/// What is told of a list beside what came from it.
bool is_same_source(const ListRow& a, const ListRow& b);

} // namespace shirube::directory
