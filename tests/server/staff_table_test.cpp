// Every address of staff against every role of two municipalities, and against whoever is not, or not wholly, signed
// in: who is let through, and that what is on the page belongs to whoever reads it. Every public address against all of
// them: it says the same to everybody.
#include "server/accounts/totp.hpp"
#include "server/router.hpp"
#include "server/staff/staff_call.hpp"
#include "server/staff/staff_routes.hpp"
#include "tests/server/support/small_town.hpp"
#include "tests/server/support/staff_town.hpp"

#include <catch2/catch.hpp>

#include <optional>
#include <set>
#include <string>
#include <vector>

using namespace shirube;
using namespace shirube::server;
using namespace shirube::tests;
using directory::Role;

namespace {

struct Visitor {
    std::string name;
    std::string token;
    std::optional<Role> role; ///< empty: nobody, or not wholly signed in
    std::string municipality{};
    bool second_factor_pending = false;
    bool must_change_password = false;
};

/// The words of hidden rows that a visitor may find on a page.
std::set<std::string_view> words_for(const Visitor& visitor) {
    std::set<std::string_view> words;
    if (!visitor.role || visitor.municipality.empty()) {
        return words;
    }
    const bool here = visitor.municipality == k_here;
    words.insert(here ? k_staff_here : k_staff_there);
    if (*visitor.role == Role::steward) {
        words.insert(here ? k_coordinator_here : k_coordinator_there);
    }
    return words;
}

std::vector<Visitor> everybody(StaffTown& town) {
    std::vector<Visitor> visitors{{"nobody", {}, std::nullopt},
                                  {"a made-up token", std::string(43, 'A'), std::nullopt}};
    for (const auto municipality : {k_here, k_there}) {
        for (const Role role : directory::all_roles()) {
            const auto name = std::string{directory::code_of(role)} + "." + std::string{municipality};
            town.account(name, role, municipality);
            visitors.push_back({name, town.token_of(name), role, std::string{municipality}});
        }
    }
    town.account("root", Role::administrator, "");
    visitors.push_back({"root", town.token_of("root"), Role::administrator});

    const auto pending = town.account("pending", Role::steward, k_here);
    const auto secret = town.accounts().begin_totp(pending);
    REQUIRE(secret);
    REQUIRE(town.accounts().confirm_totp(pending, totp_code(*secret, town.now_s / 30), directory::Actor::console(),
                                         town.now_s));
    visitors.push_back({"pending", town.token_of("pending"), std::nullopt, {}, true, false});
    town.account("given", Role::steward, k_here, directory::PasswordOrigin::given);
    visitors.push_back({"given", town.token_of("given"), std::nullopt, {}, false, true});
    return visitors;
}

std::string filled(std::string_view pattern, StaffTown& town, const std::string& id) {
    std::string path;
    for (const char c : pattern) {
        path += c == '*'
                    ? (path.starts_with("/staff/districts/") && path.ends_with("/") && path.size() == 17 ? "chugakkoku"
                       : path.starts_with("/staff/accounts/")
                           ? std::to_string(town.account("root", Role::administrator, ""))
                           : id)
                    : std::string(1, c);
    }
    return path;
}

/// Whether somebody is let through by the gate of a route.
bool is_let_through(const Visitor& visitor, const StaffRouteFacts& route) {
    if (route.gate == Gate::anyone) {
        return true;
    }
    if (visitor.second_factor_pending) {
        return route.gate == Gate::any_session;
    }
    if (visitor.must_change_password) {
        return route.gate == Gate::any_session || route.gate == Gate::new_password;
    }
    return visitor.role && (!route.permission || may(*visitor.role, *route.permission));
}

bool was_turned_away(const Answer& answer) {
    const auto location = header_of(answer, "Location");
    const bool sent_elsewhere = answer.status == 303 && (location.starts_with("/staff/sign-in") ||
                                                         location == "/staff/code" || location == "/staff/password");
    return answer.status == 401 || answer.status == 403 || sent_elsewhere;
}

void check_words(const Answer& answer, const std::set<std::string_view>& allowed) {
    for (const auto word : {k_staff_here, k_coordinator_here, k_staff_there, k_coordinator_there}) {
        if (!allowed.contains(word)) {
            CHECK(answer.content().find(word) == std::string_view::npos);
        }
    }
}

} // namespace

