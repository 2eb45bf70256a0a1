#include "server/staff/desk/links_page.hpp"

#include "directory/store/doubts_of_owner.hpp"
#include "importers/corrections.hpp"
#include "server/numbers.hpp"
#include "server/pages/page.hpp"
#include "server/pages/service/service_facts.hpp"
#include "server/pages/words.hpp"
#include "server/staff/desk/desk_frame.hpp"
#include "server/staff/desk/desk_writing.hpp"
#include "server/staff/desk/who_decides.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace shirube::server {

namespace {

using directory::DoubtfulPlaces;

constexpr std::size_t k_a_page = 10;
constexpr std::string_view k_home = "/staff/desk/links";

/// The site that a place is at, in this audience's edition.
std::optional<std::uint32_t> site_of(const directory::Reader& reader, const std::string& place) {
    if (const auto site = reader.find_site(place)) {
        return site;
    }
    const auto* moved = reader.find_moved(place);
    return moved == nullptr ? std::nullopt : reader.find_site(moved->to);
}

void fill_side(View pair, const StaffCall& call, const Links& links, const DoubtfulPlaces::Side& side) {
    const auto& reader = call.context.reader();
    View view = pair.section("SIDE");
    view.set("NAME", side.name);
    const auto site = site_of(reader, side.id);
    std::vector<std::string> phones;
    if (site) {
        view.section("SITE").set("HREF", links.site(reader.sites()[*site].id));
        for (const auto service : reader.services_at(*site)) {
            const auto& phone = reader.services()[service].phone;
            if (!phone.empty() && std::ranges::find(phones, phone) == phones.end()) {
                phones.push_back(phone);
            }
        }
    }
    std::string lists;
    for (const auto& list : side.lists) {
        lists += (lists.empty() ? "" : " / ") + list;
    }
    add_fact(view, "fact.address", {}, side.address);
    add_phone_fact(view, "report.kind_phone", phones);
    add_fact(view, "desk.in_lists", {}, lists);
    if (site) {
        fill_service_links(view, "SERVICE", call.context, links, reader.services_at(*site));
    }
}

Answer page_with(const StaffCall& call, const NotKept* not_kept, const Query& typed) {
    const auto pairs = directory::doubts_of_owner(call.desk.store(), desk_owner(call));
    Page page(call.request, call.context, "staff-desk-links");
    begin_desk_page(page, "desk.links");
    const Texts& texts = page.texts();
    View& body = page.body();
    tell_of_desk(body, call, not_kept);
    const auto shown = fill_pages(body, page.links(), call.request, k_home, pairs.size(), k_a_page);
    for (const auto& doubt : std::span(pairs).subspan(shown.first, shown.count)) {
        View pair = body.section("PAIR");
        const std::string both = doubt.a.id + "-" + doubt.b.id;
        pair.set("ID", both);
        pair.words("WHY", texts.language() == "en" ? doubt.reason_en : doubt.reason_ja);
        fill_side(pair, call, page.links(), doubt.a);
        fill_side(pair, call, page.links(), doubt.b);
        const bool is_typed = field_of(typed, "a") == doubt.a.id && field_of(typed, "b") == doubt.b.id;
        pair.show_if(is_typed, "OPEN");
        pair.set("ACTION", page.links().to(k_home));
        pair.set("CSRF", call.who.csrf);
        pair.set("A", doubt.a.id);
        pair.set("B", doubt.b.id);
        fill_who_decides(pair.include("WHO", "staff-desk-who.html"), is_typed ? typed : Query{}, both);
    }
    return page.finish(not_kept == nullptr ? 200 : not_kept->status);
}

} // namespace

Answer links_page(const StaffCall& call) { return page_with(call, nullptr, {}); }

Answer post_link(const StaffCall& call) {
    const auto fields = posted_fields(call.request).value_or(Query{});
    const auto refused = [&](const NotKept& problem) { return page_with(call, &problem, fields); };
    const Texts& texts = Texts::in(call.context.language);
    const auto what = field_of(fields, "do");
    if (what != "same" && what != "apart") {
        return refused({422, {texts.get("desk.choose")}});
    }
    const std::string a{field_of(fields, "a")};
    const std::string b{field_of(fields, "b")};
    const auto waits = [&] {
        const auto pairs = directory::doubts_of_owner(call.desk.store(), desk_owner(call));
        return std::ranges::any_of(pairs, [&](const DoubtfulPlaces& pair) { return pair.a.id == a && pair.b.id == b; });
    };
    if (!waits()) {
        return refused({409, {texts.get("desk.pair_decided")}});
    }
    const auto kept =
        keep_correction(call, a,
                        {{std::string(importers::k_correction_other), b},
                         {std::string(importers::k_correction_verdict),
                          std::string(what == "same" ? importers::k_verdict_same : importers::k_verdict_apart)}},
                        fields, [&](const directory::Reader&) { return waits(); });
    if (!kept) {
        return refused(kept.error());
    }
    return see_other(kept_address(k_home, *kept));
}

} // namespace shirube::server
