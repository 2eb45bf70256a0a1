// Latin letters as kana, in the spellings people type.
#include "directory/romaji.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <utility>

namespace shirube::directory {

TEST_CASE("Hepburn's spelling, the cabinet's and the keyboard's are the same kana") {
    using Pair = std::pair<const char*, const char*>;
    const auto [typed, kana] = GENERATE(
        Pair{"gakushuu", "がくしゅう"}, Pair{"gakusyuu", "がくしゅう"}, Pair{"shokudou", "しょくどう"},
        Pair{"syokudou", "しょくどう"}, Pair{"chuugakkou", "ちゅうがっこう"}, Pair{"tyuugakkou", "ちゅうがっこう"},
        Pair{"jidoukan", "じどうかん"}, Pair{"zidoukan", "じどうかん"}, Pair{"juku", "じゅく"}, Pair{"zyuku", "じゅく"},
        Pair{"jyuku", "じゅく"}, Pair{"futatsu", "ふたつ"}, Pair{"hutatu", "ふたつ"}, Pair{"shinjuku", "しんじゅく"},
        Pair{"sinzyuku", "しんじゅく"}, Pair{"konnichiwa", "こんにちわ"}, Pair{"honn", "ほん"},
        Pair{"kon'ya", "こんや"}, Pair{"konnya", "こんにゃ"}, Pair{"shuukai", "しゅうかい"},
        Pair{"Kodomo Shokudou", "こどもしょくどう"}, Pair{"KODOMO-SHOKUDOU", "こどもしょくどう"});
    CAPTURE(typed);
    CHECK(kana_of_romaji(typed) == kana);
}

TEST_CASE("What is no kana in Latin letters stays what it is") {
    for (const char* text : {"", "こども", "wi-fi 2", "a1", "café", "-", "x q", "子ども kodomo"}) {
        CAPTURE(text);
        CHECK(kana_of_romaji(text).find_first_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos);
    }
    CHECK(kana_of_romaji("wi-fi 2").empty());
    CHECK(kana_of_romaji("こども").empty());
    CHECK(kana_of_romaji("-").empty());
    CHECK(kana_of_romaji("").empty());
}

} // namespace shirube::directory
