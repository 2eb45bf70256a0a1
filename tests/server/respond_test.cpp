// From an answer to the bytes of a response: conditions, codings, headers.
#include "server/respond.hpp"

#include "server/compress.hpp"
#include "server/problem.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <zlib.h>

#include <set>
#include <string>

namespace shirube::server {

namespace {

constexpr std::string_view k_date = "Sat, 21 Nov 2026 01:00:00 GMT";

std::string gunzip(std::string_view bytes) {
    z_stream stream{};
    REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);
    std::string out(1 << 20, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data())); // zlib does not write to it
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    REQUIRE(inflate(&stream, Z_FINISH) == Z_STREAM_END);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return out;
}

std::string line_of(const Response& response, std::string_view name) {
    const auto at = response.head.find("\r\n" + std::string(name) + ": ");
    if (at == std::string::npos) {
        return {};
    }
    const auto from = at + name.size() + 4;
    return response.head.substr(from, response.head.find("\r\n", from) - from);
}

bool is_status(const Response& response, unsigned status) {
    return response.head.starts_with("HTTP/1.1 " + std::to_string(status) + " ");
}

Answer long_answer(std::string basis = "edition") {
    Answer answer;
    answer.content_type = "application/json";
    for (int i = 0; i < 200; ++i) {
        answer.body += R"({"name":"児童館"},)";
    }
    answer.etag_basis = std::move(basis);
    return answer;
}

Request plain_request() {
    Request request;
    request.path = "/api/v1/resources";
    return request;
}

Request gzip_request() {
    auto request = plain_request();
    request.accepts_gzip = true;
    return request;
}

Response respond_to(const Request& request, Answer answer) {
    return respond(request, std::move(answer), Connection::keep, k_date);
}

std::string etag_of(const Request& request, Answer answer) {
    auto tag = line_of(respond_to(request, std::move(answer)), "ETag");
    REQUIRE(tag.size() > 4);
    REQUIRE(tag.front() == '"'); // strong
    REQUIRE(tag.back() == '"');
    return tag;
}

} // namespace

TEST_CASE("a response says its length, its type and what it varies by", "[respond]") {
    const auto response = respond_to(plain_request(), long_answer());
    CHECK(is_status(response, 200));
    CHECK(response.head.ends_with("\r\n\r\n"));
    CHECK(line_of(response, "Content-Length") == std::to_string(response.content().size()));
    CHECK(line_of(response, "Content-Type") == "application/json");
    CHECK(line_of(response, "Date") == k_date);
    CHECK(line_of(response, "Vary") == "Accept-Encoding");
    CHECK(line_of(response, "X-Content-Type-Options") == "nosniff");
    CHECK(line_of(response, "Access-Control-Allow-Origin") == "*"); // a map on another site may ask
    CHECK(line_of(response, "Content-Encoding").empty());
    CHECK(line_of(response, "Connection").empty());
    CHECK(line_of(respond(plain_request(), long_answer(), Connection::close, k_date), "Connection") == "close");
}

TEST_CASE("an entity tag that holds is answered 304 without a body", "[respond]") {
    const auto tag = etag_of(plain_request(), long_answer());
    for (const auto& condition : {tag, "W/" + tag, "\"other\", " + tag, "\"other\"," + tag + ",\"third\"",
                                  "W/\"other\", W/" + tag, std::string("*")}) {
        CAPTURE(condition);
        auto request = plain_request();
        request.if_none_match = condition;
        const auto response = respond_to(request, long_answer());
        CHECK(is_status(response, 304));
        CHECK(response.content().empty());
        CHECK(line_of(response, "ETag") == tag);
        CHECK(line_of(response, "Content-Length").empty());
        CHECK(line_of(response, "Content-Type").empty());
        CHECK(line_of(response, "Vary") == "Accept-Encoding");
    }
    for (const auto& condition :
         {std::string("\"other\""), tag.substr(1, tag.size() - 2), std::string(), tag.substr(0, 8)}) {
        CAPTURE(condition);
        auto request = plain_request();
        request.if_none_match = condition;
        CHECK(is_status(respond_to(request, long_answer()), 200));
    }
}

TEST_CASE("a tag names edition and instant, type and coding", "[respond]") {
    auto other_type = long_answer();
    other_type.content_type = "application/geo+json";
    const std::set<std::string> tags{
        etag_of(plain_request(), long_answer("e1")),
        etag_of(plain_request(), long_answer("e2")),
        etag_of(plain_request(), long_answer("e1-2026-11-21T10:00")),
        etag_of(plain_request(), long_answer("e1-2026-11-21T10:01")),
        etag_of(gzip_request(), long_answer("e1")),
        etag_of(plain_request(), other_type),
    };
    CHECK(tags.size() == 6);
    CHECK(etag_of(plain_request(), long_answer()) == etag_of(plain_request(), long_answer()));

    // A tag of one coding does not hold for the other.
    auto request = gzip_request();
    request.if_none_match = etag_of(plain_request(), long_answer());
    CHECK(is_status(respond_to(request, long_answer()), 200));
}

