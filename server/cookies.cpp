#include "server/cookies.hpp"

#include "server/http.hpp"

#include <algorithm>

namespace shirube::server {

std::string_view cookie_of(std::string_view cookies, std::string_view name) noexcept {
    while (!cookies.empty()) {
        const auto end = std::min(cookies.find(';'), cookies.size());
        const auto pair = without_blanks(cookies.substr(0, end));
        cookies.remove_prefix(std::min(end + 1, cookies.size()));
        const auto equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
            return pair.substr(equals + 1);
        }
    }
    return {};
}

} // namespace shirube::server
