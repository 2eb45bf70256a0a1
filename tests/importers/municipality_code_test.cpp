#include "importers/lists/municipality_code.hpp"

#include <catch2/catch.hpp>

using shirube::importers::parse_municipality_code;

TEST_CASE("A municipality code is read with its check digit, without, and without its leading zero") {
    CHECK(parse_municipality_code("13101") == "13101");
    CHECK(parse_municipality_code("131016") == "13101"); // 千代田区
    CHECK(parse_municipality_code(" １３１０１６ ") == "13101");
    CHECK(parse_municipality_code("01101") == "01101");
    CHECK(parse_municipality_code("1101") == "01101"); // 札幌市中央区
    CHECK(parse_municipality_code("011011") == "01101");
    CHECK(parse_municipality_code("120006") == "12000"); // 千葉県
    CHECK(parse_municipality_code("99201") == "99201");
}

TEST_CASE("A wrong check digit, a prefecture that is none and other text are no code") {
    CHECK_FALSE(parse_municipality_code("131017"));
    CHECK_FALSE(parse_municipality_code("48102"));
    CHECK_FALSE(parse_municipality_code("00101"));
    CHECK_FALSE(parse_municipality_code("131"));
    CHECK_FALSE(parse_municipality_code("1310166"));
    CHECK_FALSE(parse_municipality_code("千代田区"));
    CHECK_FALSE(parse_municipality_code(""));
    CHECK_FALSE(parse_municipality_code("13101a"));
}
