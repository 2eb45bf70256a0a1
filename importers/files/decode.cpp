#include "importers/files/decode.hpp"

#include <fmt/format.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>
#include <vector>

namespace shirube::importers {

namespace {

using namespace std::string_view_literals;

constexpr auto k_utf8_mark = "\xef\xbb\xbf"sv;
constexpr auto k_utf16le_mark = "\xff\xfe"sv;
constexpr auto k_utf16be_mark = "\xfe\xff"sv;

struct CloseConverter {
    void operator()(UConverter* converter) const noexcept { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

/// A converter that stops at the first byte it cannot read.
Converter open_converter(const char* name) {
    UErrorCode status = U_ZERO_ERROR;
    Converter converter(ucnv_open(name, &status));
    ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    if (U_FAILURE(status) != 0) {
        throw std::runtime_error(fmt::format("ICU has no converter {}: {}", name, u_errorName(status)));
    }
    return converter;
}

/// Converts all of `bytes`, or names the first byte that the encoding does not have.
std::expected<std::string, std::size_t> convert(const char* encoding, std::string_view bytes) {
    const Converter converter = open_converter(encoding);
    std::string text;
    text.reserve(bytes.size() + bytes.size() / 2);
    std::array<UChar, 4096> block{};
    const char* source = bytes.data();
    const char* const end = bytes.data() + bytes.size();
    while (true) {
        UChar* target = block.data();
        UErrorCode status = U_ZERO_ERROR;
        ucnv_toUnicode(converter.get(), &target, block.data() + block.size(), &source, end, nullptr, 1, &status);
        icu::UnicodeString(false, block.data(), static_cast<std::int32_t>(target - block.data())).toUTF8String(text);
        if (status == U_BUFFER_OVERFLOW_ERROR) {
            continue;
        }
        if (U_FAILURE(status) != 0) {
            std::array<char, 32> invalid{};
            auto length = static_cast<std::int8_t>(invalid.size());
            UErrorCode ignored = U_ZERO_ERROR;
            ucnv_getInvalidChars(converter.get(), invalid.data(), &length, &ignored);
            return std::unexpected(static_cast<std::size_t>(source - bytes.data()) - static_cast<std::size_t>(length));
        }
        return text;
    }
}

std::size_t sequence_length(unsigned char lead) {
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xc2 && lead <= 0xdf) {
        return 2;
    }
    if (lead >= 0xe0 && lead <= 0xef) {
        return 3;
    }
    return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

/// Overlong forms, surrogates and what lies beyond U+10FFFF show in the second byte (Unicode, table 3-7).
bool second_byte_fits(unsigned char lead, unsigned char second) {
    switch (lead) {
        case 0xe0:
            return second >= 0xa0 && second <= 0xbf;
        case 0xed:
            return second >= 0x80 && second <= 0x9f;
        case 0xf0:
            return second >= 0x90 && second <= 0xbf;
        case 0xf4:
            return second >= 0x80 && second <= 0x8f;
        default:
            return second >= 0x80 && second <= 0xbf;
    }
}

/// Takes byte order marks off the front, and the '?' that a conversion made of one: nobody's header begins with it.
void strip_marks(std::string& text) {
    std::size_t cut = 0;
    while (text.compare(cut, k_utf8_mark.size(), k_utf8_mark) == 0) {
        cut += k_utf8_mark.size();
    }
    if (cut + 1 < text.size() && text[cut] == '?' && (cut > 0 || static_cast<unsigned char>(text[cut + 1]) >= 0x80)) {
        ++cut;
    }
    text.erase(0, cut);
}

/// What stands in lists: Latin, kana, kanji, their punctuation and forms. Two bytes of anything else, read as UTF-16,
/// soon fall outside.
bool is_list_character(UChar32 c) {
    const bool control = c < 0x20 && c != '\t' && c != '\n' && c != '\r';
    const bool latin = c < 0x180 && !(c >= 0x7f && c < 0xa0);
    const bool signs = (c >= 0x2000 && c < 0x2800) || c == 0xfeff;
    const bool japanese = (c >= 0x3000 && c < 0x3400) || (c >= 0x4e00 && c < 0xa000) || (c >= 0xf900 && c < 0xfb00) ||
                          (c >= 0xff01 && c < 0xfff0) || (c >= 0x20000 && c < 0x32000);
    return !control && (latin || signs || japanese);
}

/// UTF-16 without its mark: nothing where a character is not one of lists.
std::optional<std::string> read_markless_utf16(const char* encoding, std::string_view bytes) {
    auto text = convert(encoding, bytes);
    if (!text) {
        return std::nullopt;
    }
    const icu::UnicodeString points = icu::UnicodeString::fromUTF8(*text);
    for (std::int32_t i = 0; i < points.length(); i = points.moveIndex32(i, 1)) {
        if (!is_list_character(points.char32At(i))) {
            return std::nullopt;
        }
    }
    return std::move(*text);
}

/// Tables have ASCII in them (commas, line ends), so UTF-16 has zero bytes and nothing else that is text has. Where
/// there is nothing but ASCII, every second byte is zero: two letters and a stray zero would read as a kanji and a
/// sign.
std::optional<DecodedText> decode_markless_utf16(std::string_view bytes) {
    constexpr std::size_t k_bytes_for_a_zero = 40;
    const auto zeros = static_cast<std::size_t>(std::ranges::count(bytes, '\0'));
    const bool ascii = std::ranges::none_of(bytes, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    if (bytes.size() % 2 != 0 || zeros == 0 || zeros * k_bytes_for_a_zero < bytes.size() ||
        (ascii && zeros * 2 != bytes.size())) {
        return std::nullopt;
    }
    auto little = read_markless_utf16("UTF-16LE", bytes);
    auto big = read_markless_utf16("UTF-16BE", bytes);
    if (little.has_value() == big.has_value()) {
        return std::nullopt;
    }
    return little ? DecodedText{.text = std::move(*little), .encoding = Encoding::utf16le}
                  : DecodedText{.text = std::move(*big), .encoding = Encoding::utf16be};
}

/// Whether what is valid CP932 and valid EUC-JP reads as EUC-JP. Such bytes are single half-width katakana in CP932
/// (and rare kanji); words written in those hold few 、 and ・, begin with no small letter and voice only what can be
/// voiced, while the halves of EUC-JP's characters are anything.
bool reads_as_euc_jp(const std::string& cp932_text) {
    const icu::UnicodeString points = icu::UnicodeString::fromUTF8(cp932_text);
    int letters = 0;
    int odd = 0;
    UChar32 last = ' ';
    for (std::int32_t i = 0; i < points.length(); i = points.moveIndex32(i, 1)) {
        const UChar32 c = points.char32At(i);
        const bool after_kana = last >= 0xff66 && last <= 0xff9f;
        const bool voiceable =
            (last >= 0xff76 && last <= 0xff84) || (last >= 0xff8a && last <= 0xff8e) || last == 0xff73;
        const bool half_width = c >= 0xff61 && c <= 0xff9f;
        const bool punctuation = half_width && c <= 0xff65;
        const bool small = c >= 0xff67 && c <= 0xff6f && !after_kana;
        const bool voice = (c == 0xff9e || c == 0xff9f) && !voiceable;
        letters += c >= 0x80 ? 1 : 0;
        odd += (c >= 0x80 && !half_width) || punctuation || small || voice ? 1 : 0;
        last = c;
    }
    return odd * 6 >= letters;
}

std::unexpected<FileProblem> problem_at(std::string_view code, std::size_t byte) {
    // People count bytes from 1, as editors do.
    return std::unexpected(FileProblem{.code = std::string(code), .a = fmt::format("{}", byte + 1)});
}

} // namespace

std::optional<std::size_t> first_invalid_utf8(std::string_view bytes) {
    std::size_t at = 0;
    while (at < bytes.size()) {
        const auto lead = static_cast<unsigned char>(bytes[at]);
        const std::size_t length = sequence_length(lead);
        if (length == 0 || at + length > bytes.size()) {
            return at;
        }
        for (std::size_t i = 1; i < length; ++i) {
            const auto next = static_cast<unsigned char>(bytes[at + i]);
            if (i == 1 ? !second_byte_fits(lead, next) : (next & 0xc0U) != 0x80U) {
                return at;
            }
        }
        at += length;
    }
    return std::nullopt;
}

std::expected<std::string, std::size_t> decode_cp932(std::string_view bytes) {
    // ICU's table of IBM-943 with ASCII is Windows-31J: NEC row 13, NEC selected and IBM extensions included.
    return convert("ibm-943_P15A-2003", bytes);
}

std::expected<DecodedText, FileProblem> decode(std::string_view bytes) {
    DecodedText decoded;
    if (bytes.starts_with(k_utf16le_mark) || bytes.starts_with(k_utf16be_mark)) {
        const bool little = bytes.starts_with(k_utf16le_mark);
        decoded.encoding = little ? Encoding::utf16le : Encoding::utf16be;
        auto text = convert(little ? "UTF-16LE" : "UTF-16BE", bytes.substr(2));
        if (!text) {
            return problem_at("encoding_unknown", text.error() + 2);
        }
        decoded.text = std::move(*text);
    } else if (auto utf16 = decode_markless_utf16(bytes)) {
        decoded = std::move(*utf16);
    } else if (const auto invalid = first_invalid_utf8(bytes); !invalid) {
        decoded.text = bytes;
    } else {
        auto cp932 = decode_cp932(bytes);
        auto euc_jp = convert("euc-jp-2007", bytes);
        if (!cp932 && !euc_jp) {
            // The encoding that got further is the likelier one, and its fault the one to look at.
            return problem_at("encoding_unknown", std::max({cp932.error(), euc_jp.error(), *invalid}));
        }
        const bool euc = !cp932 || (euc_jp && reads_as_euc_jp(*cp932));
        decoded.encoding = euc ? Encoding::euc_jp : Encoding::cp932;
        decoded.text = std::move(euc ? *euc_jp : *cp932);
    }
    if (const std::size_t nul = decoded.text.find('\0'); nul != std::string::npos) {
        return problem_at("binary_content", bytes.find('\0') == std::string_view::npos ? nul : bytes.find('\0'));
    }
    strip_marks(decoded.text);
    return decoded;
}

DecodedAttribute decode_attribute(std::string_view bytes, Encoding assumed) {
    if (assumed == Encoding::utf8 && !first_invalid_utf8(bytes)) {
        return {.text = std::string(bytes)};
    }
    if (assumed != Encoding::utf8) {
        if (auto text = decode_cp932(bytes)) {
            return {.text = std::move(*text)};
        }
    }
    // Keep what stands before the fault; the rest cannot be told from noise.
    const std::size_t good = assumed == Encoding::utf8 ? *first_invalid_utf8(bytes) : decode_cp932(bytes).error();
    const std::string_view head = bytes.substr(0, good);
    std::string text = assumed == Encoding::utf8 ? std::string(head) : decode_cp932(head).value_or(std::string());
    return {.text = text + "\xef\xbf\xbd", .whole = false};
}

} // namespace shirube::importers
