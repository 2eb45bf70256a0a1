#include "directory/fold.hpp"

#include "directory/fold_tables.hpp"
#include "directory/normal_form.hpp"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <cassert>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <vector>

namespace shirube::directory {

namespace {

constexpr char32_t k_replacement = 0xfffd;
constexpr char32_t k_long_vowel = U'ー';
constexpr char32_t k_small_ke = U'ヶ';
constexpr char32_t k_small_ka = U'ヵ';

bool is_dash(char32_t c) {
    switch (c) {
        case U'-':
        case U'\u00ad': // soft hyphen
        case U'\u2212': // minus sign
        case U'\u2500': // box drawings, used as a dash by many lists
        case U'\u2501':
        case U'\uff0d':
        case U'\u30a0':
            return true;
        default:
            return u_charType(static_cast<UChar32>(c)) == U_DASH_PUNCTUATION;
    }
}

bool is_katakana(char32_t c) {
    return (c >= 0x30a1 && c <= 0x30fa) || c == k_long_vowel || (c >= 0xff66 && c <= 0xff9f);
}

bool is_digit(char32_t c) { return (c >= U'0' && c <= U'9') || (c >= 0xff10 && c <= 0xff19); }

bool is_kanji(char32_t c) {
    return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) || (c >= 0x20000 && c <= 0x3ffff) ||
           c == U'々' || c == U'〆' || c == U'〇';
}

/// Letters that stand between kanji as が does in 霞が関, and are one letter there.
bool is_connecting_ga(char32_t c) {
    return c == k_small_ke || c == k_small_ka || c == U'ケ' || c == U'カ' || c == U'ガ' || c == U'か' || c == U'が';
}

/// One normalised code point as a letter of the key; 0 where it says nothing. Dashes come out as '-' and spaces as ' ',
/// the letters of is_connecting_ga() as they are: what becomes of those, their neighbours decide.
char32_t letter_of(char32_t c) {
    if (is_connecting_ga(c)) {
        return c;
    }
    if (c >= 0x30a1 && c <= 0x30f4) {
        return c - 0x60; // katakana to hiragana
    }
    if (c == k_long_vowel || c == U'々' || c == k_replacement) {
        return c;
    }
    if (c == 0x3095) {
        return k_small_ka;
    }
    if (c == 0x3096) {
        return k_small_ke;
    }
    if (is_dash(c)) {
        return U'-';
    }
    if (const char32_t modern = modern_kanji(c); modern != 0) {
        return modern;
    }
    switch (u_charType(static_cast<UChar32>(c))) {
        case U_SPACE_SEPARATOR:
        case U_LINE_SEPARATOR:
        case U_PARAGRAPH_SEPARATOR:
            return U' ';
        case U_CONTROL_CHAR:
            return c == U'\t' || c == U'\n' || c == U'\r' ? U' ' : 0;
        case U_UPPERCASE_LETTER:
        case U_LOWERCASE_LETTER:
        case U_TITLECASE_LETTER:
        case U_MODIFIER_LETTER:
        case U_OTHER_LETTER:
        case U_DECIMAL_DIGIT_NUMBER:
        case U_LETTER_NUMBER:
        case U_OTHER_NUMBER:
            return c;
        default:
            return 0; // punctuation, symbols, marks that composed with nothing
    }
}

/// A Latin letter without its accents: Café is found by cafe.
char32_t without_accent(char32_t c) {
    if (c < 0xc0 || c > 0x1eff || (c > 0x24f && c < 0x1e00)) {
        return c;
    }
    icu::UnicodeString decomposed;
    if (nfkc_casefold().getDecomposition(static_cast<UChar32>(c), decomposed) == 0 || decomposed.isEmpty()) {
        return c;
    }
    return static_cast<char32_t>(decomposed.char32At(0));
}

icu::UnicodeString normalised(const icu::UnicodeString& text) {
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString out;
    nfkc_casefold().normalize(text, out, status);
    if (U_FAILURE(status) != 0) {
        throw std::runtime_error("ICU could not normalise a text");
    }
    return out;
}

/// What every code point of the basic plane becomes, computed once. Names are folded by the hundred thousand when a
/// snapshot is built, and ICU's normaliser alone costs more than a look into a table.
class LetterTable {
  public:
    static const LetterTable& instance() {
        static const LetterTable table;
        return table;
    }

