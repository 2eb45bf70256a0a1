#include "server/public_origin.hpp"

#include "tests/server/support/process.hpp"

#include <catch2/catch.hpp>

namespace shirube::server {

namespace {

Request asking(std::string host, bool secure) {
    Request request;
    request.host = std::move(host);
    request.secure = secure;
    return request;
}

} // namespace

TEST_CASE("what is printed leads where the client found the server, unless the operator says where that is",
          "[server]") {
    CHECK(public_origin(asking("town.example.jp", true)) == "https://town.example.jp");
    CHECK(public_origin(asking("127.0.0.1:8080", false)) == "http://127.0.0.1:8080");
    CHECK(public_origin(asking("[::1]:8080", false)) == "http://[::1]:8080");
    auto behind_proxy = asking("10.0.0.7:8080", false);
    behind_proxy.public_url = "https://town.example.jp";
    CHECK(public_origin(behind_proxy) == "https://town.example.jp");
}

TEST_CASE("a host that is none is never printed", "[server]") {
    for (const char* host : {"", "a b", "a/b", "a@b", "a\"b", "<x>", "a:b", "a:0", "a:70000", "a:80:80", ".a", "[",
                             "[]", "[g::1]", "a:", "日本.jp"}) {
        INFO(host);
        CHECK(public_origin(asking(host, true)).empty());
    }
}

TEST_CASE("a public address is a scheme and a host and nothing behind", "[server]") {
    CHECK(parse_origin("https://town.example.jp/") == "https://town.example.jp");
    CHECK(parse_origin("http://192.0.2.1:8080") == "http://192.0.2.1:8080");
    for (const char* wrong : {"town.example.jp", "ftp://town.example.jp", "https://", "https:///", "https://a/b",
                              "https://a//", "https://a?b", "https://u@a", "https://a:"}) {
        INFO(wrong);
        CHECK_FALSE(parse_origin(wrong).has_value());
    }
}

TEST_CASE("addresses of the machine itself are told apart", "[server]") {
    CHECK(is_loopback_origin("http://127.0.0.1:8080"));
    CHECK(is_loopback_origin("http://localhost:8080"));
    CHECK(is_loopback_origin("http://[::1]"));
    CHECK_FALSE(is_loopback_origin("https://town.example.jp"));
    CHECK_FALSE(is_loopback_origin("http://192.0.2.127"));
}

TEST_CASE("a public address that is none is wrong use", "[cli]") {
    const auto ran =
        tests::run_shirube({"serve", "--store", tests::shared_town_store(), "--public-url", "town.example.jp/x"});
    CHECK(ran.status == 2);
    CHECK(ran.errors.find("--public-url") != std::string::npos);
}

} // namespace shirube::server
