#include "directory/romaji.hpp"

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace shirube::directory {

namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_between(char c) { return c == ' ' || c == '-' || c == '\''; }

/// Compiling its rules takes milliseconds: once. Transliterating changes nothing in it.
const icu::Transliterator& hiragana() {
    static const std::unique_ptr<icu::Transliterator> rules = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::Transliterator> made(
            icu::Transliterator::createInstance("Latin-Hiragana", UTRANS_FORWARD, status));
        if (U_FAILURE(status) != 0 || made == nullptr) {
            throw std::runtime_error("ICU's rules for Latin letters as kana cannot be loaded");
        }
        return made;
    }();
    return *rules;
}

} // namespace

std::string kana_of_romaji(std::string_view text) {
    if (!std::ranges::any_of(text, is_letter) ||
        !std::ranges::all_of(text, [](char c) { return is_letter(c) || is_between(c); })) {
        return {};
    }
    std::string letters;
    for (const char c : text) {
        if (is_letter(c) || c == '\'') {
            letters += static_cast<char>(c | 0x20);
        }
    }
    icu::UnicodeString kana = icu::UnicodeString::fromUTF8(letters);
    hiragana().transliterate(kana);
    std::string out;
    kana.toUTF8String(out);
    return std::ranges::any_of(out, is_letter) ? std::string{} : out;
}

} // namespace shirube::directory
