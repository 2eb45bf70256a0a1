#include "server/router.hpp"

#include "server/api/api.hpp"
#include "server/api/icalendar.hpp"
#include "server/cookies.hpp"
#include "server/network/network_api.hpp"
#include "server/numbers.hpp"
#include "server/pages/network/network_pages.hpp"
#include "server/pages/pages.hpp"
#include "server/problem.hpp"
#include "server/reports/report_question.hpp"
#include "server/staff/staff_routes.hpp"
#include "server/tiles/tiles.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace shirube::server {

namespace {

using Parts = std::span<const std::string_view>;

/// One address pattern: its segments, `*` for a part that is handed to the handler.
struct Route {
    Method method;
    std::vector<std::string_view> pattern;
    Answer (*handle)(const Request&, const Context&, Parts);
};

std::optional<geo::TileId> tile_id(std::string_view z, std::string_view x, std::string_view y) {
    constexpr std::string_view suffix = ".mvt";
    if (!y.ends_with(suffix)) {
        return std::nullopt;
    }
    y.remove_suffix(suffix.size());
    const std::array values{parse_whole(z), parse_whole(x), parse_whole(y)};
    for (const auto& value : values) {
        if (!value || *value < 0 || *value > 0xffffffffLL) {
            return std::nullopt;
        }
    }
    return geo::TileId{static_cast<std::uint32_t>(*values[0]), static_cast<std::uint32_t>(*values[1]),
                       static_cast<std::uint32_t>(*values[2])};
}

Answer no_such_address(const Context& context) {
    return to_answer({"not_found", "", "Nothing stands at this address; see /api/v1/openapi.json."}, context.language);
}

Answer handle_tile(const Request& request, const Context& context, Parts parts) {
    const auto id = tile_id(parts[1], parts[2], parts[3]);
    return id ? tile(request, context, parts[0], *id) : no_such_address(context);
}

Answer handle_tile_json(const Request& request, const Context& context, Parts parts) {
    constexpr std::string_view suffix = ".json";
    if (!parts[0].ends_with(suffix)) {
        return no_such_address(context);
    }
    return tile_json(request, context, parts[0].substr(0, parts[0].size() - suffix.size()));
}

Answer handle_list_template(const Request& request, const Context& context, Parts parts) {
    auto file = list_template_file(parts[0]);
    return file ? std::move(*file) : error_page(request, &context, 404, "The templates there are stand at /templates.");
}

Answer ready(const Request&, const Context& context, Parts) {
    Answer answer;
    answer.body = "ready " + context.reader().edition() + "\n";
    answer.caching = Caching::none;
    return answer;
}

const std::vector<Route>& routes() {
    static const std::vector<Route> table{
        {Method::get, {}, [](const Request& r, const Context& c, Parts) { return start_page(r, c); }},
        {Method::get, {"search"}, [](const Request& r, const Context& c, Parts) { return search_page(r, c); }},
        {Method::post, {"search"}, [](const Request& r, const Context& c, Parts) { return search_form(r, c); }},
        {Method::get,
         {"services", "*"},
         [](const Request& r, const Context& c, Parts p) { return service_page(r, c, p[0]); }},
        {Method::get,
         {"services", "*", "calendar.ics"},
         [](const Request& r, const Context& c, Parts p) { return service_calendar(r, c, p[0]); }},
        {Method::get,
         {"services", "*", "report"},
         [](const Request& r, const Context& c, Parts p) { return report_page(r, c, p[0]); }},
        {Method::post,
         {"services", "*", "report"},
         [](const Request& r, const Context& c, Parts p) { return post_report_form(r, c, p[0]); }},
        {Method::get,
         {"sites", "*"},
         [](const Request& r, const Context& c, Parts p) { return site_page(r, c, p[0]); }},
        {Method::get,
         {"districts", "*", "*"},
         [](const Request& r, const Context& c, Parts p) { return district_page(r, c, p[0], p[1]); }},
        {Method::get, {"planner"}, [](const Request& r, const Context& c, Parts) { return planner_page(r, c); }},
        {Method::get, {"policies"}, [](const Request& r, const Context& c, Parts) { return policies_page(r, c); }},
        {Method::get, {"stages"}, [](const Request& r, const Context& c, Parts) { return stages_page(r, c); }},
        {Method::get, {"matrix"}, [](const Request& r, const Context& c, Parts) { return matrix_page(r, c); }},
        {Method::get, {"network"}, [](const Request& r, const Context& c, Parts) { return network_page(r, c); }},
        {Method::get,
         {"network", "nodes", "*"},
         [](const Request& r, const Context& c, Parts p) { return network_node_page(r, c, p[0]); }},
        {Method::get,
         {"print", "coverage"},
         [](const Request& r, const Context& c, Parts) { return print_coverage_page(r, c); }},
        {Method::get,
         {"print", "leaflet"},
         [](const Request& r, const Context& c, Parts) { return print_leaflet_page(r, c); }},
        {Method::get, {"leaflet"}, [](const Request& r, const Context& c, Parts) { return leaflet_page(r, c); }},
        {Method::get,
         {"templates"},
         [](const Request& r, const Context& c, Parts) { return list_templates_page(r, c); }},
        {Method::get, {"templates", "*"}, handle_list_template},
        {Method::get, {"about"}, [](const Request& r, const Context& c, Parts) { return about_page(r, c); }},
        {Method::get,
         {"api", "v1", "resources"},
         [](const Request& r, const Context& c, Parts) { return get_resources(r, c); }},
        {Method::get,
         {"api", "v1", "resources", "*"},
         [](const Request& r, const Context& c, Parts p) { return get_resource(r, c, p[0]); }},
        {Method::get,
         {"api", "v1", "suggest"},
         [](const Request& r, const Context& c, Parts) { return get_suggest(r, c); }},
        {Method::post,
         {"api", "v1", "suggest"},
         [](const Request& r, const Context& c, Parts) { return post_suggest(r, c); }},
        {Method::get,
         {"api", "v1", "geocode"},
         [](const Request& r, const Context& c, Parts) { return get_geocode(r, c); }},
        {Method::get,
         {"api", "v1", "taxonomy"},
         [](const Request& r, const Context& c, Parts) { return get_taxonomy(r, c); }},
        {Method::get,
         {"api", "v1", "layers"},
         [](const Request& r, const Context& c, Parts) { return get_layers(r, c); }},
        {Method::get,
         {"api", "v1", "layers", "*", "districts"},
         [](const Request& r, const Context& c, Parts p) { return get_districts(r, c, p[0]); }},
        {Method::get,
         {"api", "v1", "layers", "*", "at"},
         [](const Request& r, const Context& c, Parts p) { return get_districts_at(r, c, p[0]); }},
        {Method::get,
         {"api", "v1", "policies"},
         [](const Request& r, const Context& c, Parts) { return get_policies(r, c); }},
        {Method::get,
         {"api", "v1", "coverage"},
         [](const Request& r, const Context& c, Parts) { return get_coverage(r, c); }},
        {Method::get,
         {"api", "v1", "stages"},
         [](const Request& r, const Context& c, Parts) { return get_stages(r, c); }},
        {Method::get,
         {"api", "v1", "matrix"},
         [](const Request& r, const Context& c, Parts) { return get_matrix(r, c); }},
        {Method::get,
         {"api", "v1", "relations"},
         [](const Request& r, const Context& c, Parts) { return get_relations(r, c); }},
        {Method::get,
         {"api", "v1", "network"},
         [](const Request& r, const Context& c, Parts) { return get_network(r, c); }},
        {Method::get,
         {"api", "v1", "needs"},
         [](const Request& r, const Context& c, Parts) { return get_needs(r, c); }},
        {Method::post,
         {"api", "v1", "reports"},
         [](const Request& r, const Context& c, Parts) { return post_report(r, c); }},
        {Method::get, {"tiles", "*", "*", "*", "*"}, handle_tile},
        {Method::get, {"tiles", "*"}, handle_tile_json},
        {Method::get, {"readyz"}, ready},
    };
    return table;
}

bool fits(const Route& route, Parts path, std::vector<std::string_view>& held) {
    if (route.pattern.size() != path.size()) {
        return false;
    }
    held.clear();
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (route.pattern[i] == "*") {
            if (path[i].empty()) {
                return false;
            }
            held.push_back(path[i]);
        } else if (route.pattern[i] != path[i]) {
            return false;
        }
    }
    return true;
}

