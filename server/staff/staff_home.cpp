#include "server/staff/staff_home.hpp"

#include "server/pages/edition_facts.hpp"
#include "server/pages/page.hpp"
#include "server/pages/search/card.hpp"
#include "server/pages/service/service_facts.hpp"
#include "server/pages/words.hpp"
#include "server/staff/permissions.hpp"
#include "server/staff/reports.hpp"

#include <span>
#include <string>
#include <vector>

namespace shirube::server {

namespace {

constexpr std::size_t k_most_shown = 50;

void add_link(View body, const Links& links, std::string_view path, std::string_view label, std::string_view lead) {
    View link = body.section("LINK");
    link.set("HREF", links.to(path));
    link.words("LABEL", body.texts().get(label));
    link.words("LEAD", body.texts().get(lead));
}

} // namespace

Answer staff_home(const StaffCall& call) {
    const auto& reader = call.context.reader();
    Page page(call.request, call.context, "staff-home");
    page.style("styles/search.css");
    const Texts& texts = page.texts();
    page.title(texts.get("staff.home"));
    View& body = page.body();
    const auto facts = facts_of(reader, call.context.now.day);
    const auto& account = call.who.account;
    const bool is_of_whole_store = account.municipality.empty();
    View who = body.section(is_of_whole_store ? "OF_WHOLE_STORE" : "OF_MUNICIPALITY");
    if (!is_of_whole_store) {
        who.set("MUNICIPALITY", facts->municipality_name(account.municipality));
    }
    who.words("ROLE", role_in_words(account.role, texts.language()));
    std::string shared;
    for (std::size_t i = 1; i < reader.audience().owners.size(); ++i) {
        shared += shared.empty() ? "" : texts.language() == "en" ? ", " : "、";
        shared += facts->municipality_name(reader.audience().owners[i].owner);
    }
    if (!shared.empty()) {
        body.section("SHARED").set("NAMES", shared);
    }
    add_link(body, page.links(), "/search", "staff.search", "staff.search_lead");
    add_link(body, page.links(), "/planner", "staff.planner", "staff.planner_lead");
    if (may(account.role, Permission::match)) {
        add_link(body, page.links(), "/staff/match", "match.heading", "match.link_lead");
    }
    add_link(body, page.links(), "/policies", "policies.heading",
             may(account.role, Permission::plan) ? "policies.own_lead" : "policies.link_lead");
    add_link(body, page.links(), "/staff/match/rules", "rules.heading", "rules.link_lead");
    if (!is_of_whole_store) {
        add_link(body, page.links(), "/staff/seeds", "seeds.heading", "seeds.link_lead");
    }
    if (may(account.role, Permission::plan)) {
        add_link(body, page.links(), "/staff/unmet", "unmet.heading", "unmet.link_lead");
    }
    if (may(account.role, Permission::steward)) {
        add_link(body, page.links(), "/staff/desk", "desk.heading", "desk.link_lead");
        add_link(body, page.links(), "/staff/month", "desk.month", "desk.month_lead");
        add_link(body, page.links(), "/staff/reports", "staff.reports", "staff.reports_lead");
        if (const auto waiting = reports_waiting(call); waiting > 0) {
            body.section("REPORTS_WAITING").set("N", grouped(waiting));
        }
    }
    if (may(account.role, Permission::administer)) {
        add_link(body, page.links(), "/staff/accounts", "staff.accounts", "staff.accounts_lead");
        add_link(body, page.links(), "/staff/audit", "staff.audit", "staff.audit_link_lead");
    }
    add_link(body, page.links(), "/staff/password", "staff.change_password", "staff.password_lead");
    add_link(body, page.links(), "/staff/totp", "staff.totp", "staff.totp_lead");

    if (is_of_whole_store) {
        return page.finish();
    }
    View directory_part = body.section("HIDDEN");
    std::vector<std::uint32_t> hidden;
    for (const std::uint32_t i : reader.services().indices()) {
        if (reader.services()[i].visibility != directory::Visibility::everyone) {
            hidden.push_back(i);
        }
    }
    directory_part.show_if(hidden.empty(), "NONE");
    const auto shown = std::span(hidden).first(std::min(hidden.size(), k_most_shown));
    fill_service_links(directory_part, "OTHER", call.context, page.links(), shown);
    if (hidden.size() > shown.size()) {
        directory_part.section("MORE").set("N", grouped(static_cast<std::int64_t>(hidden.size() - shown.size())));
    }
    return page.finish();
}

} // namespace shirube::server
