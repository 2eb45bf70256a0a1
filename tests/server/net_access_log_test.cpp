// The access log says how the server does, and never what a family looked for.
#include "server/net/access_log.hpp"
#include "tests/server/support/client.hpp"
#include "tests/server/support/process.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <csignal>
#include <regex>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace shirube::server {

namespace {

using tests::bytes_of;
using tests::eventually;
using tests::ScratchFolder;

AccessEntry entry_of(unsigned status) {
    AccessEntry entry;
    entry.time = std::chrono::sys_days{std::chrono::year{2026} / 11 / 21} + std::chrono::milliseconds{3'600'007};
    entry.method = Method::get;
    entry.pattern = "/services/*";
    entry.status = status;
    entry.bytes = 5'120;
    entry.took = std::chrono::microseconds{431};
    return entry;
}

std::size_t lines_in(const std::string& text) { return static_cast<std::size_t>(std::ranges::count(text, '\n')); }

} // namespace

TEST_CASE("a line names the time, the route, the status, the size and how long it took", "[log]") {
    auto entry = entry_of(200);
    CHECK(line_of(entry) == "2026-11-21T01:00:00.007Z GET /services/* 200 5120 431");
    entry.client = "192.0.2.7";
    CHECK(line_of(entry) == "2026-11-21T01:00:00.007Z GET /services/* 200 5120 431 192.0.2.7");
    CHECK(line_of(
              {.time = entry.time, .method = {}, .pattern = {}, .status = 408, .bytes = 9, .took = {}, .client = {}}) ==
          "2026-11-21T01:00:00.007Z - - 408 9 0");
}

TEST_CASE("everything that was taken is written by the log's end, and nobody else may read it", "[log]") {
    const ScratchFolder folder;
    const auto file = folder / "access.log";
    {
        AccessLog log(file);
        for (unsigned i = 0; i < 500; ++i) {
            log.add(entry_of(200 + i));
        }
    }
    CHECK(lines_in(bytes_of(file)) == 500);
    CHECK((tests::fs::status(file).permissions() & tests::fs::perms::others_all) == tests::fs::perms::none);
    {
        AccessLog log(file); // goes on at the end
        log.add(entry_of(200));
    }
    CHECK(lines_in(bytes_of(file)) == 501);
}

TEST_CASE("what does not fit is counted, and what was asked plus what was lost is all there was", "[log]") {
    const ScratchFolder folder;
    const auto file = folder / "access.log";
    constexpr std::size_t k_all = 20'000;
    {
        AccessLog log(file, 10);
        for (std::size_t i = 0; i < k_all; ++i) {
            log.add(entry_of(200));
        }
    }
    std::istringstream in(bytes_of(file));
    std::size_t written = 0;
    std::size_t lost = 0;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("# ")) {
            lost += std::stoul(line.substr(2));
        } else {
            ++written;
        }
    }
    CHECK(lost > 0);
    CHECK(written + lost == k_all);
}

TEST_CASE("a log that was moved away is begun anew", "[log]") {
    const ScratchFolder folder;
    const auto file = folder / "access.log";
    AccessLog log(file);
    log.add(entry_of(201));
    REQUIRE(eventually([&] { return lines_in(bytes_of(file)) == 1; }));
    tests::fs::rename(file, folder / "access.log.1");
    log.reopen();
    REQUIRE(eventually([&] { return tests::fs::exists(file); }));
    log.add(entry_of(202));
    CHECK(eventually([&] { return bytes_of(file).find(" 202 ") != std::string::npos; }));
    CHECK(lines_in(bytes_of(folder / "access.log.1")) == 1);
}

TEST_CASE("a log that cannot be opened is an error at once", "[log]") {
    const ScratchFolder folder;
    CHECK_THROWS_AS(AccessLog(folder / "none" / "access.log"), std::system_error);
    CHECK_THROWS_AS(AccessLog(folder.path()), std::system_error);
}

} // namespace shirube::server

