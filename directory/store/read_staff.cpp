#include "directory/store/read_staff.hpp"

#include "directory/store/read_state.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

namespace shirube::directory {

namespace {

template <class T>
std::uint8_t bits_of(const std::vector<T>& values) noexcept {
    std::uint8_t bits = 0;
    for (const auto value : values) {
        bits = static_cast<std::uint8_t>(bits | 1U << static_cast<unsigned>(value));
    }
    return bits;
}

/// Puts a value that the public is not shown where the row has none.
void show(ServiceRow& row, CorrectedField field, const ServiceReading& said) {
    switch (field) {
        case CorrectedField::ages:
            if (!row.from_age_months && !row.to_age_months) {
                row.from_age_months = said.from_age_months;
                row.to_age_months = said.to_age_months;
                row.stage = said.stage;
            }
            break;
        case CorrectedField::for_whom:
            if (row.for_whom == 0 && row.for_whom_text.empty()) {
                row.for_whom = bits_of(said.for_whom);
                row.for_whom_text = said.for_whom_text;
            }
            break;
        case CorrectedField::entry:
            if (row.entry == Entry::unknown) {
                row.entry = said.entry;
                row.entry_text = said.entry_text;
            }
            break;
        case CorrectedField::fee:
            if (row.fee == Fee::unknown) {
                row.fee = said.fee;
                row.fee_text = said.fee_text;
            }
            break;
        case CorrectedField::transport:
            row.transport = row.transport == Transport::unknown ? said.transport : row.transport;
            break;
        case CorrectedField::capacity:
            row.capacity = row.capacity ? row.capacity : said.capacity;
            break;
        case CorrectedField::contract:
            row.contract = row.contract == Contract::unknown ? said.contract : row.contract;
            break;
        case CorrectedField::department:
            row.department = row.department.empty() ? said.department : row.department;
            break;
        case CorrectedField::schedules:
            row.schedules = row.schedules.empty() ? said.schedules : row.schedules;
            break;
        case CorrectedField::features:
            row.features = row.features == 0 ? bits_of(said.features) : row.features;
            break;
        case CorrectedField::serves:
            row.serves = row.serves.empty() ? said.serves : row.serves;
            break;
        case CorrectedField::usable_by:
            if (row.usable_by.empty()) {
                row.usable_by = said.usable_by;
                row.use_terms = said.use_terms;
            }
            break;
        case CorrectedField::phone:
            row.phone = row.phone.empty() ? said.phone : row.phone;
            break;
        case CorrectedField::url:
            row.url = row.url.empty() ? said.url : row.url;
            break;
        case CorrectedField::note:
            row.note = row.note.empty() ? said.note : row.note;
            break;
        default:
            break; // the others are never withheld, see directory/publication.cpp
    }
}

/// Owners whose hidden rows the audience may see, for an SQL condition.
std::string owners_in_sql(const Audience& audience) {
    std::string owners;
    for (const auto& seen : audience.owners) {
        owners += fmt::format("{}'{}'", owners.empty() ? "" : ", ", seen.owner);
    }
    return owners;
}

} // namespace

StaffParts::StaffParts(Database& database, const Audience& audience) {
    if (audience.is_public()) {
        return;
    }
    Statement select(database, fmt::format(R"(
        SELECT coalesce(s.shown_as, s.service_id), s.staff_part, r.reading
        FROM service s JOIN source_row r USING (row_id) JOIN list l ON l.list_id = s.list_id
        WHERE s.staff_part IS NOT NULL AND s.owner IN ({}) AND {} ORDER BY 1, l.name, r.key)",
                                           owners_in_sql(audience), seen_by(audience, "s.")));
    while (select.step()) {
        const auto reading = read_as<ResourceReading>(select.text(2));
        const auto place = static_cast<std::size_t>(select.integer(1));
        if (place < reading.services.size()) {
            parts_[select.integer(0)].push_back({reading.services[place], reading.site.place_is_for_staff});
        }
    }
}

void StaffParts::add_to(ServiceRow& service, std::int64_t number) const {
    const auto found = parts_.find(number);
    if (found == parts_.end()) {
        return;
    }
    StaffRow staff;
    for (const auto& [said, place_is_for_staff] : found->second) {
        for (const auto field : said.staff.withheld) {
            show(service, field, said);
        }
        if (!said.staff.is_empty()) {
            staff.says.push_back(said.staff);
        }
        staff.place_is_for_staff = staff.place_is_for_staff || place_is_for_staff;
        staff.awaits_consent = staff.awaits_consent || said.awaits_consent;
        if (!staff.consent) {
            staff.consent = said.consent;
        }
    }
    service.staff = std::make_shared<const StaffRow>(std::move(staff));
}

void show_withheld_places(Database& database, State& state) {
    Statement select(database, fmt::format(R"(
        SELECT e.public_id, r.reading
        FROM service s JOIN source_row r USING (row_id) JOIN entity e ON e.entity_id = s.site_id
            JOIN list l ON l.list_id = s.list_id
        WHERE s.staff_part IS NOT NULL AND s.owner IN ({}) AND {} ORDER BY 1, l.name, r.key)",
                                           owners_in_sql(state.audience), seen_by(state.audience, "s.")));
    while (select.step()) {
        const auto site = std::ranges::lower_bound(state.sites, select.text(0), {}, &SiteRow::id);
        if (site == state.sites.end() || site->id != select.text(0) || site->quality != PositionQuality::withheld) {
            continue;
        }
        const auto reading = read_as<ResourceReading>(select.text(1));
        if (!reading.site.place_is_for_staff) {
            continue;
        }
        site->address = reading.site.address;
        site->building = reading.site.building;
        site->position = reading.site.position;
        site->quality = reading.site.quality;
        site->accuracy_m = reading.site.accuracy_m;
    }
}

void name_hidden_organizations(Database& database, State& state, const std::vector<std::int64_t>& numbers) {
    Statement is_public(database, "SELECT 1 FROM stated_place WHERE organization_id = ? AND is_public = 1 LIMIT 1");
    Statement select(database, fmt::format(R"(
        SELECT r.reading FROM stated_place s JOIN source_row r USING (row_id) JOIN list l ON l.list_id = s.list_id
            JOIN current_edition c ON c.list_id = s.list_id
            JOIN list_edition e ON e.import_id = c.import_id AND e.list_id = c.list_id
        WHERE s.organization_id = ? AND EXISTS (SELECT 1 FROM service v WHERE v.row_id = s.row_id AND {})
        ORDER BY e.as_of DESC, l.name, r.key LIMIT 1)",
                                           seen_by(state.audience, "v.")));
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (is_public.bind(numbers[i]).step() || !select.bind(numbers[i]).step()) {
            continue;
        }
        const auto organization = read_as<ResourceReading>(select.text(0)).organization;
        state.organizations[i].name = organization.name;
        state.organizations[i].kind = organization.kind;
    }
}

} // namespace shirube::directory
