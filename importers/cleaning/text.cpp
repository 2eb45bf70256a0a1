#include "importers/cleaning/text.hpp"

#include "directory/normal_form.hpp"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <optional>
#include <stdexcept>
#include <utility>

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
    icu::UnicodeString out;
    directory::nfkc().normalize(text, out, status);
    if (U_FAILURE(status) != 0) {
        throw std::runtime_error("A text cannot be normalised");
    }
    return out;
}

icu::UnicodeString utf16(std::string_view text) {
    return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

/// A code point of three bytes in UTF-8 at `at`; 0 where none of well-formed bytes stands there.
char32_t three_byte_point(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(text[i])); };
    const char32_t first = byte(at);
    if (first < 0xe3 || first > 0xef || at + 2 >= text.size() || (byte(at + 1) & 0xc0U) != 0x80U ||
        (byte(at + 2) & 0xc0U) != 0x80U) {
        return 0;
    }
    return (first & 0xfU) << 12U | (byte(at + 1) & 0x3fU) << 6U | (byte(at + 2) & 0x3fU);
}

/// Kanji and kana that NFKC leaves as they are, as long as no mark stands behind them.
bool is_plain_letter(char32_t c) {
    return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3041 && c <= 0x3096) || (c >= 0x30a1 && c <= 0x30fb) || c == U'々' ||
           c == U'、' || c == U'。' || c == U'「' || c == U'」';
}

/// A letter in the full width of ASCII, narrow; 0 for any other code point.
char32_t narrow(char32_t c) { return c >= 0xff01 && c <= 0xff5e ? c - 0xff01 + U'!' : c == 0x3000 ? U' ' : 0; }

/// Whether a cell holds nothing that clean_text() would change: most cells, and ICU's road through UTF-16 costs more
/// than all the rest of reading them.
bool is_clean(std::string_view cell) {
    bool after_space = true; // white space at the front is taken off
    for (std::size_t at = 0; at < cell.size();) {
        const char c = cell[at];
        const bool is_blank = c == ' ';
        if (is_blank ? after_space : (c >= 0 && (c <= ' ' || c == 0x7f))) {
            return false;
        }
        after_space = is_blank;
        if (c >= 0) {
            ++at;
            continue;
        }
        const char32_t point = three_byte_point(cell, at);
        if (!is_plain_letter(point) && point != 0x30fc && !(narrow(point) != 0 && point != 0x3000)) {
            return false;
        }
        at += 3;
    }
    return !after_space || cell.empty();
}

/// plain_points() of a text of ASCII, kanji, kana and full-width ASCII; nothing where anything else stands in it.
std::optional<std::u32string> simple_points(std::string_view text) {
    std::u32string points;
    points.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        char32_t c = static_cast<unsigned char>(text[at]);
        if (c < 0x80) {
            ++at;
        } else {
            c = three_byte_point(text, at);
            at += 3;
            if (c == 0x30fc) {
                points += !points.empty() && is_digit(points.back()) ? U'-' : c;
                continue;
            }
            if (const char32_t ascii = narrow(c); ascii != 0) {
                c = ascii;
            } else if (!is_plain_letter(c)) {
                return std::nullopt;
            }
        }
        // The white space of ASCII and its control characters are one blank each.
        points += c < U' ' || c == 0x7f ? U' ' : c;
    }
    return points;
}

} // namespace

CleanText clean_text(std::string_view cell) {
    CleanText clean;
    if (is_clean(cell)) {
        clean.text = cell;
        return clean;
    }
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
    if (auto simple = simple_points(text)) {
        return std::move(*simple);
    }
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
    std::string out;
    out.reserve(points.size() * 3);
    const auto put = [&](char32_t byte) { out += static_cast<char>(byte); };
    for (const char32_t given : points) {
        const bool is_scalar = given <= 0x10ffff && (given < 0xd800 || given > 0xdfff);
        const char32_t c = is_scalar ? given : 0xfffd;
        if (c < 0x80) {
            put(c);
        } else if (c < 0x800) {
            put(0xc0U | c >> 6U);
            put(0x80U | (c & 0x3fU));
        } else if (c < 0x10000) {
            put(0xe0U | c >> 12U);
            put(0x80U | (c >> 6U & 0x3fU));
            put(0x80U | (c & 0x3fU));
        } else {
            put(0xf0U | c >> 18U);
            put(0x80U | (c >> 12U & 0x3fU));
            put(0x80U | (c >> 6U & 0x3fU));
            put(0x80U | (c & 0x3fU));
        }
    }
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

std::vector<std::string> parts_of(std::string_view cell) {
    std::vector<std::string> parts;
    std::string part;
    for (const char32_t c : plain_points(cell) + U";") {
        if (c != U';' && c != U'、' && c != U'\n') {
            part += utf8(std::u32string_view(&c, 1));
            continue;
        }
        if (std::string clean = clean_text(part).text; !clean.empty()) {
            parts.push_back(std::move(clean));
        }
        part.clear();
    }
    return parts;
}

} // namespace shirube::importers
