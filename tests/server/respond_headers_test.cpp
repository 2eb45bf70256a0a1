// Headers by which a browser keeps what is ours from others, by whom an answer is for.
#include "server/respond.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace shirube::server {

namespace {

std::string line_of(const Response& response, std::string_view name) {
    const auto at = response.head.find("\r\n" + std::string(name) + ": ");
    if (at == std::string::npos) {
        return {};
    }
    const auto from = at + name.size() + 4;
    return response.head.substr(from, response.head.find("\r\n", from) - from);
}

Response respond_at(std::string path, std::string_view content_type, bool secure = false) {
    Request request;
    request.path = std::move(path);
    request.secure = secure;
    Answer answer;
    answer.content_type = content_type;
    answer.body = "body";
    answer.etag_basis = "edition";
    return respond(request, std::move(answer), Connection::keep, "Sat, 21 Nov 2026 01:00:00 GMT");
}

constexpr std::string_view k_page = "text/html; charset=utf-8";
constexpr std::string_view k_json = "application/json";

} // namespace

TEST_CASE("only over a safe connection is a browser told to come by nothing else", "[respond]") {
    for (const auto* path : {"/", "/api/v1/resources", "/static/a.css", "/staff/", ""}) {
        CAPTURE(path);
        CHECK(line_of(respond_at(path, k_page, true), "Strict-Transport-Security") == "max-age=31536000");
        CHECK(line_of(respond_at(path, k_page, false), "Strict-Transport-Security").empty());
    }
}

TEST_CASE("the open API and the tiles are for pages of others, the rest is not", "[respond]") {
    for (const auto* path : {"/api/v1/resources", "/api/v1/openapi.json", "/tiles/a/1/2/3.mvt"}) {
        CAPTURE(path);
        const auto response = respond_at(path, k_json);
        CHECK(line_of(response, "Access-Control-Allow-Origin") == "*");
        CHECK(line_of(response, "Cross-Origin-Resource-Policy").empty());
        CHECK(line_of(response, "Referrer-Policy") == "same-origin");
    }
    for (const auto* path : {"/", "/static/a.css", "/staff", "/staff/log-in", "/api/v1/staff", "/api/v1/staff/match"}) {
        CAPTURE(path);
        const auto response = respond_at(path, k_page);
        CHECK(line_of(response, "Access-Control-Allow-Origin").empty());
        CHECK(line_of(response, "Cross-Origin-Resource-Policy") == "same-origin");
    }
}

TEST_CASE("a page may do what pages do: nothing but ask where it is", "[respond]") {
    const auto page = respond_at("/search", k_page);
    const auto features = line_of(page, "Permissions-Policy");
    CHECK(features.starts_with("geolocation=(self), "));
    for (const auto* closed : {"camera=()", "microphone=()", "payment=()", "usb=()"}) {
        CHECK(features.find(closed) != std::string::npos);
    }
    CHECK(features.find('*') == std::string::npos);
    CHECK(line_of(page, "Cross-Origin-Opener-Policy") == "same-origin");
    CHECK(line_of(respond_at("/api/v1/resources", k_json), "Permissions-Policy").empty());
}

TEST_CASE("what is for staff is kept by nobody and told to nobody", "[respond]") {
    for (const auto* path : {"/staff", "/staff/", "/staff/places/7", "/api/v1/staff/match"}) {
        CAPTURE(path);
        const auto response = respond_at(path, k_page);
        CHECK(line_of(response, "Cache-Control") == "no-store");
        CHECK(line_of(response, "ETag").empty());
        CHECK(line_of(response, "Referrer-Policy") == "no-referrer");
        CHECK(line_of(response, "Permissions-Policy").starts_with("geolocation=(), "));
        CHECK(line_of(response, "Content-Security-Policy").starts_with("default-src 'none'"));
    }
    for (const auto* path : {"/staffing", "/services/staff", "/api/v1/staffing"}) {
        CAPTURE(path);
        const auto response = respond_at(path, k_page);
        CHECK(line_of(response, "Cache-Control") == "no-cache");
        CHECK(line_of(response, "Referrer-Policy") == "same-origin");
    }
    // An answer that says it may be kept for ever is not believed here either.
    Request request;
    request.path = "/staff/report.pdf";
    Answer answer;
    answer.caching = Caching::immutable;
    const auto response = respond(request, answer, Connection::keep, "Sat, 21 Nov 2026 01:00:00 GMT");
    CHECK(line_of(response, "Cache-Control") == "no-store");
}

TEST_CASE("no header comes twice", "[respond]") {
    for (const auto* path : {"/", "/staff/", "/api/v1/resources", "/api/v1/staff/match"}) {
        for (const auto type : {k_page, k_json}) {
            const auto head = respond_at(path, type, true).head;
            std::size_t from = head.find("\r\n") + 2;
            std::vector<std::string> names;
            while (head.compare(from, 2, "\r\n") != 0) {
                names.push_back(head.substr(from, head.find(':', from) - from));
                from = head.find("\r\n", from) + 2;
            }
            std::ranges::sort(names);
            CHECK(std::ranges::adjacent_find(names) == names.end());
        }
    }
}

} // namespace shirube::server
