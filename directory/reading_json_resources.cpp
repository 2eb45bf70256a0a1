// How readings of places and services are kept in the store, and what somebody corrected of them by hand.
#include "directory/json_members.hpp"
#include "directory/reading.hpp"

#include <utility>

namespace shirube::directory {

using namespace members;

namespace {

json document_of(const Schedule& schedule) {
    json out = json::object();
    const ScheduleRule& rule = schedule.rule;
    out["state"] = std::string{code_of(rule.state)};
    if (rule.weekdays != 0) {
        out["weekdays"] = rule.weekdays;
    }
    if (rule.ordinals != 0) {
        out["ordinals"] = rule.ordinals;
    }
    if (rule.months != 0x0fff) {
        out["months"] = rule.months;
    }
    if (rule.days_of_month != 0) {
        out["days_of_month"] = rule.days_of_month;
    }
    put(out, "from", rule.from_minute);
    put(out, "to", rule.to_minute);
    if (rule.holidays != HolidayRule::unknown) {
        out["holidays"] = std::string{code_of(rule.holidays)};
    }
    if (rule.usually) {
        out["usually"] = true;
    }
    put(out, "venue", schedule.venue);
    put(out, "text", schedule.text);
    return out;
}

Schedule schedule_of(const json& in) {
    Schedule schedule;
    ScheduleRule& rule = schedule.rule;
    rule.state = parse_schedule_state(text(in, "state")).value_or(ScheduleState::text);
    rule.weekdays = in.value("weekdays", WeekdayMask{0});
    rule.ordinals = in.value("ordinals", std::uint8_t{0});
    rule.months = in.value("months", std::uint16_t{0x0fff});
    rule.days_of_month = in.value("days_of_month", 0U);
    rule.from_minute = maybe<std::int16_t>(in, "from");
    rule.to_minute = maybe<std::int16_t>(in, "to");
    rule.holidays = parse_holiday_rule(text(in, "holidays")).value_or(HolidayRule::unknown);
    rule.usually = in.value("usually", false);
    schedule.venue = text(in, "venue");
    schedule.text = text(in, "text");
    return schedule;
}

json document_of(const SiteReading& site) {
    json out = json::object();
    put(out, "official_name", site.official_name);
    put(out, "public_name", site.public_name);
    put(out, "kana", site.kana);
    put(out, "address", site.address);
    put(out, "building", site.building);
    put(out, "municipality", site.municipality);
    put(out, "municipality_name", site.municipality_name);
    if (site.position) {
        out["position"] = {site.position->lon, site.position->lat};
    }
    put_code(out, "quality", site.quality, PositionQuality::none);
    put(out, "accuracy_m", site.accuracy_m);
    put(out, "located_by", site.located_by);
    if (site.place_is_for_staff) {
        out["place_is_for_staff"] = true;
    }
    return out;
}

SiteReading site_of(const json& in) {
    SiteReading site;
    site.official_name = text(in, "official_name");
    site.public_name = text(in, "public_name");
    site.kana = text(in, "kana");
    site.address = text(in, "address");
    site.building = text(in, "building");
    site.municipality = text(in, "municipality");
    site.municipality_name = text(in, "municipality_name");
    if (const auto found = in.find("position"); found != in.end()) {
        site.position = geo::LonLat{found->at(0).get<double>(), found->at(1).get<double>()};
    }
    site.quality = code(in, "quality", PositionQuality::none);
    site.accuracy_m = maybe<double>(in, "accuracy_m");
    site.located_by = text(in, "located_by");
    site.place_is_for_staff = in.value("place_is_for_staff", false);
    return site;
}

json document_of(const StaffReading& staff) {
    json out = json::object();
    put(out, "referral_route", staff.referral_route);
    put(out, "vacancy", staff.vacancy);
    put(out, "vacancy_on", staff.vacancy_on);
    put(out, "contact", staff.contact);
    put_codes(out, "withheld", staff.withheld);
    return out;
}

StaffReading staff_of(const json& in) {
    StaffReading staff;
    staff.referral_route = text(in, "referral_route");
    staff.vacancy = maybe<int>(in, "vacancy");
    staff.vacancy_on = maybe_day(in, "vacancy_on");
    staff.contact = text(in, "contact");
    staff.withheld = codes<CorrectedField>(in, "withheld");
    return staff;
}

json document_of(const ServiceReading& service) {
    json out = json::object();
    out["programme"] = service.programme;
    put(out, "from_age_months", service.from_age_months);
    put(out, "to_age_months", service.to_age_months);
    put(out, "stage", service.stage);
    put_codes(out, "for", service.for_whom);
    put(out, "for_text", service.for_whom_text);
    put_code(out, "entry", service.entry, Entry::unknown);
    put(out, "entry_text", service.entry_text);
    put_code(out, "fee", service.fee, Fee::unknown);
    put(out, "fee_text", service.fee_text);
    put_code(out, "transport", service.transport, Transport::unknown);
    put(out, "capacity", service.capacity);
    put_code(out, "contract", service.contract, Contract::unknown);
    put(out, "department", service.department);
    put_code(out, "status", service.status, Status::active);
    put_code(out, "certainty", service.certainty, Certainty::confirmed);
    put_codes(out, "features", service.features);
    put(out, "serves", service.serves);
    put(out, "usable_by", service.usable_by);
    if (!service.use_terms.empty()) {
        out["use_terms"] = service.use_terms;
    }
    put(out, "phone", service.phone);
    put(out, "url", service.url);
    put(out, "note", service.note);
    put(out, "valid_from", service.valid_from);
    put(out, "valid_to", service.valid_to);
    put(out, "last_confirmed_on", service.last_confirmed_on);
    if (service.visibility) {
        out["visibility"] = std::string{code_of(*service.visibility)};
    }
    if (service.consent) {
        out["consent"] = {{"on", to_string(service.consent->on)}, {"by", service.consent->by}};
    }
    if (service.awaits_consent) {
        out["awaits_consent"] = true;
    }
    if (!service.staff.is_empty()) {
        out["staff"] = document_of(service.staff);
    }
    if (!service.schedules.empty()) {
        json schedules = json::array();
        for (const auto& schedule : service.schedules) {
            schedules.push_back(document_of(schedule));
        }
        out["schedules"] = std::move(schedules);
    }
    return out;
}

ServiceReading service_of(const json& in) {
    ServiceReading service;
    service.programme = in.at("programme").get<std::string>();
    service.from_age_months = maybe<int>(in, "from_age_months");
    service.to_age_months = maybe<int>(in, "to_age_months");
    service.stage = text(in, "stage");
    service.for_whom = codes<ForWhom>(in, "for");
    service.for_whom_text = text(in, "for_text");
    service.entry = code(in, "entry", Entry::unknown);
    service.entry_text = text(in, "entry_text");
    service.fee = code(in, "fee", Fee::unknown);
    service.fee_text = text(in, "fee_text");
    service.transport = code(in, "transport", Transport::unknown);
    service.capacity = maybe<int>(in, "capacity");
    service.contract = code(in, "contract", Contract::unknown);
    service.department = text(in, "department");
    service.status = code(in, "status", Status::active);
    service.certainty = code(in, "certainty", Certainty::confirmed);
    service.features = codes<Feature>(in, "features");
    service.serves = in.value("serves", std::vector<std::string>{});
    service.usable_by = in.value("usable_by", std::vector<std::string>{});
    service.use_terms = in.value("use_terms", std::vector<UseTerms>{});
    service.phone = text(in, "phone");
    service.url = text(in, "url");
    service.note = text(in, "note");
    service.valid_from = maybe_day(in, "valid_from");
    service.valid_to = maybe_day(in, "valid_to");
    service.last_confirmed_on = maybe_day(in, "last_confirmed_on");
    if (in.contains("visibility")) {
        service.visibility = code(in, "visibility", Visibility::everyone);
    }
    if (const auto consent = in.find("consent"); consent != in.end()) {
        const auto on = maybe_day(*consent, "on");
        service.consent = on ? std::optional(Consent{*on, text(*consent, "by")}) : std::nullopt;
    }
    service.awaits_consent = in.value("awaits_consent", false);
    if (const auto staff = in.find("staff"); staff != in.end()) {
        service.staff = staff_of(*staff);
    }
    for (const auto& schedule : in.value("schedules", json::array())) {
        service.schedules.push_back(schedule_of(schedule));
    }
    return service;
}

} // namespace

void to_json(json& out, const ResourceReading& reading) {
    out = json::object();
    out["site"] = document_of(reading.site);
    json organization = json::object();
    put(organization, "name", reading.organization.name);
    put(organization, "kind", reading.organization.kind);
    put(organization, "corporate_number", reading.organization.corporate_number);
    if (!organization.empty()) {
        out["organization"] = std::move(organization);
    }
    json services = json::array();
    for (const auto& service : reading.services) {
        services.push_back(document_of(service));
    }
    out["services"] = std::move(services);
    put(out, "owner", reading.owner);
}

void from_json(const json& in, ResourceReading& reading) {
    reading.site = site_of(in.at("site"));
    const json organization = in.value("organization", json::object());
    reading.organization = {text(organization, "name"), text(organization, "kind"),
                            text(organization, "corporate_number")};
    reading.services.clear();
    for (const auto& service : in.at("services")) {
        reading.services.push_back(service_of(service));
    }
    reading.owner = text(in, "owner");
}

void to_json(json& out, const CorrectionReading& reading) {
    out = json::object();
    out["target"] = reading.target;
    put(out, "other", reading.other);
    if (reading.is_decision()) {
        out["same"] = reading.same;
    }
    put(out, "on", reading.on);
    if (reading.by) {
        out["by"] = std::string{code_of(*reading.by)};
    }
    put(out, "reason", reading.reason);
    put_codes(out, "fields", reading.fields);
    if (!reading.fields.empty()) {
        out["site"] = document_of(reading.site);
        out["service"] = document_of(reading.service);
    }
}

void from_json(const json& in, CorrectionReading& reading) {
    reading.target = in.at("target").get<std::string>();
    reading.other = text(in, "other");
    reading.same = in.value("same", false);
    reading.on = maybe_day(in, "on");
    reading.by = in.contains("by") ? std::optional(code(in, "by", Decider::other)) : std::nullopt;
    reading.reason = text(in, "reason");
    reading.fields = codes<CorrectedField>(in, "fields");
    if (!reading.fields.empty()) {
        reading.site = site_of(in.at("site"));
        reading.service = service_of(in.at("service"));
    }
}

} // namespace shirube::directory
