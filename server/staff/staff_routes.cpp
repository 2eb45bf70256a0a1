#include "server/staff/staff_routes.hpp"

#include "server/cookies.hpp"
#include "server/pages/network/network_pages.hpp"
#include "server/pages/page.hpp"
#include "server/pages/pages.hpp"
#include "server/problem.hpp"
#include "server/same_origin.hpp"
#include "server/staff/administration.hpp"
#include "server/staff/desk/answers_owed.hpp"
#include "server/staff/desk/change_page.hpp"
#include "server/staff/desk/desk_page.hpp"
#include "server/staff/desk/file/file_pages.hpp"
#include "server/staff/desk/finds_page.hpp"
#include "server/staff/desk/links_page.hpp"
#include "server/staff/desk/month_page.hpp"
#include "server/staff/desk/stale_pages.hpp"
#include "server/staff/desk/ties/ties_pages.hpp"
#include "server/staff/desk/unlocated_pages.hpp"
#include "server/staff/match/match_page.hpp"
#include "server/staff/match/rules/rules_pages.hpp"
#include "server/staff/match/staff_match.hpp"
#include "server/staff/own_account.hpp"
#include "server/staff/policies.hpp"
#include "server/staff/refusal.hpp"
#include "server/staff/reports.hpp"
#include "server/staff/resume.hpp"
#include "server/staff/seeds/seed_form.hpp"
#include "server/staff/seeds/seed_page.hpp"
#include "server/staff/seeds/seeds_api.hpp"
#include "server/staff/seeds/seeds_page.hpp"
#include "server/staff/sign_in.hpp"
#include "server/staff/staff_api.hpp"
#include "server/staff/staff_call.hpp"
#include "server/staff/staff_home.hpp"
#include "server/staff/unmet.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <string>

