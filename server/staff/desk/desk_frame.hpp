// What the pages of the desk share: the way back, what was kept or not, pages of a queue.
#pragma once

#include "server/pages/page.hpp"
#include "server/staff/desk/desk_writing.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace shirube::server {

/// Title, style and the way back to the desk.
void begin_desk_page(Page& page, std::string_view title);

/// What was kept last, to go to.
struct KeptThing {
    std::string name;
    std::string href;
};

/// Fills templates/staff-desk-notice.html: why nothing was kept, or what was kept last, as the address says.
/// \param not_kept null: nothing was refused
void tell_of_desk(View body, const StaffCall& call, const NotKept* not_kept,
                  const std::optional<KeptThing>& thing = std::nullopt);

/// Where to go on after something was kept; the page says so, with the number by which it can be undone.
std::string kept_address(std::string_view path, const KeptRow& kept);

struct ShownPart {
    std::size_t first = 0;
    std::size_t count = 0;
};

/// Fills templates/staff-desk-pages.html, and how many wait (SOME, NONE). \param query goes along to other pages
/// \returns what of the queue is on this page
ShownPart fill_pages(View body, const Links& links, const Request& request, std::string_view path, std::size_t all,
                     std::size_t a_page, const Query& query = {});

} // namespace shirube::server
