// A coordinator's month on one screen: what to ask this month, a place that was found, who waits for an answer.
#pragma once

#include "server/staff/desk/desk_writing.hpp"
#include "server/staff/staff_call.hpp"

namespace shirube::server {

Answer month_page(const StaffCall& call);
/// A place that was found in the field.
Answer post_find(const StaffCall& call);

/// \param not_kept why something was not kept; null: nothing was refused
/// \param typed into which form it was, by its fields
Answer month_page_with(const StaffCall& call, const NotKept* not_kept, const Query& typed);

} // namespace shirube::server
