// What the calls of the API share: their answers' frame and the reading of simple parameters.
#pragma once

#include "server/context.hpp"
#include "server/http.hpp"
#include "server/problem.hpp"

#include <nlohmann/json.hpp>

#include <expected>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace shirube::server {

/// A JSON answer that depends on the edition alone.
Answer json_answer(const nlohmann::ordered_json& document, const Context& context);

/// What an ETag is made of: the edition, and the instant to the minute where the answer depends on it.
std::string etag_basis(const Context& context);
std::string etag_basis(const Context& context, const directory::Instant& at);

/// A problem where the request names a parameter that is not among `known` (`lang` always is), or one twice.
std::optional<Problem> unknown_parameter(const Request& request, std::initializer_list<std::string_view> known);

/// The same, and a problem where ?f= asks for another form than `forms`.
std::optional<Problem> wrong_parameter(const Request& request, std::initializer_list<std::string_view> known,
                                       std::initializer_list<std::string_view> forms);

/// ?at=, else now.
std::expected<directory::Instant, Problem> instant_asked(const Request& request, const Context& context);

/// A text, or null where a source left it out.
nlohmann::ordered_json text_or_null(const std::string& text);

/// GeoJSON geometry, six decimals; null for an area that has no polygon.
nlohmann::ordered_json geometry_of(const geo::MultiPolygon& area);
nlohmann::ordered_json geometry_of(geo::LonLat point);

} // namespace shirube::server
