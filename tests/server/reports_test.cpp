// What is wrong here: from a reader of a page to the steward's queue, and what is in the way of those who would fill
// it.
#include "directory/reports.hpp"

#include "server/reports/report_box.hpp"
#include "server/reports/report_question.hpp"
#include "server/router.hpp"
#include "tests/server/support/small_town.hpp"
#include "tests/server/support/staff_town.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

using namespace shirube;
using namespace shirube::server;
using namespace shirube::tests;
using directory::Role;
using nlohmann::json;

namespace {

std::string code_of(const Answer& answer) { return json::parse(answer.content()).at("code"); }

/// A program's report, from this machine.
Answer report(StaffTown& town, const json& body, const std::string& origin = {}) {
    auto request = staff_request("/api/v1/reports", {});
    request.method = Method::post;
    request.accept = "application/json";
    request.content_type = "application/json";
    request.origin = origin;
    request.body = body.dump();
    return town.ask(request);
}

Answer send_form(StaffTown& town, const std::string& id, const Query& fields, const std::string& site = "same-origin") {
    auto request = staff_request("/services/" + id + "/report", {});
    request.method = Method::post;
    request.content_type = "application/x-www-form-urlencoded";
    request.fetch_site = site;
    for (const auto& [name, value] : fields) {
        request.body += (request.body.empty() ? "" : "&") + percent_encode(name) + "=" + percent_encode(value);
    }
    return town.ask(request);
}

std::vector<directory::Report> waiting(StaffTown& town) {
    auto* reports = town.reports().reports();
    return reports == nullptr ? std::vector<directory::Report>{} : reports->open_ones(std::nullopt, 100);
}

struct Steward {
    StaffTown& town;
    std::string token;
    std::string csrf;
    explicit Steward(StaffTown& of, std::string_view municipality = k_here) : town(of) {
        const std::string name = "steward." + std::string{municipality};
        town.account(name, Role::steward, municipality);
        token = town.token_of(name);
        csrf = town.csrf_of(token);
    }
    [[nodiscard]] Answer queue() const { return town.get("/staff/reports", token); }
    [[nodiscard]] Answer close(std::int64_t id, const std::string& outcome, const std::string& note = {}) const {
        return town.post("/staff/reports",
                         {{"csrf", csrf}, {"report", std::to_string(id)}, {"outcome", outcome}, {"note", note}}, token);
    }
};

} // namespace

TEST_CASE("A report goes from the form to the steward's queue of that municipality, and to no other's") {
    StaffTown town;
    const auto id = town.services.at("浜会館");
    const auto form = town.get("/services/" + id + "/report");
    CHECK(form.status == 200);
    CHECK(says(form, "<form method=\"post\""));
    CHECK(says(town.get("/services/" + id), "/services/" + id + "/report"));
    const auto sent = send_form(town, id, {{"kind", "hours"}, {"text", "土曜は<b>休み</b>\r\nだった\xe2\x80\xae"}});
    REQUIRE(sent.status == 303);
    CHECK(header_of(sent, "Location") == "/services/" + id + "/report?sent=1");
    CHECK(says(town.get("/services/" + id + "/report?sent=1"), "送りました"));
    REQUIRE(waiting(town).size() == 1);
    const auto kept = waiting(town)[0];
    CHECK(kept.said.service == id);
    CHECK(kept.said.owner == k_here);
    CHECK(kept.said.kind == directory::ReportKind::hours);
    CHECK(kept.said.text == "土曜は<b>休み</b>\nだった");
    CHECK(directory::to_string(kept.said.day) == "2026-11-26");
    CHECK(kept.said.edition == town.editions().current()->reader.edition());

    const Steward here(town);
    const Steward there(town, k_there);
    const auto queue = here.queue();
    CHECK(says(queue, "土曜は&lt;b&gt;休み&lt;/b&gt;"));
    CHECK(says(queue, "/staff/services/" + id));
    CHECK(says(queue, "浜会館1-1")); // what the page says now
    // The form that corrects it is one step away, and so it is from the service's own page; for no one else.
    CHECK(says(queue, "/staff/desk/services/" + id + "?from=reports\""));
    const std::string from_page = "/staff/desk/services/" + id + "?from=service\"";
    CHECK(says(town.get("/staff/services/" + id, here.token), from_page));
    CHECK_FALSE(says(town.get("/staff/services/" + id, there.token), "/staff/desk/services/"));
    town.account("planner", Role::planner, k_here);
    CHECK_FALSE(says(town.get("/staff/services/" + id, town.token_of("planner")), "/staff/desk/services/"));
    CHECK(says(town.get("/staff", here.token), "まだ確かめていない知らせ：1件"));
    CHECK_FALSE(says(there.queue(), "土曜"));
    CHECK_FALSE(says(town.get("/staff", there.token), "まだ確かめていない知らせ"));
}

