#include "server/pages/service/json_ld.hpp"

#include "directory/minutes.hpp"
#include "server/pages/edition_facts.hpp"
#include "server/pages/search/card.hpp"
#include "server/pages/service/share_part.hpp"
#include "server/pages/service/start_part.hpp"
#include "server/pages/service/web_address.hpp"
#include "server/pages/words.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <cmath>

namespace shirube::server {

namespace {

using directory::CalendarDay;
using directory::ServiceRow;
using nlohmann::ordered_json;

constexpr int k_months_a_year = 12;

ordered_json place_of(const directory::Reader& reader, const ServiceRow& service) {
    const auto& site = reader.sites()[service.site];
    ordered_json place{{"@type", "Place"}};
    if (!site.name.empty()) {
        place["name"] = site.name;
    }
    if (!site.address.empty()) {
        ordered_json address{{"@type", "PostalAddress"}, {"addressCountry", "JP"}};
        if (!site.municipality_name.empty()) {
            address["addressLocality"] = site.municipality_name;
        }
        address["streetAddress"] = site.address + (site.building.empty() ? "" : " " + site.building);
        place["address"] = std::move(address);
    }
    // A block's or a town's middle would send people to a wrong door.
    if (site.position && site.quality == directory::PositionQuality::exact) {
        const auto rounded = [](double degrees) { return std::round(degrees * 1e6) / 1e6; };
        place["geo"] = {{"@type", "GeoCoordinates"},
                        {"latitude", rounded(site.position->lat)},
                        {"longitude", rounded(site.position->lon)}};
    }
    return place;
}

/// Where it is given, and, unless it begins with somebody else, how it is reached.
ordered_json channel_of(const directory::Reader& reader, const ServiceRow& service) {
    ordered_json channel{{"@type", "ServiceChannel"}};
    if (service.site != directory::k_no_index) {
        auto place = place_of(reader, service);
        if (place.size() > 1) {
            channel["serviceLocation"] = std::move(place);
        }
    }
    if (!begins_elsewhere(service.entry)) {
        if (!service.phone.empty()) {
            channel["servicePhone"] = {{"@type", "ContactPoint"}, {"telephone", service.phone}};
        }
        if (is_web_address(service.url)) {
            channel["serviceUrl"] = service.url;
        }
    }
    return channel;
}

ordered_json areas_of(const directory::Reader& reader, const EditionFacts& facts, std::uint32_t index) {
    const ServiceRow& service = reader.services()[index];
    ordered_json areas = ordered_json::array();
    const auto add = [&](const std::string& name) {
        areas.push_back({{"@type", "AdministrativeArea"}, {"name", name}});
    };
    for (const auto& code : service.usable_by) {
        add(facts.municipality_name(code));
    }
    if (areas.empty()) {
        const auto districts = reader.serves(index);
        for (const std::uint32_t district : districts) {
            add(reader.districts()[district].name);
        }
        if (districts.empty()) {
            for (const auto& name : service.serves) {
                add(name);
            }
        }
    }
    return areas;
}

/// In months, as lists have them, and in years where they are whole. Ends are exclusive in the data; schema.org names
/// the last that is in.
ordered_json audience_of(const ServiceRow& service) {
    ordered_json audience{{"@type", "PeopleAudience"}};
    if (!service.for_whom_text.empty()) {
        audience["audienceType"] = service.for_whom_text;
    } else if (!service.stage.empty()) {
        audience["audienceType"] = service.stage;
    }
    ordered_json months{{"@type", "QuantitativeValue"}, {"unitCode", "MON"}};
    if (service.from_age_months) {
        months["minValue"] = *service.from_age_months;
        if (*service.from_age_months % k_months_a_year == 0) {
            audience["suggestedMinAge"] = *service.from_age_months / k_months_a_year;
        }
    }
    if (service.to_age_months && *service.to_age_months > 0) {
        months["maxValue"] = *service.to_age_months - 1;
        if (*service.to_age_months % k_months_a_year == 0) {
            audience["suggestedMaxAge"] = *service.to_age_months / k_months_a_year - 1;
        }
    }
    if (months.size() > 2) {
        audience["suggestedAge"] = std::move(months);
    }
    return audience;
}

std::string clock(int minute) {
    const int of_day = minute % directory::k_minutes_a_day; // a closing time before the opening one is of the next day
    return fmt::format("{:02}:{:02}", of_day / 60, of_day % 60);
}

/// The sure times at the service's own place, a day each: a weekly rule would claim the holidays among them.
ordered_json hours_of(const ServiceRow& service, std::span<const CalendarDay> calendar) {
    static constexpr std::array<std::string_view, 7> k_weekdays{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                                "Friday", "Saturday", "Sunday"};
    ordered_json hours = ordered_json::array();
    for (const CalendarDay& day : calendar) {
        for (const auto& session : day.sessions) {
            if (!session.sure || !session.from_minute || !session.to_minute ||
                !service.schedules[session.schedule].venue.empty()) {
                continue;
            }
            const auto date = directory::to_string(day.day);
            const auto weekday = k_weekdays.at(static_cast<std::size_t>(directory::weekday_index(day.day)));
            hours.push_back({{"@type", "OpeningHoursSpecification"},
                             {"dayOfWeek", fmt::format("https://schema.org/{}", weekday)},
                             {"opens", clock(*session.from_minute)},
                             {"closes", clock(*session.to_minute)},
                             {"validFrom", date},
                             {"validThrough", date}});
        }
    }
    return hours;
}

bool is_run_by_government(directory::Contract contract) noexcept {
    return contract == directory::Contract::direct || contract == directory::Contract::direct_instructor;
}

void add_cost(ordered_json& document, const ServiceRow& service) {
    if (service.fee == directory::Fee::unknown) {
        return;
    }
    const bool is_free = service.fee == directory::Fee::free;
    document["isAccessibleForFree"] = is_free;
    if (is_free) {
        document["offers"] = {{"@type", "Offer"}, {"price", 0}, {"priceCurrency", "JPY"}};
    }
}

void add_page(ordered_json& document, const ServiceRow& service, const std::string& address) {
    if (address.empty()) {
        return;
    }
    document["url"] = address;
    ordered_json page{{"@type", "WebPage"}, {"@id", address}};
    if (service.last_confirmed_on) {
        page["lastReviewed"] = directory::to_string(*service.last_confirmed_on);
    }
    document["mainEntityOfPage"] = std::move(page);
}

} // namespace

ordered_json service_in_schema_org(const Context& context, std::uint32_t index, std::span<const CalendarDay> calendar,
                                   std::string_view origin) {
    const auto& reader = context.reader();
    const ServiceRow& service = reader.services()[index];
    const auto& programme = reader.taxonomy().at(service.programme);
    const auto address = address_of_service(origin, service.id);
    ordered_json document{{"@context", "https://schema.org"},
                          {"@type", is_run_by_government(service.contract) ? "GovernmentService" : "Service"}};
    if (!address.empty()) {
        document["@id"] = address + "#service";
    }
    document["identifier"] = service.id;
    document["name"] = service_name(reader, service, context.language);
    document["serviceType"] = programme.public_label.in(context.language);
    if (programme.about) {
        document["description"] = programme.about->in(context.language);
    }
    if (service.certainty != directory::Certainty::confirmed) {
        document["disambiguatingDescription"] = Texts::in(context.language).get("service.unconfirmed");
    }
    if (service.organization != directory::k_no_index) {
        document["provider"] = {{"@type", "Organization"}, {"name", reader.organizations()[service.organization].name}};
    }
    if (auto areas = areas_of(reader, *facts_of(reader, context.now.day), index); !areas.empty()) {
        document["areaServed"] = std::move(areas);
    }
    if (auto channel = channel_of(reader, service); channel.size() > 1) {
        document["availableChannel"] = std::move(channel);
    }
    if (auto hours = hours_of(service, calendar); !hours.empty()) {
        document["hoursAvailable"] = std::move(hours);
    }
    if (auto audience = audience_of(service); audience.size() > 1) {
        document["audience"] = std::move(audience);
    }
    add_cost(document, service);
    add_page(document, service, address);
    return document;
}

std::string in_data_block(const ordered_json& document) {
    const std::string json = document.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
    constexpr std::string_view k_line_separator = "\xe2\x80\xa8";
    constexpr std::string_view k_paragraph_separator = "\xe2\x80\xa9";
    std::string out;
    out.reserve(json.size() + json.size() / 16);
    for (std::size_t i = 0; i < json.size(); ++i) {
        const std::string_view rest = std::string_view{json}.substr(i);
        if (json[i] == '<' || json[i] == '>' || json[i] == '&') {
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(static_cast<unsigned char>(json[i])));
        } else if (rest.starts_with(k_line_separator) || rest.starts_with(k_paragraph_separator)) {
            out += rest.starts_with(k_line_separator) ? "\\u2028" : "\\u2029";
            i += k_line_separator.size() - 1;
        } else {
            out += json[i];
        }
    }
    return out;
}

} // namespace shirube::server
