// Most cells take a short road past ICU: it must lead to the same place.
#include "importers/cleaning/text.hpp"

#include <catch2/catch.hpp>

#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace shirube::importers;

TEST_CASE("a text reads the same on the short road and on ICU's") {
    const std::vector<std::string> pieces{"a",  "Z",  "9",  " ",  "  ", "\t",           "\n", "\x7f", "~",  "-",
                                          "漢", "字", "々", "か", "ガ", "ー",           "・", "、",   "。", "「",
                                          "」", "０", "９", "Ａ", "－", "～",           "（", "｜",   "　", "1ー",
                                          "〜", "−",  "㈱", "ｶﾞ", "①",  "\xe3\x82\x99", "é",  "𠮷"};
    std::mt19937 dice(20261125);
    // Alone neither on the short road nor changed by either: it sends the whole text to ICU.
    const std::string detour = "é";
    for (int i = 0; i < 20'000; ++i) {
        std::string text;
        for (auto count = dice() % 9; count > 0; --count) {
            text += pieces[dice() % pieces.size()];
        }
        CAPTURE(text);
        std::string by_icu = plain(text + detour);
        REQUIRE(by_icu.ends_with(detour));
        by_icu.resize(by_icu.size() - detour.size());
        REQUIRE(plain(text) == by_icu);

        std::string cleaned = clean_text(detour + text + detour).text;
        REQUIRE(cleaned.size() >= 2 * detour.size());
        cleaned = cleaned.substr(detour.size(), cleaned.size() - 2 * detour.size());
        // White space at the ends is inside there.
        for (const std::string_view blank : {" ", "　"}) {
            while (cleaned.starts_with(blank)) {
                cleaned.erase(0, blank.size());
            }
            while (cleaned.ends_with(blank)) {
                cleaned.resize(cleaned.size() - blank.size());
            }
        }
        REQUIRE(clean_text(text).text == cleaned);
    }
}

TEST_CASE("code points become UTF-8, and what is none the mark for it") {
    CHECK(utf8(U"aéあ𠮷") == "aéあ𠮷");
    const char32_t surrogate = 0xd800;
    CHECK(utf8(std::u32string_view(&surrogate, 1)) == "\xef\xbf\xbd");
}
