// What comes in as an address or a form's body, before anything believes it.
#include "server/http.hpp"

#include <catch2/catch.hpp>

#include <random>
#include <string>

namespace shirube::server {

namespace {

std::string every_byte_but_nul() {
    std::string out;
    for (int byte = 1; byte < 256; ++byte) {
        out += static_cast<char>(byte);
    }
    return out;
}

} // namespace

TEST_CASE("a target is split into a decoded path and its parameters in order", "[http]") {
    const auto target = parse_target("/districts/%E4%B8%AD/a+b?q=%E5%9B%B3%E6%9B%B8+%2B&programme=a&programme=b&open");
    REQUIRE(target);
    CHECK(target->path == "/districts/中/a+b"); // a plus is a plus in a path
    CHECK(target->query == Query{{"q", "図書 +"}, {"programme", "a"}, {"programme", "b"}, {"open", ""}});
}

TEST_CASE("blanks around a header's part are not part of it", "[http]") {
    CHECK(without_blanks(" \ta b\t ") == "a b");
    CHECK(without_blanks("a") == "a");
    CHECK(without_blanks(" \t").empty());
    CHECK(without_blanks("").empty());
}

TEST_CASE("a page is preferred where Accept names it and puts no JSON before it", "[http]") {
    for (const auto* accept :
         {"text/html", "Text/HTML;charset=utf-8", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
          "application/json;q=0.5, text/html", "application/json, text/html", "image/png , text/html;level=1; q=0.3"}) {
        CHECK(prefers_html(accept));
    }
    for (const auto* accept : {"", "*/*", "text/*", "application/json", "text/html;q=0", "text/html;q=0.000",
                               "text/html;q=0.5, application/json", "application/problem+json, text/html;q=0.9",
                               "text/htmlx", "x-text/html", ",,;q=1", "text/html;q=much"}) {
        CHECK_FALSE(prefers_html(accept));
    }
}

TEST_CASE("what is empty in a query is nothing", "[http]") {
    CHECK(parse_query("")->empty());
    CHECK(parse_query("&&&")->empty());
    CHECK(*parse_query("a=&=b&&c") == Query{{"a", ""}, {"", "b"}, {"c", ""}});
    CHECK(*parse_query("a=b=c") == Query{{"a", "b=c"}});
    CHECK(parse_target("/?")->query.empty());
    CHECK(*parse_query("a=1?b=2") == Query{{"a", "1?b=2"}});
}

TEST_CASE("a malformed percent sign, a NUL or broken UTF-8 is refused, and the parameter is named", "[http]") {
    for (const auto* broken : {"%", "%4", "%zz", "%4g", "%g4", "%+1", "%-1", "% 1", "%00", "a%00b", "%ff", "%c0%80",
                               "%e3%81", "%ed%a0%80", "%f4%90%80%80", "%f8%88%80%80%80", "%80"}) {
        CAPTURE(broken);
        const auto as_value = parse_query(std::string("near=1,2&q=") + broken);
        REQUIRE_FALSE(as_value);
        CHECK(as_value.error() == "q");
        const auto as_name = parse_query(std::string(broken) + "=1");
        REQUIRE_FALSE(as_name);
        CHECK(as_name.error().empty());
        CHECK_FALSE(parse_target(std::string("/") + broken));
        CHECK_FALSE(parse_target(std::string("/?q=") + broken));
    }
    // Raw bytes too, not only escaped ones.
    CHECK_FALSE(parse_query("q=\xff"));
    CHECK_FALSE(parse_target("/\xe3\x81"));
}

TEST_CASE("a path begins with a slash, or stands after a scheme and a host", "[http]") {
    for (const auto* target : {"", "?q=1", "*", "api", "example.jp:80", "http:/x", "ftp://a/b", "http://"}) {
        CAPTURE(target);
        CHECK_FALSE(parse_target(target));
    }
    // RFC 9112, 3.2.2: a server must accept the absolute form.
    CHECK(parse_target("http://127.0.0.1:8080/search?q=1")->path == "/search");
    CHECK(parse_target("HTTP://example.jp?q=1")->path == "/");
    CHECK(parse_target("HTTP://example.jp?q=1")->query == Query{{"q", "1"}});
    CHECK(parse_target("//example.jp/x")->path == "//example.jp/x");
    CHECK(parse_target("/../%2e%2e/x")->path == "/../../x"); // the router knows no such address
}

TEST_CASE("a very long query is read whole", "[http]") {
    std::string text;
    for (int i = 0; i < 20'000; ++i) {
        text += "within=chugakkoku%3A" + std::to_string(i) + "&";
    }
    const auto query = parse_query(text);
    REQUIRE(query);
    REQUIRE(query->size() == 20'000);
    CHECK(query->back().second == "chugakkoku:19999");
    CHECK(parse_query("q=" + std::string(1 << 20, 'a'))->front().second.size() == 1 << 20);
}

TEST_CASE("percent-encoding is undone by reading, whatever the bytes", "[http]") {
    const auto ascii = every_byte_but_nul().substr(0, 127);
    CHECK(parse_query(percent_encode(ascii) + "=" + percent_encode(ascii))->front() == std::pair{ascii, ascii});
    CHECK(parse_target("/" + percent_encode("中/ +?&=%"))->path == "/中/ +?&=%");
    CHECK(percent_encode("aZ09-._~") == "aZ09-._~");
    CHECK(percent_encode("\r\n") == "%0D%0A");
    CHECK(percent_encode("図") == "%E5%9B%B3");
    const auto encoded = percent_encode(every_byte_but_nul());
    CHECK(encoded.find_first_not_of("%0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-._~") ==
          std::string::npos);
}

TEST_CASE("UTF-8 is what RFC 3629 says and nothing more", "[http]") {
    for (const auto* text : {"", "a", "図書", "\xf0\xa0\xae\xb7", "\xed\x9f\xbf", "\xee\x80\x80", "\xf4\x8f\xbf\xbf"}) {
        CAPTURE(text);
        CHECK(is_valid_utf8(text));
    }
    for (const auto* text :
         {"\x80", "\xbf", "\xc0\xaf", "\xc1\xbf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xed\xbf\xbf", "\xf0\x80\x80\xaf",
          "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xfe", "\xff", "\xe5\x9b", "\xe5\x9b\x41", "\xe5"}) {
        CAPTURE(text);
        CHECK_FALSE(is_valid_utf8(text));
    }
    // A hidden NUL is valid UTF-8 in itself; the decoder above refuses it.
    CHECK(is_valid_utf8(std::string_view("\0", 1)));
}

TEST_CASE("random bytes never lead to more than a refusal, and what is taken is valid", "[http]") {
    std::mt19937 random(20261121);
    constexpr std::string_view letters = "%&=+?#/0aF\xe3\x81\x82\xff\x01 g";
    for (int round = 0; round < 20'000; ++round) {
        std::string text = "/";
        const auto length = random() % 24;
        for (unsigned i = 0; i < length; ++i) {
            text += letters[random() % letters.size()];
        }
        const auto target = parse_target(text);
        if (!target) {
            continue;
        }
        REQUIRE(is_valid_utf8(target->path));
        REQUIRE(target->path.find('\0') == std::string::npos);
        for (const auto& [name, value] : target->query) {
            REQUIRE(is_valid_utf8(name));
            REQUIRE(is_valid_utf8(value));
        }
    }
}

} // namespace shirube::server
