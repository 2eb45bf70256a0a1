// How readings are kept in the store. Members that say nothing are left out, so that a row's document stays short and
// an empty member is never mistaken for a stated one.
#include "directory/reading.hpp"

#include <nlohmann/json.hpp>
#include <sodium.h>

#include <stdexcept>

namespace shirube::directory {

namespace {

using nlohmann::json;

void put(json& out, const char* name, const std::string& value) {
    if (!value.empty()) {
        out[name] = value;
    }
}

template <class T>
void put(json& out, const char* name, const std::optional<T>& value) {
    if (value) {
        out[name] = *value;
    }
}

void put(json& out, const char* name, const std::optional<Day>& value) {
    if (value) {
        out[name] = to_string(*value);
    }
}

void put(json& out, const char* name, const std::vector<std::string>& value) {
    if (!value.empty()) {
        out[name] = value;
    }
}

/// JSON has no bytes.
std::string to_base64(std::string_view bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL_NO_PADDING), '\0');
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                      sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    text.pop_back(); // the terminating zero
    return text;
}

std::string from_base64(const std::string& text) {
    std::string bytes(text.size(), '\0');
    std::size_t size = 0;
    const char* end = nullptr;
    const int failed = sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                                         text.size(), nullptr, &size, &end, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    if (failed != 0 || end != text.data() + text.size()) {
        throw std::runtime_error("a reading in the store holds damaged bytes");
    }
    bytes.resize(size);
    return bytes;
}

std::string text(const json& in, const char* name) { return in.value(name, std::string{}); }

template <class T>
std::optional<T> maybe(const json& in, const char* name) {
    const auto found = in.find(name);
    if (found == in.end()) {
        return std::nullopt;
    }
    return found->template get<T>();
}

std::optional<Day> maybe_day(const json& in, const char* name) {
    const auto value = maybe<std::string>(in, name);
    return value ? parse_day(*value) : std::nullopt;
}

/// A code the store holds but this program does not know was written by a newer one.
template <class T>
T code(const json& in, const char* name, T otherwise) {
    const auto value = maybe<std::string>(in, name);
    if (!value) {
        return otherwise;
    }
    const auto parsed = parse_code<T>(*value);
    if (!parsed) {
        throw std::runtime_error("The store holds the unknown code " + *value + " in " + name + ".");
    }
    return *parsed;
}

template <class T>
void put_codes(json& out, const char* name, const std::vector<T>& values) {
    if (values.empty()) {
        return;
    }
    json codes = json::array();
    for (const auto value : values) {
        codes.push_back(std::string{code_of(value)});
    }
    out[name] = std::move(codes);
}

template <class T>
std::vector<T> codes(const json& in, const char* name) {
    std::vector<T> values;
    for (const auto& entry : in.value(name, json::array())) {
        if (const auto value = parse_code<T>(entry.get<std::string>())) {
            values.push_back(*value);
        }
    }
    return values;
}

template <class T>
void put_code(json& out, const char* name, T value, T otherwise) {
    if (value != otherwise) {
        out[name] = std::string{code_of(value)};
    }
}

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
    put_code(out, "status", service.status, Status::active);
    put_code(out, "certainty", service.certainty, Certainty::confirmed);
    put_codes(out, "features", service.features);
    put(out, "serves", service.serves);
    put(out, "usable_by", service.usable_by);
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
    service.status = code(in, "status", Status::active);
    service.certainty = code(in, "certainty", Certainty::confirmed);
    service.features = codes<Feature>(in, "features");
    service.serves = in.value("serves", std::vector<std::string>{});
    service.usable_by = in.value("usable_by", std::vector<std::string>{});
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

void to_json(json& out, const DistrictReading& reading) {
    out = json::object();
    out["layer"] = reading.layer;
    put(out, "municipality", reading.municipality);
    put(out, "municipality_name", reading.municipality_name);
    put(out, "name", reading.name);
    put(out, "school_code", reading.school_code);
    put_code(out, "status", reading.status, DistrictStatus::active);
    for (const auto& member : reading.members) {
        out["members"].push_back({member.layer, member.municipality, member.name});
    }
    for (const auto& rule : reading.addresses) {
        out["addresses"].push_back(rule);
    }
    put(out, "valid_from", reading.valid_from);
    put(out, "valid_to", reading.valid_to);
}

void from_json(const json& in, DistrictReading& reading) {
    reading.layer = in.at("layer").get<std::string>();
    reading.municipality = text(in, "municipality");
    reading.municipality_name = text(in, "municipality_name");
    reading.name = text(in, "name");
    reading.school_code = text(in, "school_code");
    reading.status = code(in, "status", DistrictStatus::active);
    reading.members.clear();
    for (const auto& member : in.value("members", json::array())) {
        reading.members.push_back(
            {member.at(0).get<std::string>(), member.at(1).get<std::string>(), member.at(2).get<std::string>()});
    }
    reading.addresses = in.value("addresses", std::vector<AddressRule>{});
    reading.valid_from = maybe_day(in, "valid_from");
    reading.valid_to = maybe_day(in, "valid_to");
}

