#include "server/same_origin.hpp"

#include <string_view>

namespace shirube::server {

bool is_from_here(const Request& request) noexcept {
    if (!request.fetch_site.empty()) {
        return request.fetch_site == "same-origin" || request.fetch_site == "none";
    }
    if (request.origin.empty()) {
        return true;
    }
    const auto scheme = request.origin.find("://");
    return scheme != std::string::npos && std::string_view{request.origin}.substr(scheme + 3) == request.host;
}

} // namespace shirube::server
