#include "bench/country/country.hpp"
#include "directory/taxonomy.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <string_view>
#include <variant>

namespace shirube::bench {
namespace {

using directory::Batch;
using directory::BatchList;
using directory::BatchRow;

std::string municipality_name(std::uint32_t town) { return fmt::format("第{}市", town); }

/// What real rows vary in: a third of them says nothing about times, ages or fees.
directory::ServiceReading service_of(std::size_t number, const std::string& programme) {
    directory::ServiceReading service;
    service.programme = programme;
    if (number % 3 != 0) {
        service.from_age_months = static_cast<int>(12 * (number % 7));
        service.to_age_months = 216;
        service.fee = number % 2 == 0 ? directory::Fee::free : directory::Fee::paid;
        service.entry = directory::Entry::drop_in;
        directory::Schedule schedule;
        schedule.rule.state = directory::ScheduleState::dated;
        schedule.rule.weekdays = static_cast<directory::WeekdayMask>(number % 5 == 0 ? 0x60 : 0x1f);
        schedule.rule.from_minute = static_cast<std::int16_t>(540 + 30 * (number % 4));
        schedule.rule.to_minute = std::int16_t{1020};
        schedule.text = number % 5 == 0 ? "土日 9時から17時" : "月曜から金曜 9時から17時";
        service.schedules.push_back(schedule);
    }
    service.phone = fmt::format("000-{:04}-{:04}", number / 10'000, number % 10'000);
    return service;
}

BatchRow row_of(const Country& country, std::size_t number, const std::vector<std::string>& codes) {
    const Place& place = country.places[number];
    directory::ResourceReading reading;
    constexpr std::array<std::string_view, 4> k_kinds{"みんなの家", "ひろば", "こどもセンター", "きぼうの園"};
    reading.site.official_name = fmt::format("{}{}", k_kinds[number % k_kinds.size()], number);
    reading.site.address = fmt::format("{}{}丁目{}番{}号", municipality_name(place.town), 1 + number % 6,
                                       1 + number % 40, 1 + number % 20);
    reading.site.municipality = municipality_code(place.town);
    reading.site.municipality_name = municipality_name(place.town);
    reading.site.position = place.position;
    reading.site.quality = directory::PositionQuality::exact;
    reading.site.located_by = "row";
    reading.organization.name = fmt::format("{}社会福祉協議会", municipality_name(place.town));
    reading.services.push_back(service_of(number, codes[place.programme]));

    BatchRow row;
    row.key = fmt::format("{:06}", number);
    row.file = "country.csv";
    row.row = static_cast<std::int64_t>(number) + 2;
    row.cells = nlohmann::json{reading.site.official_name, reading.site.address}.dump();
    row.reading = std::move(reading);
    return row;
}

BatchList list_named(std::string name) {
    BatchList list;
    list.name = std::move(name);
    list.profile = "benchmark";
    list.publisher = "架空の国";
    list.source = "bench/country";
    list.licence = "CC0-1.0";
    list.as_of = "2026-04-01";
    return list;
}

} // namespace

std::string municipality_code(std::uint32_t town) { return fmt::format("{:05}", 1'000 + town); }

std::vector<std::string> programme_codes() {
    std::vector<std::string> codes;
    const directory::Taxonomy& taxonomy = directory::Taxonomy::shipped();
    for (std::size_t place = 0; place < taxonomy.programmes().size(); ++place) {
        const auto index = static_cast<directory::ProgrammeIndex>(place);
        const directory::Programme& programme = taxonomy.at(index);
        const bool is_open = programme.visibility == directory::Visibility::everyone;
        if (codes.size() < k_programmes && is_open && programme.parent && !taxonomy.is_family(index)) {
            codes.push_back(programme.code);
        }
    }
    return codes;
}

Batch districts_batch(const Country& country) {
    Batch batch;
    batch.kind = directory::ImportKind::districts;
    batch.layer = "chugakkoku";
    batch.files = "[]";
    batch.report = "{}";
    BatchList list = list_named("bench districts");
    for (std::size_t number = 0; number < country.districts.size(); ++number) {
        directory::DistrictReading reading;
        reading.layer = batch.layer;
        reading.municipality = municipality_code(country.town_of_district[number]);
        reading.municipality_name = municipality_name(country.town_of_district[number]);
        reading.name = fmt::format("{}中学校", number);
        reading.geometry = country.districts[number];
        BatchRow row;
        row.key = fmt::format("{:05}", number);
        row.file = "districts.geojson";
        row.row = static_cast<std::int64_t>(number) + 1;
        row.cells = nlohmann::json{reading.name}.dump();
        row.reading = std::move(reading);
        list.rows.push_back(std::move(row));
    }
    batch.lists.push_back(std::move(list));
    return batch;
}

Batch services_batch(const Country& country, std::size_t piece, std::size_t pieces) {
    const std::vector<std::string> codes = programme_codes();
    Batch batch;
    batch.kind = directory::ImportKind::resources;
    batch.files = "[]";
    batch.report = "{}";
    BatchList list = list_named(fmt::format("bench services {}", piece));
    const std::size_t first = country.places.size() * piece / pieces;
    const std::size_t last = country.places.size() * (piece + 1) / pieces;
    for (std::size_t number = first; number < last; ++number) {
        list.rows.push_back(row_of(country, number, codes));
    }
    batch.lists.push_back(std::move(list));
    return batch;
}

Batch hidden_batch(const Country& country) {
    constexpr std::size_t k_one_in = 20;
    const std::vector<std::string> codes = programme_codes();
    Batch batch;
    batch.kind = directory::ImportKind::resources;
    batch.files = "[]";
    batch.report = "{}";
    BatchList list = list_named("bench hidden services");
    for (std::size_t number = 0; number < country.places.size(); number += k_one_in) {
        BatchRow row = row_of(country, number, codes);
        auto& reading = std::get<directory::ResourceReading>(row.reading);
        reading.site.official_name = fmt::format("現場の居場所{}", number);
        reading.services.front().visibility = directory::Visibility::staff;
        list.rows.push_back(std::move(row));
    }
    batch.lists.push_back(std::move(list));
    return batch;
}

} // namespace shirube::bench
