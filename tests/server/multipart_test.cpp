// Bodies of forms with a file: as browsers send them, and as nobody should.
#include "server/multipart.hpp"

#include <catch2/catch.hpp>

#include <random>
#include <string>
#include <utility>
#include <vector>

using namespace shirube::server;

namespace {

constexpr std::string_view k_type = "multipart/form-data; boundary=----WebKitFormBoundaryAa1";
const std::string k_line = "------WebKitFormBoundaryAa1";

/// A part as a browser writes it. \param extra further header lines, each with its line end
std::string part(const std::string& disposition, const std::string& content, const std::string& extra = {}) {
    return k_line + "\r\nContent-Disposition: form-data; " + disposition + "\r\n" + extra + "\r\n" + content + "\r\n";
}

std::string closed(const std::string& parts) { return parts + k_line + "--\r\n"; }

MultipartFault fault_of(std::string_view body, std::string_view type = k_type, const MultipartLimits& limits = {}) {
    const auto parts = parse_multipart(type, body, limits);
    REQUIRE_FALSE(parts.has_value());
    return parts.error();
}

} // namespace

TEST_CASE("A form with a file is read as browsers send it", "[multipart]") {
    const std::string bytes("a\0b\r\n--\r\n----WebKitFormBoundaryAa\r\nz", 36);
    const std::string body =
        closed(part("name=\"csrf\"", "abc") + part("name=\"as_of\"", "") +
               part("name=\"file\"; filename=\"一覧 %22八月%22.csv\"", bytes, "Content-Type: text/csv\r\n"));
    const auto parts = parse_multipart(k_type, body);
    REQUIRE(parts.has_value());
    REQUIRE(parts->size() == 3);
    CHECK((*parts)[0].name == "csrf");
    CHECK((*parts)[0].content == "abc");
    CHECK_FALSE((*parts)[0].file_name);
    CHECK((*parts)[1].content.empty());
    CHECK((*parts)[2].file_name == "一覧 \"八月\".csv");
    CHECK((*parts)[2].content == bytes);
    CHECK(parse_multipart("Multipart/Form-Data;charset=utf-8; BOUNDARY=\"----WebKitFormBoundaryAa1\"", body)->size() ==
          3);
    CHECK(parse_multipart(k_type, closed(""))->empty());
    // No line end behind the end, as curl writes none in some versions.
    CHECK(parse_multipart(k_type, part("name=\"a\"", "1") + k_line + "--")->size() == 1);
    // An input of files that was left empty.
    const auto none = parse_multipart(k_type, closed(part("name=\"file\"; filename=\"\"", "")));
    CHECK(none->front().file_name == "");
}

TEST_CASE("Another type of body, or a boundary that could be none, is no form", "[multipart]") {
    const std::string body = closed(part("name=\"a\"", "1"));
    for (const std::string type :
         {"", "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\"",
          "multipart/form-data; boundary=a b", "multipart/form-data; boundary=\"a", "multipart/mixed; boundary=a",
          "multipart/form-dataX; boundary=a", "application/x-www-form-urlencoded", "multipart/form-data boundary=a",
          "multipart/form-data; boundary=a; boundary=b", "multipart/form-data; boundary=a\r\nX: y"}) {
        INFO(type);
        CHECK(fault_of(body, type) == MultipartFault::not_multipart);
    }
    CHECK(fault_of(body, "multipart/form-data; boundary=" + std::string(71, 'a')) == MultipartFault::not_multipart);
}

TEST_CASE("A body that was cut anywhere is never taken for a whole one", "[multipart]") {
    const std::string body =
        closed(part("name=\"csrf\"", "abc") + part("name=\"file\"; filename=\"a.csv\"", "1,2\r\n3"));
    for (std::size_t length = 0; length + 2 < body.size(); ++length) { // the last line end may be missing
        INFO(length);
        CHECK_FALSE(parse_multipart(k_type, std::string_view(body).substr(0, length)).has_value());
    }
    CHECK(fault_of(std::string_view(body).substr(0, body.size() - 10)) == MultipartFault::cut_short);
}