    /// True where the code point may melt into the one before it (voiced marks, accents).
    [[nodiscard]] bool combines(char32_t c) const {
        return c < k_size ? (entries_[c] & k_combines) != 0
                          : nfkc_casefold().hasBoundaryBefore(static_cast<UChar32>(c)) == 0;
    }

    void append(char32_t c, std::u32string& out) const {
        if (c >= k_size) {
            append_letters(c, out);
            return;
        }
        const std::uint32_t entry = entries_[c];
        if ((entry & k_several) != 0) {
            out += several_[entry & k_value];
        } else if (const char32_t letter = entry & k_value; letter != 0) {
            out += letter;
        }
    }

  private:
    static constexpr char32_t k_size = 0x10000;
    static constexpr std::uint32_t k_combines = 1U << 31U;
    static constexpr std::uint32_t k_several = 1U << 30U;
    static constexpr std::uint32_t k_value = 0x1fffffU;

    LetterTable() : entries_(k_size, 0) {
        std::u32string letters;
        for (char32_t c = 0; c < k_size; ++c) {
            if (c >= 0xd800 && c <= 0xdfff) {
                continue; // never decoded
            }
            letters.clear();
            append_letters(c, letters);
            std::uint32_t entry = 0;
            if (letters.size() == 1) {
                entry = letters.front();
            } else if (letters.size() > 1) {
                entry = k_several | static_cast<std::uint32_t>(several_.size());
                several_.push_back(letters);
            }
            if (nfkc_casefold().hasBoundaryBefore(static_cast<UChar32>(c)) == 0 || c == 0x309b || c == 0x309c) {
                entry |= k_combines;
            }
            entries_[c] = entry;
        }
    }

    static void append_letters(char32_t c, std::u32string& out) {
        const icu::UnicodeString text = normalised(icu::UnicodeString(static_cast<UChar32>(c)));
        for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
            const char32_t letter = letter_of(without_accent(static_cast<char32_t>(text.char32At(i))));
            if (letter != 0) {
                out += letter;
            }
        }
    }

    std::vector<std::uint32_t> entries_;
    std::vector<std::u32string> several_;
};

/// Decodes one code point and moves `at` past it; a wrong sequence is one U+FFFD for each byte that starts it.
char32_t next_code_point(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) -> char32_t { return static_cast<unsigned char>(text[i]); };
    const char32_t first = byte(at++);
    if (first < 0x80) {
        return first;
    }
    const std::size_t more = first >= 0xf0 && first <= 0xf4 ? 3 : first >= 0xe0 ? 2 : first >= 0xc2 ? 1 : 0;
    if (more == 0 || first > 0xf4 || at + more > text.size()) {
        return k_replacement;
    }
    char32_t c = first & (0x3fU >> more);
    for (std::size_t i = 0; i < more; ++i) {
        if ((byte(at + i) & 0xc0U) != 0x80) {
            return k_replacement;
        }
        c = (c << 6U) | (byte(at + i) & 0x3fU);
    }
    const bool overlong = (more == 2 && c < 0x800) || (more == 3 && c < 0x10000);
    if (overlong || (c >= 0xd800 && c <= 0xdfff) || c > 0x10ffff) {
        return k_replacement;
    }
    at += more;
    return c;
}