TEST_CASE("Every address of staff, every role: who is let through, and what they may find there") {
    StaffTown town;
    const auto visitors = everybody(town);
    std::size_t cells = 0;
    std::set<std::string> found; // by whom hidden words were seen at all: the table must not be empty of them
    for (const StaffRouteFacts& route : staff_routes()) {
        if (route.pattern == "/staff/sign-out") {
            continue; // ends the session; see staff_session_test.cpp
        }
        for (const auto& visitor : visitors) {
            for (const auto& [place, id] : town.services) {
                const bool varies = route.pattern.find("services") != std::string_view::npos ||
                                    route.pattern.find("resources/") != std::string_view::npos;
                if (!varies && place != town.services.begin()->first) {
                    continue;
                }
                const std::string path = filled(route.pattern, town, id);
                INFO(visitor.name << " " << (route.method == Method::get ? "GET " : "POST ") << path << " " << place);
                const auto session = town.accounts().session_of(visitor.token, town.now_s);
                const std::string csrf = session ? session->csrf : "";
                const bool is_api = path.starts_with("/api/");
                const auto answer = route.method == Method::get ? town.get(path, visitor.token)
                                    : is_api ? town.post_json(path, R"({"q":"館"})", visitor.token, csrf)
                                             : town.post(path, {{"csrf", csrf}}, visitor.token);
                // A form without its fields is refused as a form, not as a person.
                const bool through = is_let_through(visitor, route);
                const bool form_of_sign_in =
                    route.gate == Gate::anyone || path == "/staff/code" || path == "/staff/password";
                if (!form_of_sign_in) {
                    const bool own_refusal = route.method == Method::post && path.starts_with("/staff/accounts");
                    if (through && !own_refusal) {
                        CHECK_FALSE(was_turned_away(answer));
                    }
                    if (!through) {
                        CHECK(was_turned_away(answer));
                    }
                }
                CHECK(answer.caching == Caching::none);
                CHECK(answer.etag_basis.empty());
                check_words(answer, through ? words_for(visitor) : std::set<std::string_view>{});
                for (const auto word : words_for(visitor)) {
                    if (answer.content().find(word) != std::string_view::npos) {
                        found.insert(visitor.name + std::string{word});
                    }
                }
                ++cells;
            }
        }
    }
    CHECK(cells > 500);
    for (const auto& visitor : visitors) {
        for (const auto word : words_for(visitor)) {
            INFO(visitor.name << " never saw " << word);
            CHECK(found.contains(visitor.name + std::string{word}));
        }
    }
}

TEST_CASE("A hidden service of another municipality and one that never was are the same answer") {
    StaffTown town;
    town.account("steward", Role::steward, k_here);
    const auto token = town.token_of("steward");
    for (const auto* path : {"/staff/services/", "/api/v1/staff/resources/"}) {
        const auto hidden = town.get(path + town.services.at("沖の調整先"), token);
        const auto never = town.get(path + std::string("0000000000000"), token);
        CHECK(hidden.status == 404);
        CHECK(never.status == 404);
        CHECK(hidden.content().size() == never.content().size());
    }
    CHECK(town.get("/staff/services/" + town.services.at("潮の調整先"), token).status == 200);
    CHECK(town.get("/services/" + town.services.at("潮の調整先"), token).status == 404); // the public's page
}

TEST_CASE("Public addresses say the same to whoever is signed in as to nobody, hidden words in none") {
    StaffTown town;
    const auto visitors = everybody(town);
    std::vector<std::string> targets{"/",
                                     "/search?q=%E9%A4%A8",
                                     "/search",
                                     "/planner",
                                     "/stages",
                                     "/matrix",
                                     "/network",
                                     "/api/v1/network",
                                     "/api/v1/stages?by=department",
                                     "/api/v1/matrix",
                                     "/about",
                                     "/templates",
                                     "/districts/chugakkoku/99201-%E6%B5%9C",
                                     "/api/v1/resources?q=%E3%81%B2%E3%81%BF%E3%81%A4",
                                     "/api/v1/resources",
                                     "/api/v1/suggest?q=%E3%81%97%E3%81%8A",
                                     "/api/v1/taxonomy",
                                     "/api/v1/policies",
                                     "/api/v1/coverage?policy=jidokan_per_chugakkoku",
                                     "/tiles/chugakkoku.json",
                                     "/readyz"};
    for (const auto& [place, id] : town.services) {
        targets.push_back("/services/" + id);
        targets.push_back("/api/v1/resources/" + id);
        targets.push_back("/services/" + id + "/report");
        targets.push_back("/services/" + id + "/calendar.ics");
    }
    for (const auto& target : targets) {
        const auto nobody = town.get(target);
        check_words(nobody, {});
        for (const auto& visitor : visitors) {
            INFO(target << " " << visitor.name);
            const auto answer = town.get(target, visitor.token);
            CHECK(answer.status == nobody.status);
            CHECK(answer.content() == nobody.content());
            CHECK(answer.etag_basis == nobody.etag_basis);
        }
    }
}