void to_json(json& out, const PopulationReading& reading) {
    out = json::object();
    put(out, "mesh", reading.mesh);
    put(out, "town", reading.town);
    put(out, "town_code", reading.town_code);
    put(out, "municipality", reading.municipality);
    put(out, "municipality_name", reading.municipality_name);
    if (reading.position) {
        out["position"] = {reading.position->lon, reading.position->lat};
    }
    put(out, "accuracy_m", reading.accuracy_m);
    put(out, "total", reading.total);
    json bands = json::array();
    for (const auto& band : reading.bands) {
        bands.push_back({band.from_age_years, band.to_age_years ? json(*band.to_age_years) : json(nullptr),
                         band.count ? json(*band.count) : json(nullptr)});
    }
    out["bands"] = std::move(bands);
    put(out, "suppressed_into", reading.suppressed_into);
    put(out, "carries", reading.carries);
}

void from_json(const json& in, PopulationReading& reading) {
    reading.mesh = text(in, "mesh");
    reading.town = text(in, "town");
    reading.town_code = text(in, "town_code");
    reading.municipality = text(in, "municipality");
    reading.municipality_name = text(in, "municipality_name");
    if (const auto found = in.find("position"); found != in.end()) {
        reading.position = geo::LonLat{found->at(0).get<double>(), found->at(1).get<double>()};
    }
    reading.accuracy_m = maybe<double>(in, "accuracy_m");
    reading.total = maybe<std::int64_t>(in, "total");
    reading.bands.clear();
    for (const auto& band : in.at("bands")) {
        BandReading read{band.at(0).get<int>(), std::nullopt, std::nullopt};
        if (!band.at(1).is_null()) {
            read.to_age_years = band.at(1).get<int>();
        }
        if (!band.at(2).is_null()) {
            read.count = band.at(2).get<std::int64_t>();
        }
        reading.bands.push_back(read);
    }
    reading.suppressed_into = text(in, "suppressed_into");
    reading.carries = in.value("carries", std::vector<std::string>{});
}

void to_json(json& out, const TownReading& reading) {
    out = json::object();
    put(out, "prefecture", reading.prefecture);
    put(out, "municipality", reading.municipality);
    put(out, "municipality_name", reading.municipality_name);
    put(out, "town", reading.town);
    put(out, "koaza", reading.koaza);
    out["position"] = {reading.position.lon, reading.position.lat};
    out["accuracy_m"] = reading.accuracy_m;
    if (reading.blocks) {
        out["blocks"] = to_base64(*reading.blocks);
    }
    if (reading.is_middle_of_blocks) {
        out["is_middle_of_blocks"] = true;
    }
}

void from_json(const json& in, TownReading& reading) {
    reading.prefecture = text(in, "prefecture");
    reading.municipality = text(in, "municipality");
    reading.municipality_name = text(in, "municipality_name");
    reading.town = text(in, "town");
    reading.koaza = text(in, "koaza");
    reading.position = {in.at("position").at(0).get<double>(), in.at("position").at(1).get<double>()};
    reading.accuracy_m = in.at("accuracy_m").get<double>();
    reading.blocks.reset();
    if (in.contains("blocks")) {
        reading.blocks =
            std::make_shared<const std::string>(from_base64(in.at("blocks").get_ref<const std::string&>()));
    }
    reading.is_middle_of_blocks = in.value("is_middle_of_blocks", false);
}

void to_json(json& out, const NeedReading& reading) {
    out = json::object();
    out["indicator"] = reading.indicator;
    out["unit"] = std::string{code_of(reading.unit)};
    out["layer"] = reading.layer;
    put(out, "code", reading.code);
    put(out, "name", reading.name);
    put(out, "municipality", reading.municipality);
    put(out, "from", reading.from);
    put(out, "to", reading.to);
    put(out, "value", reading.value);
    if (reading.suppressed) {
        out["suppressed"] = true;
    }
    put(out, "source", reading.source);
    put(out, "note", reading.note);
}

void from_json(const json& in, NeedReading& reading) {
    reading.indicator = in.at("indicator").get<std::string>();
    reading.unit = code(in, "unit", Unit::persons);
    reading.layer = in.at("layer").get<std::string>();
    reading.code = text(in, "code");
    reading.name = text(in, "name");
    reading.municipality = text(in, "municipality");
    reading.from = maybe_day(in, "from");
    reading.to = maybe_day(in, "to");
    reading.value = maybe<double>(in, "value");
    reading.suppressed = in.value("suppressed", false);
    reading.source = text(in, "source");
    reading.note = text(in, "note");
}

void to_json(json& out, const HolidayReading& reading) {
    out = {{"day", to_string(reading.day)}, {"name", reading.name}};
}

void from_json(const json& in, HolidayReading& reading) {
    const auto day = parse_day(in.at("day").get<std::string>());
    if (!day) {
        throw std::runtime_error("The store holds a holiday without a date.");
    }
    reading.day = *day;
    reading.name = in.at("name").get<std::string>();
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