TEST_CASE("What no browser sends is refused", "[multipart]") {
    const std::string good = part("name=\"a\"", "1");
    const std::vector<std::string> bodies{
        "preamble\r\n" + closed(good),                                                     // something before
        closed(good) + "epilogue",                                                         // something behind
        closed(good) + closed(good),                                                       // twice
        "\r\n" + closed(good),                                                             // an empty line before
        closed(part("name=\"a\"; name=\"b\"", "1")),                                       // two names
        closed(part("name=\"\"", "1")),                                                    // none
        closed(part("filename=\"a\"", "1")),                                               // none either
        closed(part("name=\"f\"; filename*=UTF-8''a.csv", "1")),                           // RFC 7578, 4.2
        closed(part("name=\"f\"; filename=\"a\"; filename=\"b\"", "1")),                   // two file names
        closed(part("name=\"f", "1")),                                                     // an open quotation mark
        closed(part("name=\"\xff\"", "1")),                                                // no UTF-8
        closed(part("name=\"f\"", "1", "Content-Disposition: form-data; name=\"g\"\r\n")), // two dispositions
        closed(part("name=\"f\"", "1", "Content-Type: multipart/mixed; boundary=b\r\n")),  // nested
        closed(part("name=\"f\"", "1", "Content-Transfer-Encoding: base64\r\n")),          // to be decoded
        closed(part("name=\"f\"", "1", " folded\r\n")),                                    // a folded line
        closed(part("name=\"f\"", "1", "no colon\r\n")),                                   //
        closed(part("name=\"f\"", "1", std::string("X: a\0b\r\n", 8))),                    // a NUL
        closed(k_line + "\r\nContent-Type: text/plain\r\n\r\n1\r\n"),                      // no disposition
        closed(k_line + "\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n"),
        k_line + " \r\n" + good.substr(k_line.size() + 2) + k_line + "--", // blanks behind a boundary
        good + k_line + "X\r\n" + closed(""),                              // a boundary that goes on
    };
    for (const auto& body : bodies) {
        INFO(body);
        CHECK(fault_of(body) == MultipartFault::malformed);
    }
}

TEST_CASE("Many parts, long headers and long fields have limits; a file has none here", "[multipart]") {
    std::string many;
    for (int i = 0; i < 5; ++i) {
        many += part("name=\"a\"", "1");
    }
    CHECK(parse_multipart(k_type, closed(many), {.parts = 5}).has_value());
    CHECK(fault_of(closed(many), k_type, {.parts = 4}) == MultipartFault::too_many_parts);
    const std::string long_header = "X-Long: " + std::string(300, 'x') + "\r\n";
    CHECK(fault_of(closed(part("name=\"a\"", "1", long_header)), k_type, {.header_bytes = 200}) ==
          MultipartFault::header_too_large);
    // A header that never ends is given up at its limit, not at the body's end.
    CHECK(fault_of(k_line + "\r\nX: " + std::string(100'000, 'x')) == MultipartFault::header_too_large);
    const std::string long_text(2'000, 't');
    CHECK(fault_of(closed(part("name=\"a\"", long_text)), k_type, {.field_bytes = 1'999}) ==
          MultipartFault::field_too_large);
    CHECK(parse_multipart(k_type, closed(part("name=\"a\"; filename=\"f\"", long_text)), {.field_bytes = 10})
              ->front()
              .content.size() == 2'000);
}

TEST_CASE("Whatever bytes a file has, they come out as they went in", "[multipart]") {
    std::mt19937 dice(7);
    // Letters of the delimiter, so that what looks like one comes often.
    const std::string letters = std::string("\r\n-WebKitFormBoundaryAa1") + std::string(1, '\0') + "\xff";
    for (int round = 0; round < 2'000; ++round) {
        std::string bytes(dice() % 60, ' ');
        for (char& c : bytes) {
            c = letters[dice() % letters.size()];
        }
        const std::string body = closed(part("name=\"file\"; filename=\"a\"", bytes) + part("name=\"b\"", "2"));
        const auto parts = parse_multipart(k_type, body);
        REQUIRE(parts.has_value());
        REQUIRE(parts->size() == 2);
        CHECK(parts->front().content == bytes);
        CHECK(parts->back().content == "2");
    }
}

TEST_CASE("A file's name is a name alone", "[multipart]") {
    CHECK(plain_file_name("一覧.csv") == "一覧.csv");
    CHECK(plain_file_name("C:\\Users\\a\\一覧.csv") == "一覧.csv");
    CHECK(plain_file_name("../../etc/passwd") == "passwd");
    CHECK(plain_file_name("a\r\nb\x7f.csv") == "ab.csv");
    CHECK(plain_file_name("..").empty());
    CHECK(plain_file_name("/").empty());
    std::string longest;
    for (int i = 0; i < 60; ++i) {
        longest += "あ";
    }
    CHECK(plain_file_name(longest).size() == 120); // 40 whole letters
    longest.insert(0, "a");
    CHECK(plain_file_name(longest).size() == 118); // and never part of one
}
