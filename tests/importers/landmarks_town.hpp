// A small gazetteer for tests of landmarks: two towns of one city, one of its neighbour, all on one line of latitude.
#pragma once

#include "directory/store.hpp"
#include "importers/import.hpp"
#include "importers/landmarks/landmarks.hpp"
#include "support.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shirube::importers::test {

inline directory::TownReading town_of(const char* municipality, const char* name, const char* town, double lon,
                                      double accuracy_m) {
    directory::TownReading reading;
    reading.prefecture = "標県";
    reading.municipality = municipality;
    reading.municipality_name = name;
    reading.town = town;
    reading.position = {.lon = lon, .lat = 33.15};
    reading.accuracy_m = accuracy_m;
    return reading;
}

/// 0.01° of longitude is 933 m here.
inline std::vector<directory::TownReading> landmark_towns() {
    return {town_of("99201", "潮見野市", "港町一丁目", 137.10, 500),
            town_of("99201", "潮見野市", "港町二丁目", 137.11, 500),
            town_of("99201", "潮見野市", "大字北山", 137.15, 2000),
            town_of("99341", "磯辺郡沖ノ浜町", "元町", 137.20, 800)};
}

/// Reads lists against a gazetteer, without a store.
struct LandmarkTown {
    Desk desk{directory::ImportKind::landmarks};
    std::vector<directory::TownReading> towns;
    Surroundings around;
    Locator locator;
    double within_m = 30'000;

    explicit LandmarkTown(std::vector<directory::TownReading> of = landmark_towns())
        : towns(std::move(of)), around(towns), locator(towns) {}

    std::expected<std::vector<directory::BatchList>, FileProblem> read(const std::string& name,
                                                                       const std::string& bytes) {
        return read_landmarks(
            name, bytes,
            {.taxonomy = directory::Taxonomy::shipped(), .locator = locator, .around = around, .within_m = within_m},
            desk.intake);
    }

    /// The readings of the one list that a file becomes.
    std::vector<directory::LandmarkReading> taken(const std::string& name, const std::string& bytes) {
        const auto lists = read(name, bytes);
        INFO((lists ? std::string{} : lists.error().code + " " + lists.error().a));
        REQUIRE(lists.has_value());
        REQUIRE(lists->size() == 1);
        REQUIRE(desk.report.rows.adds_up());
        std::vector<directory::LandmarkReading> readings;
        for (const auto& row : lists->front().rows) {
            readings.push_back(std::get<directory::LandmarkReading>(row.reading));
        }
        return readings;
    }
};

} // namespace shirube::importers::test
