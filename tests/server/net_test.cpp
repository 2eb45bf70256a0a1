// The server over sockets: rude and slow clients get the status they earned, and the server goes on.
#include "tests/server/support/client.hpp"
#include "tests/server/support/process.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <atomic>
#include <csignal>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace shirube::tests {

namespace {

constexpr std::string_view k_search = "/api/v1/resources?limit=20";

/// A store with 3,000 centres of the town, so that a whole page is a megabyte.
fs::path big_store() {
    static const ScratchFolder folder;
    static const fs::path store = [] {
        const auto list = folder.write("many.csv", made_list(3'000, "大きな児童館"));
        const auto path = folder / "big.shirube";
        const auto ran = run_shirube({"import", "resources", list, "--store", path, "--list", "many"});
        REQUIRE(ran.status == 0);
        return path;
    }();
    return store;
}

/// Short times, so that a test does not wait.
std::vector<std::string> impatient(std::vector<std::string> more = {}) {
    more.insert(more.end(), {"--request-time", "600", "--write-time", "600", "--idle-time", "60000"});
    return more;
}

bool serves(const ServerProcess& server) {
    const auto answer = ask_once(server.port(), k_search);
    return answer && answer->status == 200 && answer->body.starts_with("{\"type\":\"FeatureCollection\"");
}

/// Sends it all and reads one answer, then the connection's end.
unsigned status_and_end(const ServerProcess& server, std::string_view bytes) {
    Client client(server.port());
    client.send(bytes); // the server may stop reading before the end
    const auto answer = client.receive();
    if (!answer) {
        return 0;
    }
    CHECK(answer->header("Connection") == "close");
    CHECK(answer->header("Content-Type") == "application/problem+json");
    const auto problem = nlohmann::json::parse(answer->body);
    CHECK(problem.at("status") == answer->status);
    CHECK_FALSE(problem.at("detail").get<std::string>().empty());
    CHECK(client.receive_all() == "");
    return answer->status;
}

} // namespace

TEST_CASE("what is too large is told so and the connection ends", "[net]") {
    const ServerProcess server(big_store());
    const std::string megabyte(1 << 20, 'a');
    CHECK(status_and_end(server, get_request("/search?q=" + megabyte)) == 414);
    CHECK(status_and_end(server, get_request("/search?q=" + std::string(10'000, 'a'))) == 414);
    CHECK(status_and_end(server, get_request("/", "X-Long: " + megabyte + "\r\n")) == 431);
    std::string many;
    for (int i = 0; i < 3'000; ++i) {
        many += "X-" + std::to_string(i) + ": 1\r\n";
    }
    CHECK(status_and_end(server, get_request("/", many)) == 431);
    CHECK(status_and_end(server, "POST /search HTTP/1.1\r\nHost: x\r\nContent-Length: 1048576\r\n\r\n" + megabyte) ==
          413);
    std::string chunked = "POST /search HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (int i = 0; i < 64; ++i) {
        chunked += "1000\r\n" + std::string(0x1000, 'a') + "\r\n";
    }
    CHECK(status_and_end(server, chunked + "0\r\n\r\n") == 413);
    CHECK(serves(server));
}

TEST_CASE("what is no HTTP is a bad request", "[net]") {
    const ServerProcess server(big_store(), impatient());
    for (const std::string& garbage :
         {std::string("garbage\r\n\r\n"), std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"),
          std::string("GET\r\n\r\n"), std::string("GET / HTTP/9.9\r\n\r\n"), std::string("GET  / HTTP/1.1\r\n\r\n"),
          std::string("GET / HTTP/1.1\r\nno colon\r\n\r\n"), std::string("GET / HTTP/1.1\r\nA\x01: b\r\n\r\n"),
          std::string("GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n"), std::string("GET /%00 HTTP/1.1\r\nHost: x\r\n\r\n"),
          std::string("GET http:/x HTTP/1.1\r\nHost: x\r\n\r\n"),
          std::string("POST /search HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n"),
          std::string("POST /search HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef"),
          std::string("POST /search HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")}) {
        CAPTURE(garbage);
        CHECK(status_and_end(server, garbage) == 400);
    }
    Client named(server.port());
    const auto answer = named.ask("/search?near=%zz");
    REQUIRE(answer);
    CHECK(nlohmann::json::parse(answer->body).at("parameter") == "near");
    CHECK(serves(server));
}

TEST_CASE("half a request is told that its time is over", "[net]") {
    const ServerProcess server(big_store(), impatient());
    CHECK(status_and_end(server, "GET / HTTP/1.1\r\nHost: 127.0") == 408);
    CHECK(status_and_end(server, "G") == 408);
    CHECK(status_and_end(server, "POST /search HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nq=") == 408);
    // Nobody is left to tell where the client has gone.
    Client gone(server.port());
    gone.send("GET / HT");
    gone.finish_sending();
    CHECK(gone.receive_all().has_value());
    // A connection on which nothing at all is said ends too.
    Client silent(server.port());
    CHECK(silent.receive_all() == "");
    CHECK(serves(server));
}

TEST_CASE("a host is named once, and a client that waits to send its body is told to", "[net]") {
    const ServerProcess server(big_store(), impatient());
    CHECK(status_and_end(server, "GET / HTTP/1.1\r\n\r\n") == 400);
    CHECK(status_and_end(server, "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n") == 400);
    Client waiting(server.port());
    waiting.send(
        "POST /search HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 9\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\n");
    const auto told = waiting.receive();
    REQUIRE(told);
    CHECK(told->status == 100);
    waiting.send("place=abc");
    const auto answer = waiting.receive();
    REQUIRE(answer);
    CHECK(answer->status == 404); // no such place
    // What is too large is refused before it is sent.
    Client greedy(server.port());
    greedy.send("POST /search HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 99999999\r\n\r\n");
    const auto refused = greedy.receive();
    REQUIRE(refused);
    CHECK(refused->status == 413);
}

TEST_CASE("a request that comes byte by byte is read as one that comes whole", "[net]") {
    const ServerProcess server(big_store(), {"--threads", "1"});
    const std::string form = "Content-Type: application/x-www-form-urlencoded\r\n";
    const std::string chunked = "POST /search HTTP/1.1\r\nHost: x\r\n" + form + "Transfer-Encoding: chunked\r\n\r\n";
    for (const auto& request :
         {get_request("/healthz"), "POST /search HTTP/1.1\r\nHost: x\r\n" + form + "Content-Length: 9\r\n\r\nplace=abc",
          chunked + "0\r\n\r\n", chunked + "6\r\nplace=\r\n3;a=b\r\nabc\r\n0\r\nX: y\r\n\r\n"}) {
        CAPTURE(request);
        Client whole(server.port());
        whole.send(request);
        const auto expected = whole.receive();
        REQUIRE(expected);
        Client dripping(server.port());
        for (const char byte : request) {
            dripping.send({&byte, 1});
            REQUIRE(ask_once(server.port(), "/healthz")); // by now the one thread has seen the byte
        }
        const auto answer = dripping.receive();
        REQUIRE(answer);
        CHECK(answer->status == expected->status);
        CHECK(answer->body == expected->body);
    }
}

TEST_CASE("a drip of header bytes does not buy time", "[net]") {
    const ServerProcess server(big_store(), impatient());
    Client drip(server.port());
    drip.send("GET / HTTP/1.1\r\n");
    std::atomic<bool> stop = false;
    std::thread tap([&] {
        while (!stop && drip.send("X", std::chrono::seconds{1})) {
            std::this_thread::sleep_for(std::chrono::milliseconds{20});
        }
    });
    const auto answer = drip.receive();
    stop = true;
    tap.join();
    REQUIRE(answer);
    CHECK(answer->status == 408);
}

TEST_CASE("clients that never read do not keep others waiting", "[net]") {
    const ServerProcess server(big_store(), {"--write-time", "60000", "--threads", "1"});
    std::string pipelined;
    for (int i = 0; i < 30; ++i) {
        pipelined += get_request("/api/v1/resources?limit=1000");
    }
    std::vector<std::unique_ptr<Client>> stalled;
    for (int i = 0; i < 20; ++i) {
        stalled.push_back(std::make_unique<Client>(server.port(), 4'096));
        stalled.back()->send(pipelined);
    }
    for (int i = 0; i < 20; ++i) {
        CHECK(serves(server));
    }
}

TEST_CASE("a client that never reads is cut off; until then one too many is told to come back", "[net]") {
    const ServerProcess server(big_store(), impatient({"--most-connections", "1", "--threads", "1"}));
    std::string pipelined;
    for (int i = 0; i < 30; ++i) {
        pipelined += get_request("/api/v1/resources?limit=1000");
    }
    Client stalled(server.port(), 4'096);
    stalled.send(pipelined);
    unsigned turned_away = 0;
    CHECK(eventually([&] {
        const auto answer = ask_once(server.port(), k_search);
        if (answer && answer->status == 503) {
            ++turned_away;
            CHECK(answer->header("Retry-After") == "2");
            CHECK(answer->header("Connection") == "close");
        }
        return answer && answer->status == 200; // the stalled one has made room
    }));
    CHECK(turned_away > 0);
    const auto got = stalled.receive_all();
    REQUIRE(got);
    CHECK(got->size() < 29 * 500'000); // cut off, not served after all
}

TEST_CASE("one connection carries many requests, pipelined too", "[net]") {
    const ServerProcess server(big_store());
    Client client(server.port());
    for (int i = 0; i < 20; ++i) {
        const auto answer = client.ask(k_search);
        REQUIRE(answer);
        CHECK(answer->status == 200);
        CHECK(answer->header("Connection").empty());
    }
    std::string pipelined;
    for (int i = 1; i <= 100; ++i) {
        pipelined += get_request("/api/v1/resources?limit=" + std::to_string(i));
    }
    client.send(pipelined);
    for (int i = 1; i <= 100; ++i) {
        const auto answer = client.receive();
        REQUIRE(answer);
        CHECK(nlohmann::json::parse(answer->body).at("numberReturned") == i); // in order
    }
    const auto last = client.ask(k_search, "Connection: close\r\n");
    REQUIRE(last);
    CHECK(last->header("Connection") == "close");
    CHECK(client.receive_all() == "");
}

TEST_CASE("HTTP/1.0, HEAD, unknown methods, a proxy's form of the address", "[net]") {
    const ServerProcess server(big_store());
    for (const auto* old : {"GET / HTTP/1.0\r\n\r\n", "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"}) {
        Client client(server.port());
        client.send(old);
        const auto answer = client.receive();
        REQUIRE(answer);
        CHECK(answer->status == 200);
        CHECK(answer->header("Connection") == "close");
        CHECK(client.receive_all() == ""); // whoever waits for the end is not left waiting
    }
    Client client(server.port());
    client.send("HEAD " + std::string(k_search) + " HTTP/1.1\r\nHost: x\r\n\r\n");
    const auto head = client.receive(true);
    REQUIRE(head);
    CHECK(head->status == 200);
    CHECK(std::stoul(head->header("Content-Length")) > 1'000);
    for (const auto* method : {"DELETE", "PUT", "OPTIONS", "PATCH", "TRACE", "BREW"}) {
        CAPTURE(method);
        client.send(std::string(method) + " /planner HTTP/1.1\r\nHost: x\r\n\r\n");
        const auto answer = client.receive();
        REQUIRE(answer); // the connection stands: nothing was left over from HEAD either
        CHECK(answer->status == 405);
        CHECK(answer->header("Allow") == "GET, HEAD");
    }
    const auto proxied = client.ask("http://127.0.0.1/readyz");
    REQUIRE(proxied);
    CHECK(proxied->status == 200);
}

TEST_CASE("a coding is sent only to those who take it, and a tag saves the body", "[net]") {
    const ServerProcess server(big_store());
    const std::string target = "/api/v1/resources?limit=50&at=2026-11-21T10:00";
    Client client(server.port());
    for (const auto* taken : {"gzip", "gzip, deflate, br", "br;q=1.0, gzip;q=0.5", "gzip;q=0.001"}) {
        CAPTURE(taken);
        const auto answer = client.ask(target, "Accept-Encoding: " + std::string(taken) + "\r\n");
        REQUIRE(answer);
        CHECK(answer->header("Content-Encoding") == "gzip");
    }
    for (const auto* refused : {"identity", "br", "gzip;q=0", "gzip;q=0.000", "deflate, gzip; q=0"}) {
        CAPTURE(refused);
        const auto answer = client.ask(target, "Accept-Encoding: " + std::string(refused) + "\r\n");
        REQUIRE(answer);
        CHECK(answer->header("Content-Encoding").empty());
    }
    const auto whole = client.ask(target);
    REQUIRE(whole);
    const auto again = client.ask(target, "If-None-Match: " + whole->header("ETag") + "\r\n");
    REQUIRE(again);
    CHECK(again->status == 304);
    CHECK(again->body.empty());
    const auto after = client.ask(target);
    REQUIRE(after);
    CHECK(after->body == whole->body);
}

TEST_CASE("a stop finishes what is under way and ends what is idle", "[net]") {
    for (const int signal : {SIGTERM, SIGINT}) {
        ServerProcess server(big_store(), {"--threads", "1"});
        Client idle(server.port());
        REQUIRE(idle.ask(k_search));
        Client half(server.port());
        half.send("GET /api/v1/resources?limit=1000 HTTP/1.1\r\n");
        REQUIRE(serves(server)); // by now the one thread has seen the half
        server.process().signal(signal);
        CHECK(idle.receive_all() == "");
        half.send("Host: 127.0.0.1\r\n\r\n");
        const auto answer = half.receive();
        REQUIRE(answer);
        CHECK(answer->status == 200);
        CHECK(answer->header("Connection") == "close");
        CHECK(nlohmann::json::parse(answer->body).at("numberReturned") == 1'000);
        CHECK(half.receive_all() == "");
        CHECK(server.process().wait() == 0);
    }
}

TEST_CASE("a stop does not wait for ever for those who never end", "[net]") {
    ServerProcess server(big_store(), {"--stop-time", "300", "--request-time", "60000"});
    Client half(server.port());
    half.send("GET / HTTP/1.1\r\n");
    REQUIRE(serves(server));
    server.process().signal(SIGTERM);
    CHECK(server.process().wait(std::chrono::seconds{30}) == 0);
}

TEST_CASE("a new edition comes into force between requests, and none fails", "[net]") {
    const ScratchFolder folder;
    const auto store = town_store(folder);
    const ServerProcess server(store);
    const auto first = ask_once(server.port(), "/api/v1/resources?limit=5");
    REQUIRE(first);
    const auto before = nlohmann::json::parse(first->body);
    const std::string next = before.at("links")[0].at("href");
    REQUIRE(ask_once(server.port(), next)->status == 200);

    std::atomic<bool> stop = false;
    std::atomic<int> failed = 0;
    std::atomic<int> answered = 0;
    std::vector<std::thread> askers;
    for (int i = 0; i < 3; ++i) {
        askers.emplace_back([&] {
            Client client(server.port());
            while (!stop) {
                const auto answer = client.ask("/api/v1/resources?limit=50");
                ++(answer && answer->status == 200 ? answered : failed);
            }
        });
    }
    const auto list = folder.write("more.csv", made_list(500, "あとから"));
    const auto ran = run_shirube({"import", "resources", list, "--store", store, "--list", "more"});
    const bool swapped = eventually([&] {
        const auto answer = ask_once(server.port(), "/api/v1/resources?limit=5");
        return answer && nlohmann::json::parse(answer->body).at("edition") != before.at("edition");
    });
    stop = true;
    for (auto& asker : askers) {
        asker.join();
    }
    CHECK(ran.status == 0);
    CHECK(swapped);
    CHECK(failed == 0);
    CHECK(answered > 0);
    const auto expired = ask_once(server.port(), next);
    REQUIRE(expired);
    CHECK(expired->status == 410);
    CHECK(nlohmann::json::parse(expired->body).at("code") == "cursor_expired");
}

TEST_CASE("settings come from a file, and the command line goes first", "[net]") {
    const ScratchFolder folder;
    const auto config = folder.write("settings.toml", "most-target-bytes = 100\nmost-body-bytes = 2048\n");
    const ServerProcess server(big_store(), {"--config", config, "--most-body-bytes", "4096"});
    CHECK(status_and_end(server, get_request("/search?q=" + std::string(100, 'a'))) == 414);
    const std::string body(3'000, 'a');
    const auto post = [](const std::string& text) {
        return "POST /search HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(text.size()) + "\r\n\r\n" + text;
    };
    Client client(server.port());
    client.send(post(body));
    const auto answer = client.receive();
    REQUIRE(answer);
    CHECK(answer->status != 413);
    CHECK(status_and_end(server, post(std::string(5'000, 'a'))) == 413);
}

TEST_CASE("two servers do not share a port", "[net]") {
    const ServerProcess server(big_store());
    const auto second =
        run_shirube({"serve", "--store", big_store(), "--listen", "127.0.0.1:" + std::to_string(server.port())});
    CHECK(second.status == 1);
    CHECK(second.errors.find("in use by another server") != std::string::npos);
    CHECK(serves(server));
}

} // namespace shirube::tests
