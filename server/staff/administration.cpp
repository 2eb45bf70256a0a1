#include "server/staff/administration.hpp"

#include "server/numbers.hpp"
#include "server/pages/edition_facts.hpp"
#include "server/pages/page.hpp"
#include "server/staff/refusal.hpp"
#include "server/staff/resume.hpp"
#include "server/staff/times.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace shirube::server {

namespace {

using directory::Account;
using directory::Role;

std::string last_of(const Account& account, const Texts& texts) {
    return account.last_log_in_at ? in_tokyo(*account.last_log_in_at) : texts.get("staff.never");
}

/// A municipality as people know it, and its code; the whole store has none.
void show_municipality(View row, const StaffCall& call, const std::string& municipality) {
    if (municipality.empty()) {
        row.show("WHOLE_STORE");
        return;
    }
    const auto& name = facts_of(call.context.reader(), call.context.now.day)->municipality_name(municipality);
    View one = row.section("ONE");
    one.set("CODE", municipality);
    one.set_if_any("NAME", name == municipality ? std::string{} : name);
}

/// Whether an administrator tends an account: one of the whole store tends all.
bool tends(const StaffCall& call, const std::string& municipality) {
    const auto& own = call.who.account.municipality;
    return own.empty() || own == municipality;
}

std::optional<Account> account_of(const StaffCall& call) {
    const auto id = parse_whole(call.parts[0]);
    auto account = id ? call.accounts.find(*id) : std::nullopt;
    return account && tends(call, account->municipality) ? account : std::nullopt;
}

/// What was typed into a form, for when it has to be sent once more.
struct Typed {
    std::string name;
    std::string role;
    std::string municipality;
};

Typed typed_into(const Query& fields) {
    return {std::string{field_of(fields, "name")}, std::string{field_of(fields, "role")},
            std::string{field_of(fields, "municipality")}};
}

/// What was typed before one had to sign in again.
Typed typed_before(const Request& request) {
    return {resumed_field(request, "name"), resumed_field(request, "role"), resumed_field(request, "municipality")};
}

/// A new password is shown once, on the answer to the form that asked for it.
struct Told {
    std::string problem{};
    std::string password{};
    std::string whose{}; ///< with a password
    unsigned status = 200;
};

void tell(View& body, const Told& told) {
    if (!told.problem.empty()) {
        body.section("PROBLEM").words("SENTENCE", told.problem);
    }
    if (!told.password.empty()) {
        View password = body.section("PASSWORD");
        password.set("TEXT", told.password);
        password.set("WHOSE", told.whose);
    }
}

void offer_roles(View& body, const Texts& texts, std::optional<Role> selected) {
    for (const Role role : directory::all_roles()) {
        View option = body.section("ROLE_OPTION");
        option.set("CODE", directory::code_of(role));
        option.set("LABEL", role_in_words(role, texts.language()));
        option.show_if(selected == role, "SELECTED");
    }
}

/// Who administers one municipality gives nobody another.
void ask_for_municipality(View form, const StaffCall& call, const std::string& typed) {
    const auto& own = call.who.account.municipality;
    View field = form.section(own.empty() ? "ANY_MUNICIPALITY" : "OWN_MUNICIPALITY");
    field.set("CODE", own.empty() ? typed : own);
    if (!own.empty()) {
        field.set("NAME", facts_of(call.context.reader(), call.context.now.day)->municipality_name(own));
    }
}

void style(Page& page) { page.style("styles/search.css"); }

Answer accounts_with(const StaffCall& call, const Told& told, const Typed& typed) {
    Page page(call.request, call.context, "staff-accounts");
    if (!told.password.empty()) {
        page.offer_no_languages();
    }
    style(page);
    const Texts& texts = page.texts();
    page.title(texts.get("staff.accounts"));
    View& body = page.body();
    tell(body, told);
    for (const Account& account : call.accounts.all()) {
        if (!tends(call, account.municipality)) {
            continue;
        }
        View row = body.section("ACCOUNT");
        row.set("HREF", page.links().to("/staff/accounts/" + std::to_string(account.id)));
        row.set("NAME", account.name);
        row.words("ROLE", role_in_words(account.role, texts.language()));
        show_municipality(row, call, account.municipality);
        row.show(account.has_totp ? "TOTP_ON" : "TOTP_OFF");
        row.words("LAST", last_of(account, texts));
        row.show(account.disabled ? "DISABLED" : "ENABLED");
    }
    offer_roles(body, texts, directory::parse_role(typed.role));
    ask_for_municipality(body, call, typed.municipality);
    body.set("TYPED", typed.name);
    body.show_if(!told.problem.empty(), "WRONG");
    body.set("CSRF", call.who.csrf);
    body.set("ACTION", page.links().to("/staff/accounts"));
    body.set("AUDIT", page.links().to("/staff/audit"));
    return page.finish(told.status);
}

Answer account_with(const StaffCall& call, const Account& account, const Told& told, const Typed& typed = {}) {
    Page page(call.request, call.context, "staff-account");
    if (!told.password.empty()) {
        page.offer_no_languages();
    }
    style(page);
    const Texts& texts = page.texts();
    page.title(account.name);
    View& body = page.body();
    tell(body, told);
    body.set("NAME", account.name);
    body.set("BACK", page.links().to("/staff/accounts"));
    body.words("ROLE", role_in_words(account.role, texts.language()));
    show_municipality(body, call, account.municipality);
    body.words("LAST", last_of(account, texts));
    body.show(account.disabled ? "DISABLED" : "ENABLED");
    body.show(account.has_totp ? "TOTP_ON" : "TOTP_OFF");
    if (account.id == call.who.account.id) {
        View own = body.section("OWN");
        own.set("CHANGE_PASSWORD", page.links().to("/staff/password"));
        own.set("TOTP", page.links().to("/staff/totp"));
        return page.finish(told.status);
    }
    View changes = body.section("CHANGES");
    changes.set("ACTION", page.links().to("/staff/accounts/" + std::to_string(account.id)));
    changes.set("CSRF", call.who.csrf);
    changes.show(account.disabled ? "MAY_ENABLE" : "MAY_DISABLE");
    changes.show_if(account.has_totp, "MAY_REMOVE_TOTP");
    offer_roles(changes, texts, directory::parse_role(typed.role).value_or(account.role));
    ask_for_municipality(changes, call, typed.role.empty() ? account.municipality : typed.municipality);
    return page.finish(told.status);
}

Told refused(const StaffCall& call, const directory::AccountProblem& problem) {
    return {.problem = sentence_of(problem, call.context.language), .status = 422};
}

Answer no_such_account(const StaffCall& call) {
    return refusal_page(call.request, &call.context, call.context.language,
                        {404, "error.not_found", "staff.problem_account_unknown", "staff.accounts", "/staff/accounts"});
}

/// "mika: viewer 99201 -> steward 99201", with the codes of roles in words. The name before the colon stays.
std::string roles_in_words(std::string_view what, const Texts& texts) {
    std::string out;
    while (!what.empty()) {
        const auto end = std::min(what.find(' '), what.size());
        const auto word = what.substr(0, end);
        const auto role = directory::parse_role(word);
        out += out.empty() ? "" : " ";
        out += role ? role_in_words(*role, texts.language()) : std::string{word == "->" ? "→" : word};
        what.remove_prefix(std::min(end + 1, what.size()));
    }
    return out;
}

/// "#12 resources done: 児童館一覧" of a command, "coverage base csv" of an export: codes up to the colon in words, and
/// what things are called as it was written.
std::string codes_in_words(std::string_view what, const Texts& texts) {
    const auto names_at = std::min(what.find(": "), what.size());
    std::string out;
    for (auto codes = what.substr(0, names_at); !codes.empty();) {
        const auto end = std::min(codes.find(' '), codes.size());
        const std::string code{codes.substr(0, end)};
        out += out.empty() ? "" : " ";
        out += code == "->" ? "→" : texts.get_or("staff.what_" + code, code);
        codes.remove_prefix(std::min(end + 1, codes.size()));
    }
    return out += what.substr(names_at);
}

/// "#3 added: 99201 -> 99341 staff 2026-04-01 – ": all of it codes, numbers and days.
std::string agreement_in_words(const std::string& what, const Texts& texts) {
    const auto sides_at = std::min(what.find(": "), what.size());
    std::string out = codes_in_words(what.substr(0, sides_at), texts);
    if (sides_at < what.size()) {
        out += ": ";
        out += codes_in_words(what.substr(sides_at + 2), texts);
    }
    return out;
}

std::string what_in_words(const directory::AuditEntry& entry, const Texts& texts) {
    using enum directory::AuditAction;
    switch (entry.action) {
        case log_in:
        case log_in_refused:
            return texts.get_or("staff.what_" + entry.what, entry.what);
        case account_added:
        case account_changed:
            return roles_in_words(entry.what, texts);
        case import:
        case undo:
        case export_:
        case policy_changed:
        case report_closed:
        case rules_changed:
        case settings_changed:
            return codes_in_words(entry.what, texts);
        case agreement_changed:
            return agreement_in_words(entry.what, texts);
        default:
            return entry.what;
    }
}

/// Names that are nobody's account: of the command line, and of whoever gave none that is known.
std::string who_in_words(const directory::AuditEntry& entry, const Texts& texts) {
    if (const auto user = entry.system_user(); user && !user->empty()) {
        return texts.with("staff.who_system_user", {{"name", std::string{*user}}});
    }
    return entry.role ? entry.name : texts.get_or("staff.who_" + entry.name, entry.name);
}

} // namespace

