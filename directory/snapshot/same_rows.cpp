#include "directory/snapshot/same_rows.hpp"

#include <algorithm>
#include <tuple>

namespace shirube::directory {

namespace {

bool is_same_area(const geo::MultiPolygon& a, const geo::MultiPolygon& b) {
    return std::ranges::equal(a, b, [](const geo::Polygon& left, const geo::Polygon& right) {
        const auto& [outer, holes] = left;
        return outer == right.outer && holes == right.holes;
    });
}

template <class T>
bool is_same_value(const std::shared_ptr<const T>& a, const std::shared_ptr<const T>& b) {
    return a == b || (a != nullptr && b != nullptr && *a == *b);
}

bool is_same_bands(const std::vector<BandReading>& a, const std::vector<BandReading>& b) {
    return std::ranges::equal(a, b, [](const BandReading& left, const BandReading& right) {
        const auto& [from, to, count] = left;
        return std::tie(from, to, count) == std::tie(right.from_age_years, right.to_age_years, right.count);
    });
}

} // namespace

bool is_same(const ServiceRow& a, const ServiceRow& b) {
    const auto& [id, site, organization, list, other_lists, programme, from_age_months, to_age_months, stage, for_whom,
                 for_whom_text, entry, entry_text, fee, fee_text, transport, capacity, contract, department, status,
                 certainty, features, serves, usable_by, use_terms, phone, url, note, valid_from, valid_to,
                 last_confirmed_on, schedules, visibility, owner, staff] = a;
    return std::tie(id, site, organization, list, other_lists, programme, from_age_months, to_age_months, stage) ==
               std::tie(b.id, b.site, b.organization, b.list, b.other_lists, b.programme, b.from_age_months,
                        b.to_age_months, b.stage) &&
           std::tie(for_whom, for_whom_text, entry, entry_text, fee, fee_text, transport, capacity, contract,
                    department) == std::tie(b.for_whom, b.for_whom_text, b.entry, b.entry_text, b.fee, b.fee_text,
                                            b.transport, b.capacity, b.contract, b.department) &&
           std::tie(status, certainty, features, serves, usable_by, phone, url, note, valid_from, valid_to,
                    last_confirmed_on) == std::tie(b.status, b.certainty, b.features, b.serves, b.usable_by, b.phone,
                                                   b.url, b.note, b.valid_from, b.valid_to, b.last_confirmed_on) &&
           std::tie(use_terms, schedules, visibility, owner) ==
               std::tie(b.use_terms, b.schedules, b.visibility, b.owner) &&
           is_same_value(staff, b.staff);
}

bool is_same(const TownReading& a, const TownReading& b) {
    const auto& [prefecture, municipality, municipality_name, town, koaza, position, accuracy_m, blocks,
                 is_middle_of_blocks] = a;
    return std::tie(prefecture, municipality, municipality_name, town, koaza, position, accuracy_m,
                    is_middle_of_blocks) == std::tie(b.prefecture, b.municipality, b.municipality_name, b.town, b.koaza,
                                                     b.position, b.accuracy_m, b.is_middle_of_blocks) &&
           is_same_value(blocks, b.blocks);
}

bool is_same_but_list(const DistrictRow& a, const DistrictRow& b) {
    const auto& [layer, code, name, municipality, municipality_name, status, geometry, list, addresses, valid_from,
                 valid_to] = a;
    return std::tie(layer, code, name, municipality, municipality_name, status, addresses, valid_from, valid_to) ==
               std::tie(b.layer, b.code, b.name, b.municipality, b.municipality_name, b.status, b.addresses,
                        b.valid_from, b.valid_to) &&
           is_same_area(geometry, b.geometry);
}

bool is_same_but_list(const CellRow& a, const CellRow& b) {
    const auto& [mesh, total, bands, suppressed_into, list, carrier_missing, town, town_code, municipality, position,
                 accuracy_m] = a;
    return std::tie(mesh, total, suppressed_into, carrier_missing, town, town_code, municipality, position,
                    accuracy_m) == std::tie(b.mesh, b.total, b.suppressed_into, b.carrier_missing, b.town, b.town_code,
                                            b.municipality, b.position, b.accuracy_m) &&
           is_same_bands(bands, b.bands);
}

bool is_same_but_list(const AgeProfile& a, const AgeProfile& b) {
    const auto& [municipality, children, list] = a;
    return municipality == b.municipality && children == b.children;
}

bool is_same_but_list(const NeedRow& a, const NeedRow& b) {
    const auto& [reading, list] = a;
    const auto& [indicator, unit, layer, code, name, municipality, from, to, value, suppressed, source, note] = reading;
    const NeedReading& other = b.reading;
    return std::tie(indicator, unit, layer, code, name, municipality, from, to, value, suppressed, source, note) ==
           std::tie(other.indicator, other.unit, other.layer, other.code, other.name, other.municipality, other.from,
                    other.to, other.value, other.suppressed, other.source, other.note);
}

bool is_same_but_list(const HolidayRow& a, const HolidayRow& b) {
    const auto& [day, name, list] = a;
    return std::tie(day, name) == std::tie(b.day, b.name);
}

bool is_same_but_list(const LandmarkRow& a, const LandmarkRow& b) {
    const auto& [reading, list] = a;
    return reading == b.reading;
}

bool is_same_but_list(const RelationRow& a, const RelationRow& b) {
    const auto& [id, reading, list, visibility, owner] = a;
    return std::tie(id, reading, visibility, owner) == std::tie(b.id, b.reading, b.visibility, b.owner);
}

bool is_same_but_list(const ForumRow& a, const ForumRow& b) {
    const auto& [id, reading, list, visibility, owner] = a;
    return std::tie(id, reading, visibility, owner) == std::tie(b.id, b.reading, b.visibility, b.owner);
}

bool is_same_but_list(const HelperCountRow& a, const HelperCountRow& b) {
    const auto& [reading, list] = a;
    return reading == b.reading;
}

bool is_same_source(const ListRow& a, const ListRow& b) {
    return std::tie(a.kind, a.name, a.publisher, a.licence, a.as_of) ==
           std::tie(b.kind, b.name, b.publisher, b.licence, b.as_of);
}

} // namespace shirube::directory