TEST_CASE("gzip gives the same bytes each time, and the same text back", "[respond]") {
    const auto response = respond_to(gzip_request(), long_answer());
    CHECK(line_of(response, "Content-Encoding") == "gzip");
    CHECK(line_of(response, "Content-Length") == std::to_string(response.content().size()));
    CHECK(response.content().size() < long_answer().body.size() / 5);
    CHECK(gunzip(response.content()) == long_answer().body);
    const auto again = respond_to(gzip_request(), long_answer());
    CHECK(again.head == response.head);
    CHECK(again.content() == response.content());
    CHECK(gunzip(gzip("")).empty());
    CHECK(gunzip(gzip(std::string(500'000, 'a'))) == std::string(500'000, 'a'));
}

TEST_CASE("what is short, coded already or no success is sent as it is", "[respond]") {
    auto small = long_answer();
    small.body = "{}";
    auto coded = long_answer();
    coded.headers.emplace_back("Content-Encoding", "br");
    auto tile = long_answer();
    tile.compressible = false;
    auto failed = long_answer();
    failed.status = 404;
    for (auto* answer : {&small, &coded, &tile, &failed}) {
        const auto body = answer->body;
        const auto response = respond_to(gzip_request(), *answer);
        CHECK(response.content() == body);
        CHECK(response.head.find("gzip") == std::string::npos);
    }
    CHECK(line_of(respond_to(gzip_request(), failed), "ETag").empty());
}

TEST_CASE("what is prepared once is shared, and compressed where it is asked for so", "[respond]") {
    Answer answer;
    answer.content_type = "text/css; charset=utf-8";
    answer.shared_body = std::make_shared<const std::string>(5'000, 'a');
    const auto response = respond_to(plain_request(), answer);
    CHECK(response.content().data() == answer.shared_body->data());
    CHECK(gunzip(respond_to(gzip_request(), answer).content()) == *answer.shared_body);
}

TEST_CASE("HEAD has the head of GET and no body", "[respond]") {
    for (auto request : {plain_request(), gzip_request()}) {
        const auto get = respond_to(request, long_answer());
        request.method = Method::head;
        const auto head = respond_to(request, long_answer());
        CHECK(head.head == get.head);
        CHECK(head.content().empty());
        CHECK_FALSE(get.content().empty());
    }
}

TEST_CASE("pages come under a policy that lets nothing in from outside", "[respond]") {
    Answer page;
    page.content_type = "text/html; charset=utf-8";
    page.body = "<!doctype html>";
    auto request = plain_request();
    request.path = "/search";
    const auto response = respond_to(request, page);
    const auto policy = line_of(response, "Content-Security-Policy");
    CHECK(policy.find("default-src 'none'") != std::string::npos);
    CHECK(policy.find("frame-ancestors 'none'") != std::string::npos);
    CHECK(policy.find("unsafe") == std::string::npos);
    CHECK(policy.find("http") == std::string::npos);
    CHECK(line_of(response, "Vary").find("Cookie") != std::string::npos);
    CHECK(line_of(response, "Access-Control-Allow-Origin").empty());
    CHECK(line_of(respond_to(plain_request(), long_answer()), "Content-Security-Policy").empty());
}

TEST_CASE("how long it may be kept", "[respond]") {
    auto answer = long_answer();
    CHECK(line_of(respond_to(plain_request(), answer), "Cache-Control") == "no-cache");
    answer.caching = Caching::immutable;
    CHECK(line_of(respond_to(plain_request(), answer), "Cache-Control").find("immutable") != std::string::npos);
    answer.caching = Caching::none;
    CHECK(line_of(respond_to(plain_request(), answer), "Cache-Control") == "no-store");
}

TEST_CASE("a value with a line break cannot add a header", "[respond]") {
    auto answer = long_answer();
    answer.headers.emplace_back("Location", "/search?q=a\r\nSet-Cookie: x=1\r\n\r\n<html>");
    const auto response = respond_to(plain_request(), answer);
    CHECK(response.head.find("\r\nSet-Cookie") == std::string::npos);
    CHECK(response.head.find("\r\n\r\n") == response.head.size() - 4);
}

TEST_CASE("every problem has a status, two titles and a body that says the same", "[respond]") {
    std::set<std::string_view> codes;
    for (const auto& kind : problem_kinds()) {
        CAPTURE(kind.code);
        CHECK(codes.insert(kind.code).second);
        const Problem problem{kind.code, "near", "\xff broken \"text\""};
        CHECK(status_of(problem) == kind.status);
        CHECK(title_of(problem, "en") == kind.en);
        CHECK(title_of(problem, "ja-easy") == kind.ja);
        for (const auto* language : {"ja", "en"}) {
            const auto answer = to_answer(problem, language);
            CHECK(answer.status == kind.status);
            CHECK(answer.content_type == "application/problem+json");
            CHECK(answer.caching == Caching::none);
            const auto document = nlohmann::json::parse(answer.content());
            CHECK(document.at("status") == kind.status);
            CHECK(document.at("title") == title_of(problem, language));
            CHECK(document.at("parameter") == "near");
            CHECK(document.at("type").get<std::string>().ends_with(kind.code));
            CHECK(document.contains("detail"));
            const auto response = respond_to(plain_request(), answer);
            CHECK(response.head.find("Unknown") == std::string::npos); // every status has its phrase
            const bool says_when = kind.status == 503 || kind.status == 429;
            CHECK(line_of(response, "Retry-After").empty() != says_when);
        }
    }
    CHECK_FALSE(nlohmann::json::parse(to_answer({"not_found", "", ""}, "en").content()).contains("parameter"));
}

} // namespace shirube::server
