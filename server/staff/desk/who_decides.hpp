// Who decided something by hand, and how they know: a role and a reason, never a person's name.
#pragma once

#include "directory/codes.hpp"
#include "server/http.hpp"
#include "server/pages/templates.hpp"

#include <expected>
#include <string>
#include <string_view>

namespace shirube::server {

struct WhoDecides {
    directory::Decider by = directory::Decider::coordinator;
    std::string reason; ///< in Japanese where it is one of ours, as lists are
};

inline constexpr std::size_t k_longest_reason = 300; ///< characters

/// Of the fields by, how and reason. \returns the key of a text of the interface where something is missing
std::expected<WhoDecides, std::string> read_who_decides(const Query& fields);

/// Fills templates/staff-desk-who.html. \param suffix makes the labels of several forms of one page their own
void fill_who_decides(View who, const Query& fields, std::string_view suffix);

} // namespace shirube::server