TEST_CASE("A steward closes a report once, with an outcome; the log names it and none of its words") {
    StaffTown town;
    const auto id = town.services.at("浜会館");
    REQUIRE(report(town, {{"service", id}, {"kind", "phone"}, {"text", "つながらないことば"}}).status == 202);
    const auto number = waiting(town).at(0).id;
    const Steward here(town);
    const Steward there(town, k_there);
    CHECK(here.close(number, "").status == 422);
    CHECK(here.close(number, "perhaps").status == 422);
    CHECK(there.close(number, "spam").status == 409);
    CHECK(waiting(town).size() == 1);
    CHECK(here.close(number, "corrected", "台帳の番号を直した").status == 303);
    CHECK(waiting(town).empty());
    CHECK(here.close(number, "spam").status == 409);
    const auto queue = here.queue();
    CHECK(says(queue, "確かめていない知らせはありません"));
    CHECK(says(queue, "台帳の番号を直した"));
    CHECK_FALSE(says(there.queue(), "台帳の番号を直した"));
    bool found = false;
    for (const auto& entry : town.accounts().audit_log(0, 100)) {
        CHECK(entry.what.find("ことば") == std::string::npos);
        CHECK(entry.what.find("番号") == std::string::npos);
        if (entry.action == directory::AuditAction::report_closed) {
            found = true;
            CHECK(entry.what == "corrected #" + std::to_string(number));
        }
    }
    CHECK(found);
}

TEST_CASE("Words stay ninety days after they were dealt with: the queue itself sees to it") {
    StaffTown town;
    auto& box = town.reports();
    const auto id = town.services.at("浜会館");
    REQUIRE(box.add({id, std::string{k_here}, "e", *directory::parse_day("2026-08-01"), directory::ReportKind::place,
                     "古いことば"}));
    REQUIRE(box.reports()->close(1, std::string{k_here}, directory::ReportOutcome::was_right, "",
                                 *directory::parse_day("2026-08-27"))); // 91 days before the desk's today
    const auto queue = Steward(town).queue();
    CHECK_FALSE(says(queue, "古いことば"));
    CHECK(says(queue, "これまでの件数"));
}

TEST_CASE("The next report sees to it too, where no steward looks") {
    StaffTown town;
    auto& box = town.reports();
    const auto id = town.services.at("浜会館");
    REQUIRE(box.add({id, std::string{k_here}, "e", *directory::parse_day("2026-08-01"), directory::ReportKind::place,
                     "古いことば"}));
    REQUIRE(box.reports()->close(1, std::string{k_here}, directory::ReportOutcome::was_right, "",
                                 *directory::parse_day("2026-08-27")));
    CHECK(box.reports()->done_ones(std::string{k_here}, 10).size() == 1);
    REQUIRE(report(town, {{"service", id}, {"kind", "hours"}}).status == 202);
    CHECK(box.reports()->done_ones(std::string{k_here}, 10).empty());
    CHECK(box.reports()->past(std::string{k_here}).size() == 1);
}

TEST_CASE("Hidden services and ids that never were take reports in the same way: none") {
    StaffTown town;
    const auto hidden = town.services.at("潮の調整先");
    for (const std::string& path : {std::string{"/report"}, std::string{"/calendar.ics"}}) {
        const auto at_hidden = town.get("/services/" + hidden + path);
        const auto at_nothing = town.get("/services/0000000000000" + path);
        CHECK(at_hidden.status == 404);
        CHECK(at_nothing.status == 404);
        CHECK(at_hidden.content().size() == at_nothing.content().size());
    }
    const auto form = send_form(town, hidden, {{"kind", "hours"}});
    CHECK(form.status == 404);
    // The address of the page in other languages is all that differs.
    const auto without = [](const Answer& answer, const std::string& id) {
        std::string page{answer.content()};
        for (auto at = page.find(id); at != std::string::npos; at = page.find(id)) {
            page.erase(at, id.size());
        }
        return page;
    };
    CHECK(without(form, hidden) == without(send_form(town, "0000000000000", {{"kind", "hours"}}), "0000000000000"));
    const auto api = report(town, {{"service", hidden}, {"kind", "hours"}});
    CHECK(api.status == 404);
    CHECK(api.content() == report(town, {{"service", "0000000000000"}, {"kind", "hours"}}).content());
    CHECK(waiting(town).empty());
    CHECK_FALSE(std::filesystem::exists(directory::reports_beside(town.store()))); // nothing was written at all
}

