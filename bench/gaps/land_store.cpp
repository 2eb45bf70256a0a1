#include "bench/gaps/land_store.hpp"

#include "directory/batch.hpp"
#include "directory/store.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace shirube::bench {

namespace {

using namespace directory;

BatchRow row_of(std::string key, std::size_t number, Reading reading) {
    BatchRow row;
    row.cells = nlohmann::json{key}.dump();
    row.key = std::move(key);
    row.file = "land.csv";
    row.row = static_cast<std::int64_t>(number) + 2;
    row.reading = std::move(reading);
    return row;
}

BatchList list_of(std::string name) {
    BatchList list;
    list.name = std::move(name);
    list.profile = "benchmark";
    list.publisher = "架空の市";
    list.source = "bench/gaps";
    list.licence = "CC0-1.0";
    list.as_of = "2026-04-01";
    return list;
}

Batch batch_of(ImportKind kind, BatchList list) {
    Batch batch;
    batch.kind = kind;
    batch.layer = kind == ImportKind::districts ? "chugakkoku" : "";
    batch.files = "[]";
    batch.report = "{}";
    batch.lists.push_back(std::move(list));
    return batch;
}

Batch districts_of(const State& state) {
    BatchList list = list_of("bench districts");
    for (std::size_t i = 0; i < state.districts.size(); ++i) {
        const DistrictRow& district = state.districts[i];
        DistrictReading reading;
        reading.layer = district.layer;
        reading.municipality = district.municipality;
        reading.municipality_name = district.municipality_name;
        reading.name = fmt::format("{}中学校", district.name);
        reading.geometry = district.geometry;
        list.rows.push_back(row_of(district.code, i, std::move(reading)));
    }
    return batch_of(ImportKind::districts, std::move(list));
}

Batch cells_of(const State& state) {
    BatchList list = list_of("bench cells");
    for (std::size_t i = 0; i < state.cells.size(); ++i) {
        PopulationReading reading;
        reading.mesh = state.cells[i].mesh;
        reading.total = state.cells[i].total;
        reading.bands = state.cells[i].bands;
        list.rows.push_back(row_of(reading.mesh, i, std::move(reading)));
    }
    return batch_of(ImportKind::population, std::move(list));
}

Batch services_of(const State& state) {
    BatchList list = list_of("bench services");
    list.claims = state.lists.front().claims;
    for (std::size_t i = 0; i < state.services.size(); ++i) {
        const ServiceRow& service = state.services[i];
        const SiteRow& site = state.sites[service.site];
        ResourceReading reading;
        reading.site.official_name = site.name;
        reading.site.address =
            fmt::format("{}{}丁目{}番{}号", site.municipality_name, 1 + i % 6, 1 + i % 40, 1 + i % 20);
        reading.site.municipality = site.municipality;
        reading.site.municipality_name = site.municipality_name;
        reading.site.position = site.position;
        reading.site.quality = PositionQuality::exact;
        reading.site.located_by = "row";
        ServiceReading stated;
        stated.programme = Taxonomy::shipped().at(service.programme).code;
        stated.capacity = service.capacity;
        Schedule schedule;
        schedule.rule.state = ScheduleState::dated;
        schedule.rule.weekdays = static_cast<WeekdayMask>(i % 5 == 0 ? 0x60 : 0x1f);
        const std::size_t from_hour = 9 + i % 10;
        schedule.rule.from_minute = static_cast<std::int16_t>(60 * from_hour);
        schedule.rule.to_minute = static_cast<std::int16_t>(60 * (from_hour + 2 + i % 3));
        schedule.text = "週の決まった日";
        stated.schedules.push_back(schedule);
        reading.services.push_back(std::move(stated));
        list.rows.push_back(row_of(service.id, i, std::move(reading)));
    }
    return batch_of(ImportKind::resources, std::move(list));
}

} // namespace

void write_store(const GapLand& land, const std::filesystem::path& path) {
    auto store = Store::open(path, OpenMode::write_or_create);
    store.append(districts_of(land.state));
    store.append(cells_of(land.state));
    store.append(services_of(land.state));
}

} // namespace shirube::bench
