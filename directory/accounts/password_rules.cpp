#include "directory/accounts/password_rules.hpp"

#include "directory/accounts/problems.hpp"
#include "directory/normal_form.hpp"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>
#include <vector>

namespace shirube::directory {

namespace {

constexpr std::size_t k_shortest = 12; // NIST SP 800-63B asks for 8, for 15 where nothing else guards the account
constexpr std::size_t k_longest = 128;
constexpr std::size_t k_longest_bytes = 4096; // before NFKC, which may make one character of many
constexpr std::size_t k_own_characters = 6;   // that a password must have beyond the commonest words and rows
constexpr std::size_t k_different = 5;        // characters
constexpr std::size_t k_row = 4;              // keys in a row that count as one

/// What lists of stolen passwords have most, and what an office here would come to first. Written as `unmasked` writes.
constexpr auto k_common_words = std::to_array<std::u32string_view>({
    U"password",   U"passwort",      U"passphrase", U"passcode", U"passwd",    U"pasuwado",   U"himitsu",
    U"secret",     U"administrator", U"admin",      U"kanrisha", U"superuser", U"root",       U"login",
    U"user",       U"guest",         U"test",       U"demo",     U"welcome",   U"letmein",    U"changeme",
    U"default",    U"system",        U"server",     U"iloveyou", U"aishiteru", U"monkey",     U"dragon",
    U"sunshine",   U"princess",      U"football",   U"baseball", U"doraemon",  U"pokemon",    U"sakura",
    U"hello",      U"konnichiwa",    U"arigato",    U"nihon",    U"nippon",    U"japan",      U"tokyo",
    U"osaka",      U"yakusho",       U"yakuba",     U"kodomo",   U"shirube",   U"reiwa",      U"heisei",
    U"パスワード", U"ぱすわーど",    U"あいうえお", U"さくら",   U"ひみつ",    U"こんにちは", U"ありがとう",
});

constexpr auto k_rows = std::to_array<std::u32string_view>({
    U"qwertyuiop",
    U"asdfghjkl",
    U"zxcvbnm",
    U"1234567890",
    U"0123456789",
    U"abcdefghijklmnopqrstuvwxyz",
    U"1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
    U"qazwsxedcrfvtgbyhnujmik",
    U"!\"#$%&'()",
    U"!@#$%^&*()",
    U"あいうえおかきくけこさしすせそ",
});

std::optional<icu::UnicodeString> normalised(std::string_view typed, const icu::Normalizer2& as) {
    const icu::UnicodeString text =
        icu::UnicodeString::fromUTF8(icu::StringPiece(typed.data(), static_cast<int32_t>(typed.size())));
    std::string back;
    text.toUTF8String(back);
    if (back != typed) {
        return std::nullopt; // no UTF-8
    }
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString plain = as.normalize(text, status);
    if (U_FAILURE(status) != 0) {
        return std::nullopt;
    }
    return plain;
}

std::u32string code_points(const icu::UnicodeString& text) {
    std::u32string points;
    for (int32_t i = 0; i < text.length();) {
        const UChar32 c = text.char32At(i);
        points += static_cast<char32_t>(c);
        i += U16_LENGTH(c);
    }
    return points;
}

/// Lower case, for comparing.
std::u32string caseless(std::string_view text) {
    const auto plain = normalised(text, nfkc_casefold());
    return plain ? code_points(*plain) : std::u32string();
}

/// Letters in place of the signs that stand for them: p@ssw0rd.
std::u32string unmasked(std::u32string text) {
    for (auto& c : text) {
        switch (c) {
            case U'@':
            case U'4':
                c = U'a';
                break;
            case U'0':
                c = U'o';
                break;
            case U'1':
            case U'!':
                c = U'i';
                break;
            case U'3':
                c = U'e';
                break;
            case U'5':
            case U'$':
                c = U's';
                break;
            case U'7':
                c = U't';
                break;
            default:
                break;
        }
    }
    return text;
}

/// Marks every place of `word` in `text`.
void mark(std::u32string_view text, std::u32string_view word, std::vector<bool>& marked) {
    for (std::size_t at = text.find(word); at != std::u32string_view::npos; at = text.find(word, at + 1)) {
        std::fill_n(marked.begin() + static_cast<std::ptrdiff_t>(at), word.size(), true);
    }
}

void mark_rows(std::u32string_view text, std::vector<bool>& marked) {
    for (const auto row : k_rows) {
        std::u32string backwards(row.rbegin(), row.rend());
        for (const std::u32string_view way : {row, std::u32string_view(backwards)}) {
            for (std::size_t i = 0; i + k_row <= way.size(); ++i) {
                mark(text, way.substr(i, k_row), marked);
            }
        }
    }
}

/// Years of lives and calendars: 19.. and 20...
void mark_years(std::u32string_view text, std::vector<bool>& marked) {
    const auto is_digit = [](char32_t c) { return c >= U'0' && c <= U'9'; };
    for (std::size_t i = 0; i + 4 <= text.size(); ++i) {
        const auto century = text.substr(i, 2);
        if ((century == U"19" || century == U"20") && is_digit(text[i + 2]) && is_digit(text[i + 3])) {
            std::fill_n(marked.begin() + static_cast<std::ptrdiff_t>(i), 4, true);
        }
    }
}

/// What says the same as the characters before it: aaaa, 2525, abcabc.
void mark_repetitions(std::u32string_view text, std::vector<bool>& marked) {
    for (std::size_t unit = 1; unit <= 6; ++unit) {
        for (std::size_t i = unit; i + unit <= text.size(); ++i) {
            if (unit == 1 ? text[i] == text[i - 1] : text.substr(i, unit) == text.substr(i - unit, unit)) {
                std::fill_n(marked.begin() + static_cast<std::ptrdiff_t>(i), unit, true);
            }
        }
    }
}

/// Few characters are its own once the commonest words, rows of keys, years and repetitions are taken away.
bool is_common(const std::u32string& caseless_text) {
    if (std::set(caseless_text.begin(), caseless_text.end()).size() < k_different) {
        return true;
    }
    std::vector<bool> marked(caseless_text.size(), false);
    const auto letters = unmasked(caseless_text);
    for (const auto word : k_common_words) {
        mark(letters, word, marked);
    }
    mark_rows(caseless_text, marked);
    mark_years(caseless_text, marked);
    mark_repetitions(caseless_text, marked);
    return static_cast<std::size_t>(std::ranges::count(marked, false)) < k_own_characters;
}

} // namespace

std::string fold_login_name(std::string_view typed) {
    const auto plain = normalised(typed, nfkc_casefold());
    std::string name;
    if (!plain) {
        return std::string(typed);
    }
    plain->toUTF8String(name);
    return name;
}

std::expected<std::string, AccountProblem> check_login_name(std::string_view typed) {
    auto name = fold_login_name(typed);
    const bool plain = std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    });
    if (!plain || name.size() < 3 || name.size() > 64) {
        return std::unexpected(account_problem("name_malformed"));
    }
    if (name == "unknown" || name == Actor::console().name) { // the log's own words
        return std::unexpected(account_problem("name_reserved"));
    }
    return name;
}

