// Services to be asked again: confirmed, ended, or changed; each is a correction by hand.
#pragma once

#include "server/pages/links.hpp"
#include "server/pages/templates.hpp"
#include "server/staff/staff_call.hpp"

#include <cstdint>
#include <string_view>

namespace shirube::server {

Answer stale_page(const StaffCall& call);
/// The field `do` says what: confirmed, closed.
Answer post_stale(const StaffCall& call);

/// Fills templates/staff-desk-ask.html: what is told of a service, and what may have become of it.
/// \param from the page that it stands on, and is come back to: stale, month
/// \param fields what was typed into its form; empty: nothing yet
void fill_ask(View item, const StaffCall& call, const Links& links, std::uint32_t service, std::string_view from,
              const Query& fields);

} // namespace shirube::server