TEST_CASE("What is wrong with a report is named, and the form is shown again with what was typed") {
    StaffTown town;
    const auto id = town.services.at("浜会館");
    const auto check = [&](const json& body, unsigned status, std::string_view code, std::string_view parameter) {
        INFO(body.dump());
        const auto answer = report(town, body);
        CHECK(answer.status == status);
        const auto problem = json::parse(answer.content());
        CHECK(problem.at("code") == code);
        CHECK(problem.value("parameter", std::string{}) == parameter);
    };
    check({{"service", id}}, 400, "missing_parameter", "kind");
    check({{"service", id}, {"kind", "mood"}}, 400, "bad_parameter", "kind");
    check({{"service", id}, {"kind", "other"}, {"text", " \n\xe2\x80\x8b "}}, 400, "missing_parameter", "text");
    check({{"kind", "hours"}}, 400, "missing_parameter", "service");
    check({{"service", id}, {"kind", "hours"}, {"name", "x"}}, 400, "unknown_parameter", "name");
    check({{"service", id}, {"kind", 3}}, 400, "bad_parameter", "kind");
    check(json::array(), 400, "bad_request", "");
    std::string longest;
    for (std::size_t i = 0; i < directory::k_longest_report; ++i) {
        longest += i % 50 == 49 ? "\n" : "葛";
    }
    check({{"service", id}, {"kind", "hours"}, {"text", longest + "葛葛"}}, 400, "bad_parameter", "text");
    CHECK(report(town, {{"service", id}, {"kind", "hours"}, {"text", longest}}).status == 202);

    const auto again = send_form(town, id, {{"kind", "other"}, {"text", ""}});
    CHECK(again.status == 400);
    CHECK(says(again, R"(value="other" required checked)"));
    CHECK(says(again, R"(role="alert")"));
    const auto unchosen = send_form(town, id, {{"text", "</textarea><script>"}});
    CHECK(unchosen.status == 400);
    CHECK(says(unchosen, "&lt;/textarea&gt;&lt;script&gt;"));
    CHECK(unchosen.caching == Caching::none);
    auto plain = staff_request("/api/v1/reports", {});
    plain.method = Method::post;
    plain.accept = "application/json";
    plain.content_type = "text/plain"; // what a page of another site may send without asking
    plain.body = json{{"service", id}, {"kind", "hours"}}.dump();
    CHECK(town.ask(plain).status == 415);
}

TEST_CASE("Other sites' pages and what fills every field send nothing") {
    StaffTown town;
    const auto id = town.services.at("浜会館");
    for (const char* site : {"cross-site", "same-site"}) {
        CHECK(send_form(town, id, {{"kind", "hours"}}, site).status == 403);
    }
    CHECK(code_of(report(town, {{"service", id}, {"kind", "hours"}}, "https://elsewhere.example.jp")) == "form_stale");
    CHECK(report(town, {{"service", id}, {"kind", "hours"}}, "null").status == 403);
    CHECK(waiting(town).empty());
    CHECK(send_form(town, id, {{"kind", "hours"}, {"website", "http://spam.example"}}).status == 303); // none the wiser
    CHECK(waiting(town).empty());
    CHECK(report(town, {{"service", id}, {"kind", "hours"}}, "http://127.0.0.1:8080").status == 202);
    CHECK(waiting(town).size() == 1);
}

