// What a browser gets as HTML. Every page is an answer to one question, works without script, and is byte-identical for
// the same edition, instant and language. The router calls these; they call the reader and the templates.
#pragma once

#include "server/context.hpp"
#include "server/http.hpp"

#include <optional>
#include <string_view>

namespace shirube::server {

/// Reads templates and texts once; whatever is wrong with them shows here, at start, and not on the first visitor.
/// \throws std::runtime_error naming the file and the place
void prepare_pages();

/// "/": where are you looking, for what?
Answer start_page(const Request& request, const Context& context);

/// "/search?…": the same parameters as `GET /api/v1/resources`.
Answer search_page(const Request& request, const Context& context);

/// POST "/search": the form of the pages. An address is used to find coordinates and forgotten: the answer is a 303 to
/// an address that holds them rounded to 0.001°, or a page that offers choices. Never kept (`no-store`).
Answer search_form(const Request& request, const Context& context);

/// "/services/{id}"; an id that is hidden and one that never was are the same 404.
Answer service_page(const Request& request, const Context& context, std::string_view id);

/// "/sites/{id}"
Answer site_page(const Request& request, const Context& context, std::string_view id);

/// "/districts/{layer}/{code}"
Answer district_page(const Request& request, const Context& context, std::string_view layer, std::string_view code);

/// "/planner?policy=&layer=&at=&weekday=&hour=&age="
Answer planner_page(const Request& request, const Context& context);

/// "/print/coverage?…&paper=landscape": the same on one sheet of A4.
Answer policies_page(const Request& request, const Context& context);
Answer print_coverage_page(const Request& request, const Context& context);

/// "/leaflet?…": where a leaflet of an area or a list is chosen; "/print/leaflet?…": the leaflet, see docs/leaflets.md.
Answer leaflet_page(const Request& request, const Context& context);
Answer print_leaflet_page(const Request& request, const Context& context);

/// "/stages?municipality=&at=&by=": programme × stage of life.
Answer stages_page(const Request& request, const Context& context);

/// "/matrix?year=&family=&at=": municipality × programme.
Answer matrix_page(const Request& request, const Context& context);

/// "/about": the lists everything rests on.
Answer about_page(const Request& request, const Context& context);

/// "/templates": the lists that a steward may fill in.
Answer list_templates_page(const Request& request, const Context& context);

/// "/templates/{name}.{csv,xlsx,ods}"; nothing where there is no such file.
std::optional<Answer> list_template_file(std::string_view name);

/// A page for a 4xx or 5xx that says what to do.
/// \param context null where no edition is loaded
/// \param sentence what is the matter, for a person; may be empty
Answer error_page(const Request& request, const Context* context, unsigned status, std::string_view sentence);

/// "/static/…": styles, scripts, pictograms from the binary. An address with the right digest (`?v=`) never changes.
Answer asset(const Request& request);

} // namespace shirube::server
