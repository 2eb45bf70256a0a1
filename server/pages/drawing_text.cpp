#include "server/pages/drawing_text.hpp"

#include <fmt/format.h>

#include <cmath>

namespace shirube::server {

void append_tenths(std::string& text, double number) {
    constexpr double k_beyond = 1e9;
    const bool is_drawable = std::abs(number) < k_beyond; // false of NaN too
    const long long tenths = is_drawable ? std::llround(number * 10) : 0;
    if (tenths < 0) {
        text += '-';
    }
    const auto size = static_cast<unsigned long long>(std::abs(tenths));
    const fmt::format_int whole(size / 10);
    text.append(whole.data(), whole.size());
    if (const auto digit = size % 10; digit != 0) {
        text += '.';
        text += static_cast<char>('0' + digit);
    }
}

double width_in_ems(std::string_view text) {
    constexpr double k_narrow = 0.6;
    double width = 0;
    for (const char byte : text) {
        const auto value = static_cast<unsigned char>(byte);
        const bool is_continued = (value & 0xc0U) == 0x80U;
        width += is_continued ? 0 : value < 0x80U ? k_narrow : 1;
    }
    return width;
}

} // namespace shirube::server
