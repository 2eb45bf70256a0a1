#include "tests/server/support/every_staff_answer.hpp"

#include "directory/match/match_rules.hpp"
#include "directory/policy/policy_book.hpp"
#include "directory/unmet.hpp"
#include "server/accounts/totp.hpp"
#include "server/editions.hpp"
#include "server/http.hpp"
#include "server/reports/report_box.hpp"
#include "server/respond.hpp"
#include "server/router.hpp"
#include "server/staff/staff_call.hpp"
#include "server/staff/staff_desk.hpp"
#include "server/staff/staff_routes.hpp"
#include "tests/server/support/file_sender.hpp"
#include "tests/server/support/small_town.hpp"
#include "tests/server/support/staff_town.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <set>
#include <stdexcept>
#include <thread>
#include <utility>
#include <variant>

namespace shirube::tests {

namespace {

constexpr std::int64_t k_now_s = 1'795'000'000;

/// A session of one account, and all that it asks.
class StaffAsker {
  public:
    StaffAsker(const std::filesystem::path& store, directory::Role role, const std::string& municipality)
        : editions_(store, std::chrono::hours{1}),
          reports_(without_reports(store), nullptr),
          desk_(store, editions_, {.accounts = settings(), .reports = &reports_}) {
        directory::Accounts::open_or_create(directory::accounts_beside(store), settings());
        auto& accounts = *desk_.accounts();
        const std::string name{directory::code_of(role)};
        const auto added = accounts.add({.name = name,
                                         .role = role,
                                         .municipality = municipality,
                                         .password = std::string{k_password},
                                         .origin = directory::PasswordOrigin::chosen},
                                        directory::Actor::console(), k_now_s);
        if (!added) {
            throw std::runtime_error(added.error().sentence_en);
        }
        token_ = std::get<directory::LoggedIn>(accounts.log_in(name, k_password, "127.0.0.1", k_now_s)).token;
        csrf_ = accounts.session_of(token_, k_now_s)->csrf;
        seen_ = desk_.edition_for(accounts.session_of(token_, k_now_s)->account, saturday_morning().day);
    }

    std::map<std::string, std::string> ask_all(const Probes& probes) {
        for (const char* path : {"/staff", "/staff/password", "/staff/totp", "/staff/nothing", "/staff/search",
                                 "/staff/planner", "/", "/search", "/about"}) {
            page(path);
        }
        get("/api/v1/staff/policies");
        get("/api/v1/staff/nothing");
        ask_searches();
        ask_records(probes);
        ask_words(probes);
        ask_layers();
        ask_tables();
        ask_policies();
        ask_matches();
        ask_rules();
        ask_unmet();
        ask_seeds(probes);
        ask_reports(probes);
        ask_desk(probes);
        ask_file();
        return std::move(answers_);
    }

  private:
    /// A store may have been asked by another reader before.
    static const std::filesystem::path& without_reports(const std::filesystem::path& store) {
        for (const char* part : {"", "-wal", "-shm"}) {
            std::filesystem::remove(directory::reports_beside(store).string() + part);
            std::filesystem::remove(directory::unmet_beside(store).string() + part);
        }
        return store;
    }

    static directory::AccountSettings settings() {
        directory::AccountSettings settings;
        settings.cost = directory::PasswordCost::least();
        settings.totp_code = server::totp_code;
        return settings;
    }

    void ask(server::Request request, const std::string& name) {
        request.client = "127.0.0.1";
        request.host = "127.0.0.1:8080";
        request.cookie = fmt::format("{}={}", server::k_session_cookie, token_);
        auto answer =
            server::is_staff_path(request.path)
                ? server::route_staff(request, desk_, saturday_morning(), k_now_s, server::language_of(request))
                : server::route(request, editions_.current().get(), saturday_morning(), &desk_);
        keep(request, std::move(answer), name);
    }

    /// \param id random too; empty: there is none
    void keep(const server::Request& request, server::Answer answer, const std::string& name,
              const std::string& id = {}) {
        const auto response = server::respond(request, std::move(answer), server::Connection::keep, "(date)");
        std::string whole = response.head + std::string(response.content());
        for (const auto& [random, word] :
             {std::pair{csrf_, "(csrf)"}, std::pair{token_, "(token)"}, std::pair{id, "(id)"}}) {
            for (auto at = random.empty() ? std::string::npos : whole.find(random); at != std::string::npos;
                 at = whole.find(random, at)) {
                whole.replace(at, random.size(), word);
            }
        }
        // The words of a page that counts and of a paper that leads back are new each time.
        for (const std::string_view field : {"name=\"once\" value=\"", "name=\"sealed\" value=\""}) {
            for (auto at = whole.find(field); at != std::string::npos; at = whole.find(field, at)) {
                at += field.size();
                whole.erase(at, whole.find('"', at) - at);
            }
        }
        answers_.emplace(name, std::move(whole));
    }

