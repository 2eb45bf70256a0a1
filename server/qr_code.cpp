#include "server/qr_code.hpp"

#include <fmt/format.h>
#include <qrencode.h>

#include <iterator>
#include <memory>

namespace shirube::server {

std::optional<QrCode> qr_code(std::string_view text) {
    constexpr int k_quiet = 4;
    const std::string bytes(text);
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(QRcode_encodeString8bit(bytes.c_str(), 0, QR_ECLEVEL_M),
                                                               &QRcode_free);
    if (!code) {
        return std::nullopt;
    }
    QrCode drawn{.size = code->width + 2 * k_quiet, .path = {}};
    for (int y = 0; y < code->width; ++y) {
        for (int x = 0; x < code->width;) {
            const auto is_dark = [&](int at) {
                return at < code->width && (code->data[y * code->width + at] & 1U) != 0;
            };
            if (!is_dark(x)) {
                ++x;
                continue;
            }
            int end = x;
            while (is_dark(end)) {
                ++end;
            }
            fmt::format_to(std::back_inserter(drawn.path), "M{} {}h{}v1h-{}z", x + k_quiet, y + k_quiet, end - x,
                           end - x);
            x = end;
        }
    }
    return drawn;
}

} // namespace shirube::server
