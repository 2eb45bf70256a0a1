#include "importers/cleaning/text.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <stdexcept>

namespace shirube::importers {

namespace {

bool is_space(UChar32 c) {
    return u_isUWhiteSpace(c) != 0 || c == 0x200b || c == 0x200c || c == 0x200d || c == 0x2060 || c == 0xfeff ||
           u_charType(c) == U_CONTROL_CHAR;
}

bool is_wave(UChar32 c) { return c == U'~' || c == 0x301c || c == 0xff5e || c == 0x223c || c == 0x3030; }

bool is_dash(UChar32 c) {
    return c == U'-' || c == 0x2212 || c == 0xff0d || c == 0x2500 || c == 0x2501 ||
           (u_charType(c) == U_DASH_PUNCTUATION && !is_wave(c));
}

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

/// ①–⑳, ❶–❿ and the like number the parts of a cell; NFKC would run them into the digits that follow.
bool is_circled_number(UChar32 c) {
    return (c >= 0x2460 && c <= 0x2473) || (c >= 0x2776 && c <= 0x2793) || (c >= 0x24ea && c <= 0x24ff);
}

icu::UnicodeString nfkc(const icu::UnicodeString& text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKCInstance(status);
    icu::UnicodeString out;
    if (U_SUCCESS(status) != 0) {
        normalizer->normalize(text, out, status);
    }
    if (U_FAILURE(status) != 0) {
        throw std::runtime_error("ICU's normalisation data cannot be loaded");
    }
    return out;
}

icu::UnicodeString utf16(std::string_view text) {
    return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

} // namespace

CleanText clean_text(std::string_view cell) {
    CleanText clean;
    const icu::UnicodeString text = utf16(cell);
    icu::UnicodeString out;
    bool pending = false;    // white space was met since the last letter
    bool full_width = false; // and it was a single full-width blank, which Japanese text keeps
    std::int32_t run = 0;
    for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        const UChar32 c = text.char32At(i);
        if (is_space(c)) {
            clean.had_tabs = clean.had_tabs || c == U'\t';
            pending = true;
            ++run;
            full_width = run == 1 && c == 0x3000;
            continue;
        }
        if (pending && !out.isEmpty()) {
            out.append(static_cast<UChar32>(full_width ? 0x3000 : U' '));
        }
        pending = false;
        run = 0;
        out.append(c);
    }
    out.toUTF8String(clean.text);
    return clean;
}

std::u32string plain_points(std::string_view text) {
    icu::UnicodeString source = utf16(text);
    icu::UnicodeString marked;
    for (std::int32_t i = 0; i < source.length(); i = source.moveIndex32(i, 1)) {
        const UChar32 c = source.char32At(i);
        marked.append(is_circled_number(c) ? static_cast<UChar32>(U' ') : c);
    }
    const icu::UnicodeString normal = nfkc(marked);
    std::u32string points;
    for (std::int32_t i = 0; i < normal.length(); i = normal.moveIndex32(i, 1)) {
        const UChar32 c = normal.char32At(i);
        const bool long_vowel_as_dash = c == 0x30fc && !points.empty() && is_digit(points.back());
        points += is_wave(c)                         ? U'~'
                  : is_dash(c) || long_vowel_as_dash ? U'-'
                  : is_space(c)                      ? U' '
                                                     : static_cast<char32_t>(c);
    }
    return points;
}

std::string utf8(std::u32string_view points) {
    icu::UnicodeString text;
    for (const char32_t c : points) {
        text.append(static_cast<UChar32>(c));
    }
    std::string out;
    text.toUTF8String(out);
    return out;
}

std::string plain(std::string_view text) { return utf8(plain_points(text)); }

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    std::size_t at = text.find(what);
    if (at == std::string::npos) {
        return text;
    }
    std::string out;
    std::size_t copied = 0;
    for (; at != std::string::npos; at = text.find(what, copied)) {
        out.append(text, copied, at - copied).append(by);
        copied = at + what.size();
    }
    return out.append(text, copied);
}

std::string shortened(std::string_view text, std::size_t most) {
    std::size_t points = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool starts = (static_cast<unsigned char>(text[i]) & 0xc0U) != 0x80U;
        if (starts && points++ == most) {
            return std::string(text.substr(0, i)) + "…";
        }
    }
    return std::string(text);
}

} // namespace shirube::importers