Answer problem_answer(const Request& request, const Context* context, const Problem& problem) {
    const auto language = language_of(request);
    if (!wants_page(request)) {
        return to_answer(problem, language);
    }
    std::string sentence = title_of(problem, language);
    if (!problem.parameter.empty()) {
        sentence += fmt::format(" ({})", problem.parameter);
    }
    return error_page(request, context, status_of(problem), sentence);
}

Answer alive() {
    Answer answer;
    answer.body = "alive\n";
    answer.caching = Caching::none;
    return answer;
}

Answer not_allowed(const Request& request, const Context* context, const std::string& allowed) {
    auto answer =
        problem_answer(request, context, {"method_not_allowed", "", fmt::format("This address takes {}.", allowed)});
    answer.headers.emplace_back("Allow", allowed);
    return answer;
}

/// Addresses that need no edition.
Answer (*handler_without_edition(const Request& request))(const Request&) {
    if (request.path == "/healthz") {
        return [](const Request&) { return alive(); };
    }
    if (request.path.starts_with("/static/")) {
        return asset;
    }
    if (request.path == "/api/v1/openapi.json") {
        return get_openapi;
    }
    return nullptr;
}

std::vector<std::string_view> segments_of(std::string_view whole) {
    auto path = split(whole.substr(1), '/');
    if (path.size() == 1 && path[0].empty()) {
        path.clear();
    }
    return path;
}

