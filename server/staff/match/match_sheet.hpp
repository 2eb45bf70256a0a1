// The two papers of a caseworker's search: for the family in plain words, and for the file without the family.
#pragma once

#include "server/context.hpp"
#include "server/http.hpp"
#include "server/pages/templates.hpp"
#include "server/staff/match/match_view.hpp"

#include <cstdint>

namespace shirube::server {

enum class MatchSheet : std::uint8_t { family, file };

/// What was ticked. The family's paper leaves the office: it is filled from what the public may have of each service,
/// and what the public does not have is counted and not named.
/// \param sheet a View of templates/staff-match-sheet.html \param published the public's edition
void fill_match_sheet(View sheet, const Matched& matched, MatchSheet which, const Loaded& published,
                      const Query& fields);

} // namespace shirube::server
