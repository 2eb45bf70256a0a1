#include "bench/match/posted_families.hpp"

#include "directory/life_stage.hpp"
#include "directory/travel.hpp"
#include "server/accounts/totp.hpp"
#include "server/staff/match/match_fields.hpp"
#include "server/staff/staff_call.hpp"
#include "server/staff/staff_routes.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <stdexcept>
#include <utility>
#include <variant>

namespace shirube::bench {

namespace {

using directory::Family;
using directory::MatchRules;

constexpr std::string_view k_password = "a desk of figures 4711";
constexpr std::int64_t k_now_s = 1'795'000'000;
constexpr int k_months = 12;

std::string clock_of(int minute) { return fmt::format("{:02}:{:02}", minute / 60, minute % 60); }

nlohmann::json document_of(const Family& family, const MatchRules& rules) {
    nlohmann::json document{{"mode", directory::words_of(family.mode).code}};
    for (const auto& place : family.places) {
        document["near"].push_back(
            {{"role", directory::code_of(place.role)}, {"point", {place.position.lon, place.position.lat}}});
    }
    for (const auto& person : family.people) {
        nlohmann::json one{{"kind", directory::code_of(person.kind)}};
        if (person.age_months) {
            one["age_months"] = *person.age_months;
        }
        if (person.stage) {
            one["stage"] = directory::words_of(*person.stage).code;
        }
        for (const auto need : person.needs) {
            one["needs"].push_back(rules.needs[need].code);
        }
        document["people"].push_back(std::move(one));
    }
    if (family.when) {
        document["when"] = {{"from", clock_of(family.when->from_minute)}, {"to", clock_of(family.when->to_minute)}};
        for (std::size_t day = 0; day < server::k_match_days.size(); ++day) {
            if ((family.when->weekdays >> day & 1U) != 0) {
                document["when"]["weekdays"].push_back(server::k_match_days.at(day));
            }
        }
    }
    return document;
}

server::Query fields_of(const Family& family, const MatchRules& rules) {
    server::Query fields{{"do", "search"}, {"mode", std::string{directory::words_of(family.mode).code}}};
    for (std::size_t i = 0; i < family.places.size(); ++i) {
        const auto& place = family.places[i];
        fields.emplace_back(server::place_field(i + 1),
                            fmt::format("{:.6f},{:.6f}", place.position.lon, place.position.lat));
        fields.emplace_back(server::place_field(i + 1) + "_role", directory::code_of(place.role));
    }
    for (std::size_t i = 0; i < family.people.size(); ++i) {
        const auto& person = family.people[i];
        const auto add = [&](std::string_view part, std::string value) {
            fields.emplace_back(server::person_field(i + 1, part), std::move(value));
        };
        add("kind", std::string{directory::code_of(person.kind)});
        if (person.age_months) {
            add("years", std::to_string(*person.age_months / k_months));
            add("months", std::to_string(*person.age_months % k_months));
        }
        if (person.stage) {
            add("stage", std::string{directory::words_of(*person.stage).code});
        }
        for (const auto need : person.needs) {
            add("need", rules.needs[need].code);
        }
    }
    if (family.when) {
        fields.emplace_back("from", clock_of(family.when->from_minute));
        fields.emplace_back("to", clock_of(family.when->to_minute));
        for (std::size_t day = 0; day < server::k_match_days.size(); ++day) {
            if ((family.when->weekdays >> day & 1U) != 0) {
                fields.emplace_back("weekday", server::k_match_days.at(day));
            }
        }
    }
    return fields;
}

server::Request signed_in(std::string path, const std::string& token) {
    server::Request request;
    request.method = server::Method::post;
    request.path = std::move(path);
    request.client = "127.0.0.1";
    request.host = "127.0.0.1:8080";
    request.origin = "http://127.0.0.1:8080";
    request.cookie = std::string{server::k_session_cookie} + "=" + token;
    return request;
}

} // namespace

Caseworker::Caseworker(std::filesystem::path store, std::string municipality)
    : accounts_(directory::accounts_beside(store)) {
    remove_accounts();
    directory::AccountSettings settings;
    settings.cost = directory::PasswordCost::least();
    settings.totp_code = server::totp_code;
    {
        auto accounts = directory::Accounts::open_or_create(accounts_, settings);
        const auto added = accounts.add({.name = "bench",
                                         .role = directory::Role::caseworker,
                                         .municipality = std::move(municipality),
                                         .password = std::string{k_password},
                                         .origin = directory::PasswordOrigin::chosen},
                                        directory::Actor::console(), k_now_s);
        if (!added) {
            throw std::runtime_error(added.error().sentence_en);
        }
    }
    editions_ = std::make_unique<server::Editions>(store, std::chrono::milliseconds{1'000});
    desk_ = std::make_unique<server::StaffDesk>(store, *editions_, server::StaffSettings{.accounts = settings});
    auto& accounts = *desk_->accounts();
    token_ = std::get<directory::LoggedIn>(accounts.log_in("bench", k_password, "127.0.0.1", k_now_s)).token;
    csrf_ = accounts.session_of(token_, k_now_s)->csrf;
}

Caseworker::~Caseworker() {
    desk_.reset();
    editions_.reset();
    remove_accounts();
}

void Caseworker::remove_accounts() const {
    std::error_code ignored;
    for (const char* end : {"", "-wal", "-shm"}) {
        std::filesystem::remove(accounts_.string() + end, ignored);
    }
}

server::Request Caseworker::to_api(const Family& family, const MatchRules& rules) const {
    auto request = signed_in("/api/v1/staff/match", token_);
    request.accept = "application/json";
    request.content_type = "application/json";
    request.csrf = csrf_;
    request.body = document_of(family, rules).dump();
    return request;
}

server::Request Caseworker::from_form(const Family& family, const MatchRules& rules) const {
    auto request = signed_in("/staff/match", token_);
    request.accept = "text/html";
    request.content_type = "application/x-www-form-urlencoded";
    request.body = "csrf=" + server::percent_encode(csrf_);
    for (const auto& [name, value] : fields_of(family, rules)) {
        request.body += "&" + server::percent_encode(name) + "=" + server::percent_encode(value);
    }
    return request;
}

server::Answer Caseworker::ask(const server::Request& request, directory::Instant now) {
    auto answer = server::route_staff(request, *desk_, now, k_now_s, "ja");
    if (answer.status != 200) {
        throw std::runtime_error(fmt::format("{} answered {}: {}", request.path, answer.status,
                                             std::string_view(answer.content()).substr(0, 300)));
    }
    return answer;
}

} // namespace shirube::bench
