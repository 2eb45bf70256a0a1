// Which lists may speak for a day: absence is a fact only where a complete one does.
#pragma once

#include "directory/reader.hpp"
#include "directory/state.hpp"
#include "directory/taxonomy.hpp"

#include <optional>
#include <set>
#include <string_view>

namespace shirube::directory {

/// Whether a list is too old on a day to speak for absence. One without a date never is.
bool is_too_old(const ListRow& list, int valid_months, Day day);

/// Whether a list is of a later fiscal year (from 1 April) than a day: what it does not name may have ended since, what
/// it names without a first day may have begun since. One without a date never is.
bool is_of_a_later_year(const ListRow& list, Day day);

/// Whether a service may have begun after a day: no list says when it did, and all that have it are of later years.
bool may_have_begun_since(const Reader& reader, const ServiceRow& service, Day day);

/// Whether complete claims hold all of a programme: one on it, on something above it, or on everything below it.
bool is_spoken_for(const Taxonomy& taxonomy, const std::set<ProgrammeIndex>& complete, ProgrammeIndex programme);

/// The first day a date of any precision can mean: "2011" is 2011-01-01.
std::optional<Day> start_of_date(std::string_view text);

} // namespace shirube::directory
