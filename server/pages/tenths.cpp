#include "server/pages/tenths.hpp"

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

} // namespace shirube::server