Answer dispatch(const Request& request, const Context& context) {
    const auto path = segments_of(request.path);
    std::vector<std::string_view> held;
    const Method method = request.method == Method::head ? Method::get : request.method;
    std::string allowed;
    for (const auto& candidate : routes()) {
        if (!fits(candidate, path, held)) {
            continue;
        }
        if (candidate.method == method) {
            return candidate.handle(request, context, held);
        }
        allowed += allowed.empty() ? "" : ", ";
        allowed += candidate.method == Method::get ? "GET, HEAD" : "POST";
    }
    if (allowed.empty()) {
        return problem_answer(request, &context,
                              {"not_found", "", "Nothing stands at this address; see /api/v1/openapi.json."});
    }
    return not_allowed(request, &context, allowed);
}

} // namespace

std::string_view language_of(const Request& request) noexcept {
    constexpr std::array<std::string_view, 3> known{"ja-easy", "ja", "en"};
    const auto pick = [&](std::string_view text) -> std::optional<std::string_view> {
        for (const auto language : known) {
            if (text == language) {
                return language;
            }
        }
        return std::nullopt;
    };
    if (const auto asked = request.parameter("lang")) {
        if (const auto language = pick(*asked)) {
            return *language;
        }
    }
    if (const auto language = pick(cookie_of(request.cookie, "lang"))) {
        return *language;
    }
    // The first that is known, in the order given; weights are in that order in every browser.
    const std::string_view accepted = request.accept_language;
    for (std::size_t at = 0; at < accepted.size();) {
        const auto end = std::min(accepted.find(',', at), accepted.size());
        auto entry = accepted.substr(at, end - at);
        while (entry.starts_with(' ')) {
            entry.remove_prefix(1);
        }
        if (entry.starts_with("ja")) {
            return "ja";
        }
        if (entry.starts_with("en")) {
            return "en";
        }
        at = end + 1;
    }
    return "ja";
}

bool wants_page(const Request& request) noexcept {
    return !request.path.starts_with("/api/") && !request.path.starts_with("/tiles/") && prefers_html(request.accept);
}

bool takes_long(const Request& request) noexcept {
    if (request.method == Method::post &&
        (request.path == "/api/v1/reports" ||
         (request.path.starts_with("/services/") && request.path.ends_with("/report")))) {
        return true; // waits for the disk
    }
    return is_staff_path(request.path) || request.path == "/api/v1/network" || request.path == "/network" ||
           request.path.starts_with("/network/") ||
           (request.path == "/api/v1/coverage" && is_geopackage_asked(request));
}

std::string_view route_pattern(const Request& request) noexcept {
    if (is_staff_path(request.path)) {
        return staff_pattern(request.path);
    }
    static const std::map<std::size_t, std::string> patterns = [] {
        std::map<std::size_t, std::string> made;
        for (std::size_t i = 0; i < routes().size(); ++i) {
            std::string& pattern = made[i];
            for (const auto segment : routes()[i].pattern) {
                pattern += '/';
                pattern += segment;
            }
            pattern = pattern.empty() ? "/" : pattern;
        }
        return made;
    }();
    constexpr std::array<std::string_view, 2> k_exact{"/healthz", "/api/v1/openapi.json"};
    if (const auto* found = std::ranges::find(k_exact, request.path); found != k_exact.end()) {
        return *found;
    }
    if (request.path.starts_with("/static/")) {
        return "/static/*";
    }
    const auto path = segments_of(request.path);
    std::vector<std::string_view> held;
    for (std::size_t i = 0; i < routes().size(); ++i) {
        if (fits(routes()[i], path, held)) {
            return patterns.at(i);
        }
    }
    return {};
}

Answer route(const Request& request, const Loaded* loaded, directory::Instant now, StaffDesk* desk,
             ReportBox* reports) {
    try {
        if (auto* const handle = handler_without_edition(request)) {
            const bool reads = request.method == Method::get || request.method == Method::head;
            return reads ? handle(request) : not_allowed(request, nullptr, "GET, HEAD");
        }
        if (desk != nullptr && is_staff_path(request.path)) {
            const auto now_s =
                std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
                    .count();
            return route_staff(request, *desk, now, now_s, language_of(request));
        }
        if (loaded == nullptr) {
            return problem_answer(request, nullptr, {"not_ready", "", "No edition is loaded yet."});
        }
        const Context context{*loaded, now, language_of(request), nullptr, reports};
        return dispatch(request, context);
    } catch (const std::exception& error) {
        // What went wrong is for the operator; the address may hold what somebody looked for and is not written.
        spdlog::error("A handler failed: {}", error.what());
        return problem_answer(request, nullptr,
                              {"internal_error", "", "The failure has been written to the server's log."});
    }
}

} // namespace shirube::server
