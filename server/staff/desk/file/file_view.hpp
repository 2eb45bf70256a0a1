// A previewed file on the page: what was recognised, rows with problems at their cells, changes, places on a map.
#pragma once

#include "server/http.hpp"
#include "server/pages/page.hpp"
#include "server/staff/desk/file/dropped_files.hpp"
#include "server/staff/staff_call.hpp"

#include <string_view>

namespace shirube::server {

/// Fills the section READY of templates/staff-desk-dropped.html.
void fill_preview(View ready, const StaffCall& call, const Links& links, const DroppedFile& file);

/// Fills a line of templates/staff-desk-dropped.html: what is wrong, at which column, and what stands in the cell.
/// \param language of the sentence
void fill_problem(View line, const CellProblem& problem, const PreviewTable& table, std::string_view language);

} // namespace shirube::server