namespace shirube::server {

namespace {

using Parts = std::vector<std::string_view>;

struct StaffRoute {
    StaffRouteFacts facts;
    Answer (*visit)(const StaffVisit&) = nullptr; ///< of the way in
    Answer (*call)(const StaffCall&) = nullptr;   ///< of everything else
};

/// The public's page over what this audience may see. A point in an address would be somebody's place.
Answer search_of_staff(const StaffCall& call) {
    for (const std::string_view point : {"near", "bbox"}) {
        if (call.request.parameter(point)) {
            return error_page(call.request, &call.context, 400,
                              title_of({"bad_parameter", "near", ""}, call.context.language));
        }
    }
    return search_page(call.request, call.context);
}

/// Where ties are edited, for whom that is her work.
std::string_view ties_desk_of(const StaffCall& call) {
    return may(call.who.account.role, Permission::steward) ? "/staff/desk/ties" : std::string_view{};
}

Answer post_search_of_staff(const StaffCall& call) {
    Request request = call.request;
    auto fields = posted_fields(request).value_or(Query{});
    std::erase_if(fields, [](const auto& field) { return field.first == "place" || field.first == "near"; });
    request.body.clear();
    for (const auto& [name, value] : fields) {
        request.body += (request.body.empty() ? "" : "&") + percent_encode(name) + "=" + percent_encode(value);
    }
    return search_form(request, call.context);
}

const std::vector<StaffRoute>& table() {
    constexpr auto get = Method::get;
    constexpr auto post = Method::post;
    const auto of = [](Method method, std::string_view pattern, Permission permission,
                       Answer (*call)(const StaffCall&)) {
        return StaffRoute{{method, pattern, Gate::permission, permission}, nullptr, call};
    };
    const auto open_to = [](Method method, std::string_view pattern, Gate gate, Answer (*call)(const StaffCall&)) {
        return StaffRoute{{method, pattern, gate, std::nullopt}, nullptr, call};
    };
    static const std::vector<StaffRoute> routes{
        {{get, "/staff/sign-in", Gate::anyone, std::nullopt}, sign_in_page, nullptr},
        {{post, "/staff/sign-in", Gate::anyone, std::nullopt}, post_sign_in, nullptr},
        open_to(get, "/staff/code", Gate::any_session, code_page),
        open_to(post, "/staff/code", Gate::any_session, post_code),
        open_to(post, "/staff/sign-out", Gate::any_session, post_sign_out),
        open_to(get, "/staff/password", Gate::new_password, password_page),
        open_to(post, "/staff/password", Gate::new_password, post_password),
        open_to(get, "/staff", Gate::permission, staff_home),
        open_to(get, "/staff/totp", Gate::permission, totp_page),
        // Where the address bar still shows what a form was sent to.
        open_to(get, "/staff/totp/*", Gate::permission, [](const StaffCall&) { return see_other("/staff/totp"); }),
        open_to(post, "/staff/totp/begin", Gate::permission, post_totp_begin),
        open_to(post, "/staff/totp/confirm", Gate::permission, post_totp_confirm),
        open_to(post, "/staff/totp/remove", Gate::permission, post_totp_remove),
        of(get, "/staff/search", Permission::browse, search_of_staff),
        of(post, "/staff/search", Permission::browse, post_search_of_staff),
        of(get, "/staff/services/*", Permission::browse,
           [](const StaffCall& c) { return service_page(c.request, c.context, c.parts[0]); }),
        of(get, "/staff/sites/*", Permission::browse,
           [](const StaffCall& c) { return site_page(c.request, c.context, c.parts[0]); }),
        of(get, "/staff/districts/*/*", Permission::browse,
           [](const StaffCall& c) { return district_page(c.request, c.context, c.parts[0], c.parts[1]); }),
        of(get, "/staff/planner", Permission::browse, staff_planner_page),
        of(get, "/staff/stages", Permission::browse,
           [](const StaffCall& c) { return stages_page(c.request, c.context); }),
        of(get, "/staff/matrix", Permission::browse,
           [](const StaffCall& c) { return matrix_page(c.request, c.context); }),
        of(get, "/staff/network", Permission::browse,
           [](const StaffCall& c) { return network_page(c.request, c.context, ties_desk_of(c)); }),
        of(get, "/staff/network/nodes/*", Permission::browse,
           [](const StaffCall& c) { return network_node_page(c.request, c.context, c.parts[0], ties_desk_of(c)); }),
        of(get, "/staff/print/coverage", Permission::browse,
           [](const StaffCall& c) { return print_coverage_page(c.request, c.context); }),
        of(get, "/staff/match", Permission::match, match_page),
        of(post, "/staff/match", Permission::match, post_match),
        of(get, "/staff/match/rules", Permission::browse, rules_page),
        of(get, "/staff/match/rules/new", Permission::plan, new_rules_page),
        of(post, "/staff/match/rules/new", Permission::plan, post_new_rules),
        of(get, "/staff/match/rules/*", Permission::browse, rule_set_page),
        of(post, "/staff/match/rules/*", Permission::plan, post_rule_set),
        of(get, "/staff/match/rules/*/*", Permission::plan, rule_page),
        of(post, "/staff/match/rules/*/*", Permission::plan, post_rule),
        of(get, "/staff/unmet", Permission::plan, unmet_page),
        of(get, "/staff/seeds", Permission::browse, seeds_page),
        of(get, "/staff/seeds/offers", Permission::browse, offers_page),
        of(get, "/staff/seeds/wants", Permission::browse, wants_page),
        of(get, "/staff/seeds/offers/new", Permission::plan, new_offer_page),
        of(post, "/staff/seeds/offers/new", Permission::plan, post_new_offer),
        of(get, "/staff/seeds/wants/new", Permission::plan, new_want_page),
        of(post, "/staff/seeds/wants/new", Permission::plan, post_new_want),
        of(get, "/staff/seeds/offers/*", Permission::browse, offer_page),
        of(get, "/staff/seeds/wants/*", Permission::browse, want_page),
        of(get, "/staff/seeds/offers/*/edit", Permission::plan, edit_offer_page),
        of(post, "/staff/seeds/offers/*/edit", Permission::plan, post_offer),
        of(get, "/staff/seeds/wants/*/edit", Permission::plan, edit_want_page),
        of(post, "/staff/seeds/wants/*/edit", Permission::plan, post_want),
        of(post, "/staff/seeds/askings", Permission::plan, post_asking),
        of(post, "/staff/seeds/askings/*", Permission::plan, post_asking_answer),
        of(get, "/staff/policies", Permission::browse, staff_policies_page),
        of(get, "/staff/policies/new", Permission::plan, new_policy_page),
        of(post, "/staff/policies/new", Permission::plan, post_new_policy),
        of(get, "/staff/policies/*", Permission::plan, kept_policy_page),
        of(post, "/staff/policies/*", Permission::plan, post_kept_policy),
        of(get, "/staff/reports", Permission::steward, staff_reports_page),
        of(post, "/staff/reports", Permission::steward, post_staff_report),
        of(get, "/staff/desk", Permission::steward, desk_page),
        of(get, "/staff/desk/stale", Permission::steward, stale_page),
        of(post, "/staff/desk/stale", Permission::steward, post_stale),
        of(get, "/staff/desk/services/*", Permission::steward, change_page),
        of(post, "/staff/desk/services/*", Permission::steward, post_change),
        of(get, "/staff/desk/unlocated", Permission::steward, unlocated_page),
        of(get, "/staff/desk/unlocated/*", Permission::steward, unlocated_site_page),
        of(post, "/staff/desk/unlocated/*", Permission::steward, post_unlocated_site),
        of(get, "/staff/desk/links", Permission::steward, links_page),
        of(post, "/staff/desk/links", Permission::steward, post_link),
        of(get, "/staff/desk/finds", Permission::steward, finds_page),
        of(post, "/staff/desk/finds", Permission::steward, post_consent),
        of(get, "/staff/desk/ties", Permission::steward, ties_page),
        of(get, "/staff/desk/ties/new", Permission::steward, new_tie_page),
        of(post, "/staff/desk/ties/new", Permission::steward, post_new_tie),
        of(get, "/staff/desk/ties/*", Permission::steward, tie_page),
        of(post, "/staff/desk/ties/*", Permission::steward, post_tie),
        of(get, "/staff/desk/forums/new", Permission::steward, new_forum_page),
        of(post, "/staff/desk/forums/new", Permission::steward, post_new_forum),
        of(get, "/staff/desk/forums/*", Permission::steward, forum_page),
        of(post, "/staff/desk/forums/*", Permission::steward, post_forum),
        of(get, "/staff/desk/file", Permission::steward, file_page),
        of(post, "/staff/desk/file", Permission::steward, post_file),
        of(get, "/staff/desk/file/*", Permission::steward, dropped_file_page),
        of(post, "/staff/desk/file/*", Permission::steward, post_dropped_file),
        of(get, "/staff/month", Permission::steward, month_page),
        of(post, "/staff/month", Permission::steward, post_find),
        of(post, "/staff/month/answers", Permission::steward, post_answer),
        of(get, "/staff/accounts", Permission::administer, accounts_page),
        of(post, "/staff/accounts", Permission::administer, post_account),
        of(get, "/staff/accounts/*", Permission::administer, account_page),
        of(post, "/staff/accounts/*", Permission::administer, post_account_change),
        of(get, "/staff/audit", Permission::administer, audit_page),
        of(post, "/api/v1/staff/resources", Permission::browse, post_staff_resources),
        of(get, "/api/v1/staff/resources/*", Permission::browse, get_staff_resource),
        of(post, "/api/v1/staff/suggest", Permission::browse, post_staff_suggest),
        of(post, "/api/v1/staff/geocode", Permission::browse, post_staff_geocode),
        of(get, "/api/v1/staff/policies", Permission::browse, get_staff_policies),
        of(get, "/api/v1/staff/coverage", Permission::browse, get_staff_coverage),
        of(get, "/api/v1/staff/stages", Permission::browse, get_staff_stages),
        of(get, "/api/v1/staff/matrix", Permission::browse, get_staff_matrix),
        of(get, "/api/v1/staff/relations", Permission::browse, get_staff_relations),
        of(get, "/api/v1/staff/network", Permission::browse, get_staff_network),
        of(post, "/api/v1/staff/coverage", Permission::plan, post_staff_coverage),
        of(post, "/api/v1/staff/match", Permission::match, post_staff_match),
        of(get, "/api/v1/staff/match/needs", Permission::match, get_staff_match_needs),
        of(get, "/api/v1/staff/unmet", Permission::plan, get_staff_unmet),
        of(get, "/api/v1/staff/seeds", Permission::browse, get_staff_seeds),
        of(get, "/api/v1/staff/seeds/*", Permission::browse, get_staff_seed),
    };
    return routes;
}

std::vector<std::string_view> segments(std::string_view path) {
    std::vector<std::string_view> parts;
    while (!path.empty()) {
        path.remove_prefix(1);
        const auto end = std::min(path.find('/'), path.size());
        parts.push_back(path.substr(0, end));
        path.remove_prefix(end);
    }
    return parts;
}

bool fits(std::string_view pattern, std::string_view path, Parts& held) {
    const auto wanted = segments(pattern);
    const auto given = segments(path);
    held.clear();
    if (wanted.size() != given.size()) {
        return false;
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (wanted[i] == "*" && !given[i].empty()) {
            held.push_back(given[i]);
        } else if (wanted[i] != given[i]) {
            return false;
        }
    }
    return true;
}

bool is_api(const Request& request) noexcept { return request.path.starts_with("/api/"); }

bool is_loopback(std::string_view client) noexcept { return client == "::1" || client.starts_with("127."); }

bool is_same_secret(std::string_view a, std::string_view b) noexcept {
    return !a.empty() && a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

/// A language that was chosen goes along to where one is sent.
std::string in_chosen_language(const std::string& location, const Request& request) {
    const auto chosen = request.parameter("lang");
    if (!chosen || std::ranges::find(k_languages, *chosen) == k_languages.end() || !location.starts_with("/staff")) {
        return location;
    }
    const auto end = location.find('?');
    const auto query =
        end == std::string::npos ? Query{} : parse_query(std::string_view{location}.substr(end + 1)).value_or(Query{});
    return address(location.substr(0, end), with(query, "lang", *chosen));
}

/// What a page says of a problem: heading, sentence, and the way on.
Refusal refusal_of(std::string_view code, std::string_view sentence) {
    Refusal refusal{status_of({code, "", {}}), "error.forbidden", sentence, "staff.home", "/staff"};
    if (code == "not_found") {
        refusal.heading = "error.not_found";
        refusal.sentence = sentence.empty() ? "staff.not_here" : sentence;
    } else if (code == "too_many_requests") {
        refusal.heading = "error.busy";
        refusal.sentence = "error.busy_advice";
    } else if (code == "form_stale") {
        refusal.heading = "staff.not_sent";
    }
    return refusal;
}

class Desk {
  public:
    Desk(const Request& request, StaffDesk& desk, directory::Instant now, std::int64_t now_s, std::string_view language)
        : request_(request), desk_(desk), now_(now), now_s_(now_s), language_(language) {}

    Answer answer() {
        Answer answer = decide();
        for (auto& [name, value] : answer.headers) {
            if (name == "Location") {
                value = in_chosen_language(value, request_);
            }
        }
        return answer;
    }

  private:
    Answer decide() {
        if (!request_.secure && !is_loopback(request_.client)) {
            return refuse_stranger("insecure", "staff.insecure");
        }
        auto* accounts = desk_.accounts();
        if (accounts == nullptr) {
            return refuse_stranger("not_found", "staff.no_accounts");
        }
        Parts parts;
        const StaffRoute* route = find(parts);
        const std::string_view token = cookie_of(request_.cookie, k_session_cookie);
        const bool posts = request_.method == Method::post;
        if (posts && !is_from_here(request_)) {
            return refuse_stranger("form_stale", "staff.foreign_form");
        }
        if (route != nullptr && route->visit != nullptr) {
            return route->visit({request_, *accounts, token, language_, now_s_});
        }
        const auto who = token.empty() ? std::nullopt : accounts->session_of(token, now_s_);
        if (!who) {
            return ask_to_sign_in({request_, *accounts, token, language_, now_s_});
        }
        if (const auto verdict = desk_.count_request(who->account.id); !verdict.allowed) {
            Answer answer = refuse("too_many_requests", {}, *who);
            std::erase_if(answer.headers, [](const auto& header) { return header.first == "Retry-After"; });
            answer.headers.emplace_back("Retry-After", std::to_string(verdict.retry_after.count()));
            return answer;
        }
        if (posts && !is_same_secret(csrf_sent(), who->csrf)) {
            return refuse("form_stale", "staff.stale_form", *who);
        }
        if (route == nullptr) {
            return refuse("not_found", {}, *who);
        }
        if (auto answer = turn_away(*route, *who)) {
            return std::move(*answer);
        }
        return call(*route, *accounts, *who, token, parts);
    }

    const StaffRoute* find(Parts& parts) {
        const Method method = request_.method == Method::head ? Method::get : request_.method;
        for (const StaffRoute& route : table()) {
            if (route.facts.method == method && fits(route.facts.pattern, request_.path, parts)) {
                return &route;
            }
        }
        return nullptr;
    }

    /// Forms carry it as a field, scripts in a header.
    std::string csrf_sent() {
        if (!request_.csrf.empty()) {
            return request_.csrf;
        }
        const auto fields = posted_fields(request_);
        return fields ? std::string{field_of(*fields, "csrf")} : std::string{};
    }

    /// What stands between a session and the address, if anything does.
    std::optional<Answer> turn_away(const StaffRoute& route, const directory::SignedIn& who) {
        const Gate gate = route.facts.gate;
        if (who.second_factor_pending && gate != Gate::any_session) {
            return is_api(request_) ? problem("signed_out") : see_other("/staff/code");
        }
        if (who.must_change_password && !who.second_factor_pending && gate == Gate::permission) {
            return is_api(request_) ? problem("signed_out") : see_other("/staff/password");
        }
        if (route.facts.permission && !may(who.account.role, *route.facts.permission)) {
            return refuse("forbidden", "staff.forbidden", who);
        }
        return std::nullopt;
    }

    Answer call(const StaffRoute& route, directory::Accounts& accounts, const directory::SignedIn& who,
                std::string_view token, const Parts& parts) {
        // Nobody is shown what is hidden before all that is asked of them is done.
        const bool is_whole = !who.second_factor_pending && !who.must_change_password;
        const auto loaded = edition_for(who, is_whole);
        const StaffView view = view_of(who, is_whole);
        const Context context{*loaded, now_, language_, &view};
        return route.call({request_, desk_, accounts, who, token, context, parts, now_s_});
    }

    std::shared_ptr<const Loaded> edition_for(const directory::SignedIn& who, bool is_whole) {
        directory::Account reader = who.account;
        if (!is_whole) {
            reader.municipality.clear(); // reads what the public does
        }
        return desk_.edition_for(reader, now_.day);
    }

    StaffView view_of(const directory::SignedIn& who, bool is_whole) const {
        return {.name = who.account.name,
                .role = role_in_words(who.account.role, language_),
                .csrf = who.csrf,
                .may_plan = may(who.account.role, Permission::plan),
                .may_steward = may(who.account.role, Permission::steward),
                .owner = directory::owner_of(who.account.municipality),
                .is_whole = is_whole};
    }

    Answer ask_to_sign_in(const StaffVisit& visit) {
        if (is_api(request_)) {
            return problem("signed_out");
        }
        if (request_.path == "/staff/sign-out") {
            return see_other_with_session("/staff/sign-in", {});
        }
        const std::string next = address_to_resume(request_, desk_);
        return request_.method == Method::post ? sign_in_to_resume(visit, next)
                                               : see_other("/staff/sign-in?next=" + percent_encode(next));
    }

    [[nodiscard]] Answer problem(std::string_view code) const { return to_answer({code, "", {}}, language_); }

    /// A page for a person, a problem for a program.
    Answer refuse(std::string_view code, std::string_view sentence, const directory::SignedIn& who) {
        if (is_api(request_)) {
            return problem(code);
        }
        Refusal refusal = refusal_of(code, sentence);
        if (code == "form_stale") {
            refusal.link = "staff.open_again";
            refusal.address = address_to_resume(request_, desk_);
        }
        const bool is_whole = !who.second_factor_pending && !who.must_change_password;
        const auto loaded = edition_for(who, is_whole);
        const StaffView view = view_of(who, is_whole);
        const Context context{*loaded, now_, language_, &view};
        return refusal_page(request_, &context, language_, refusal);
    }

    /// The same where nobody is known to be signed in.
    Answer refuse_stranger(std::string_view code, std::string_view sentence) {
        if (is_api(request_)) {
            return problem(code);
        }
        Refusal refusal = refusal_of(code, sentence);
        if (code != "form_stale") {
            refusal.heading = "staff.not_yet";
            refusal.link = {};
        }
        return refusal_page(request_, nullptr, language_, refusal);
    }

    const Request& request_;
    StaffDesk& desk_;
    directory::Instant now_;
    std::int64_t now_s_;
    std::string_view language_;
};

} // namespace

std::vector<StaffRouteFacts> staff_routes() {
    std::vector<StaffRouteFacts> facts;
    for (const StaffRoute& route : table()) {
        facts.push_back(route.facts);
    }
    return facts;
}

bool is_staff_path(std::string_view path) noexcept {
    return path == "/staff" || path.starts_with("/staff/") || path == "/api/v1/staff" ||
           path.starts_with("/api/v1/staff/");
}

std::string_view staff_pattern(std::string_view path) noexcept {
    Parts parts;
    for (const StaffRoute& route : table()) {
        if (fits(route.facts.pattern, path, parts)) {
            return route.facts.pattern;
        }
    }
    return path.starts_with("/api/") ? "/api/v1/staff" : "/staff";
}

Answer route_staff(const Request& request, StaffDesk& desk, directory::Instant now, std::int64_t now_s,
                   std::string_view language) {
    return Desk(request, desk, now, now_s, language).answer();
}

} // namespace shirube::server
