// A family leaves no trace: in no log, file, header, page or later answer, by the API, the page and its papers.
#include "directory/accounts.hpp"
#include "directory/store.hpp"
#include "directory/unmet.hpp"
#include "server/respond.hpp"
#include "server/staff/staff_call.hpp"
#include "tests/server/support/client.hpp"
#include "tests/server/support/process.hpp"
#include "tests/server/support/small_town.hpp"
#include "tests/server/support/staff_town.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

using namespace shirube;
using namespace shirube::server;
using namespace shirube::tests;
using directory::Role;

namespace {

/// As SQLite writes a number.
std::string big_endian(double value) {
    std::array<char, sizeof value> bytes{};
    std::memcpy(bytes.data(), &value, sizeof value);
    std::reverse(bytes.begin(), bytes.end());
    return {bytes.begin(), bytes.end()};
}

std::string native(double value) {
    std::array<char, sizeof value> bytes{};
    std::memcpy(bytes.data(), &value, sizeof value);
    return {bytes.begin(), bytes.end()};
}

std::string post_form(const std::string& form, const std::string& token, std::uint16_t port) {
    return fmt::format(
        "POST /staff/match HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nOrigin: http://127.0.0.1:{}\r\n"
        "Cookie: {}={}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        "Accept-Encoding: identity\r\nContent-Length: {}\r\n\r\n{}",
        port, port, k_session_cookie, token, form.size(), form);
}

std::size_t count_of(std::string_view text, std::string_view word) {
    std::size_t count = 0;
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + word.size())) {
        ++count;
    }
    return count;
}

std::string post(const std::string& body, const std::string& token, const std::string& csrf, std::uint16_t port) {
    return fmt::format(
        "POST /api/v1/staff/match HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nOrigin: http://127.0.0.1:{}\r\n"
        "Cookie: {}={}\r\nX-CSRF-Token: {}\r\nContent-Type: application/json\r\n"
        "Accept-Encoding: identity\r\nContent-Length: {}\r\n\r\n{}",
        port, port, k_session_cookie, token, csrf, body.size(), body);
}

} // namespace