/// Decoded, and normalised as a whole only where marks have to be composed with what stands before them.
std::u32string code_points(std::string_view text) {
    std::u32string out;
    out.reserve(text.size());
    bool compose = false;
    for (std::size_t at = 0; at < text.size();) {
        char32_t c = next_code_point(text, at);
        compose = compose || LetterTable::instance().combines(c);
        out += c;
    }
    if (!compose) {
        return out;
    }
    icu::UnicodeString utf16;
    for (char32_t c : out) {
        // The free-standing marks ゛゜ are compatibility forms of a space with a mark; lists mean the mark.
        const char32_t mark = c == 0x309b ? 0x3099 : c == 0x309c ? 0x309a : c;
        utf16.append(static_cast<UChar32>(mark));
    }
    const icu::UnicodeString composed = normalised(utf16);
    out.clear();
    for (std::int32_t i = 0; i < composed.length(); i = composed.moveIndex32(i, 1)) {
        out += static_cast<char32_t>(composed.char32At(i));
    }
    return out;
}

/// The text as letters of the key, with dashes and spaces still in it.
std::u32string letters_of(std::string_view text) {
    const std::u32string points = code_points(text);
    const LetterTable& table = LetterTable::instance();
    std::u32string letters;
    letters.reserve(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        const char32_t c = points[i];
        const char32_t before = i > 0 ? points[i - 1] : 0;
        const char32_t after = i + 1 < points.size() ? points[i + 1] : 0;
        if ((c == k_long_vowel || c == 0xff70) && is_digit(before)) {
            letters += U'-'; // "1ー2": the long-vowel key is next to the hyphen
        } else if (c > 0x7f && is_dash(c) && is_katakana(before) && (after == 0 || is_katakana(after))) {
            letters += k_long_vowel; // "センタ－"
        } else {
            table.append(c, letters);
        }
    }
    return letters;
}

char32_t as_hiragana(char32_t c) {
    switch (c) {
        case k_small_ke:
        case U'ケ':
            return U'け';
        case k_small_ka:
        case U'カ':
            return U'か';
        case U'ガ':
            return U'が';
        default:
            return c;
    }
}

/// ヶ and its kin become が between kanji (霞ヶ関, 霞が関, 霞ケ関) and plain hiragana elsewhere. The small letters need
/// no kanji after them: nothing else is meant by them, and a half-typed 鶴ヶ must find 鶴ヶ島.
void settle_connecting_ga(std::u32string& letters) {
    for (std::size_t i = 0; i < letters.size(); ++i) {
        const char32_t c = letters[i];
        if (!is_connecting_ga(c)) {
            continue;
        }
        const bool after_kanji = i > 0 && (is_kanji(letters[i - 1]) || is_digit(letters[i - 1]));
        const bool before_kanji = i + 1 < letters.size() && is_kanji(letters[i + 1]);
        const bool small = c == k_small_ke || c == k_small_ka;
        letters[i] = after_kanji && (before_kanji || small) ? U'が' : as_hiragana(c);
    }
}

/// 子ども, 子供, 子とも, こども and コドモ are one word. 親子とも ("parent and child alike") is another.
void settle_children(std::u32string& letters) {
    std::size_t at = 0;
    while ((at = letters.find(U'子', at)) != std::u32string::npos) {
        const bool parent = at > 0 && letters[at - 1] == U'親';
        const std::u32string_view rest = std::u32string_view(letters).substr(at + 1);
        if (rest.starts_with(U"供")) {
            letters.replace(at, 2, U"こども");
        } else if (!parent && (rest.starts_with(U"ども") || rest.starts_with(U"とも"))) {
            letters.replace(at, 3, U"こども");
        }
        ++at;
    }
}

std::string to_utf8(std::u32string_view letters) {
    std::string out;
    out.reserve(letters.size() * 3);
    const auto put = [&](char32_t byte) { out += static_cast<char>(byte); };
    for (const char32_t c : letters) {
        if (c < 0x80) {
            put(c);
        } else if (c < 0x800) {
            put(0xc0U | (c >> 6U));
            put(0x80U | (c & 0x3fU));
        } else if (c < 0x10000) {
            put(0xe0U | (c >> 12U));
            put(0x80U | ((c >> 6U) & 0x3fU));
            put(0x80U | (c & 0x3fU));
        } else {
            put(0xf0U | (c >> 18U));
            put(0x80U | ((c >> 12U) & 0x3fU));
            put(0x80U | ((c >> 6U) & 0x3fU));
            put(0x80U | (c & 0x3fU));
        }
    }
    return out;
}

