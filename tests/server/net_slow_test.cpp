// What takes long runs beside, and nothing quick waits for it.
#include "server/net/slow_pool.hpp"
#include "tests/server/support/client.hpp"
#include "tests/server/support/listening.hpp"
#include "tests/server/support/process.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace shirube::tests {

namespace {

using server::Answer;
using server::Handling;
using server::Request;
using server::SlowPool;

/// Holds whoever comes until it is opened.
class Gate {
  public:
    void pass() {
        std::unique_lock lock(mutex_);
        ++held_;
        opened_.wait(lock, [this] { return open_; });
    }
    void open() {
        {
            const std::scoped_lock lock(mutex_);
            open_ = true;
        }
        opened_.notify_all();
    }
    [[nodiscard]] int held() const {
        const std::scoped_lock lock(mutex_);
        return held_;
    }

  private:
    mutable std::mutex mutex_;
    std::condition_variable opened_;
    int held_ = 0;
    bool open_ = false;
};

/// Opens it at its own end: a server that is destroyed after a failed test waits for what it computes.
class Opening {
  public:
    explicit Opening(Gate& gate) : gate_(gate) {}
    Opening(const Opening&) = delete;
    Opening& operator=(const Opening&) = delete;
    ~Opening() { gate_.open(); }

  private:
    Gate& gate_;
};

Answer text_answer(std::string text) {
    Answer answer;
    answer.body = std::move(text);
    return answer;
}

/// /slow… takes long and waits at the gate, anything else is answered at once.
Handling gated(Gate& gate) {
    Handling handling;
    handling.takes_long = [](const Request& request) { return request.path.starts_with("/slow"); };
    handling.route = [&gate](const Request& request, const server::Loaded*, directory::Instant) {
        if (request.path.starts_with("/slow")) {
            gate.pass();
        }
        return text_answer(request.path + " for " + request.client);
    };
    return handling;
}

server::Settings one_slow_thread(std::size_t queue) {
    auto settings = quiet_settings();
    settings.threads = 1;
    settings.slow_threads = 1;
    settings.slow_queue = queue;
    return settings;
}

std::unique_ptr<Client> asking(const Listening& listening, std::string_view target) {
    auto client = std::make_unique<Client>(listening.port());
    client->send(get_request(target));
    return client;
}

} // namespace

TEST_CASE("the pool takes what its threads and its queue hold, and no more", "[slow]") {
    Gate gate;
    std::atomic<int> done = 0;
    {
        SlowPool pool(2, 3);
        const auto job = [&] {
            gate.pass();
            ++done;
        };
        CHECK(pool.submit(job));
        CHECK(pool.submit(job));
        REQUIRE(eventually([&] { return gate.held() == 2; }));
        for (int i = 0; i < 3; ++i) {
            CHECK(pool.submit(job));
        }
        CHECK_FALSE(pool.submit(job));
        gate.open();
        CHECK(eventually([&] { return done == 5; }));
        CHECK(eventually([&] { return pool.submit([&] { ++done; }); }));
        CHECK(eventually([&] { return done == 6; }));
    }
    SlowPool pool(1, 1);
    pool.stop();
    CHECK_FALSE(pool.submit([] {}));
}

TEST_CASE("what is quick is answered while what is slow runs, and both are answered right", "[net][slow]") {
    Gate gate;
    const Listening listening(one_slow_thread(8), gated(gate));
    const Opening at_the_end(gate);
    const auto first = asking(listening, "/slow/1");
    REQUIRE(eventually([&] { return gate.held() == 1; }));
    const auto second = asking(listening, "/slow/2");
    Client quick(listening.port());
    for (int i = 0; i < 50; ++i) {
        const auto answer = quick.ask("/quick"); // by the same thread that waits for the slow ones
        REQUIRE(answer);
        CHECK(answer->body == "/quick for 127.0.0.1");
    }
    gate.open();
    CHECK(first->receive().value().body == "/slow/1 for 127.0.0.1");
    CHECK(second->receive().value().body == "/slow/2 for 127.0.0.1");
    CHECK(first->ask("/quick").value().status == 200); // the connection goes on
}