TEST_CASE("A family's situation leaves no trace: in no log, file, header, page or later answer") {
    const ScratchFolder folder;
    const auto store = town_store(folder);
    const auto access_log = folder / "access.log";
    directory::AccountSettings settings;
    settings.cost = directory::PasswordCost::least();
    const auto now_s =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
    auto accounts = directory::Accounts::open_or_create(directory::accounts_beside(store), settings);
    for (const auto& [name, role] : {std::pair{"case", Role::caseworker}, std::pair{"admin", Role::administrator}}) {
        REQUIRE(accounts.add({.name = name,
                              .role = role,
                              .municipality = "99201",
                              .password = std::string{k_password},
                              .origin = directory::PasswordOrigin::chosen},
                             directory::Actor::console(), now_s));
    }
    const auto sign_in = [&](const std::string& name) {
        return std::get<directory::LoggedIn>(accounts.log_in(name, k_password, "127.0.0.1", now_s)).token;
    };
    const auto token = sign_in("case");
    const auto csrf = accounts.session_of(token, now_s)->csrf;
    const auto admin = sign_in("admin");
    const std::string before = bytes_of(store);

    ServerProcess server(store, {"--access-log", access_log, "--rate-per-client", "0"});
    // Pages that anybody opens, before the family comes and after.
    const auto all_pages = [&] {
        std::string pages;
        for (const auto& [session, paths] :
             {std::pair{token, std::vector<const char*>{"/staff", "/staff/search", "/staff/match", "/healthz",
                                                        "/readyz", "/api/v1/staff/match/needs"}},
              std::pair{admin, std::vector<const char*>{"/staff", "/staff/audit", "/staff/accounts"}}}) {
            for (const char* path : paths) {
                INFO(path);
                const auto page =
                    Client(server.port()).ask(path, fmt::format("Cookie: {}={}\r\n", k_session_cookie, session));
                REQUIRE(page);
                CHECK(page->status == 200);
                pages += page->head + page->body;
            }
        }
        return pages;
    };
    const std::string pages_before = all_pages();
    constexpr double k_lon = 137.0731947;
    constexpr double k_lat = 33.1846253;
    const std::string question = fmt::format(
        R"({{"near":[{{"role":"home","point":[{},{}]}},{{"role":"work","point":[137.0642811,33.1773917]}}],)"
        R"("people":[{{"age_months":347,"stage":"young_adult","is":["young_carer"],)"
        R"("needs":["school_refusal","respite_nights"]}},{{"kind":"expecting","needs":["after_school"]}}],)"
        R"("when":{{"weekdays":["thu"],"from":"18:37","to":"19:53"}},"mode":"fetched","worries":["neighbours"],)"
        R"("refused":["kosodate_tanki"],"used":["jidokan"]}})",
        k_lon, k_lat);
    std::vector<std::string> told;
    std::string heads;
    for (const std::string& body :
         {question, std::string{R"({"near":[{"address":"まぼろし町zq7marked8番9号"}],"people":[{"needs":["meals"]}]})"},
          std::string{R"({"near":[{"point":[137.0731947,33.1846253]}],"people":[{"needs":["zq7marked_word"]}]})"},
          std::string{R"({"zq7marked_member)"}}) {
        Client client(server.port());
        client.send(post(body, token, csrf, server.port()));
        const auto answer = client.receive();
        REQUIRE(answer);
        CHECK(answer->status == (body == question ? 200 : 400));
        CHECK(answer->header("Cache-Control").find("no-store") != std::string::npos);
        CHECK(answer->header("ETag").empty());
        CHECK(answer->header("Set-Cookie").empty());
        heads += answer->head;
        told.push_back(answer->body);
    }
    // The page, its two papers, a place that nobody knows, and "count this": of all of it four values are kept.
    const std::string family = "csrf=" + percent_encode(csrf) +
                               "&place1_role=home&person1_kind=child&person1_years=28&person1_months=11"
                               "&person1_is=young_carer&person1_need=school_refusal&person1_need=respite_nights"
                               "&mode=fetched&worry=neighbours&weekday=thu&from=18%3A37&to=19%3A53";
    const std::string at_home = family + "&place1=137.0731947%2C33.1846253";
    const auto send_form = [&](const std::string& form, unsigned status) {
        Client client(server.port());
        client.send(post_form(form, token, server.port()));
        const auto answer = client.receive();
        REQUIRE(answer);
        CHECK(answer->status == status);
        CHECK(answer->header("Cache-Control").find("no-store") != std::string::npos);
        heads += answer->head;
        return answer->body;
    };
    const auto asked = send_form(at_home + "&do=search", 200);
    for (const char* paper : {"family_sheet", "file_sheet"}) {
        told.push_back(send_form(at_home + "&do=" + paper, 200));
        CHECK(told.back().find("28歳") == std::string::npos);
    }
    send_form(family + "&place1=" + percent_encode("まぼろし町zq7marked8番9号") + "&do=family_sheet", 422);
    const std::string begin = "name=\"once\" value=\"";
    const auto once_at = asked.find(begin);
    REQUIRE(once_at != std::string::npos);
    send_form(
        at_home + "&count=0%3Aschool_refusal&once=" +
            asked.substr(once_at + begin.size(), asked.find('"', once_at + begin.size()) - once_at - begin.size()),
        200);
    const auto counts = directory::Unmet::open(directory::unmet_beside(store)).all(std::nullopt);
    REQUIRE(counts.size() == 1);
    CHECK(counts[0].of.owner == "99201");
    CHECK(counts[0].of.band == directory::UnmetBand::years_18_39);
    CHECK(counts[0].of.need == "school_refusal");
    CHECK(counts[0].count == 1U);
    // What was asked stands in no answer: people are numbers, needs codes.
    const std::vector<std::string> marks{"137.073194", "33.184625", "137.064281", "33.177391", "0731947", "zq7marked"};
    for (const auto& mark : marks) {
        INFO(mark);
        CHECK(heads.find(mark) == std::string::npos);
        for (const auto& body : told) {
            CHECK(body.find(mark) == std::string::npos);
        }
    }
    for (const char* word : {"age_months", "young_adult", "young_carer", "fetched", "neighbours\"", "kosodate_tanki"}) {
        INFO(word);
        CHECK(told.front().find(word) == std::string::npos);
    }
    const std::string pages = all_pages();
    REQUIRE(eventually([&] { return bytes_of(access_log).find("/api/v1/staff/match ") != std::string::npos; }));
    const auto log = bytes_of(access_log) + server.process().output() + server.process().errors();
    // Every file beside the store, and the store itself as it was.
    std::string files;
    for (const auto& entry : fs::recursive_directory_iterator(folder.path())) {
        if (entry.is_regular_file()) {
            files += bytes_of(entry.path());
        }
    }
    CHECK(bytes_of(store) == before);
    std::string unmet;
    for (const auto& entry : fs::recursive_directory_iterator(folder.path())) {
        if (entry.path().filename().string().find(".unmet") != std::string::npos) {
            unmet += bytes_of(entry.path());
        }
    }
    CHECK(unmet.find("school_refusal") != std::string::npos);
    for (const char* word : {"fetched", "neighbours", "18:37", "19:53", "weekday", "person1", "place", "thu"}) {
        INFO(word);
        CHECK(unmet.find(word) == std::string::npos);
    }
    // Who they are, what is hard for them, and when they can: in no log, in no file beside the store, which is as it
    // was, and on no page more often than before.
    std::string beside;
    for (const auto& entry : fs::recursive_directory_iterator(folder.path())) {
        if (entry.is_regular_file() && entry.path() != store && entry.path().extension() != ".log") {
            beside += bytes_of(entry.path());
        }
    }
    for (const char* word : {"age_months", ":347,", "28歳", "years=28", "18:37", "19:53", "18%3A37", "young_carer",
                             "young_adult", "respite_nights", "kosodate_tanki", "person1", "fetched"}) {
        INFO(word);
        CHECK(log.find(word) == std::string::npos);
        CHECK(beside.find(word) == std::string::npos);
        CHECK(count_of(pages, word) == count_of(pages_before, word));
    }
    CHECK(log.find("school_refusal") == std::string::npos);
    auto everywhere = marks;
    for (const double number : {k_lon, k_lat, 137.0642811, 33.1773917}) {
        everywhere.push_back(big_endian(number));
        everywhere.push_back(native(number));
    }
    for (const auto& mark : everywhere) {
        CHECK(log.find(mark) == std::string::npos);
        CHECK(pages.find(mark) == std::string::npos);
        CHECK(files.find(mark) == std::string::npos);
    }
}
