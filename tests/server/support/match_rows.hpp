// A caseworker's town with rows of a test's own, which the public reads too.
#pragma once

#include "directory/store.hpp"
#include "tests/server/support/match_town.hpp"
#include "tests/server/support/process.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shirube::tests {

/// A caseworker whose town is given more rows.
struct RowsTown : MatchTown {
    /// Imports rows, and waits until the public reads them.
    void import(std::vector<directory::BatchRow> rows) {
        const auto before = town.editions().current()->reader.edition();
        directory::BatchList list;
        list.name = "公開の一部";
        list.profile = "shirube-template";
        list.as_of = "2026-10-01";
        list.rows = std::move(rows);
        directory::Batch batch;
        batch.lists.push_back(std::move(list));
        batch.files = "[]";
        batch.report = "{}";
        directory::Store::open(town.store(), directory::OpenMode::write).append(std::move(batch));
        town.desk().note_written();
        REQUIRE(eventually([&] { return town.editions().current()->reader.edition() != before; }));
    }

    std::string id_of(std::string_view name) {
        const auto loaded = town.editions().current();
        const auto& reader = loaded->reader;
        for (const auto i : reader.services().indices()) {
            if (reader.sites()[reader.services()[i].site].name == name) {
                return reader.services()[i].id;
            }
        }
        FAIL("The public has no such place.");
        return {};
    }
};

/// A place of one service, a children's centre where the service does not say what it is; at 33.2 north.
inline directory::BatchRow public_row(const std::string& name, double lon, directory::ServiceReading service,
                                      std::string_view municipality = k_here) {
    directory::ResourceReading reading;
    reading.site.official_name = name;
    reading.site.address = name + "通り7番9号";
    reading.site.municipality = municipality;
    reading.site.municipality_name = municipality == k_here ? "潮見野市" : "沖ノ浜町";
    reading.site.position = geo::LonLat{lon, 33.2};
    reading.site.quality = directory::PositionQuality::exact;
    if (service.programme.empty()) {
        service.programme = "jidokan";
    }
    reading.services.push_back(std::move(service));
    directory::BatchRow row;
    row.key = name;
    row.file = "list.csv";
    row.row = 2;
    row.cells = "[]";
    row.reading = std::move(reading);
    return row;
}

} // namespace shirube::tests
