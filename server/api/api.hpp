// The JSON API under /api/v1: each call a pure function from request and context to answer. Described by
// static/openapi.json.
#pragma once

#include "server/context.hpp"
#include "server/http.hpp"

#include <string_view>

namespace shirube::server {

Answer get_resources(const Request& request, const Context& context);
Answer get_resource(const Request& request, const Context& context, std::string_view id);
Answer get_suggest(const Request& request, const Context& context);
/// The same by a form's fields in a body, for what is typed may be where somebody lives; nobody keeps the answer.
Answer post_suggest(const Request& request, const Context& context);
Answer get_geocode(const Request& request, const Context& context);
Answer get_taxonomy(const Request& request, const Context& context);
Answer get_layers(const Request& request, const Context& context);
Answer get_districts(const Request& request, const Context& context, std::string_view layer);
Answer get_districts_at(const Request& request, const Context& context, std::string_view layer);
Answer get_policies(const Request& request, const Context& context);
Answer get_coverage(const Request& request, const Context& context);
/// The same for a policy that is at hand: the parameters layer, at, weekday, hour, age and f.
Answer coverage_answer(const Request& request, const Context& context, const directory::Policy& policy);
/// Whether a request for coverage asks for a GeoPackage, which takes long to write.
bool is_geopackage_asked(const Request& request);
Answer get_needs(const Request& request, const Context& context);
Answer get_stages(const Request& request, const Context& context);
Answer get_matrix(const Request& request, const Context& context);
Answer get_openapi(const Request& request);

} // namespace shirube::server