    void page(const std::string& target) {
        for (const char* language : {"ja", "en"}) {
            const std::string whole =
                fmt::format("{}{}lang={}", target, target.find('?') == std::string::npos ? '?' : '&', language);
            ask(request_for(whole, "text/html"), whole);
        }
    }
    void get(const std::string& target) { ask(request_for(target), target); }

    void post(const std::string& path, const nlohmann::ordered_json& body) {
        auto request = request_for(path);
        request.method = server::Method::post;
        request.content_type = "application/json";
        request.origin = "http://127.0.0.1:8080";
        request.csrf = csrf_;
        request.body = body.dump();
        ask(request, path + " " + request.body);
    }

    void post_form(const std::string& path, const std::string& body) {
        auto request = request_for(path, "text/html");
        request.method = server::Method::post;
        request.content_type = "application/x-www-form-urlencoded";
        request.origin = "http://127.0.0.1:8080";
        request.csrf = csrf_;
        request.body = body;
        ask(request, path + " " + body);
    }

    /// A file is read beside the requests: its page is asked once that is done.
    void ask_file() {
        const auto municipality = desk_.accounts()->session_of(token_, k_now_s)->account.municipality;
        const std::string rows = "事業,名称,住所,市区町村コード\r\njidokan,ファイルの館,町1," + municipality + "\r\n";
        const auto visit = [this](const server::Request& request) {
            return server::route_staff(request, desk_, saturday_morning(), k_now_s, "ja");
        };
        auto form = form_with_file("/staff/desk/file", token_, {{"csrf", csrf_}}, "一覧.csv", rows);
        auto sent = visit(form);
        const std::string address = header_of(sent, "Location");
        const std::string id = address.substr(address.rfind('/') + 1);
        const bool was_taken = sent.status == 303;
        keep(form, std::move(sent), "a file", id);
        if (!was_taken) {
            return; // of a role that may not
        }
        const auto request = staff_request(address, token_);
        auto page = visit(request);
        for (int i = 0; i < 3'000 && !header_of(page, "Refresh").empty(); ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds{10});
            page = visit(request);
        }
        keep(request, std::move(page), "a file that was read", id);
    }

    void ask_searches() {
        for (const auto& programme : seen_->reader.taxonomy().programmes()) {
            post("/api/v1/staff/resources", {{"programme", programme.code}});
            page("/staff/search?programme=" + programme.code);
        }
        for (const nlohmann::ordered_json& query :
             std::vector<nlohmann::ordered_json>{{{"limit", 100}},
                                                 {{"limit", 7}},
                                                 {{"near", "137.05,33.2"}, {"radius", 2000}},
                                                 {{"bbox", "137,33.1,137.1,33.3"}},
                                                 {{"day", "sat"}},
                                                 {{"age", 2}},
                                                 {{"open", "now"}},
                                                 {{"limit", 100}, {"f", "csv"}},
                                                 {{"limit", 100}, {"f", "geojson"}}}) {
            post("/api/v1/staff/resources", query);
        }
        for (const char* query : {"limit=100", "day=sat", "age=2", "near=137.05,33.2"}) {
            page(fmt::format("/staff/search?{}", query));
        }
    }

    void record(const std::string& id) {
        page("/staff/services/" + id);
        page("/staff/sites/" + id);
        get("/api/v1/staff/resources/" + id);
    }

    void ask_records(const Probes& probes) {
        for (const auto& service : seen_->reader.services()) {
            record(service.id);
        }
        for (const auto& site : seen_->reader.sites()) {
            record(site.id);
        }
        for (const std::string& id : probes.ids) {
            record(id);
        }
    }

    void ask_words(const Probes& probes) {
        std::set<std::string> words(probes.words.begin(), probes.words.end());
        for (const auto& site : seen_->reader.sites()) {
            words.insert({site.name, site.address});
        }
        for (const std::string& word : words) {
            for (const char* path : {"resources", "suggest", "geocode"}) {
                post(fmt::format("/api/v1/staff/{}", path), {{"q", word}});
            }
            page("/staff/search?q=" + server::percent_encode(word));
            post_form("/staff/search", "place=" + server::percent_encode(word));
        }
    }

