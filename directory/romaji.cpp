#include "directory/romaji.hpp"

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
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

bool is_vowel(char c) { return std::string_view{"aiueo"}.find(c) != std::string_view::npos; }

struct Spelling {
    std::string_view cabinet;
    std::string_view hepburn;
};
/// What the cabinet's spelling (訓令式), which schools teach, writes otherwise than Hepburn's, the only one ICU reads.
constexpr std::array<Spelling, 10> k_spellings{{{"sy", "sh"},
                                                {"ty", "ch"},
                                                {"zy", "j"},
                                                {"jy", "j"},
                                                {"si", "shi"},
                                                {"ti", "chi"},
                                                {"tu", "tsu"},
                                                {"zi", "ji"},
                                                {"nn", "n"},
                                                {"hu", "fu"}}};

/// Hepburn's spelling of either. A double n is ん alone, as keyboards take it, or with the sound that follows.
std::string hepburn(std::string_view letters) {
    std::string out;
    for (std::size_t at = 0; at < letters.size();) {
        const std::string_view rest = letters.substr(at);
        const auto found = std::ranges::find_if(
            k_spellings, [&](const Spelling& spelling) { return rest.starts_with(spelling.cabinet); });
        const bool is_part_of_shu =
            rest.starts_with("hu") && at > 0 && (letters[at - 1] == 's' || letters[at - 1] == 'c');
        if (found == k_spellings.end() || is_part_of_shu) {
            out += letters[at++];
            continue;
        }
        out += found->hepburn;
        at += found->cabinet.size();
        const bool goes_on = at < letters.size() && (is_vowel(letters[at]) || letters[at] == 'y');
        if (found->cabinet == "nn" && goes_on) {
            out += "'n";
        }
    }
    return out;
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
    icu::UnicodeString kana = icu::UnicodeString::fromUTF8(hepburn(letters));
    hiragana().transliterate(kana);
    std::string out;
    kana.toUTF8String(out);
    return std::ranges::any_of(out, is_letter) ? std::string{} : out;
}

} // namespace shirube::directory
