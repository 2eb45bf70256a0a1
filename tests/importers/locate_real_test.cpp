// The locator against published addresses and positions.
#include "geo/distance.hpp"
#include "importers/cleaning/positions.hpp"
#include "importers/cleaning/withheld.hpp"
#include "importers/files/csv.hpp"
#include "importers/locating/locator.hpp"
#include "tests/importers/locating_real_data.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <iostream>

using namespace shirube;

TEST_CASE("nearly every address of the cafeteria lists is located to its town") {
    const auto folder = tests::real_data();
    if (!folder) {
        return;
    }
    const importers::Locator locator(tests::read_towns(*folder / "gazetteer" / "geolonia" / "ja" / "東京都"));
    std::size_t addresses = 0;
    std::size_t located = 0;
    for (const auto& table : tests::read_cafeteria_lists(*folder)) {
        const std::size_t addresses_before = addresses;
        const std::size_t located_before = located;
        for (const auto& record : table.records) {
            const std::string address(importers::trimmed(tests::cell(table, record, "住所")));
            if (address.empty() || importers::is_withheld(address) || importers::is_delivered(address)) {
                continue;
            }
            ++addresses;
            const std::string municipality = tests::cell(table, record, "市区町村名");
            const auto location = locator.locate(address, municipality);
            if (location) {
                ++located;
                if (!municipality.empty() && address.find(municipality) != std::string::npos) {
                    CAPTURE(address, location->municipality_name);
                    CHECK(location->municipality_name.ends_with(municipality));
                }
            } else {
                std::cout << "not located: " << table.file << " row " << record.row << ": " << address << "\n";
            }
        }
        const std::size_t here = addresses - addresses_before;
        std::cout << table.file << ": " << located - located_before << " of " << here << " located\n";
        // One address in a short list is more than 3 %.
        CAPTURE(table.file);
        CHECK(here - (located - located_before) <= std::max<std::size_t>(1, here * 3 / 100));
    }
    std::cout << located << " of " << addresses << " addresses located\n";
    CHECK(addresses > 450);
    CHECK(static_cast<double>(located) >= 0.97 * static_cast<double>(addresses));
}

TEST_CASE("the radius of a town holds nearly every published position of its addresses") {
    const auto folder = tests::real_data();
    if (!folder) {
        return;
    }
    const importers::Locator locator(tests::read_towns(*folder / "gazetteer" / "geolonia" / "ja" / "東京都"));
    std::size_t positions = 0;
    std::size_t held = 0;
    std::vector<double> radii_m;
    std::vector<double> offs_m;
    for (const auto& table : tests::read_cafeteria_lists(*folder)) {
        for (const auto& record : table.records) {
            const auto position =
                importers::parse_position(tests::cell(table, record, "緯度"), tests::cell(table, record, "経度"));
            const std::string address = tests::cell(table, record, "住所");
            const auto location = locator.locate(address, tests::cell(table, record, "市区町村名"));
            if (!position || !*position || !location) {
                continue;
            }
            ++positions;
            radii_m.push_back(location->accuracy_m);
            const double off_m = geo::distance_m(**position, location->position);
            offs_m.push_back(off_m);
            held += off_m <= location->accuracy_m ? 1 : 0;
            if (off_m > location->accuracy_m) {
                std::cout << "outside: " << address << ": " << off_m << " m, radius " << location->accuracy_m << " m\n";
            }
        }
    }
    REQUIRE(positions >= 47);
    std::ranges::sort(radii_m);
    std::ranges::sort(offs_m);
    std::cout << "off by " << offs_m[offs_m.size() / 2] << " m in the median, " << offs_m[offs_m.size() * 95 / 100]
              << " m at 95 %\n";
    std::cout << held << " of " << positions << " within the radius; median radius " << radii_m[radii_m.size() / 2]
              << " m\n";
    CHECK(static_cast<double>(held) >= 0.95 * static_cast<double>(positions));
}