Answer accounts_page(const StaffCall& call) { return accounts_with(call, {}, typed_before(call.request)); }

Answer post_account(const StaffCall& call) {
    const Texts& texts = Texts::in(call.context.language);
    const auto fields = posted_fields(call.request).value_or(Query{});
    const auto role = directory::parse_role(field_of(fields, "role"));
    const std::string municipality{field_of(fields, "municipality")};
    if (!role || !tends(call, municipality)) {
        return accounts_with(call, {.problem = texts.get("staff.not_yours"), .status = 403}, typed_into(fields));
    }
    const std::string password = directory::random_password();
    const auto added = call.accounts.add({.name = std::string{field_of(fields, "name")},
                                          .role = *role,
                                          .municipality = municipality,
                                          .password = password,
                                          .origin = directory::PasswordOrigin::given},
                                         call.actor(), call.now_s);
    return added ? accounts_with(call, {.password = password, .whose = added->name}, {})
                 : accounts_with(call, refused(call, added.error()), typed_into(fields));
}

Answer account_page(const StaffCall& call) {
    const auto account = account_of(call);
    return account ? account_with(call, *account, {}, typed_before(call.request)) : no_such_account(call);
}

Answer post_account_change(const StaffCall& call) {
    const Texts& texts = Texts::in(call.context.language);
    const auto account = account_of(call);
    if (!account) {
        return no_such_account(call);
    }
    const auto fields = posted_fields(call.request).value_or(Query{});
    const auto what = field_of(fields, "do");
    // Whoever is left alone with the accounts must not lock themselves out of them.
    if (account->id == call.who.account.id && what != "password") {
        return account_with(call, *account, {.problem = texts.get("staff.not_yourself"), .status = 403});
    }
    const auto id = account->id;
    std::expected<Account, directory::AccountProblem> changed = *account;
    std::string password;
    if (what == "role") {
        const auto role = directory::parse_role(field_of(fields, "role"));
        const std::string municipality{field_of(fields, "municipality")};
        if (!role || !tends(call, municipality)) {
            return account_with(call, *account, {.problem = texts.get("staff.not_yours"), .status = 403},
                                typed_into(fields));
        }
        changed = call.accounts.change_role(id, *role, municipality, call.actor(), call.now_s);
    } else if (what == "password") {
        password = directory::random_password();
        changed = call.accounts.set_password(id, password, directory::PasswordOrigin::given, call.actor(), call.now_s);
    } else if (what == "disable") {
        changed = call.accounts.disable(id, call.actor(), call.now_s);
    } else if (what == "enable") {
        changed = call.accounts.enable(id, call.actor(), call.now_s);
    } else if (what == "totp_off") {
        changed = call.accounts.remove_totp(id, call.actor(), call.now_s);
    } else {
        return account_with(call, *account, {.problem = texts.get("staff.stale_form"), .status = 400});
    }
    if (!changed) {
        return account_with(call, *account, refused(call, changed.error()), typed_into(fields));
    }
    if (!password.empty()) {
        return account_with(call, *changed, {.password = password, .whose = changed->name});
    }
    return see_other("/staff/accounts/" + std::to_string(id));
}

