// How often who may ask.
#include "server/rate_limiter.hpp"
#include "tests/server/support/client.hpp"
#include "tests/server/support/process.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <atomic>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace shirube::server {

namespace {

using namespace std::chrono_literals;

/// A moment so many milliseconds after the first: no test waits.
RateLimiter::Clock::time_point at(int ms) { return RateLimiter::Clock::time_point{1h} + std::chrono::milliseconds{ms}; }

} // namespace

TEST_CASE("a client may ask a burst at once, then as often as the rate says", "[limits]") {
    RateLimiter limiter({{"client", 10, 5}});
    const auto may = [&](int ms) { return limiter.take("client", "a", 1, at(ms)).allowed; };
    for (int i = 0; i < 5; ++i) {
        CHECK(may(0));
    }
    CHECK_FALSE(may(0));
    CHECK_FALSE(may(99));
    CHECK(may(100));
    CHECK_FALSE(may(100)); // a refusal takes nothing, and a permission one
    CHECK(may(200));
    for (int i = 0; i < 5; ++i) {
        CHECK(may(1'000'000)); // the bucket holds no more than the burst
    }
    CHECK_FALSE(may(1'000'000));
}

TEST_CASE("keys and buckets are counted apart", "[limits]") {
    RateLimiter limiter({{"login", 1, 1}, {"export", 1, 1}});
    CHECK(limiter.take("login", "a", 1, at(0)).allowed);
    CHECK_FALSE(limiter.take("login", "a", 1, at(0)).allowed);
    CHECK(limiter.take("login", "b", 1, at(0)).allowed);
    CHECK(limiter.take("export", "a", 1, at(0)).allowed);
    CHECK(limiter.take("login", std::string_view("a\0", 2), 1, at(0)).allowed);
    CHECK(limiter.keys("login") == 3);
}

