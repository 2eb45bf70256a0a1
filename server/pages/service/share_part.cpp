#include "server/pages/service/share_part.hpp"

#include "server/http.hpp"
#include "server/public_origin.hpp"
#include "server/qr_code.hpp"

#include <fmt/format.h>

namespace shirube::server {

std::string address_of_service(std::string_view origin, std::string_view id) {
    return origin.empty() ? std::string{} : fmt::format("{}/services/{}", origin, percent_encode(id));
}

void fill_share(View body, std::string_view origin, std::string_view id, std::string_view name) {
    const std::string address = address_of_service(origin, id);
    if (address.empty()) {
        return;
    }
    View share = body.section("SHARE");
    share.set("PAGE_ADDRESS", address);
    share.set("NAME", name);
    if (is_loopback_origin(origin)) {
        return; // a telephone that reads it would look for the page on itself
    }
    if (const auto code = qr_code(address)) {
        View qr = share.section("QR");
        qr.set("SIZE", code->size);
        qr.set("PATH", code->path);
    }
}

} // namespace shirube::server
