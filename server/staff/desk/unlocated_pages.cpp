#include "server/staff/desk/unlocated_pages.hpp"

#include "directory/desk/queues.hpp"
#include "directory/reports.hpp"
#include "server/numbers.hpp"
#include "server/pages/page.hpp"
#include "server/pages/service/service_facts.hpp"
#include "server/pages/words.hpp"
#include "server/staff/desk/desk_frame.hpp"
#include "server/staff/desk/desk_writing.hpp"
#include "server/staff/desk/pick_map.hpp"
#include "server/staff/desk/who_decides.hpp"
#include "server/staff/refusal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>
#include <string>

namespace shirube::server {

namespace {

constexpr std::size_t k_a_page = 30;
constexpr std::size_t k_longest_address = 200; ///< characters
constexpr std::string_view k_home = "/staff/desk/unlocated";

/// How much of the map is seen, and where.
struct Looked {
    int step = 0;
    std::optional<geo::LonLat> point;
};

std::optional<std::uint32_t> waiting_site(const StaffCall& call, const directory::Reader& reader) {
    const auto sites = directory::unlocated_sites(reader, desk_owner(call), call.context.now.day);
    const auto found =
        std::ranges::find_if(sites, [&](std::uint32_t site) { return reader.sites()[site].id == call.parts[0]; });
    return found == sites.end() ? std::nullopt : std::optional(*found);
}

/// What the locator makes of the address as it is written.
std::string understood(const StaffCall& call, const directory::SiteRow& site, const Texts& texts) {
    const auto found = call.context.loaded.locator->locate(site.address, site.municipality);
    if (!found) {
        return texts.get("desk.understood_nothing");
    }
    return texts.with("desk.understood", {{"place", found->municipality_name + found->matched}});
}

std::optional<geo::LonLat> point_of(const Query& fields) {
    const auto lon = parse_number(field_of(fields, "lon"));
    const auto lat = parse_number(field_of(fields, "lat"));
    return lon && lat ? std::optional(geo::LonLat{*lon, *lat}) : std::nullopt;
}

Looked looked_at(const PickMap& map, const Query& fields) {
    Looked looked{static_cast<int>(
                      std::clamp<std::int64_t>(parse_digits(field_of(fields, "step")).value_or(0), 0, map.last_step())),
                  point_of(fields)};
    const auto seen = map.seen(looked.step, looked.point);
    const auto x = parse_number(field_of(fields, "spot.x"));
    const auto y = parse_number(field_of(fields, "spot.y"));
    const auto move = field_of(fields, "move");
    if (x && y && (*x > 0 || *y > 0)) { // by the keyboard a picture is sent at 0, 0
        looked.point = PickMap::at(seen, std::clamp<double>(*x, 0, k_pick_px), std::clamp<double>(*y, 0, k_pick_px));
        looked.step = std::min(looked.step + 1, map.last_step());
    } else if (move == "nearer" || move == "farther") {
        looked.step = std::clamp(looked.step + (move == "nearer" ? 1 : -1), 0, map.last_step());
        if (!looked.point) {
            looked.point = PickMap::at(seen, k_pick_px / 2.0, k_pick_px / 2.0);
        }
    } else if (!move.empty()) {
        const auto from = looked.point.value_or(PickMap::at(seen, k_pick_px / 2.0, k_pick_px / 2.0));
        looked.point = PickMap::moved(seen, from, move);
    }
    return looked;
}

std::string degrees(double value) { return fmt::format("{:.6f}", value); }

void fill_map(View body, const StaffCall& call, const PickMap& map, const Looked& looked, const std::string& action) {
    if (!map.is_drawn()) {
        return;
    }
    View part = body.section("MAP");
    part.set("ACTION", action);
    part.set("CSRF", call.who.csrf);
    part.set("PX", k_pick_px);
    part.set("STEP", looked.step);
    if (looked.point) {
        View chosen = part.section("AT");
        chosen.set("LON", degrees(looked.point->lon));
        chosen.set("LAT", degrees(looked.point->lat));
    }
    for (const std::string_view move : {"north", "south", "west", "east", "nearer", "farther"}) {
        View button = part.section("MOVE");
        button.set("VALUE", move);
        button.words("LABEL", part.texts().get("desk.move_" + std::string(move)));
    }
    map.draw(part, map.seen(looked.step, looked.point), looked.point);
}

Answer page_with(const StaffCall& call, std::uint32_t site, const NotKept* not_kept, const Query& typed) {
    const auto& reader = call.context.reader();
    const auto& row = reader.sites()[site];
    Page page(call.request, call.context, "staff-desk-place");
    begin_desk_page(page, "desk.unlocated");
    const Texts& texts = page.texts();
    View& body = page.body();
    body.set("QUEUE", page.links().to(k_home));
    tell_of_desk(body, call, not_kept);
    // What was kept has not placed it: said where it can be placed.
    body.show_if(not_kept == nullptr && call.request.parameter("kept").has_value(), "STILL");
    body.set("NAME", row.name);
    body.set("HREF", page.links().site(row.id));
    add_fact(body, "fact.address", {}, row.address);
    add_fact(body, "desk.locator", understood(call, row, texts));
    fill_service_links(body, "SERVICE", call.context, page.links(), reader.services_at(site));
    const std::string action = page.links().to(std::string(k_home) + "/" + percent_encode(row.id));
    const PickMap map(reader, desk_owner(call));
    const auto looked = looked_at(map, typed);
    fill_map(body, call, map, looked, action);
    body.set("FORM_ACTION", action);
    body.set("FORM_CSRF", call.who.csrf);
    body.set("SEEN", state_of_site(reader, site));
    const bool is_kept_typed = !field_of(typed, "do").empty();
    body.set("LON", is_kept_typed  ? std::string(field_of(typed, "lon"))
                    : looked.point ? degrees(looked.point->lon)
                                   : std::string{});
    body.set("LAT", is_kept_typed  ? std::string(field_of(typed, "lat"))
                    : looked.point ? degrees(looked.point->lat)
                                   : std::string{});
    const auto address = field_of(typed, "address");
    body.set("ADDRESS", address.empty() ? std::string_view{row.address} : address);
    body.set("MOST", static_cast<std::int64_t>(k_longest_address));
    fill_who_decides(body.include("WHO", "staff-desk-who.html"), typed, "place");
    fill_who_decides(body.include("WHO_ADDRESS", "staff-desk-who.html"), typed, "address");
    return page.finish(not_kept == nullptr ? 200 : not_kept->status);
}

Answer not_here(const StaffCall& call) {
    return refusal_page(call.request, &call.context, call.context.language,
                        {404, "error.not_found", "desk.no_longer_waits", "desk.unlocated", std::string(k_home)});
}

/// The cells of what is kept. \returns or the key of what is wrong
std::expected<importers::WrittenCells, std::string> cells_of(const StaffCall& call, const directory::SiteRow& site,
                                                             const Query& fields) {
    if (field_of(fields, "do") == "place") {
        const auto point = point_of(fields);
        if (!point) {
            return std::unexpected("desk.point_missing");
        }
        const PickMap map(call.context.reader(), desk_owner(call));
        if (!geo::within_japan(*point) || (map.is_drawn() && !map.whole().contains(*point))) {
            return std::unexpected("desk.point_elsewhere");
        }
        return importers::WrittenCells{{"緯度", degrees(point->lat)}, {"経度", degrees(point->lon)}};
    }
    if (field_of(fields, "do") != "address") {
        return std::unexpected("desk.choose");
    }
    std::string address = directory::clean_report_text(field_of(fields, "address"));
    std::ranges::replace(address, '\n', ' ');
    if (address.empty() || directory::characters_in(address) > k_longest_address) {
        return std::unexpected("desk.address_missing");
    }
    if (address == site.address) {
        return std::unexpected("desk.nothing_changed");
    }
    return importers::WrittenCells{{"住所", std::move(address)}, {"市区町村コード", site.municipality}};
}

} // namespace

Answer unlocated_page(const StaffCall& call) {
    const auto& reader = call.context.reader();
    const auto sites = directory::unlocated_sites(reader, desk_owner(call), call.context.now.day);
    Page page(call.request, call.context, "staff-desk-unlocated");
    begin_desk_page(page, "desk.unlocated");
    View& body = page.body();
    tell_of_desk(body, call, nullptr);
    const auto shown = fill_pages(body, page.links(), call.request, k_home, sites.size(), k_a_page);
    for (const auto site : std::span(sites).subspan(shown.first, shown.count)) {
        const auto& row = reader.sites()[site];
        View item = body.section("PLACE");
        item.set("ID", row.id);
        item.set("HREF", page.links().to(std::string(k_home) + "/" + percent_encode(row.id)));
        item.set("NAME", row.name);
        item.set("ADDRESS", row.address);
        item.words("UNDERSTOOD", understood(call, row, page.texts()));
    }
    return page.finish();
}

Answer unlocated_site_page(const StaffCall& call) {
    const auto site = waiting_site(call, call.context.reader());
    return site ? page_with(call, *site, nullptr, {}) : not_here(call);
}

Answer post_unlocated_site(const StaffCall& call) {
    const auto& reader = call.context.reader();
    const auto site = waiting_site(call, reader);
    if (!site) {
        return not_here(call);
    }
    const auto fields = posted_fields(call.request).value_or(Query{});
    if (field_of(fields, "do").empty()) {
        return page_with(call, *site, nullptr, fields);
    }
    const auto refused = [&](const NotKept& problem) { return page_with(call, *site, &problem, fields); };
    const auto cells = cells_of(call, reader.sites()[*site], fields);
    if (!cells) {
        return refused({422, {Texts::in(call.context.language).get(cells.error())}});
    }
    const auto kept =
        keep_correction(call, std::string(call.parts[0]), *cells, fields, [&](const directory::Reader& newest) {
            const auto now = waiting_site(call, newest);
            return now && state_of_site(newest, *now) == field_of(fields, "seen");
        });
    if (!kept) {
        return refused(kept.error());
    }
    const bool still_waits =
        waiting_site(call, call.desk.edition_for(call.who.account, call.context.now.day)->reader).has_value();
    const std::string own = std::string(k_home) + "/" + percent_encode(call.parts[0]);
    return see_other(kept_address(still_waits ? own : std::string(k_home), *kept));
}

} // namespace shirube::server
