#include "server/staff/desk/month_page.hpp"

#include "directory/audience.hpp"
#include "directory/desk/queues.hpp"
#include "importers/locating/address.hpp"
#include "importers/locating/locator.hpp"
#include "server/pages/page.hpp"
#include "server/pages/words.hpp"
#include "server/staff/desk/answers_owed.hpp"
#include "server/staff/desk/desk_frame.hpp"
#include "server/staff/desk/find_form.hpp"
#include "server/staff/desk/stale_pages.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace shirube::server {

namespace {

/// As many as one person asks beside everything else in a month.
constexpr std::size_t k_a_month = 10;

void fill_counts(View body, std::size_t stale, std::size_t finds) {
    body.set("STALE_ALL", grouped(static_cast<std::int64_t>(stale)));
    body.set("FINDS_ALL", grouped(static_cast<std::int64_t>(finds)));
}

/// The municipality in which an address lies, by what it says or by its town; nothing where no gazetteer has it.
std::optional<importers::Location> municipality_of(const StaffCall& call, std::string_view address) {
    const auto& locator = *call.context.loaded.locator;
    if (auto found = locator.locate(address, desk_owner(call))) {
        return found;
    }
    // The town may be unknown, and its municipality known; without a prefecture before it a town's own name (大島町)
    // may look like one.
    const auto head = importers::split_prefecture(address);
    const auto name = head.prefecture.empty() ? std::string{} : importers::leading_municipality(head.rest);
    return name.empty() ? std::nullopt : locator.locate_municipality(name, head.prefecture);
}

/// What is wrong with where a find lies; nothing where it may be the desk's own.
std::optional<NotKept> fault_of_address(const StaffCall& call, const Query& fields) {
    const auto found = municipality_of(call, field_of(fields, "address"));
    if (!found || found->municipality.empty() || directory::owner_of(found->municipality) == desk_owner(call)) {
        return std::nullopt;
    }
    const Texts& texts = Texts::in(call.context.language);
    const auto sentence = texts.with("desk.find_of_another", {{"place", found->municipality_name}});
    return NotKept{422, {texts.get("fact.address") + ": " + sentence}, {{"住所", sentence}}};
}

} // namespace

Answer month_page_with(const StaffCall& call, const NotKept* not_kept, const Query& typed) {
    const auto& reader = call.context.reader();
    const auto owner = desk_owner(call);
    const auto today = call.context.now.day;
    Page page(call.request, call.context, "staff-month");
    begin_desk_page(page, "desk.month");
    page.offer_languages_at("/staff/month", {});
    View& body = page.body();
    body.set("MUNICIPALITY", desk_municipality(call));
    tell_of_desk(body, call, not_kept);
    const auto stale = directory::stale_services(reader, owner, today);
    fill_counts(body, stale.size(), directory::finds_awaiting(reader, owner, today).size());
    body.set("STALE", page.links().to("/staff/desk/stale"));
    body.set("FINDS", page.links().to("/staff/desk/finds"));
    body.show_if(stale.empty(), "NOTHING_TO_ASK");
    const std::string asked{field_of(typed, "service")};
    for (const auto service : std::span(stale).first(std::min(stale.size(), k_a_month))) {
        const bool is_typed = reader.services()[service].id == asked;
        fill_ask(body.include("ASK", "staff-desk-ask.html"), call, page.links(), service, "month",
                 is_typed ? typed : Query{});
    }
    const bool is_find = !typed.empty() && asked.empty();
    body.show_if(is_find, "FIND_OPEN");
    body.set("FIND_ACTION", page.links().to("/staff/month"));
    body.set("FIND_CSRF", call.who.csrf);
    fill_find_form(body.include("FIND", "staff-desk-find.html"), reader, is_find ? typed : Query{});
    fill_answers(body, call, page.links());
    return page.finish(not_kept == nullptr ? 200 : not_kept->status);
}

Answer month_page(const StaffCall& call) { return month_page_with(call, nullptr, {}); }

Answer post_find(const StaffCall& call) {
    const auto fields = posted_fields(call.request).value_or(Query{});
    const auto refused = [&](const NotKept& problem) { return month_page_with(call, &problem, fields); };
    const Texts& texts = Texts::in(call.context.language);
    const auto cells = find_cells(fields, desk_owner(call));
    if (!cells) {
        return refused({422, {texts.get(cells.error())}});
    }
    if (const auto fault = fault_of_address(call, fields)) {
        return refused(*fault);
    }
    const auto list = list_of_find(*cells, desk_municipality(call));
    const auto name = std::string(field_of(fields, "name"));
    // Somebody may have agreed to it being public meanwhile: what is found again must not take that back unseen.
    const auto is_new = [&](const directory::Reader& reader) {
        return std::ranges::none_of(reader.lists(), [&](const directory::ListRow& row) { return row.name == list; });
    };
    if (!is_new(call.context.reader())) {
        return refused({409, {texts.get("desk.found_already")}});
    }
    const auto kept = keep_resource(call, list, *cells, is_new);
    if (!kept) {
        return refused(kept.error());
    }
    const std::string teller{field_of(fields, "teller")};
    const std::string way{field_of(fields, "way")};
    if (!teller.empty() || !way.empty()) {
        const bool is_noted = owe_answer(call, {.owner = desk_owner(call),
                                                .kind = directory::ToldKind::find,
                                                .ref = list,
                                                .about = name,
                                                .teller = teller,
                                                .way = way,
                                                .day = call.context.now.day});
        if (!is_noted) {
            return refused({409, {texts.get("desk.teller_not_kept")}});
        }
    }
    return see_other(kept_address("/staff/month", *kept));
}

} // namespace shirube::server
