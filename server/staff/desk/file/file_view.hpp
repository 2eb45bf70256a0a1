// A previewed file on the page: what was recognised, rows with problems at their cells, changes, places on a map.
#pragma once

#include "server/http.hpp"
#include "server/pages/page.hpp"
#include "server/staff/desk/file/dropped_files.hpp"
#include "server/staff/staff_call.hpp"

namespace shirube::server {

/// Fills the section READY of templates/staff-desk-dropped.html.
void fill_preview(View ready, const StaffCall& call, const Links& links, const DroppedFile& file);

} // namespace shirube::server
