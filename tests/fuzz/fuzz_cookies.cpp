// Any header as cookies and as the languages somebody reads: what is found lies within it, and a language is one we
// have.
#include "server/cookies.hpp"
#include "server/http.hpp"
#include "server/router.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace shirube::server;

namespace {

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto half = text.find('\n') == std::string_view::npos ? size : text.find('\n');
    const auto cookies = text.substr(0, half);
    const auto languages = text.substr(std::min(size, half + 1));
    for (const std::string_view name : {"lang", "__Host-session", "a", ""}) {
        const auto value = cookie_of(cookies, name);
        require(value.empty() ||
                (value.data() >= cookies.data() && value.data() + value.size() <= cookies.data() + cookies.size()));
        require(value.find(';') == std::string_view::npos);
        if (!value.empty()) {
            require(value.data() > cookies.data() + name.size() && value.data()[-1] == '=');
        }
    }
    Request request;
    request.cookie = cookies;
    request.accept_language = languages;
    const auto language = language_of(request);
    require(language == "ja" || language == "ja-easy" || language == "en");
    return 0;
}
