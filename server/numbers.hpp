// Numbers out of text that came from outside: the whole text or nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace shirube::server {

/// A finite decimal number; nothing where anything else stands in the text.
std::optional<double> parse_number(std::string_view text) noexcept;

/// A whole number in decimal digits, with a minus where it is negative.
std::optional<std::int64_t> parse_whole(std::string_view text) noexcept;

/// The same without a sign: digits and nothing else.
std::optional<std::int64_t> parse_digits(std::string_view text) noexcept;

/// Parts between separators; an empty text has one empty part.
std::vector<std::string_view> split(std::string_view text, char separator);

} // namespace shirube::server
