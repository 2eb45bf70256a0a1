#include "server/api/answers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace shirube::server {

namespace {

using nlohmann::ordered_json;

/// Six decimals of a degree are 0.1 m: finer than any list, and the same text on every machine.
double rounded(double degrees) { return std::round(degrees * 1e6) / 1e6; }

ordered_json ring_of(const geo::Ring& ring) {
    ordered_json out = ordered_json::array();
    for (const auto& point : ring) {
        out.push_back({rounded(point.lon), rounded(point.lat)});
    }
    if (!ring.empty() && !(ring.front() == ring.back())) {
        out.push_back({rounded(ring.front().lon), rounded(ring.front().lat)});
    }
    return out;
}

} // namespace

Answer json_answer(const ordered_json& document, const Context& context) {
    Answer answer;
    answer.content_type = "application/json";
    answer.body = document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    answer.etag_basis = etag_basis(context);
    return answer;
}

std::string etag_basis(const Context& context) { return context.reader().edition(); }

std::string etag_basis(const Context& context, const directory::Instant& at) {
    return context.edition_told() + '-' + directory::to_string(at).substr(0, 16);
}

std::optional<Problem> unknown_parameter(const Request& request, std::initializer_list<std::string_view> known) {
    std::set<std::string_view> seen;
    for (const auto& [name, value] : request.query) {
        if (name != "lang" && std::ranges::find(known, std::string_view{name}) == known.end()) {
            return Problem{"unknown_parameter", name,
                           fmt::format("{} has no parameter \"{}\"; see /api/v1/openapi.json.", request.path, name)};
        }
        if (!seen.insert(name).second) {
            return Problem{"bad_parameter", name, fmt::format("{} may stand only once.", name)};
        }
    }
    return std::nullopt;
}

std::optional<Problem> wrong_parameter(const Request& request, std::initializer_list<std::string_view> known,
                                       std::initializer_list<std::string_view> forms) {
    if (auto problem = unknown_parameter(request, known)) {
        return problem;
    }
    const auto form = request.parameter("f");
    if (form && !form->empty() && std::ranges::find(forms, *form) == forms.end()) {
        return Problem{"bad_parameter", "f", fmt::format("f is {} here.", fmt::join(forms, " or "))};
    }
    return std::nullopt;
}

std::expected<directory::Instant, Problem> instant_asked(const Request& request, const Context& context) {
    const auto text = request.parameter("at");
    if (!text || text->empty()) {
        return context.now;
    }
    const auto at = directory::parse_instant(*text);
    if (!at) {
        return std::unexpected(
            Problem{"bad_parameter", "at", "at is an ISO 8601 date or time, as in 2026-11-21T14:00."});
    }
    return *at;
}

ordered_json text_or_null(const std::string& text) { return text.empty() ? ordered_json(nullptr) : ordered_json(text); }

ordered_json geometry_of(const geo::MultiPolygon& area) {
    if (area.empty()) {
        return nullptr;
    }
    ordered_json polygons = ordered_json::array();
    for (const auto& polygon : area) {
        ordered_json rings = ordered_json::array();
        rings.push_back(ring_of(polygon.outer));
        for (const auto& hole : polygon.holes) {
            rings.push_back(ring_of(hole));
        }
        polygons.push_back(std::move(rings));
    }
    return {{"type", "MultiPolygon"}, {"coordinates", std::move(polygons)}};
}

ordered_json geometry_of(geo::LonLat point) {
    return {{"type", "Point"}, {"coordinates", {rounded(point.lon), rounded(point.lat)}}};
}

} // namespace shirube::server
