// How often a meeting is held, out of the words that lists have for it.
#include "importers/cleaning/cadence.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <utility>
#include <vector>

using shirube::importers::times_per_year;

TEST_CASE("words that tell how often are a number a year", "[network]") {
    const std::vector<std::pair<std::string, double>> told{{"年4回", 4},
                                                           {"年４回", 4},
                                                           {"年に1回", 1},
                                                           {"毎年", 1},
                                                           {"毎月第2火曜", 12},
                                                           {"毎月", 12},
                                                           {"月1回", 12},
                                                           {"月2回", 24},
                                                           {"毎月第2・4火曜日", 24},
                                                           {"毎月第1、第3木曜", 24},
                                                           {"第3水曜日", 12},
                                                           {"隔月", 6},
                                                           {"2か月に1回", 6},
                                                           {"3ヶ月ごと", 4},
                                                           {"三か月に1回", 4},
                                                           {"四半期に1回", 4},
                                                           {"半年ごと", 2},
                                                           {"毎週", 52},
                                                           {"毎週火曜", 52},
                                                           {"隔週", 26},
                                                           {"週2回", 104},
                                                           {"年間12回", 12},
                                                           {"6か月に1回", 2},
                                                           {"年十回", 10}};
    for (const auto& [words, times] : told) {
        INFO(words);
        REQUIRE(times_per_year(words).has_value());
        CHECK(*times_per_year(words) == Approx(times));
    }
}

TEST_CASE("words that do not are unknown, never none", "[network]") {
    for (const std::string words : {"", "随時", "必要に応じて", "年2～3回", "年2回程度", "年3回以上", "不定期", "火曜",
                                    "年0回", "毎月か隔月で不定期", "年", "回", "年千回", "0か月に1回"}) {
        INFO(words);
        CHECK_FALSE(times_per_year(words).has_value());
    }
}
