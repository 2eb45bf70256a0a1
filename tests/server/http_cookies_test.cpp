// What a browser sends back of what it was given.
#include "server/cookies.hpp"

#include <catch2/catch.hpp>

namespace shirube::server {

TEST_CASE("a cookie is found by its whole name, the first of that name counts", "[http]") {
    CHECK(cookie_of("lang=en", "lang") == "en");
    CHECK(cookie_of("a=1; lang=en; b=2", "lang") == "en");
    CHECK(cookie_of("a=1;lang=en;b=2", "lang") == "en");
    CHECK(cookie_of("lang=en; lang=ja", "lang") == "en");
    CHECK(cookie_of("  lang=en  ;x=1", "lang") == "en");
    CHECK(cookie_of("lang=", "lang").empty());
    CHECK(cookie_of("__Host-session=a.b=c==", "__Host-session") == "a.b=c=="); // only the first = parts
}

TEST_CASE("what is no cookie of that name is none", "[http]") {
    for (const auto* text : {"", ";", ";;; ;", "lang", "language=en", "xlang=en", "x-lang=en", "Lang=en", "=en",
                             "a=lang=en", "lang =en", "a=\"lang=en\""}) {
        CAPTURE(text);
        CHECK(cookie_of(text, "lang").empty());
    }
    CHECK(cookie_of("a=1", "").empty());
}

} // namespace shirube::server
