#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace shirube::server {

/// A QR code (ISO/IEC 18004) as the path of an SVG: a unit square a module, the quiet zone of four around it included.
struct QrCode {
    int size = 0;     ///< width and height of the viewBox
    std::string path; ///< of the dark modules
};

/// \param text UTF-8, at most some 2,000 bytes; nothing where it does not fit
std::optional<QrCode> qr_code(std::string_view text);

} // namespace shirube::server
