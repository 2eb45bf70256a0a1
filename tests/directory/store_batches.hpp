// Batches as importers hand them over, made by hand, and a folder for the store they go to.
#pragma once

#include "directory/snapshot/snapshot.hpp"
#include "directory/store.hpp"
#include "tests/scratch_folder.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace shirube::directory::test {

class StoreFolder {
  public:
    StoreFolder() : path_(tests::new_scratch_folder("shirube-store")) {}
    StoreFolder(const StoreFolder&) = delete;
    StoreFolder& operator=(const StoreFolder&) = delete;
    ~StoreFolder() { std::filesystem::remove_all(path_); }

    [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

  private:
    std::filesystem::path path_;
};

inline BatchRow row_of(const std::string& key, Reading reading) {
    BatchRow row;
    row.key = key;
    row.file = "list.csv";
    row.row = 2;
    row.cells = "[\"" + key + "\"]";
    row.reading = std::move(reading);
    return row;
}

/// A place with one service.
inline ResourceReading resource(const std::string& name, const std::string& address,
                                const std::string& programme = "jidokan") {
    ResourceReading reading;
    reading.site.official_name = name;
    reading.site.address = address;
    reading.site.municipality = "99201";
    reading.site.municipality_name = "潮見野市";
    reading.site.position = geo::LonLat{137.05, 33.2};
    reading.site.quality = PositionQuality::exact;
    reading.organization.name = "潮見野市";
    ServiceReading service;
    service.programme = programme;
    reading.services.push_back(service);
    return reading;
}

inline BatchList list_of(const std::string& name, std::vector<BatchRow> rows, const std::string& as_of = "2026-04-01") {
    BatchList list;
    list.name = name;
    list.profile = "template";
    list.publisher = "潮見野市";
    list.as_of = as_of;
    list.rows = std::move(rows);
    return list;
}

inline Batch batch_of(ImportKind kind, std::vector<BatchList> lists) {
    Batch batch;
    batch.kind = kind;
    batch.layer = kind == ImportKind::districts ? "chugakkoku" : "";
    batch.lists = std::move(lists);
    batch.files = "[]";
    batch.report = "{}";
    return batch;
}

inline Batch resources(const std::string& list, std::vector<BatchRow> rows, const std::string& as_of = "2026-04-01") {
    return batch_of(ImportKind::resources, {list_of(list, std::move(rows), as_of)});
}

/// A list that claims to hold every children's hall of the town: what it no longer has is gone.
inline Batch complete(Batch batch) {
    for (auto& list : batch.lists) {
        list.claims = {{"jidokan", "99201", true}};
    }
    return batch;
}

inline DistrictReading district(const std::string& name, double west, double width = 0.1) {
    DistrictReading reading;
    reading.layer = "chugakkoku";
    reading.municipality = "99201";
    reading.municipality_name = "潮見野市";
    reading.name = name;
    reading.geometry = {{{{west, 33.1}, {west + width, 33.1}, {west + width, 33.3}, {west, 33.3}, {west, 33.1}}, {}}};
    return reading;
}

inline PopulationReading cell(const std::string& mesh, std::int64_t children) {
    PopulationReading reading;
    reading.mesh = mesh;
    reading.total = children * 8;
    reading.bands = {{0, 15, children}};
    return reading;
}

inline std::string edition_of(const Store& store) {
    return Snapshot::build(store.read_public_state(), Taxonomy::shipped(), Holidays::shipped())->edition;
}

/// The id of the service at the place of that name; empty where there is none.
inline std::string service_id(const State& state, const std::string& place) {
    for (const auto& service : state.services) {
        if (state.sites[service.site].name == place) {
            return service.id;
        }
    }
    return {};
}

/// The code of the store's refusal; empty where it does not refuse.
template <class Action>
std::string refusal(Action&& action) {
    try {
        action();
    } catch (const StoreError& error) {
        return error.code();
    }
    return {};
}

} // namespace shirube::directory::test