TEST_CASE("a cost is paid whole, and the answer says when it could be", "[limits]") {
    RateLimiter limiter({{"export", 0.1, 10}});
    CHECK(limiter.take("export", "a", 8, at(0)).allowed);
    const auto refused = limiter.take("export", "a", 5, at(0));
    CHECK_FALSE(refused.allowed);
    CHECK(refused.retry_after == 30s);
    CHECK_FALSE(limiter.take("export", "a", 5, at(29'000)).allowed);
    CHECK(limiter.take("export", "a", 5, at(30'000)).allowed);
    CHECK_FALSE(limiter.take("export", "b", 11, at(0)).allowed); // more than there ever is
    RateLimiter quick({{"client", 50, 1}});
    CHECK(quick.take("client", "a", 1, at(0)).allowed);
    CHECK(quick.take("client", "a", 1, at(0)).retry_after == 1s); // never 0
}

TEST_CASE("a rate of 0 is no limit, and a clock that steps back fills nothing", "[limits]") {
    RateLimiter off({{"client", 0, 1}});
    for (int i = 0; i < 1'000; ++i) {
        CHECK(off.take("client", "a", 1, at(0)).allowed);
    }
    CHECK(off.keys("client") == 0);
    RateLimiter limiter({{"client", 1, 1}});
    CHECK(limiter.take("client", "a", 1, at(5'000)).allowed);
    CHECK_FALSE(limiter.take("client", "a", 1, at(0)).allowed);
    CHECK_FALSE(limiter.take("client", "a", 1, at(5'999)).allowed);
    CHECK(limiter.take("client", "a", 1, at(6'000)).allowed);
}

TEST_CASE("memory is bounded: who was seen longest ago is forgotten", "[limits]") {
    constexpr std::size_t k_most = 160;
    RateLimiter limiter({{"client", 1, 1, k_most}});
    CHECK(limiter.take("client", "kept", 1, at(0)).allowed);
    for (int i = 0; i < 100'000; ++i) {
        limiter.take("client", "key" + std::to_string(i), 1, at(0));
        CHECK_FALSE(limiter.take("client", "kept", 1, at(0)).allowed); // in use: never the oldest
    }
    CHECK(limiter.keys("client") <= k_most);
    CHECK(limiter.keys("client") > k_most / 2);
    CHECK(limiter.take("client", "key0", 1, at(0)).allowed); // forgotten long since
}

TEST_CASE("many threads together are allowed no more than one", "[limits]") {
    RateLimiter limiter({{"client", 1, 1'000}});
    std::atomic<int> allowed = 0;
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&] {
                for (int i = 0; i < 1'000; ++i) {
                    limiter.take("client", "other" + std::to_string(i), 1, at(0));
                    allowed += limiter.take("client", "a", 1, at(0)).allowed ? 1 : 0;
                }
            });
        }
    }
    CHECK(allowed == 1'000);
}

} // namespace shirube::server

namespace shirube::tests {

TEST_CASE("one client too fast is told when to come back, others are served, and later it is too", "[net][limits]") {
    // A second for each: whatever machine this runs on asks faster.
    const ServerProcess server(shared_town_store(),
                               {"--rate-per-client", "1", "--burst-per-client", "3", "--trusted-proxy", "127.0.0.1"});
    Client connection(server.port());
    const auto ask_as = [&](std::string_view address) {
        const auto answer = connection.ask("/healthz", "X-Forwarded-For: " + std::string(address) + "\r\n");
        REQUIRE(answer); // a refusal keeps the connection
        return *answer;
    };
    Received refused;
    REQUIRE(eventually([&] {
        refused = ask_as("192.0.2.7");
        return refused.status == 429;
    }));
    CHECK(refused.header("Retry-After") == "1");
    CHECK(nlohmann::json::parse(refused.body).at("code") == "too_many_requests");
    CHECK(ask_as("192.0.2.8").status == 200);
    CHECK(ask_as("2001:db8::1").status == 200);
    CHECK(eventually([&] { return ask_as("2001:db8::2").status == 429; })); // of one /64
    CHECK(eventually([&] { return ask_as("192.0.2.7").status == 200; }));
}

namespace {

constexpr std::string_view k_browser = "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n";

/// A page that stands for itself: whole, kept by nobody, with the headers of all pages, and nothing to be fetched.
void check_page(const Received& answer, std::string_view language, std::string_view words) {
    CAPTURE(answer.head, answer.body);
    CHECK(answer.header("Content-Type") == "text/html; charset=utf-8");
    CHECK(answer.header("Content-Language") == language);
    CHECK(answer.header("Cache-Control") == "no-store");
    CHECK(answer.header("X-Content-Type-Options") == "nosniff");
    CHECK(answer.header("Content-Security-Policy").starts_with("default-src 'none'"));
    CHECK(answer.body.find("<html lang=\"" + std::string(language) + "\">") != std::string::npos);
    CHECK(answer.body.find(words) != std::string::npos);
    for (const auto* fetched : {"src=", "href=", "<link", "<script", "<style", "url("}) {
        CHECK(answer.body.find(fetched) == std::string::npos);
    }
}

} // namespace

TEST_CASE("a browser that asks too often is shown a page in its language, a program a problem", "[net][limits]") {
    const ServerProcess server(shared_town_store(), {"--rate-per-client", "1", "--burst-per-client", "1"});
    Client connection(server.port());
    // A second for each: whatever machine this runs on asks faster.
    const auto ask = [&](std::string_view target, const std::string& headers) {
        Received refused;
        REQUIRE(eventually([&] {
            const auto answer = connection.ask(target, headers);
            REQUIRE(answer); // a refusal keeps the connection
            refused = *answer;
            return refused.status == 429;
        }));
        CHECK(refused.header("Retry-After") == "1");
        return refused;
    };
    const std::string browser(k_browser);
    const auto japanese = ask("/search?q=x", browser);
    check_page(japanese, "ja", "こみあっています");
    CHECK(japanese.body.find("q=x") == std::string::npos);
    check_page(ask("/", browser + "Accept-Language: en-GB,en;q=0.9\r\n"), "en", "Very busy just now");
    check_page(ask("/staff?lang=en", browser + "Accept-Language: ja\r\n"), "en", "Very busy just now");
    check_page(ask("/?lang=ja-easy", browser), "ja", "<rt>すこ</rt>");
    for (const auto& [target, headers] : {std::pair{"/", std::string{}},
                                          {"/", std::string("Accept: */*\r\n")},
                                          {"/", std::string("Accept: application/json, text/html;q=0.5\r\n")},
                                          {"/api/v1/layers", browser}}) {
        const auto problem = ask(target, headers);
        CHECK(problem.header("Content-Type") == "application/problem+json");
        CHECK(nlohmann::json::parse(problem.body).at("code") == "too_many_requests");
    }
}

TEST_CASE("a browser is told by a page what is too large or too slow once its head is read", "[net][limits]") {
    const ServerProcess server(shared_town_store(), {"--most-target-bytes", "200", "--most-header-bytes", "2000",
                                                     "--most-body-bytes", "1024", "--request-time", "600"});
    const auto tell = [&](const std::string& request) {
        Client client(server.port());
        client.send(request);
        auto answer = client.receive();
        REQUIRE(answer);
        return *answer;
    };
    const std::string head = "Host: a\r\n" + std::string(k_browser);
    const std::string english = head + "Accept-Language: en\r\n";
    const auto body = tell("POST /search HTTP/1.1\r\n" + head + "Content-Length: 5000\r\n\r\n");
    CHECK(body.status == 413);
    CHECK(body.header("Retry-After").empty());
    check_page(body, "ja", "大きすぎます");
    const auto address = tell("GET /search?lang=en&q=" + std::string(300, 'x') + " HTTP/1.1\r\n" + head + "\r\n");
    CHECK(address.status == 414);
    check_page(address, "ja",
               "アドレスが長すぎます"); // what is too long is not taken apart, not for its language either
    const auto late = tell("POST /search?lang=ja HTTP/1.1\r\n" + english + "Content-Length: 50\r\n\r\nq=");
    CHECK(late.status == 408);
    check_page(late, "ja", "途中で");
    check_page(tell("POST /search HTTP/1.1\r\n" + english + "Content-Length: 50\r\n\r\nq="), "en",
               "stopped on its way");
    // Before the head is whole nobody is known to be a browser.
    for (const auto& [request, status] :
         {std::pair{"GET / HTTP/1.1\r\n" + head, 408U},
          {"GET / HTTP/1.1\r\n" + head + "X: " + std::string(3'000, 'x') + "\r\n\r\n", 431U}}) {
        const auto answer = tell(request);
        CHECK(answer.status == status);
        CHECK(answer.header("Content-Type") == "application/problem+json");
    }
}

TEST_CASE("a browser that flies across a map is not stopped by the limits as they come", "[net][limits]") {
    const ServerProcess server(shared_town_store(),
                               {"--rate-per-client", "100"}); // the default, which tests switch off
    Client connection(server.port());
    for (int i = 0; i < 800; ++i) {
        const auto answer = connection.ask("/tiles/chugakkoku/12/3600/1600.mvt");
        REQUIRE(answer);
        REQUIRE(answer->status != 429);
    }
}

} // namespace shirube::tests
