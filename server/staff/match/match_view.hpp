// The answer of a caseworker's search on a page.
#pragma once

#include "directory/match/match.hpp"
#include "server/context.hpp"
#include "server/http.hpp"
#include "server/pages/links.hpp"
#include "server/pages/templates.hpp"
#include "server/staff/match/match_form.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace shirube::server {

struct Matched {
    const Context& context;
    const directory::MatchRules& rules;
    const directory::Family& family;
    const directory::MatchAnswer& answer;
};

/// What became of a press of "count this".
enum class Counting : std::uint8_t {
    nothing, ///< nobody pressed
    kept,
    already, ///< the same press came once more
    stale,   ///< the page it stood on was not one of ours
    busy     ///< it could not be kept
};

/// How the page that was posted is shown again.
struct Asked {
    const Query& fields; ///< what was posted: counts and sheets are asked for by posting it again
    std::span<const UnderstoodPlace> places;
    Counting counting = Counting::nothing;
    std::string_view pressed{}; ///< which need, as unmet_field() writes it
};

/// Fills ANSWER of templates/staff-match.html.
void fill_match_answer(View body, const Matched& matched, const Links& links, const Asked& asked);

} // namespace shirube::server
