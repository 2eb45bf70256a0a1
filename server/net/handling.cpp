#include "server/net/handling.hpp"

#include "server/router.hpp"

#include <algorithm>
#include <array>

namespace shirube::server {

namespace {

/// The first segment of the addresses there are; what else was asked for may be anything, and is not told.
std::string_view first_segment(const Request& request) {
    static constexpr std::array<std::string_view, 11> k_known{"/search",  "/services",  "/sites",  "/districts",
                                                              "/planner", "/templates", "/about",  "/static",
                                                              "/api",     "/tiles",     "/healthz"};
    const std::string_view path = request.path;
    const auto first = path.substr(0, std::min(path.find('/', 1), path.size()));
    if (first == "/") {
        return "/";
    }
    const auto found = std::ranges::find(k_known, first);
    return found == k_known.end() ? std::string_view{} : *found;
}

} // namespace

Handling handling_of_router() {
    return {[](const Request& request, const Loaded* loaded, directory::Instant now) {
                return route(request, loaded, now);
            },
            [](const Request&) { return false; }, first_segment};
}

} // namespace shirube::server