int kanji_digit(char32_t c) {
    constexpr std::u32string_view digits = U"〇一二三四五六七八九";
    const std::size_t at = digits.find(c);
    return at == std::u32string_view::npos ? -1 : static_cast<int>(at);
}

/// A number in kanji (二十三, 一〇, 百二) at the start of `text`: its value and how many letters it takes, 0 for none.
std::pair<int, std::size_t> kanji_number(std::u32string_view text) {
    int total = 0;
    int current = -1;
    std::size_t taken = 0;
    for (; taken < text.size() && taken < 6; ++taken) {
        const char32_t c = text[taken];
        if (const int digit = kanji_digit(c); digit >= 0) {
            current = current < 0 ? digit : current * 10 + digit;
        } else if (c == U'十' || c == U'百') {
            total += (current < 0 ? 1 : current) * (c == U'十' ? 10 : 100);
            current = -1;
        } else {
            break;
        }
    }
    return {total + (current < 0 ? 0 : current), taken};
}

std::u32string_view counter_at(std::u32string_view text) {
    for (const std::u32string_view counter : {U"丁目", U"番地", U"番", U"号"}) {
        if (text.starts_with(counter)) {
            return counter;
        }
    }
    return {};
}

std::u32string with_arabic_numbers(std::u32string_view letters) {
    std::u32string out;
    for (std::size_t i = 0; i < letters.size();) {
        const auto [value, taken] = kanji_number(letters.substr(i));
        if (taken > 0 && !counter_at(letters.substr(i + taken)).empty()) {
            for (const char digit : std::to_string(value)) {
                out += static_cast<char32_t>(digit);
            }
            i += taken;
        } else {
            out += letters[i++];
        }
    }
    return out;
}

/// Whatever stands between two numbers of an address as "-"; the last counter of several numbers dropped.
std::u32string with_joined_numbers(std::u32string_view letters) {
    std::u32string out;
    bool several = false;
    for (std::size_t i = 0; i < letters.size();) {
        const char32_t c = letters[i];
        if (out.empty() || !is_digit(out.back())) {
            several = several && !out.empty() && out.back() == U'-';
            if (c != U' ' && c != U'-') {
                out += c;
            }
            ++i;
            continue;
        }
        std::size_t end = i;
        while (end < letters.size()) {
            const std::u32string_view rest = letters.substr(end);
            const std::size_t counter = counter_at(rest).size();
            if (counter == 0 && rest.front() != U'-' && rest.front() != U' ' && rest.front() != U'の') {
                break;
            }
            end += counter == 0 ? 1 : counter;
        }
        if (end == i) {
            out += c;
            ++i;
        } else if (end < letters.size() && is_digit(letters[end])) {
            out += U'-';
            several = true;
            i = end;
        } else {
            const std::u32string_view counter = counter_at(letters.substr(i));
            const bool town = counter == U"丁目";
            if (!counter.empty() && (town || !several)) {
                out += counter; // "三丁目" alone stays a 丁目
            } else if (counter.empty() && c == U'の') {
                out += c;
            }
            i += counter.empty() ? 1 : counter.size();
        }
    }
    return out;
}

} // namespace

std::string fold(std::string_view text) {
    std::u32string letters = letters_of(text);
    std::erase_if(letters, [](char32_t c) { return c == U'-' || c == U' '; });
    settle_connecting_ga(letters);
    settle_children(letters);
    return to_utf8(letters);
}

std::string fold_address(std::string_view text) {
    std::u32string letters = with_joined_numbers(with_arabic_numbers(letters_of(text)));
    settle_connecting_ga(letters);
    settle_children(letters);
    return to_utf8(letters);
}

} // namespace shirube::directory
