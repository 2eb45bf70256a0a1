#include "directory/correction.hpp"

#include <algorithm>

namespace shirube::directory {

namespace {

void take_position(SiteReading& place, const SiteReading& from) {
    place.position = from.position;
    place.quality = from.quality;
    place.accuracy_m = from.accuracy_m;
    place.located_by = from.located_by;
}

/// Who moves leaves the old building and the old position behind, also where nobody knows the new one.
void take_address(SiteReading& place, const SiteReading& from) {
    place.address = from.address;
    place.building = from.building;
    take_position(place, from);
    if (!from.municipality.empty()) {
        place.municipality = from.municipality;
        place.municipality_name = from.municipality_name;
    }
}

void take_field(SiteReading& place, CorrectedField field, const SiteReading& from) {
    switch (field) {
        case CorrectedField::name:
            place.official_name = from.official_name;
            break;
        case CorrectedField::kana:
            place.kana = from.kana;
            break;
        case CorrectedField::public_name:
            place.public_name = from.public_name;
            break;
        case CorrectedField::address:
            take_address(place, from);
            break;
        case CorrectedField::building:
            place.building = from.building;
            break;
        case CorrectedField::position:
            take_position(place, from);
            break;
        default:
            break;
    }
}

void take_field(ServiceReading& service, CorrectedField field, const ServiceReading& from) {
    switch (field) {
        case CorrectedField::ages:
            service.from_age_months = from.from_age_months;
            service.to_age_months = from.to_age_months;
            service.stage = from.stage;
            break;
        case CorrectedField::for_whom:
            service.for_whom = from.for_whom;
            service.for_whom_text = from.for_whom_text;
            break;
        case CorrectedField::entry:
            service.entry = from.entry;
            service.entry_text = from.entry_text;
            break;
        case CorrectedField::fee:
            service.fee = from.fee;
            service.fee_text = from.fee_text;
            break;
        case CorrectedField::transport:
            service.transport = from.transport;
            break;
        case CorrectedField::capacity:
            service.capacity = from.capacity;
            break;
        case CorrectedField::contract:
            service.contract = from.contract;
            break;
        case CorrectedField::department:
            service.department = from.department;
            break;
        case CorrectedField::status:
            service.status = from.status;
            break;
        case CorrectedField::certainty:
            service.certainty = from.certainty;
            break;
        case CorrectedField::schedules:
            service.schedules = from.schedules;
            break;
        case CorrectedField::features:
            service.features = from.features;
            break;
        case CorrectedField::serves:
            service.serves = from.serves;
            break;
        case CorrectedField::usable_by:
            service.usable_by = from.usable_by;
            service.use_terms = from.use_terms;
            break;
        case CorrectedField::phone:
            service.phone = from.phone;
            break;
        case CorrectedField::url:
            service.url = from.url;
            break;
        case CorrectedField::note:
            service.note = from.note;
            break;
        case CorrectedField::valid_from:
            service.valid_from = from.valid_from;
            break;
        case CorrectedField::valid_to:
            service.valid_to = from.valid_to;
            break;
        case CorrectedField::last_confirmed_on:
            service.last_confirmed_on = from.last_confirmed_on;
            break;
        default:
            break;
    }
}

} // namespace

void correct(SiteReading& place, const CorrectionReading& correction) {
    for (const auto field : correction.fields) {
        take_field(place, field, correction.site);
    }
}

void correct(ServiceReading& service, const CorrectionReading& correction) {
    for (const auto field : correction.fields) {
        take_field(service, field, correction.service);
    }
}

bool speaks_of_the_place(const CorrectionReading& correction) noexcept {
    return std::ranges::any_of(correction.fields, is_of_the_place);
}

bool speaks_of_a_service(const CorrectionReading& correction) noexcept {
    return !std::ranges::all_of(correction.fields, is_of_the_place);
}

} // namespace shirube::directory
