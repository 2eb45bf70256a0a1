// Bodies that are longer than bodies may be: only where a file is awaited, and each refusal in its own words.
#include "server/staff/desk/file/file_passes.hpp"
#include "tests/server/support/client.hpp"
#include "tests/server/support/listening.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <chrono>
#include <string>

namespace shirube::tests {

namespace {

using server::Answer;
using server::FilePasses;
using server::Handling;
using server::LongBody;
using server::Request;

/// Answers the length of the body it was given; takes files at /file.
Handling counting() {
    Handling handling;
    handling.route = [](const Request& request, const server::Loaded*, directory::Instant) {
        Answer answer;
        answer.body = std::to_string(request.body.size());
        return answer;
    };
    handling.takes_long = [](const Request&) { return false; };
    handling.long_body = [](const Request& head) {
        return head.path != "/file" ? LongBody::refused : head.cookie == "pass=1" ? LongBody::file : LongBody::unasked;
    };
    return handling;
}

server::Settings small_settings() {
    auto settings = quiet_settings();
    settings.most_body_bytes = 2'000;
    settings.most_upload_bytes = 300'000;
    return settings;
}

std::optional<Received> post(std::uint16_t port, std::string_view path, std::size_t bytes, std::string_view headers) {
    Client client(port);
    client.send(fmt::format("POST {} HTTP/1.1\r\nHost: a\r\nContent-Length: {}\r\n{}\r\n", path, bytes, headers));
    client.send(std::string(bytes, 'x'));
    return client.receive();
}

} // namespace

TEST_CASE("A file may be longer than other bodies, where it is awaited and nowhere else", "[net][upload]") {
    const Listening server(small_settings(), counting());
    const auto ask = [&](std::string_view path, std::size_t bytes, std::string_view headers) {
        const auto answer = post(server.port(), path, bytes, headers);
        REQUIRE(answer);
        return *answer;
    };
    const std::string pass = "Cookie: pass=1\r\n";
    CHECK(ask("/file", 300'000, pass).body == "300000");
    CHECK(ask("/file", 2'000, "").body == "2000"); // no longer than others
    CHECK(ask("/other", 2'000, pass).body == "2000");
    const auto too_long = ask("/file", 300'001, pass);
    CHECK(too_long.status == 413);
    CHECK(too_long.body.find("file_too_large") != std::string::npos);
    const auto unasked = ask("/file", 2'001, "");
    CHECK(unasked.status == 403);
    CHECK(unasked.body.find("form_stale") != std::string::npos);
    const auto other = ask("/other", 2'001, pass);
    CHECK(other.status == 413);
    CHECK(other.body.find("body_too_large") != std::string::npos);
    const auto page = ask("/file", 300'001, pass + "Accept: text/html\r\nAccept-Language: ja\r\n");
    CHECK(page.status == 413);
    CHECK(page.body.find("20 MB") != std::string::npos);
    // A browser that asks first is told to go on, or not.
    Client asking(server.port());
    asking.send("POST /file HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\nExpect: 100-continue\r\n\r\n");
    CHECK(asking.receive()->status == 403);
}

TEST_CASE("A body of unknown length is no longer than others, awaited or not", "[net][upload]") {
    const Listening server(small_settings(), counting());
    Client client(server.port());
    client.send("POST /file HTTP/1.1\r\nHost: a\r\nCookie: pass=1\r\nTransfer-Encoding: chunked\r\n\r\n");
    client.send("bb8\r\n" + std::string(3'000, 'x') + "\r\n0\r\n\r\n");
    const auto answer = client.receive();
    REQUIRE(answer);
    CHECK(answer->status == 413);
}

TEST_CASE("Whoever was shown the form may send a file for an hour", "[upload]") {
    FilePasses passes;
    const FilePasses::Clock::time_point begin{};
    const std::string token(43, 'A');
    const std::string other(43, 'B');
    CHECK_FALSE(passes.has(token, begin));
    passes.give(token, begin);
    CHECK(passes.has(token, begin));
    CHECK(passes.has(token, begin + std::chrono::minutes{59}));
    CHECK_FALSE(passes.has(token, begin + std::chrono::minutes{61}));
    CHECK_FALSE(passes.has(other, begin));
    CHECK_FALSE(passes.has("", begin));
    for (int i = 0; i < 10'000; ++i) { // however many come, it stays small: the oldest go
        passes.give(fmt::format("{:043}", i), begin + std::chrono::milliseconds{i + 1});
    }
    CHECK_FALSE(passes.has(token, begin));
    CHECK(passes.has(fmt::format("{:043}", 9'999), begin));
}

} // namespace shirube::tests