    void ask_layers() {
        for (const auto& layer : seen_->reader.layers()) {
            for (std::uint32_t i = layer.first; i < layer.first + layer.count; ++i) {
                page(fmt::format("/staff/districts/{}/{}", layer.code,
                                 server::percent_encode(seen_->reader.districts()[i].code)));
            }
            for (const auto& [policy, municipality, public_version] : seen_->reader.policies()) {
                for (const char* form : {"json", "geojson", "csv"}) {
                    get(fmt::format("/api/v1/staff/coverage?policy={}&layer={}&f={}", policy.id, layer.code, form));
                }
                get(fmt::format("/api/v1/staff/coverage?policy={}&layer={}&weekday=sat&age=9", policy.id, layer.code));
                get(fmt::format("/api/v1/staff/coverage?policy={}&layer={}&f=gpkg", policy.id, layer.code));
                page(fmt::format("/staff/planner?policy={}&layer={}", policy.id, layer.code));
                page(fmt::format("/staff/print/coverage?policy={}&layer={}", policy.id, layer.code));
            }
        }
    }

    void ask_tables() {
        for (const char* question :
             {"", "?by=department", "?municipality=99201", "?municipality=99341&by=department"}) {
            page(std::string("/staff/stages") + question);
            get(std::string("/api/v1/staff/stages") + question);
        }
        get("/api/v1/staff/stages?f=csv");
        for (const char* question : {"", "?year=2025", "?f=csv"}) {
            page(std::string("/staff/matrix") + question);
            get(std::string("/api/v1/staff/matrix") + question);
        }
        for (const char* question : {"", "?municipality=99201", "?municipality=99341&kind=refers", "?at=2024-04-01"}) {
            get(std::string("/api/v1/staff/network") + question);
            get(std::string("/api/v1/staff/relations") + question);
        }
        post("/api/v1/staff/resources", {{"municipality", "99341"}, {"stage", "elementary"}});
    }

    void ask_policies() {
        page("/staff/policies");
        for (const auto& [policy, municipality, public_version] : seen_->reader.policies()) {
            page("/staff/policies/new?from=" + policy.id);
            page("/staff/policies/" + policy.id); // another municipality's is not here
        }
    }

    /// Families of every need, near and far, and what is refused by its programme.
    void ask_matches() {
        get("/api/v1/staff/match/needs");
        const nlohmann::ordered_json home{{{"role", "home"}, {"point", {137.05, 33.2}}}};
        const nlohmann::ordered_json both{{{"role", "work"}, {"point", {137.1, 33.15}}},
                                          {{"role", "school"}, {"point", {137.02, 33.25}}}};
        for (const auto& need : seen_->reader.match_rules().front()->needs) {
            post("/api/v1/staff/match",
                 {{"near", home},
                  {"mode", "car"},
                  {"people",
                   {{{"age_months", 20}, {"needs", {need.code}}}, {{"kind", "parent"}, {"needs", {need.code}}}}}});
        }
        nlohmann::ordered_json all = nlohmann::ordered_json::array();
        for (const char* need : {"after_school", "meals", "respite_nights", "housework", "talk"}) {
            all.push_back(need);
        }
        for (const char* mode : {"walk", "car", "fetched"}) {
            post("/api/v1/staff/match", {{"near", both},
                                         {"mode", mode},
                                         {"municipality", "99201"},
                                         {"worries", {"neighbours"}},
                                         {"when", {{"weekdays", {"sat"}}, {"from", "10:00"}, {"to", "15:00"}}},
                                         {"refused", {"kodomo_shokudo"}},
                                         {"people", {{{"age_months", 100}, {"stage", "elementary"}, {"needs", all}}}}});
        }
    }

    /// Rules of matching, with the form of every one.
    void ask_rules() {
        page("/staff/match");
        page("/staff/match/rules");
        page("/staff/match/rules/new");
        for (const auto& rules : seen_->reader.match_rules()) {
            page("/staff/match/rules/" + rules->id);
            page("/staff/match/rules/new?from=" + rules->id);
            for (const auto& rule : rules->rules) {
                page("/staff/match/rules/" + rules->id + "/" + rule.code);
            }
        }
    }

