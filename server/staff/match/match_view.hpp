// The answer of a caseworker's search on a page and on its two sheets.
#pragma once

#include "directory/match/match.hpp"
#include "server/context.hpp"
#include "server/http.hpp"
#include "server/pages/links.hpp"
#include "server/pages/templates.hpp"

namespace shirube::server {

struct Matched {
    const Context& context;
    const directory::MatchRules& rules;
    const directory::Family& family;
    const directory::MatchAnswer& answer;
};

/// Fills ANSWER of templates/staff-match.html. \param fields what was posted: the sheets are asked for by posting it
/// again \param is_not_counted a count was asked for and could not be kept
void fill_match_answer(View body, const Matched& matched, const Links& links, const Query& fields, bool is_not_counted);

/// Which of the two papers: for the family in plain words and by public names, for the file without the family.
enum class MatchSheet : std::uint8_t { family, file };

/// \param sheet a View of templates/staff-match-sheet.html
void fill_match_sheet(View sheet, const Matched& matched, MatchSheet which, const Query& fields);

} // namespace shirube::server