Answer audit_page(const StaffCall& call) {
    constexpr std::size_t k_a_page = 100;
    constexpr std::size_t k_most_pages_read = 20;
    const auto asked = parse_whole(call.request.parameter("before").value_or("0"));
    Page page(call.request, call.context, "staff-audit");
    style(page);
    const Texts& texts = page.texts();
    page.title(texts.get("staff.audit"));
    View& body = page.body();
    body.set("BACK", page.links().to("/staff/accounts"));
    std::int64_t before = asked && *asked > 0 ? *asked : 0;
    std::size_t shown = 0;
    bool more = true;
    for (std::size_t read = 0; read < k_most_pages_read && shown < k_a_page && more; ++read) {
        const auto entries = call.accounts.audit_log(before, k_a_page);
        more = entries.size() == k_a_page;
        for (const auto& entry : entries) {
            if (shown == k_a_page) {
                more = true;
                break;
            }
            before = entry.id;
            if (!tends(call, entry.municipality)) {
                continue;
            }
            View row = body.section("ENTRY");
            row.set("AT", in_tokyo(entry.at));
            row.words("NAME", who_in_words(entry, texts));
            row.words_if_any("ROLE", entry.role ? role_in_words(*entry.role, texts.language()) : std::string{});
            row.set_if_any("MUNICIPALITY", entry.municipality);
            row.words("ACTION", texts.get("staff.action_" + std::string{code_of(entry.action)}));
            row.words_if_any("WHAT", what_in_words(entry, texts));
            ++shown;
        }
    }
    if (more) {
        body.section("OLDER").set("HREF", page.links().to("/staff/audit", {{"before", std::to_string(before)}}));
    }
    return page.finish();
}

} // namespace shirube::server
