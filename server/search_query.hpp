// From query parameters to a search, the same for the JSON API, the pages and the command line.
#pragma once

#include "directory/search.hpp"
#include "server/context.hpp"
#include "server/http.hpp"
#include "server/problem.hpp"

#include <expected>
#include <string>

namespace shirube::server {

/// Reads the parameters of `GET /resources` (see the OpenAPI document). Unknown parameters, malformed numbers and
/// values out of range are problems that name the parameter. `lang` and `f` are let through.
std::expected<directory::SearchQuery, Problem> read_search_query(const Query& query, const directory::Reader& reader,
                                                                 directory::Instant now);

/// Those of a query that a search has. Addresses of pages are passed on with what others hang on them (fbclid,
/// utm_source): a page shows what it was asked and passes over the rest; the API refuses it.
Query search_parameters_of(const Query& query);

/// The address of the next page of the same search (path and query), with a cursor that names its edition and instant.
std::string next_page(std::string_view path, const Query& query, const directory::Reader& reader,
                      const directory::SearchQuery& asked);

} // namespace shirube::server