TEST_CASE("one slow request too many is told so, and quick ones are served still", "[net][slow]") {
    Gate gate;
    std::atomic<int> seen = 0;
    auto handling = gated(gate);
    handling.takes_long = [&seen](const Request& request) {
        const bool slow = request.path.starts_with("/slow");
        seen += slow ? 1 : 0;
        return slow;
    };
    const Listening listening(one_slow_thread(1), handling);
    const Opening at_the_end(gate);
    const auto running = asking(listening, "/slow/1");
    REQUIRE(eventually([&] { return gate.held() == 1; }));
    const auto waiting = asking(listening, "/slow/2");
    REQUIRE(eventually([&] { return seen == 2; }));
    Client third(listening.port());
    const auto refused = third.ask("/slow/3");
    REQUIRE(refused);
    CHECK(refused->status == 503);
    CHECK(refused->header("Retry-After") == "2");
    CHECK(nlohmann::json::parse(refused->body).at("code") == "too_busy");
    CHECK(third.ask("/quick").value().status == 200); // a refusal keeps the connection
    gate.open();
    CHECK(running->receive().value().status == 200);
    CHECK(waiting->receive().value().status == 200);
}

TEST_CASE("who computes is told that its client has gone", "[net][slow]") {
    std::atomic<bool> began = false;
    std::atomic<bool> told = false;
    Handling handling;
    handling.takes_long = [](const Request&) { return true; };
    handling.route = [&](const Request& request, const server::Loaded*, directory::Instant) {
        began = true;
        told = eventually([&] { return request.stop.stop_requested(); });
        return text_answer("too late");
    };
    const Listening listening(one_slow_thread(8), handling);
    {
        const auto gone = asking(listening, "/");
        REQUIRE(eventually([&] { return began.load(); }));
        CHECK_FALSE(told);
    }
    CHECK(eventually([&] { return told.load(); }));
}

TEST_CASE("what nobody waits for any more is not begun", "[net][slow]") {
    Gate gate;
    auto settings = one_slow_thread(8);
    settings.most_connections = 2;
    const Listening listening(settings, gated(gate));
    const Opening at_the_end(gate);
    const auto running = asking(listening, "/slow/1");
    REQUIRE(eventually([&] { return gate.held() == 1; }));
    auto gone = asking(listening, "/slow/2");
    REQUIRE(eventually([&] { return ask_once(listening.port(), "/quick").value().status == 503; }));
    gone.reset();
    // There is room for another connection once the server has missed it.
    REQUIRE(eventually([&] { return ask_once(listening.port(), "/quick").value().status == 200; }));
    gate.open();
    CHECK(running->receive().value().status == 200);
    CHECK(running->ask("/slow/3").value().body == "/slow/3 for 127.0.0.1");
    CHECK(gate.held() == 2); // the first and the third
}

TEST_CASE("a slow answer that takes too long is told so, and its thread is not waited for", "[net][slow]") {
    Gate gate;
    auto settings = one_slow_thread(8);
    settings.slow_time = std::chrono::milliseconds{300};
    const Listening listening(settings, gated(gate));
    const Opening at_the_end(gate);
    const auto running = asking(listening, "/slow/1");
    const auto late = running->receive();
    REQUIRE(late);
    CHECK(late->status == 503);
    CHECK(nlohmann::json::parse(late->body).at("code") == "took_too_long");
    CHECK(late->header("Connection") == "close");
    CHECK(running->receive_all() == "");
    CHECK(ask_once(listening.port(), "/quick").value().status == 200);
}

TEST_CASE("a server ends while slow answers run and wait", "[net][slow]") {
    Gate gate;
    std::vector<std::unique_ptr<Client>> clients;
    Listening listening(one_slow_thread(8), gated(gate));
    const Opening at_the_end(gate);
    for (int i = 0; i < 4; ++i) {
        clients.push_back(asking(listening, "/slow/" + std::to_string(i)));
    }
    REQUIRE(eventually([&] { return gate.held() == 1; }));
    listening.server().stop();
    listening.server().wait(); // no longer than --stop-time, whatever computes
    CHECK(gate.held() == 1);
}

} // namespace shirube::tests
