#include "server/pages/furigana.hpp"

#include "server/pages/site_files.hpp"

#include <nlohmann/json.hpp>
#include <unicode/unistr.h>

#include <algorithm>
#include <optional>
#include <stdexcept>

namespace shirube::server {

namespace {

std::u32string to_code_points(std::string_view text) {
    const auto string = icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
    std::u32string out;
    out.reserve(text.size());
    for (std::int32_t i = 0; i < string.length(); i = string.moveIndex32(i, 1)) {
        out.push_back(static_cast<char32_t>(string.char32At(i)));
    }
    return out;
}

bool is_kanji(char32_t c) {
    return (c >= U'\u4e00' && c <= U'\u9fff') || (c >= U'\u3400' && c <= U'\u4dbf') || c == U'々' || c == U'ヶ';
}

bool is_kana(char32_t c) { return (c >= U'\u3041' && c <= U'\u309f') || (c >= U'\u30a1' && c <= U'\u30fc'); }

void append_escaped(std::string& out, char32_t c) {
    switch (c) {
        case U'&':
            out += "&amp;";
            return;
        case U'<':
            out += "&lt;";
            return;
        case U'>':
            out += "&gt;";
            return;
        case U'"':
            out += "&quot;";
            return;
        case U'\'':
            out += "&#39;";
            return;
        default:
            break;
    }
    icu::UnicodeString(static_cast<UChar32>(c)).toUTF8String(out);
}

void append_escaped(std::string& out, std::u32string_view text) {
    for (const char32_t c : text) {
        append_escaped(out, c);
    }
}

/// The kana that word and reading end with alike stay outside: 休み, やすみ → 休 with やす over it, then み.
void append_ruby(std::string& out, std::u32string_view base, std::u32string_view reading) {
    std::size_t same = 0;
    while (same + 1 < base.size() && same + 1 < reading.size() && is_kana(base[base.size() - 1 - same]) &&
           base[base.size() - 1 - same] == reading[reading.size() - 1 - same]) {
        ++same;
    }
    out += "<ruby>";
    append_escaped(out, base.substr(0, base.size() - same));
    out += "<rp>（</rp><rt>";
    append_escaped(out, reading.substr(0, reading.size() - same));
    out += "</rt><rp>）</rp></ruby>";
    append_escaped(out, base.substr(base.size() - same));
}

/// Where a run of kanji starts at `at`, ends, and is followed by its reading in brackets.
struct WrittenReading {
    std::size_t base_end = 0;
    std::size_t reading_begin = 0;
    std::size_t reading_end = 0;
};

std::optional<WrittenReading> written_reading(std::u32string_view text, std::size_t at) {
    WrittenReading found{at, 0, 0};
    while (found.base_end < text.size() && is_kanji(text[found.base_end])) {
        ++found.base_end;
    }
    if (found.base_end == at || found.base_end >= text.size() || text[found.base_end] != U'（') {
        return std::nullopt;
    }
    found.reading_begin = found.base_end + 1;
    found.reading_end = found.reading_begin;
    while (found.reading_end < text.size() && is_kana(text[found.reading_end])) {
        ++found.reading_end;
    }
    if (found.reading_end == found.reading_begin || found.reading_end >= text.size() ||
        text[found.reading_end] != U'）') {
        return std::nullopt;
    }
    // こども食堂（こどもしょくどう）: the reading repeats the kana before the kanji.
    std::size_t kana = 0;
    while (kana < at && is_kana(text[at - 1 - kana])) {
        ++kana;
    }
    const auto reading = text.substr(found.reading_begin, found.reading_end - found.reading_begin);
    for (std::size_t length = std::min(kana, reading.size() - 1); length >= 2; --length) {
        if (reading.substr(0, length) == text.substr(at - length, length)) {
            found.reading_begin += length;
            break;
        }
    }
    return found;
}

bool is_digit(char32_t c) { return (c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９'); }

/// The longest word of a sorted list that stands at the beginning of `rest`; null where none does.
template <class Words>
const typename Words::value_type* longest_at(const Words& words, std::u32string_view rest) {
    if (!is_kanji(rest.front())) {
        return nullptr;
    }
    const typename Words::value_type* longest = nullptr;
    auto word = std::ranges::lower_bound(words, rest.substr(0, 1), {},
                                         [](const auto& w) -> std::u32string_view { return w.base; });
    for (; word != words.end() && word->base.front() == rest.front(); ++word) {
        if (rest.starts_with(word->base) && (longest == nullptr || word->base.size() > longest->base.size())) {
            longest = &*word;
        }
    }
    return longest;
}

} // namespace

std::string escape_html(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < 0x80) {
            append_escaped(out, static_cast<char32_t>(c));
        } else {
            out += c;
        }
    }
    return out;
}

Furigana Furigana::from_json(std::string_view json) {
    const auto document = nlohmann::json::parse(json, nullptr, false);
    if (!document.is_object()) {
        throw std::runtime_error("i18n/furigana.json is no JSON object");
    }
    Furigana out;
    for (const auto& [base, reading] : document.items()) {
        if (!reading.is_string() || reading.get_ref<const std::string&>().empty()) {
            throw std::runtime_error("i18n/furigana.json: no reading for " + base);
        }
        const bool counter = base.starts_with('#');
        (counter ? out.counters_ : out.words_)
            .push_back({to_code_points(std::string_view(base).substr(counter ? 1 : 0)),
                        to_code_points(reading.get_ref<const std::string&>())});
    }
    std::ranges::sort(out.words_, {}, &Word::base);
    std::ranges::sort(out.counters_, {}, &Word::base);
    return out;
}

const Furigana& Furigana::shipped() {
    static const Furigana furigana = from_json(site_file("i18n/furigana.json"));
    return furigana;
}

std::string Furigana::to_html(std::string_view text) const {
    const std::u32string points = to_code_points(text);
    const std::u32string_view all = points;
    std::string out;
    out.reserve(text.size() * 2);
    std::size_t at = 0;
    const auto known_word = [&]() -> const Word* {
        const Word* counter = at > 0 && is_digit(all[at - 1]) ? longest_at(counters_, all.substr(at)) : nullptr;
        return counter != nullptr ? counter : longest_at(words_, all.substr(at));
    };
    while (at < all.size()) {
        if (const auto written = written_reading(all, at)) {
            append_ruby(out, all.substr(at, written->base_end - at),
                        all.substr(written->reading_begin, written->reading_end - written->reading_begin));
            at = written->reading_end + 1;
        } else if (const Word* word = known_word()) {
            append_ruby(out, word->base, word->reading);
            at += word->base.size();
        } else {
            append_escaped(out, all[at]);
            ++at;
        }
    }
    return out;
}

} // namespace shirube::server
