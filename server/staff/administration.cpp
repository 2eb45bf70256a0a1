#include "server/staff/administration.hpp"

#include "server/numbers.hpp"
#include "server/pages/page.hpp"
#include "server/pages/pages.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <optional>
#include <string>
#include <vector>

namespace shirube::server {

namespace {

using directory::Account;
using directory::Role;

std::string in_tokyo(std::int64_t unix_seconds) {
    constexpr std::int64_t k_offset = 9 * 3600;
    const auto time = static_cast<std::time_t>(unix_seconds + k_offset);
    return fmt::format("{:%Y-%m-%d %H:%M}", fmt::gmtime(time));
}

std::string last_of(const Account& account, const Texts& texts) {
    return account.last_log_in_at ? in_tokyo(*account.last_log_in_at) : texts.get("staff.never");
}

std::string municipality_of(const std::string& municipality, const Texts& texts) {
    return municipality.empty() ? texts.get("staff.whole_store") : municipality;
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

/// A new password is shown once, on the answer to the form that asked for it.
struct Told {
    std::string problem;
    std::string password;
    unsigned status = 200;
};

void tell(View& body, const Told& told) {
    if (!told.problem.empty()) {
        body.section("PROBLEM").words("SENTENCE", told.problem);
    }
    if (!told.password.empty()) {
        body.section("PASSWORD").set("TEXT", told.password);
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

void style(Page& page) {
    page.style("styles/search.css");
}

Answer accounts_with(const StaffCall& call, const Told& told) {
    Page page(call.request, call.context, "staff-accounts");
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
        row.set("ROLE", role_in_words(account.role, texts.language()));
        row.set("MUNICIPALITY", municipality_of(account.municipality, texts));
        row.show(account.has_totp ? "TOTP_ON" : "TOTP_OFF");
        row.set("LAST", last_of(account, texts));
        row.show(account.disabled ? "DISABLED" : "ENABLED");
    }
    offer_roles(body, texts, std::nullopt);
    body.set("OWN", call.who.account.municipality);
    body.set("CSRF", call.who.csrf);
    body.set("ACTION", page.links().to("/staff/accounts"));
    body.set("AUDIT", page.links().to("/staff/audit"));
    return page.finish(told.status);
}

Answer account_with(const StaffCall& call, const Account& account, const Told& told) {
    Page page(call.request, call.context, "staff-account");
    style(page);
    const Texts& texts = page.texts();
    page.title(account.name);
    View& body = page.body();
    tell(body, told);
    body.set("NAME", account.name);
    body.set("BACK", page.links().to("/staff/accounts"));
    body.set("ROLE", role_in_words(account.role, texts.language()));
    body.set("MUNICIPALITY", account.municipality);
    body.set("LAST", last_of(account, texts));
    body.show(account.disabled ? "DISABLED" : "ENABLED");
    body.show_if(account.has_totp, "TOTP_ON");
    body.set("ACTION", page.links().to("/staff/accounts/" + std::to_string(account.id)));
    body.set("CSRF", call.who.csrf);
    offer_roles(body, texts, account.role);
    return page.finish(told.status);
}

Told refused(const StaffCall& call, const directory::AccountProblem& problem) {
    return {.problem = sentence_of(problem, call.context.language), .password = {}, .status = 422};
}

Answer no_such_account(const StaffCall& call) { return error_page(call.request, &call.context, 404, {}); }

} // namespace

Answer accounts_page(const StaffCall& call) { return accounts_with(call, {}); }

Answer post_account(const StaffCall& call) {
    const Texts& texts = Texts::in(call.context.language);
    const auto fields = posted_fields(call.request).value_or(Query{});
    const auto role = directory::parse_role(field_of(fields, "role"));
    const std::string municipality{field_of(fields, "municipality")};
    if (!role || !tends(call, municipality)) {
        return accounts_with(call, {.problem = texts.get("staff.forbidden"), .password = {}, .status = 403});
    }
    const std::string password = directory::random_password();
    const auto added = call.accounts.add({.name = std::string{field_of(fields, "name")},
                                          .role = *role,
                                          .municipality = municipality,
                                          .password = password,
                                          .origin = directory::PasswordOrigin::given},
                                         call.actor(), call.now_s);
    return added ? accounts_with(call, {.problem = {}, .password = password, .status = 200})
                 : accounts_with(call, refused(call, added.error()));
}

Answer account_page(const StaffCall& call) {
    const auto account = account_of(call);
    return account ? account_with(call, *account, {}) : no_such_account(call);
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
        return account_with(call, *account,
                            {.problem = texts.get("staff.not_yourself"), .password = {}, .status = 403});
    }
    const auto id = account->id;
    std::expected<Account, directory::AccountProblem> changed = *account;
    std::string password;
    if (what == "role") {
        const auto role = directory::parse_role(field_of(fields, "role"));
        const std::string municipality{field_of(fields, "municipality")};
        if (!role || !tends(call, municipality)) {
            return account_with(call, *account,
                                {.problem = texts.get("staff.forbidden"), .password = {}, .status = 403});
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
        return account_with(call, *account, {.problem = texts.get("staff.stale_form"), .password = {}, .status = 400});
    }
    if (!changed) {
        return account_with(call, *account, refused(call, changed.error()));
    }
    if (!password.empty()) {
        return account_with(call, *changed, {.problem = {}, .password = password, .status = 200});
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
            row.set("NAME", entry.name);
            row.set("ROLE", entry.role ? role_in_words(*entry.role, texts.language()) : std::string{});
            row.set("MUNICIPALITY", entry.municipality);
            row.set("ACTION_LABEL", std::string{texts.language() == "en" ? directory::label_en(entry.action)
                                                                         : directory::label_ja(entry.action)});
            row.set("WHAT", entry.what);
            ++shown;
        }
    }
    if (more) {
        body.section("OLDER").set("HREF", page.links().to("/staff/audit", {{"before", std::to_string(before)}}));
    }
    return page.finish();
}

} // namespace shirube::server
