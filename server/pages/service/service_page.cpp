#include "directory/audience.hpp"
#include "directory/desk/queues.hpp"
#include "server/pages/edition_facts.hpp"
#include "server/pages/page.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/search/card.hpp"
#include "server/pages/service/calendar_part.hpp"
#include "server/pages/service/json_ld.hpp"
#include "server/pages/service/service_facts.hpp"
#include "server/pages/service/share_part.hpp"
#include "server/pages/service/start_part.hpp"
#include "server/pages/service/station_access.hpp"
#include "server/pages/staff_part.hpp"
#include "server/pages/use_terms_words.hpp"
#include "server/pages/words.hpp"
#include "server/public_origin.hpp"
#include "server/reports/report_box.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <vector>

namespace shirube::server {

namespace {

using directory::k_no_index;
using directory::ServiceRow;

void fill_schedules(View body, const ServiceRow& service) {
    body.show_if(service.schedules.empty(), "NO_SCHEDULE");
    for (const auto& schedule : service.schedules) {
        View line = body.section("SCHEDULE");
        const std::string words = directory::in_words(schedule, body.texts().language());
        if (words != schedule.text) {
            line.words_if_any("WORDS", words);
        }
        // The source's own words stand beside ours: they may say more.
        line.set_if_any("TEXT", schedule.text);
        line.set_if_any("VENUE", schedule.venue);
    }
}

std::string features_in_words(const ServiceRow& service, const Texts& texts) {
    using directory::Feature;
    std::string out;
    for (const auto feature : {Feature::parking, Feature::stroller, Feature::private_room, Feature::step_free,
                               Feature::online, Feature::visiting}) {
        if ((service.features >> static_cast<unsigned>(feature) & 1U) != 0) {
            out += (out.empty() ? "" : texts.get("list.separator")) + feature_in_words(feature, texts);
        }
    }
    return out;
}

std::string joined(const std::vector<std::string>& parts, const Texts& texts) {
    std::string out;
    for (const auto& part : parts) {
        out += (out.empty() ? "" : texts.get("list.separator")) + part;
    }
    return out;
}

void fill_facts(View body, const directory::Reader& reader, const EditionFacts& facts, std::uint32_t index) {
    const ServiceRow& service = reader.services()[index];
    const Texts& texts = body.texts();
    const std::string whom = for_whom_in_words(service, texts);
    const bool says_more = whom.find(service.for_whom_text) == std::string::npos;
    add_fact(body, "fact.whom", whom, says_more ? service.for_whom_text : std::string_view{});
    const auto own_words = beyond_code<directory::Fee>(service.fee_text);
    add_fact(body, "fact.fee", unless_said(fee_in_words(service, texts), own_words), own_words);
    add_fact(body, "fact.transport", transport_in_words(service.transport, texts));
    add_fact(body, "fact.features", features_in_words(service, texts));
    add_fact(body, "fact.capacity",
             service.capacity ? texts.with("fact.capacity_value", {{"n", grouped(*service.capacity)}}) : std::string{});
    if (service.organization != k_no_index) {
        add_fact(body, "fact.organization", {}, reader.organizations()[service.organization].name);
    } else {
        add_fact(body, "fact.organization", {});
    }
    if (!service.department.empty()) {
        add_fact(body, "fact.department", {}, service.department);
    }
    if (!service.serves.empty()) {
        std::vector<std::string> names;
        for (const std::uint32_t district : reader.serves(index)) {
            names.push_back(reader.districts()[district].name);
        }
        add_fact(body, "fact.serves", {}, joined(names.empty() ? service.serves : names, texts));
    }
    if (!service.usable_by.empty()) {
        std::vector<std::string> names;
        names.reserve(service.usable_by.size());
        for (const auto& code : service.usable_by) {
            names.push_back(facts.municipality_name(code));
        }
        add_fact(body, "fact.usable_by", {}, joined(names, texts));
    }
    // In our words, and beside them the list's, which may say more.
    for (const auto& terms : service.use_terms) {
        const std::string words = terms_in_words(terms, texts);
        add_fact(body, "fact.use_terms", terms_of_in_words(terms, facts, texts),
                 words == terms.text ? std::string_view{} : std::string_view{terms.text});
    }
    if (!service.note.empty()) {
        add_fact(body, "fact.note", {}, service.note);
    }
}

/// The form that corrects a service of the own municipality, for whoever may write there.
void fill_correct(View body, const Context& context, const Links& links, std::uint32_t index) {
    const auto& reader = context.reader();
    const auto& owner = context.staff->owner;
    if (context.staff->may_steward && !owner.empty() && directory::is_own(reader, index, owner)) {
        const auto& id = reader.services()[index].id;
        body.section("CORRECT").set("HREF",
                                    links.to("/staff/desk/services/" + percent_encode(id), {{"from", "service"}}));
    }
}

/// \pre the site has a position
void fill_map(View body, const directory::Reader& reader, const directory::SiteRow& site) {
    View map = body.section("MAP");
    map.set("LON", decimal(site.position->lon, 6));
    map.set("LAT", decimal(site.position->lat, 6));
    map.show_if(is_about(site), "ABOUT");
    if (const auto* layer = usual_layer(reader)) {
        map.section("GROUND").set("LAYER", layer->code);
    }
}

void fill_where(View body, const directory::Reader& reader, const Links& links, std::uint32_t index, bool with_map) {
    const ServiceRow& service = reader.services()[index];
    if (service.site == k_no_index) {
        body.show("NO_PLACE");
        return;
    }
    const auto& site = reader.sites()[service.site];
    body.set_if_any("ADDRESS", site.address);
    body.set_if_any("BUILDING", site.building);
    fill_access(body, reader, site);
    body.show_if(site.address.empty(), "NO_ADDRESS");
    body.section("SITE").set("HREF", links.site(site.id));
    if (site.position) {
        if (with_map) {
            fill_map(body, reader, site);
        }
    } else {
        body.show("NO_POSITION");
    }
    fill_districts(body, reader, links, index);
}

void fill_others(View body, const Context& context, const Links& links, std::uint32_t index) {
    const auto& reader = context.reader();
    const std::uint32_t site = reader.services()[index].site;
    if (site == k_no_index) {
        return;
    }
    std::vector<std::uint32_t> others;
    for (const std::uint32_t other : reader.services_at(site)) {
        if (other != index && reader.status_on(other, context.now.day) != directory::Status::closed) {
            others.push_back(other);
        }
    }
    if (!others.empty()) {
        View section = body.section("OTHERS");
        fill_service_links(section, "OTHER", context, links, others);
    }
}

/// What must be known before anything else is read.
void fill_notice(View body, const Context& context, std::uint32_t index) {
    using directory::Status;
    const auto status = context.reader().status_on(index, context.now.day);
    if (status == Status::closed) {
        body.show("CLOSED");
    } else if (status == Status::suspended) {
        body.show("SUSPENDED");
    } else if (status == Status::planned) {
        body.show("PLANNED");
    }
    body.show_if(context.reader().services()[index].certainty != directory::Certainty::confirmed, "UNCONFIRMED");
}

/// What leaves the page: its days as a file, its address, what is wrong with it. Staff have the public's page for that.
void fill_for_the_public(View body, const Request& request, const Context& context, const Links& links,
                         std::uint32_t index, const std::vector<directory::CalendarDay>& calendar) {
    const ServiceRow& service = context.reader().services()[index];
    const std::string own = "/services/" + percent_encode(service.id);
    const std::string origin = public_origin(request);
    if (has_sure_sessions(calendar)) {
        body.section("CALENDAR_FILE").set("HREF", links.to(own + "/calendar.ics"));
    }
    fill_share(body, origin, service.id, service_name(context.reader(), service, body.texts().language()));
    if (takes_reports(context)) {
        body.section("REPORT").set("HREF", links.to(own + "/report"));
    }
    if (context.reader().status_on(index, context.now.day) != directory::Status::closed) {
        body.section("JSON_LD").data_block("DOCUMENT",
                                           in_data_block(service_in_schema_org(context, index, calendar, origin)));
    }
}

} // namespace

Answer service_page(const Request& request, const Context& context, std::string_view id) {
    const auto& reader = context.reader();
    const auto index = reader.find_service(id);
    if (!index) {
        if (const auto* moved = reader.find_moved(id)) {
            return moved_to(
                Links(request.parameter("lang") ? context.language : std::string_view{}, context.staff != nullptr)
                    .service(moved->to));
        }
        return error_page(request, &context, reader.find_ended(id) != nullptr ? 410 : 404, {});
    }
    const ServiceRow& service = reader.services()[*index];
    Page page(request, context, "service");
    page.style("styles/search.css");
    page.style("styles/map.css");
    page.style("styles/service.css");
    page.script("scripts/place.js");
    page.script("scripts/share.js");
    const std::string data = address(context.api("/api/v1/resources/" + percent_encode(service.id)), {});
    page.data_link(data);
    View& body = page.body();
    const Texts& texts = page.texts();
    const std::string name = service_name(reader, service, texts.language());
    page.title(name);
    body.set("NAME", name);
    const auto& programme = reader.taxonomy().at(service.programme);
    body.words("PROGRAMME", programme.public_label.in(texts.language()));
    body.words_if_any("ABOUT_PROGRAMME", programme.about ? programme.about->in(texts.language()) : std::string{});
    body.icon("ICON", family_icon(reader.taxonomy(), service.programme));
    if (service.site != k_no_index) {
        body.set_if_any("KANA", reader.sites()[service.site].kana);
    }
    fill_badges(body, context, *index);
    fill_notice(body, context, *index);
    fill_start(body, context, page.links(), *index, name);
    fill_schedules(body, service);
    const auto calendar = fill_calendar(body, context, *index);
    fill_facts(body, reader, *facts_of(reader, context.now.day), *index);
    fill_where(body, reader, page.links(), *index, context.staff == nullptr);
    if (context.staff != nullptr) {
        fill_staff_part(body, context, *index);
        fill_correct(body, context, page.links(), *index);
    } else {
        fill_for_the_public(body, request, context, page.links(), *index, calendar);
    }
    fill_others(body, context, page.links(), *index);
    if (service.list != k_no_index) {
        fill_source(body, reader.lists()[service.list]);
    }
    for (const auto list : service.other_lists) {
        fill_source(body, reader.lists()[list]);
    }
    body.words("CONFIRMED",
               service.last_confirmed_on
                   ? texts.with("card.confirmed_on", {{"date", date_in_words(*service.last_confirmed_on, texts)}})
                   : texts.get("source.never_confirmed"));
    body.set("JSON", data);
    page.depends_on(on_this_day(context) + "|" + public_origin(request) + (takes_reports(context) ? "|reports" : ""));
    return page.finish();
}

Answer site_page(const Request& request, const Context& context, std::string_view id) {
    const auto& reader = context.reader();
    const auto index = reader.find_site(id);
    if (!index) {
        if (const auto* moved = reader.find_moved(id)) {
            return moved_to(
                Links(request.parameter("lang") ? context.language : std::string_view{}, context.staff != nullptr)
                    .site(moved->to));
        }
        return error_page(request, &context, reader.find_ended_site(id) != nullptr ? 410 : 404, {});
    }
    const auto& site = reader.sites()[*index];
    const auto services = reader.services_at(*index);
    Page page(request, context, "site");
    page.style("styles/search.css");
    page.style("styles/map.css");
    page.script("scripts/place.js");
    View& body = page.body();
    const std::string name = !site.name.empty() ? site.name
                             : !services.empty()
                                 ? service_name(reader, reader.services()[services.front()], page.texts().language())
                                 : page.texts().get("site.unnamed");
    page.title(name);
    body.set("NAME", name);
    body.set_if_any("KANA", site.kana);
    body.set_if_any("ADDRESS", site.address);
    body.set_if_any("BUILDING", site.building);
    fill_access(body, reader, site);
    body.show_if(site.address.empty(), "NO_ADDRESS");
    if (site.position) {
        if (context.staff == nullptr) {
            fill_map(body, reader, site);
        }
    } else {
        body.show("NO_POSITION");
    }
    body.show_if(services.empty(), "NO_SERVICES");
    fill_service_links(body, "OTHER", context, page.links(), services);
    if (!services.empty()) {
        fill_districts(body, reader, page.links(), services.front());
    }
    page.depends_on(on_this_day(context));
    return page.finish();
}

} // namespace shirube::server
