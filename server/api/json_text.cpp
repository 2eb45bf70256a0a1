#include "server/api/json_text.hpp"

#include <array>
#include <cmath>

namespace shirube::server {

namespace {

/// Whether a text stands in JSON as it is: no quote, no backslash, no control character, and nothing that may be no
/// UTF-8. Three bytes of a lead from E1 to EC or from EE on with their two that follow are a character, as nearly all
/// of Japanese is.
bool is_plain(std::string_view text) noexcept {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const auto follows = [&](std::size_t at) { return (byte(at) & 0xc0U) == 0x80U; };
    for (std::size_t i = 0; i < text.size();) {
        const unsigned char lead = byte(i);
        if (lead < 0x80) {
            if (lead < 0x20 || lead == '"' || lead == '\\') {
                return false;
            }
            ++i;
            continue;
        }
        const bool is_three = (lead >= 0xe1 && lead <= 0xec) || lead == 0xee || lead == 0xef;
        if (!is_three || i + 2 >= text.size() || !follows(i + 1) || !follows(i + 2)) {
            return false;
        }
        i += 3;
    }
    return true;
}

} // namespace

std::string json_of(std::string_view text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void JsonText::text(std::string_view text) {
    if (!is_plain(text)) {
        out_ += json_of(text);
        return;
    }
    out_ += '"';
    out_ += text;
    out_ += '"';
}

void JsonText::number(double number) {
    if (!std::isfinite(number)) {
        out_ += "null";
        return;
    }
    // Its own digits: shortest ones differ in the last place now and then.
    std::array<char, 64> digits{};
    const char* const end = nlohmann::detail::to_chars(digits.data(), digits.data() + digits.size(), number);
    out_.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

} // namespace shirube::server
