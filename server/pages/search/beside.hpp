// What stands beside the list of a search: whom to talk to where one lives, what lies a little farther on purpose, and
// what comes next for a child of the age.
#pragma once

#include "directory/search.hpp"
#include "server/context.hpp"
#include "server/pages/links.hpp"
#include "server/pages/templates.hpp"

namespace shirube::server {

/// Fills AGENCY with the consultation agency of the place (児童福祉法第10条の3), which nobody is bound to. Nothing
/// where no area of an agency holds the place, or none is known to answer for it.
void fill_agency(View body, const Context& context, const Links& links, const directory::SearchQuery& asked);

/// Fills FARTHER with a few answers to the same question beyond the neighbourhood, for who would rather not meet
/// neighbours. Nothing where there are none.
/// \param shown the answer's first page, which it does not repeat
void fill_farther(View body, const Context& context, const Links& links, const directory::SearchQuery& asked,
                  const directory::SearchResult& shown);

/// Fills COMING with what is offered to every family from that age on. Nothing where no age was asked, or one of
/// school.
void fill_next(View body, const Context& context, const Links& links, const Query& query,
               const directory::SearchQuery& asked);

} // namespace shirube::server