std::optional<std::string> plain_password(std::string_view typed) {
    if (typed.size() > k_longest_bytes) {
        return std::nullopt;
    }
    const auto plain = normalised(typed, nfkc());
    if (!plain) {
        return std::nullopt;
    }
    const auto points = code_points(*plain);
    if (points.size() > k_longest ||
        std::ranges::any_of(points, [](char32_t c) { return u_iscntrl(static_cast<UChar32>(c)) != 0; })) {
        return std::nullopt;
    }
    std::string text;
    plain->toUTF8String(text);
    return text;
}

std::expected<std::string, AccountProblem> check_password(std::string_view name, std::string_view typed) {
    if (typed.size() > k_longest_bytes) {
        return std::unexpected(account_problem("password_long"));
    }
    const auto plain = normalised(typed, nfkc());
    if (!plain) {
        return std::unexpected(account_problem("password_malformed"));
    }
    const auto length = static_cast<std::size_t>(plain->countChar32());
    if (length < k_shortest) {
        return std::unexpected(account_problem("password_short"));
    }
    if (length > k_longest) {
        return std::unexpected(account_problem("password_long"));
    }
    auto password = plain_password(typed);
    if (!password) {
        return std::unexpected(account_problem("password_malformed"));
    }
    const auto text = caseless(*password);
    if (text.contains(caseless(name))) {
        return std::unexpected(account_problem("password_has_name"));
    }
    if (is_common(text)) {
        return std::unexpected(account_problem("password_common"));
    }
    return *std::move(password);
}

} // namespace shirube::directory
