#include "server/staff/desk/finds_page.hpp"

#include "directory/desk/queues.hpp"
#include "directory/store/listed_row.hpp"
#include "server/pages/page.hpp"
#include "server/pages/search/card.hpp"
#include "server/pages/words.hpp"
#include "server/staff/desk/desk_frame.hpp"
#include "server/staff/desk/desk_writing.hpp"
#include "server/staff/desk/find_form.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace shirube::server {

namespace {

constexpr std::size_t k_a_page = 20;
constexpr std::string_view k_home = "/staff/desk/finds";

/// In what role somebody agrees; kept in Japanese, as lists keep it.
constexpr std::array<std::string_view, 3> k_roles{"runner", "head", "owner"};

std::string role_in_words(std::string_view role, const Texts& texts) {
    return texts.get("desk.consent_" + std::string(role));
}

Answer page_with(const StaffCall& call, const NotKept* not_kept, const Query& typed) {
    const auto& reader = call.context.reader();
    const auto finds = directory::finds_awaiting(reader, desk_owner(call), call.context.now.day);
    Page page(call.request, call.context, "staff-desk-finds");
    begin_desk_page(page, "desk.finds");
    const Texts& texts = page.texts();
    View& body = page.body();
    tell_of_desk(body, call, not_kept);
    const auto shown = fill_pages(body, page.links(), call.request, k_home, finds.size(), k_a_page);
    for (const auto service : std::span(finds).subspan(shown.first, shown.count)) {
        const auto& row = reader.services()[service];
        View item = body.section("FIND");
        item.set("ID", row.id);
        item.set("HREF", page.links().service(row.id));
        item.set("NAME", service_name(reader, row, texts.language()));
        item.words("PROGRAMME", reader.taxonomy().at(row.programme).label.in(texts.language()));
        item.set_if_any("ADDRESS",
                        row.site == directory::k_no_index ? std::string{} : reader.sites()[row.site].address);
        if (!directory::is_find(reader, row)) { // its list is kept elsewhere, and would take back what is written here
            View listed = item.section("IN_LIST");
            listed.set("LIST", reader.lists()[row.list].name);
            listed.set("FILES", page.links().to("/staff/desk/file"));
            continue;
        }
        View form = item.section("CONSENT");
        form.set("ACTION", page.links().to(k_home));
        form.set("CSRF", call.who.csrf);
        form.set("TODAY", directory::to_string(call.context.now.day));
        const bool is_typed = field_of(typed, "service") == row.id;
        form.show_if(is_typed, "OPEN");
        form.set("ON", is_typed ? field_of(typed, "on") : std::string_view{});
        for (const auto role : k_roles) {
            View option = form.section("ROLE_OPTION");
            option.set("VALUE", role);
            option.set("WORDS", role_in_words(role, texts));
            option.show_if(is_typed && field_of(typed, "role") == role, "CHOSEN");
        }
    }
    return page.finish(not_kept == nullptr ? 200 : not_kept->status);
}

std::optional<std::uint32_t> awaiting(const StaffCall& call, const directory::Reader& reader, std::string_view id) {
    const auto finds = directory::finds_awaiting(reader, desk_owner(call), call.context.now.day);
    const auto found = std::ranges::find_if(finds, [&](std::uint32_t service) {
        const auto& row = reader.services()[service];
        return row.id == id && directory::is_find(reader, row);
    });
    return found == finds.end() ? std::nullopt : std::optional(*found);
}

} // namespace

Answer finds_page(const StaffCall& call) { return page_with(call, nullptr, {}); }

Answer post_consent(const StaffCall& call) {
    const auto& reader = call.context.reader();
    const auto fields = posted_fields(call.request).value_or(Query{});
    const auto refused = [&](const NotKept& problem) { return page_with(call, &problem, fields); };
    const Texts& texts = Texts::in(call.context.language);
    const auto id = field_of(fields, "service");
    const auto service = awaiting(call, reader, id);
    if (!service) {
        return refused({409, {texts.get("desk.changed_meanwhile")}});
    }
    const auto on = directory::parse_day(field_of(fields, "on"));
    const auto role = field_of(fields, "role");
    if (!on || *on > call.context.now.day || std::ranges::find(k_roles, role) == k_roles.end()) {
        return refused({422, {texts.get("desk.consent_missing")}});
    }
    const std::string list = reader.lists()[reader.services()[*service].list].name;
    auto row = directory::listed_row(call.desk.store(), directory::ImportKind::resources, list);
    if (!row) {
        return refused({409, {texts.get("desk.changed_meanwhile")}});
    }
    const auto kept =
        keep_resource(call, list, with_consent(std::move(*row), *on, role_in_words(role, Texts::in("ja"))),
                      [&](const directory::Reader& newest) { return awaiting(call, newest, id).has_value(); });
    if (!kept) {
        return refused(kept.error());
    }
    return see_other(kept_address(k_home, *kept));
}

} // namespace shirube::server