namespace shirube::tests {

namespace {

/// Asks for everything there is with a marked word in it, well-formed and not. \return how many answers there were
int ask_everything_marked(std::uint16_t port, std::string_view mark) {
    const std::string m(mark);
    const std::string headers = "Cookie: lang=" + m + "; session=" + m + "\r\nUser-Agent: " + m +
                                "\r\nReferer: http://" + m + "/\r\nAccept-Language: " + m +
                                "\r\nX-Forwarded-For: " + m + "\r\nIf-None-Match: \"" + m + "\"\r\n";
    std::vector<std::string> targets;
    for (const auto* path : {"/", "/search", "/planner", "/about", "/api/v1/resources", "/api/v1/geocode",
                             "/api/v1/suggest", "/api/v1/layers/chugakkoku/at", "/healthz"}) {
        targets.push_back(std::string(path) + "?q=" + m + "&near=" + m + "&" + m + "=1");
    }
    for (const auto* folder :
         {"/services/", "/sites/", "/districts/", "/districts/chugakkoku/", "/tiles/", "/tiles/chugakkoku/12/1/",
          "/templates/", "/static/", "/api/v1/resources/", "/api/v1/layers/", "/staff/", "/", "/print/", "//"}) {
        targets.push_back(folder + m);
    }
    targets.push_back("/tiles/" + m + "/12/3600/1600.mvt");
    int answers = 0;
    for (const auto& target : targets) {
        Client client(port);
        for (const auto* method : {"GET", "HEAD", "POST", "DELETE"}) {
            const std::string body = std::string(method) == "POST" ? "place=" + m : "";
            client.send(std::string(method) + " " + target + " HTTP/1.1\r\nHost: " + m + "\r\n" + headers +
                        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " +
                        std::to_string(body.size()) + "\r\n\r\n" + body);
            answers += client.receive(std::string(method) == "HEAD").has_value() ? 1 : 0;
        }
    }
    for (const auto& broken :
         {m + " / HTTP/1.1\r\n\r\n", "GET /%zz" + m + " HTTP/1.1\r\nHost: x\r\n\r\n",
          "GET /" + std::string(10'000, 'a') + m + " HTTP/1.1\r\nHost: x\r\n\r\n", "GET /" + m + " HTTP/1.1\r\n\r\n"}) {
        Client client(port);
        client.send(broken);
        answers += client.receive().has_value() ? 1 : 0;
    }
    return answers;
}

int lines_of(const std::string& text) { return static_cast<int>(std::ranges::count(text, '\n')); }

} // namespace

TEST_CASE("no value of a query, body, cookie, header or path is in the access log", "[net][log]") {
    const ScratchFolder folder;
    const auto file = folder / "access.log";
    ServerProcess server(shared_town_store(), {"--access-log", file});
    const int answers = ask_everything_marked(server.port(), "zq7marked");
    CHECK(answers > 90);
    REQUIRE(eventually([&] { return lines_of(bytes_of(file)) >= answers; }));
    const auto text = bytes_of(file);
    CHECK(lines_of(text) == answers);
    CHECK(text.find("zq7marked") == std::string::npos);
    CHECK(text.find("127.0.0.1") == std::string::npos); // not without --access-log-clients
    CHECK(text.find("3600") == std::string::npos);      // a tile's place
    CHECK(server.process().errors().find("zq7marked") == std::string::npos);
    const std::regex form(
        R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (GET|HEAD|POST|OTHER|-) [-/a-z0-9_*.]+ \d{3} \d+ \d+)");
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        CAPTURE(line);
        CHECK(std::regex_match(line, form));
    }
}

TEST_CASE("clients are named where the operator wants it, and a moved log is begun anew on SIGHUP", "[net][log]") {
    const ScratchFolder folder;
    const auto file = folder / "access.log";
    ServerProcess server(shared_town_store(),
                         {"--access-log", file, "--access-log-clients", "--trusted-proxy", "127.0.0.1"});
    Client client(server.port());
    REQUIRE(client.ask("/healthz"));
    REQUIRE(client.ask("/healthz", "X-Forwarded-For: 192.0.2.7\r\n"));
    REQUIRE(eventually([&] { return lines_of(bytes_of(file)) == 2; }));
    CHECK(bytes_of(file).find(" 127.0.0.1\n") != std::string::npos);
    CHECK(bytes_of(file).find(" 192.0.2.7\n") != std::string::npos);
    fs::rename(file, folder / "access.log.1");
    server.process().signal(SIGHUP);
    REQUIRE(eventually([&] { return fs::exists(file); }));
    REQUIRE(client.ask("/healthz"));
    CHECK(eventually([&] { return lines_of(bytes_of(file)) == 1; }));
    CHECK(lines_of(bytes_of(folder / "access.log.1")) == 2);
}

TEST_CASE("the log goes to standard output for -, nowhere unless it is told, and never into a store", "[net][log]") {
    ServerProcess out(shared_town_store(), {"--access-log", "-"});
    REQUIRE(ask_once(out.port(), "/healthz"));
    CHECK(eventually([&] { return out.process().output().find(" GET /healthz 200 6 ") != std::string::npos; }));
    ServerProcess silent(shared_town_store());
    REQUIRE(ask_once(silent.port(), "/healthz"));
    silent.process().signal(SIGTERM);
    CHECK(silent.process().wait() == 0);
    CHECK(silent.process().output().find("healthz") == std::string::npos);

    const auto before = bytes_of(shared_town_store());
    const auto into = run_shirube({"serve", "--store", shared_town_store(), "--access-log", shared_town_store()});
    CHECK(into.status == 2);
    CHECK(into.errors.find("--access-log") != std::string::npos);
    CHECK(bytes_of(shared_town_store()) == before);
    const auto nowhere = run_shirube({"serve", "--store", shared_town_store(), "--access-log", "/nowhere/access.log"});
    CHECK(nowhere.status == 1);
    CHECK(nowhere.errors.starts_with("--access-log"));
}

} // namespace shirube::tests
