#include "server/staff/desk/finds_page.hpp"

#include "directory/desk/queues.hpp"
#include "directory/fold.hpp"
#include "directory/store.hpp"
#include "directory/store/listed_row.hpp"
#include "directory/store/lists_of_owner.hpp"
#include "server/pages/page.hpp"
#include "server/pages/search/card.hpp"
#include "server/pages/words.hpp"
#include "server/staff/desk/desk_frame.hpp"
#include "server/staff/desk/desk_writing.hpp"
#include "server/staff/desk/find_form.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <set>
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

/// Whether the agreement can be written here: the service stands alone in a list that a page wrote. Elsewhere the next
/// edition of the list would take it back.
bool may_be_written_here(const directory::Reader& reader, const directory::ServiceRow& service) {
    if (!directory::is_find(reader, service)) {
        return false;
    }
    const auto& all = reader.services();
    return std::ranges::count_if(all.indices(), [&](std::uint32_t i) { return all[i].list == service.list; }) == 1;
}

/// The lists that this desk may bring in again.
std::set<std::string> own_lists(const StaffCall& call) {
    std::set<std::string> names;
    for (auto& list :
         directory::lists_of_owner(call.desk.store(), directory::ImportKind::resources, desk_owner(call))) {
        names.insert(std::move(list.name));
    }
    return names;
}

/// Where the agreement is to be written instead.
void fill_list(View item, const directory::ListRow& list, bool is_own, const Links& links) {
    View listed = item.section(is_own ? "IN_LIST" : list.publisher.empty() ? "KEPT_ELSEWHERE" : "KEPT_BY");
    listed.set("LIST", list.name);
    if (is_own) {
        listed.set("FILES", links.to("/staff/desk/file"));
    } else if (!list.publisher.empty()) {
        listed.set("PUBLISHER", list.publisher);
    }
}

std::string_view cell_of(const importers::WrittenCells& row, std::string_view column) {
    const auto found = std::ranges::find(row, column, &importers::WrittenCells::value_type::first);
    return found == row.end() ? std::string_view{} : std::string_view{found->second};
}

/// Whether a row of a list is what the service is of: its programme, and the name that its list states, whatever
/// corrections or other lists call the place.
bool is_row_of(const importers::WrittenCells& row, const StaffCall& call, const directory::Reader& reader,
               std::uint32_t service) {
    const auto& asked = reader.services()[service];
    const auto programme = reader.taxonomy().by_code(cell_of(row, "事業"));
    const auto name = directory::fold(cell_of(row, "名称"));
    if (programme != asked.programme || name.empty()) {
        return false;
    }
    if (asked.site != directory::k_no_index && directory::fold(reader.sites()[asked.site].name) == name) {
        return true;
    }
    const auto store = directory::Store::open(call.desk.store(), directory::OpenMode::read);
    return directory::fold(store.stated_as(asked.id)).starts_with(name);
}

Answer page_with(const StaffCall& call, const NotKept* not_kept, const Query& typed) {
    const auto& reader = call.context.reader();
    const auto finds = directory::finds_awaiting(reader, desk_owner(call), call.context.now.day);
    Page page(call.request, call.context, "staff-desk-finds");
    begin_desk_page(page, "desk.finds");
    const Texts& texts = page.texts();
    View& body = page.body();
    tell_of_desk(body, call, not_kept);
    std::optional<std::set<std::string>> own; // asked for where something is of a list
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
        if (!may_be_written_here(reader, row)) {
            if (!own) {
                own = own_lists(call);
            }
            const auto& list = reader.lists()[row.list];
            fill_list(item, list, own->contains(list.name), page.links());
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
        return row.id == id && may_be_written_here(reader, row);
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
    if (!row || !is_row_of(*row, call, reader, *service)) {
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
