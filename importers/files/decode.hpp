// Bytes to UTF-8. Detection is strict: a byte order mark; UTF-16 without one, where its zero bytes show it and every
// character is one that lists use; valid UTF-8; valid CP932 or EUC-JP, whichever of them reads as Japanese; else a
// problem that names the first byte that fits none.
#pragma once

#include "importers/report/problem.hpp"

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace shirube::importers {

enum class Encoding : std::uint8_t { utf8, utf16le, utf16be, cp932, euc_jp };

struct DecodedText {
    std::string text{}; ///< UTF-8 without byte order marks
    Encoding encoding = Encoding::utf8;
};

/// Decodes a whole text file. Any number of byte order marks and one '?' that a conversion left of such a mark are
/// taken off the front. Problems: encoding_unknown (names the byte), binary_content (a NUL).
std::expected<DecodedText, FileProblem> decode(std::string_view bytes);

/// Place of the first byte that is not UTF-8; nothing where all of it is. Overlong forms and surrogates are not.
std::optional<std::size_t> first_invalid_utf8(std::string_view bytes);

/// CP932 (Windows-31J with the NEC and IBM extensions) to UTF-8, or the place of the first byte that is not.
std::expected<std::string, std::size_t> decode_cp932(std::string_view bytes);

/// Attribute texts carry no mark and are short: UTF-8 where valid, else CP932; what is neither (a character cut in two
/// by the field's width) becomes U+FFFD, and `whole` is false.
struct DecodedAttribute {
    std::string text{};
    bool whole = true;
};
DecodedAttribute decode_attribute(std::string_view bytes, Encoding assumed);

} // namespace shirube::importers