TEST_CASE("One client reports so often an hour, all together so often, and a network of IPv6 is one client") {
    StaffTown town;
    const auto id = town.services.at("浜会館");
    RateLimiter limiter(report_limits(5, 1'000));
    ReportBox box(town.store(), &limiter, {.open_of_service_a_day = 1'000});
    const auto ask_from = [&](const std::string& client) {
        auto request = staff_request("/api/v1/reports", {});
        request.method = Method::post;
        request.content_type = "application/json";
        request.client = client;
        request.body = json{{"service", id}, {"kind", "hours"}}.dump();
        return route(request, town.editions().current().get(), saturday_morning(), nullptr, &box);
    };
    for (int i = 0; i < 5; ++i) {
        CHECK(ask_from("192.0.2.1").status == 202);
    }
    const auto refused = ask_from("192.0.2.1");
    CHECK(refused.status == 429);
    CHECK(code_of(refused) == "too_many_requests");
    CHECK(std::stoi(header_of(refused, "Retry-After")) > 600);
    CHECK(ask_from("192.0.2.2").status == 202);
    for (int i = 0; i < 5; ++i) {
        CHECK(ask_from("2001:db8:0:1::" + std::to_string(i + 1)).status == 202);
    }
    CHECK(ask_from("2001:db8:0:1::ffff").status == 429);
    unsigned taken = 0;
    for (int i = 0; i < 300; ++i) {
        taken += ask_from("198.51.100." + std::to_string(i % 250)).status == 202 ? 1 : 0;
    }
    CHECK(taken >= 250 - 5 - 1 - 5);
    CHECK(taken < 300); // an hour brings so many anew, a slow test a few
}

TEST_CASE("A service's reports of a day and all that wait have an end, each with its own words") {
    StaffTown town;
    ReportBox box(town.store(), nullptr, {.open_of_service_a_day = 2, .open_in_all = 3});
    const auto ask_on = [&](const std::string& id) {
        auto request = staff_request("/services/" + id + "/report", {});
        request.method = Method::post;
        request.content_type = "application/x-www-form-urlencoded";
        request.body = "kind=hours";
        return route(request, town.editions().current().get(), saturday_morning(), nullptr, &box);
    };
    const auto first = town.services.at("浜会館");
    CHECK(ask_on(first).status == 303);
    CHECK(ask_on(first).status == 303);
    const auto full = ask_on(first);
    CHECK(full.status == 429);
    CHECK(says(full, "もうたくさんの知らせが届いています"));
    CHECK(ask_on(town.services.at("沖会館")).status == 303);
    const auto all_full = ask_on(town.services.at("沖会館"));
    CHECK(all_full.status == 503);
    CHECK(says(all_full, "確かめる前の知らせが多すぎて"));
    CHECK_FALSE(header_of(all_full, "Retry-After").empty());
}

TEST_CASE("A server without a box says that no reports are taken, and its pages offer none") {
    StaffTown town;
    const auto id = town.services.at("浜会館");
    const auto ask = [&](Request request, ReportBox* box) {
        return route(request, town.editions().current().get(), saturday_morning(), nullptr, box);
    };
    const auto page = ask(staff_request("/services/" + id, {}), nullptr);
    CHECK_FALSE(says(page, "/report\""));
    const auto form = ask(staff_request("/services/" + id + "/report", {}), nullptr);
    CHECK(form.status == 503);
    CHECK(says(form, "ここから知らせることはできません"));
    auto request = staff_request("/api/v1/reports", {});
    request.method = Method::post;
    request.content_type = "application/json";
    request.body = json{{"service", id}, {"kind", "hours"}}.dump();
    CHECK(code_of(ask(request, nullptr)) == "reports_unavailable");
    // Where the folder of the store is not there to be written into, it is the same.
    ReportBox nowhere("/nonexistent/town.shirube", nullptr);
    CHECK_FALSE(nowhere.can_take());
    CHECK(code_of(ask(request, &nowhere)) == "reports_unavailable");
    CHECK_FALSE(says(ask(staff_request("/services/" + id, {}), &nowhere), "/report\""));
}

TEST_CASE("Whose a service is that lies nowhere: of the one municipality it is for, else nobody's") {
    auto state = small_state();
    state.sites[25].municipality.clear();
    state.services[25].usable_by = {"99201"};
    state.sites[26].municipality.clear();
    state.services[26].usable_by = {"99201", "99341"};
    const auto loaded = loaded_of(std::move(state));
    CHECK(owner_of_service(loaded.reader, 0) == "99201");
    CHECK(owner_of_service(loaded.reader, 25) == "99201");
    CHECK(owner_of_service(loaded.reader, 26).empty());
}

TEST_CASE("Nothing of who sent it is in the file") {
    StaffTown town;
    auto request = staff_request("/api/v1/reports", {});
    request.method = Method::post;
    request.content_type = "application/json";
    request.client = "203.0.113.77";
    request.accept_language = "xx-secret";
    request.cookie = "lang=ja; tracking=secret-cookie";
    request.body = json{{"service", town.services.at("浜会館")}, {"kind", "hours"}}.dump();
    REQUIRE(town.ask(request).status == 202);
    const auto kept = waiting(town);
    REQUIRE(kept.size() == 1);
    for (const auto& entry : std::filesystem::directory_iterator(town.store().parent_path())) {
        if (entry.path().filename().string().find(".reports") == std::string::npos) {
            continue;
        }
        std::FILE* file = std::fopen(entry.path().c_str(), "rb");
        REQUIRE(file != nullptr);
        std::string bytes(std::filesystem::file_size(entry.path()), '\0');
        bytes.resize(std::fread(bytes.data(), 1, bytes.size(), file));
        std::fclose(file);
        for (const char* trace : {"203.0.113.77", "secret", "10:00"}) {
            CHECK(bytes.find(trace) == std::string::npos);
        }
    }
}