    /// A caseworker counts, a planner reads.
    void ask_unmet() {
        for (int i = 0; i < 6; ++i) {
            post_form("/staff/match",
                      "place1=137.05,33.2&person1_kind=child&person1_years=7&person1_need=meals&mode=car&"
                      "count=0:meals&try=" +
                          std::to_string(i));
        }
        page("/staff/unmet");
        get("/api/v1/staff/unmet");
        get("/api/v1/staff/unmet?from=2026-01&f=csv");
        page("/staff/planner");
    }

    /// Every list and form; and an offer that names each place, which lacks too much to be kept.
    void ask_seeds(const Probes& probes) {
        for (const char* path : {"", "/offers", "/wants", "/offers/new", "/wants/new", "/offers/nothing"}) {
            page(std::string("/staff/seeds") + path);
        }
        get("/api/v1/staff/seeds");
        get("/api/v1/staff/seeds?of=offers&f=csv");
        get("/api/v1/staff/seeds/nothing");
        std::vector<std::string> ids = probes.ids;
        for (const auto& site : seen_->reader.sites()) {
            ids.push_back(site.id);
        }
        for (const std::string& id : ids) {
            post_form("/staff/seeds/offers/new", "organization=x&sharing=all&site=" + server::percent_encode(id));
        }
    }

    /// The public reports on all that it sees and on what it may not; the queue holds the former alone.
    void ask_reports(const Probes& probes) {
        std::vector<std::string> ids = probes.ids;
        for (const auto& service : editions_.current()->reader.services()) {
            ids.push_back(service.id);
        }
        for (const std::string& id : ids) {
            auto request = request_for("/api/v1/reports");
            request.method = server::Method::post;
            request.content_type = "application/json";
            request.body = fmt::format(R"({{"service":"{}","kind":"other","text":"{}"}})", id, id);
            server::route(request, editions_.current().get(), saturday_morning(), nullptr, &reports_);
        }
        page("/staff");
        page("/staff/reports");
        post_form("/staff/reports", "report=1&outcome=was_right");
        page("/staff/reports?done=1");
    }

    /// Every queue, and every place and service as if it were on this desk.
    void ask_desk(const Probes& probes) {
        for (const char* path :
             {"/staff/desk", "/staff/desk/stale", "/staff/desk/unlocated", "/staff/desk/links", "/staff/desk/finds",
              "/staff/month", "/staff/desk/ties", "/staff/desk/ties?when=all&page=2", "/staff/desk/ties?kind=forum",
              "/staff/desk/ties/new", "/staff/desk/ties/new?kind=refers", "/staff/desk/ties/new?kind=coordinates",
              "/staff/desk/forums/new", "/staff/desk/file", "/staff/desk/file/nothing"}) {
            page(path);
        }
        ask_ties(probes);
        std::vector<std::string> ids = probes.ids;
        for (const auto& service : seen_->reader.services()) {
            ids.push_back(service.id);
        }
        for (const auto& site : seen_->reader.sites()) {
            ids.push_back(site.id);
        }
        for (const std::string& id : ids) {
            page("/staff/desk/services/" + id);
            page("/staff/desk/unlocated/" + id);
            post_form("/staff/desk/links", fmt::format("a={0}&b={0}&do=same", id));
        }
    }

    /// What is refused writes nothing.
    void ask_ties(const Probes& probes) {
        std::vector<std::string> ids = probes.ids;
        for (const auto& tie : seen_->reader.relations()) {
            ids.push_back(tie.id);
        }
        for (const auto& forum : seen_->reader.forums()) {
            ids.push_back(forum.id);
        }
        for (const std::string& id : ids) {
            for (const char* path : {"/staff/desk/ties/", "/staff/desk/forums/"}) {
                page(path + id);
                post_form(path + id, "do=nothing");
            }
        }
        post_form("/staff/desk/ties/new", "kind=&from=x&to=x");
        post_form("/staff/desk/forums/new", "name=");
    }

    server::Editions editions_;
    server::ReportBox reports_;
    server::StaffDesk desk_;
    std::string token_;
    std::string csrf_;
    std::shared_ptr<const server::Loaded> seen_;
    std::map<std::string, std::string> answers_;
};

} // namespace

std::map<std::string, std::string> every_staff_answer(const std::filesystem::path& store, directory::Role role,
                                                      const std::string& municipality, const Probes& probes) {
    return StaffAsker(store, role, municipality).ask_all(probes);
}

} // namespace shirube::tests
