#include "server/pages/service/start_part.hpp"

#include "server/pages/edition_facts.hpp"
#include "server/pages/service/web_address.hpp"
#include "server/pages/words.hpp"

#include <fmt/format.h>

namespace shirube::server {

namespace {

using directory::Entry;
using directory::ServiceRow;

/// Rounded as a search for a place is: to some hundred metres.
std::string near_parameter(const directory::SiteRow& site) {
    return fmt::format("{:.3f},{:.3f}", site.position->lon, site.position->lat);
}

/// The search for those who refer, near the service where its place is known; staff's addresses hold no point.
std::string address_of_consultation(const Context& context, const Links& links, const ServiceRow& service) {
    Query query{{"programme", "consultation"}};
    if (context.staff == nullptr && service.site != directory::k_no_index) {
        const auto& site = context.reader().sites()[service.site];
        if (site.position) {
            query.emplace_back("near", near_parameter(site));
        }
    }
    return links.to("/search", query);
}

/// What one does with an application: the ways that are known.
std::string_view ways_of(const ServiceRow& service) {
    const bool has_web = is_web_address(service.url);
    if (service.phone.empty()) {
        return has_web ? "begin.by_web" : "begin.by_nothing";
    }
    return has_web ? "begin.by_phone_or_web" : "begin.by_phone";
}

std::string sentence_of(const ServiceRow& service, const Texts& texts) {
    switch (service.entry) {
        case Entry::referral:
            return texts.get("begin.referral");
        case Entry::municipal_decision:
            return service.department.empty()
                       ? texts.get("begin.municipal_decision")
                       : texts.with("begin.municipal_decision_by", {{"department", service.department}});
        case Entry::drop_in:
            return texts.get("begin.drop_in");
        case Entry::register_first:
            return texts.get("begin.register");
        case Entry::apply:
            return texts.get("begin.apply") + texts.get(ways_of(service));
        case Entry::unknown:
            break;
    }
    return texts.get("begin.unknown") + texts.get(ways_of(service));
}

void fill_consultation(View start, const Context& context, const Links& links, const ServiceRow& service) {
    const auto consultation = context.reader().taxonomy().by_code("consultation");
    const auto facts = facts_of(context.reader(), context.now.day);
    const bool there_is_some = consultation && facts->offered.at(*consultation);
    if (there_is_some) {
        start.section("CONSULTATION").set("HREF", address_of_consultation(context, links, service));
    } else {
        start.show("NO_CONSULTATION");
    }
}

} // namespace

bool begins_elsewhere(Entry entry) noexcept { return entry == Entry::referral || entry == Entry::municipal_decision; }

void fill_start(View body, const Context& context, const Links& links, std::uint32_t index, std::string_view name) {
    const ServiceRow& service = context.reader().services()[index];
    View start = body.section("START");
    start.words("SENTENCE", sentence_of(service, start.texts()));
    // The source's own words stand beside ours: they may say more.
    start.set_if_any("ENTRY_TEXT", beyond_code<Entry>(service.entry_text));
    const bool elsewhere = begins_elsewhere(service.entry);
    if (elsewhere) {
        fill_consultation(start, context, links, service);
    }
    if (!service.phone.empty()) {
        View phone = start.section(elsewhere ? "PLAIN_PHONE" : "PHONE");
        phone.set("NUMBER", service.phone);
        phone.set("NAME", name);
    } else {
        start.show("NO_PHONE");
    }
    if (is_web_address(service.url)) {
        start.section(elsewhere ? "PLAIN_WEB" : "WEB").set("HREF", service.url);
    }
}

} // namespace shirube::server
