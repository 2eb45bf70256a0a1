#include "server/staff/desk/stale_pages.hpp"

#include "directory/desk/queues.hpp"
#include "server/numbers.hpp"
#include "server/pages/page.hpp"
#include "server/pages/search/card.hpp"
#include "server/pages/service/service_facts.hpp"
#include "server/pages/words.hpp"
#include "server/staff/desk/desk_frame.hpp"
#include "server/staff/desk/desk_writing.hpp"
#include "server/staff/desk/month_page.hpp"
#include "server/staff/desk/who_decides.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string>

namespace shirube::server {

namespace {

constexpr std::size_t k_a_page = 20;

std::string times_in_words(const directory::ServiceRow& service, const Texts& texts) {
    std::string when;
    for (const auto& schedule : service.schedules) {
        when += when.empty() ? "" : " / ";
        when += directory::in_words(schedule, texts.language());
    }
    return when;
}

Answer page_with(const StaffCall& call, const NotKept* not_kept, const Query& typed) {
    const auto& reader = call.context.reader();
    const auto stale = directory::stale_services(reader, desk_owner(call), call.context.now.day);
    Page page(call.request, call.context, "staff-desk-stale");
    begin_desk_page(page, "desk.stale");
    View& body = page.body();
    tell_of_desk(body, call, not_kept);
    const auto shown = fill_pages(body, page.links(), call.request, "/staff/desk/stale", stale.size(), k_a_page);
    for (const auto service : std::span(stale).subspan(shown.first, shown.count)) {
        const bool is_typed = field_of(typed, "service") == reader.services()[service].id;
        fill_ask(body.include("ASK", "staff-desk-ask.html"), call, page.links(), service, "stale",
                 is_typed ? typed : Query{});
    }
    return page.finish(not_kept == nullptr ? 200 : not_kept->status);
}

/// The cells of what became of it; nothing where the form does not say.
std::optional<importers::WrittenCells> cells_of(std::string_view what, std::string_view ended, directory::Day today) {
    if (what == "confirmed") {
        return importers::WrittenCells{{"最終確認日", directory::to_string(today)}};
    }
    if (what != "closed") {
        return std::nullopt;
    }
    // The day is its last one: what is told of days before stays as it was. Without it, it has ended and nobody knows
    // when.
    return importers::WrittenCells{ended.empty()
                                       ? std::pair<std::string, std::string>{"状態", "廃止"}
                                       : std::pair<std::string, std::string>{"終了年月日", std::string(ended)},
                                   {"最終確認日", directory::to_string(today)}};
}

} // namespace

void fill_ask(View item, const StaffCall& call, const Links& links, std::uint32_t service, std::string_view from,
              const Query& fields) {
    const auto& reader = call.context.reader();
    const auto& row = reader.services()[service];
    const Texts& texts = item.texts();
    item.set("ID", row.id);
    item.set("HREF", links.service(row.id));
    item.set("NAME", service_name(reader, row, texts.language()));
    item.words("PROGRAMME", reader.taxonomy().at(row.programme).label.in(texts.language()));
    item.show_if(row.visibility != directory::Visibility::everyone, "HIDDEN");
    item.show_if(row.certainty == directory::Certainty::stale, "LEFT_OUT");
    const auto confirmed = directory::confirmed_on(reader, row);
    add_fact(item, "desk.confirmed", confirmed ? date_in_words(*confirmed, texts) : std::string{});
    add_phone_fact(item, "report.kind_phone",
                   row.phone.empty() ? std::vector<std::string>{} : std::vector<std::string>{row.phone});
    add_fact(item, "fact.when", times_in_words(row, texts));
    add_fact(
        item, "fact.address", {},
        row.site == directory::k_no_index ? std::string_view{} : std::string_view{reader.sites()[row.site].address});
    item.show_if(!fields.empty(), "OPEN");
    item.set("ACTION", links.to("/staff/desk/stale"));
    item.set("CSRF", call.who.csrf);
    item.set("SEEN", state_of(reader, service));
    item.set("FROM", from);
    item.set("ENDED", field_of(fields, "ended"));
    item.set("TODAY", directory::to_string(call.context.now.day));
    item.set("CHANGE", links.to("/staff/desk/services/" + percent_encode(row.id), {{"from", std::string(from)}}));
    fill_who_decides(item.include("WHO", "staff-desk-who.html"), fields, row.id);
}

Answer stale_page(const StaffCall& call) { return page_with(call, nullptr, {}); }

Answer post_stale(const StaffCall& call) {
    const auto fields = posted_fields(call.request).value_or(Query{});
    const bool is_month = field_of(fields, "from") == "month";
    const auto refused = [&](const NotKept& problem) {
        return is_month ? month_page_with(call, &problem, fields) : page_with(call, &problem, fields);
    };
    const Texts& texts = Texts::in(call.context.language);
    const auto ended = field_of(fields, "ended");
    const auto today = call.context.now.day;
    const auto last_day = directory::parse_day(ended);
    if (!ended.empty() && (!last_day || *last_day > today)) {
        return refused({422, {texts.get("desk.ended_wrong")}});
    }
    const auto cells = cells_of(field_of(fields, "do"), field_of(fields, "do") == "closed" ? ended : "", today);
    if (!cells) {
        return refused({422, {texts.get("desk.choose")}});
    }
    const std::string id{field_of(fields, "service")};
    const auto kept = keep_correction(call, id, *cells, fields, [&](const directory::Reader& reader) {
        const auto service = reader.find_service(id);
        return service && directory::is_own(reader, *service, desk_owner(call)) &&
               state_of(reader, *service) == field_of(fields, "seen");
    });
    if (!kept) {
        return refused(kept.error());
    }
    return see_other(kept_address(is_month ? "/staff/month" : "/staff/desk/stale", *kept));
}

} // namespace shirube::server
