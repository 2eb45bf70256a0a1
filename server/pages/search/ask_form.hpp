// The question of the pages: where, what, for whom, when. The same form stands on the start page and, filled in, over
// the results.
#pragma once

#include "server/context.hpp"
#include "server/pages/links.hpp"
#include "server/pages/templates.hpp"

#include <expected>
#include <string>

namespace shirube::server {

/// Fills templates/ask-place.html (the field, ASK_PLACE of the page) and templates/ask.html (the choices, ASK), which a
/// page may put apart: they are one form.
/// \param asked the query of the search that is shown; empty on the start page
void fill_ask_form(View page, const Context& context, const Links& links, const Query& asked);

/// The query with its point rounded to 0.001°: a page repeats it in its links.
Query with_rounded_point(const Query& query);

/// What was posted, as the parameters of a search without the typed place.
struct PostedForm {
    std::string place; ///< as typed; never leaves the request
    Query search;
};

/// \param body application/x-www-form-urlencoded
/// The error names the field whose bytes are malformed.
std::expected<PostedForm, std::string> read_posted_form(std::string_view body);

} // namespace shirube::server
