#include "importers/decode.hpp"

#include <fmt/format.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>
#include <unicode/unistr.h>

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
    } else if (const auto invalid = first_invalid_utf8(bytes); !invalid) {
        decoded.text = bytes;
    } else {
        // EUC-JP would be tried here, after CP932: some of its texts are valid CP932 too, so it needs a judgement.
        decoded.encoding = Encoding::cp932;
        auto text = decode_cp932(bytes);
        if (!text) {
            // The encoding that got further is the likelier one, and its fault the one to look at.
            return problem_at("encoding_unknown", std::max(text.error(), *invalid));
        }
        decoded.text = std::move(*text);
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
