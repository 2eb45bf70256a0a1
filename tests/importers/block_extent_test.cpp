// How far the addresses of a block lie from its point, on towns cut at random.
#include "importers/locating/block_extent.hpp"

#include "geo/distance.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstddef>
#include <iostream>
#include <random>
#include <vector>

using namespace shirube;

namespace {

struct Rectangle {
    double west = 0;
    double south = 0;
    double east = 0;
    double north = 0;
};

/// Cuts a rectangle (metres) in two, across its longer side more often than not, until its pieces are small enough.
void cut(const Rectangle& whole, double smallest_m, std::mt19937& random, std::vector<Rectangle>& into) {
    const auto share = [&] {
        return 0.3 + 0.4 * static_cast<double>(random()) / static_cast<double>(std::mt19937::max());
    };
    const double width = whole.east - whole.west;
    const double height = whole.north - whole.south;
    if (width * height < smallest_m * smallest_m * (1 + share() * 4)) {
        into.push_back(whole);
        return;
    }
    const bool across = (width > height) == (random() % 4 != 0);
    Rectangle a = whole;
    Rectangle b = whole;
    if (across) {
        a.east = b.west = whole.west + width * share();
    } else {
        a.north = b.south = whole.south + height * share();
    }
    cut(a, smallest_m, random, into);
    cut(b, smallest_m, random, into);
}

} // namespace

TEST_CASE("the radius of a block holds nearly every address in it, in towns cut at random") {
    std::mt19937 random(5);
    constexpr double metres_per_lon = 93'000;
    constexpr double metres_per_lat = 111'000;
    std::size_t addresses = 0;
    std::size_t held = 0;
    std::vector<double> radii_m;
    for (const double smallest_m : {40.0, 70.0, 120.0}) {
        std::vector<Rectangle> blocks;
        cut({.west = 0, .south = 0, .east = 3000, .north = 2500}, smallest_m, random, blocks);
        std::vector<geo::LonLat> points;
        const auto at = [&](double x_m, double y_m) {
            return geo::LonLat{.lon = 137 + x_m / metres_per_lon, .lat = 33 + y_m / metres_per_lat};
        };
        for (const Rectangle& block : blocks) {
            points.push_back(at((block.west + block.east) / 2, (block.south + block.north) / 2));
        }
        const auto extents_m = importers::block_extents_m(points);
        REQUIRE(extents_m.size() == points.size());
        for (std::size_t i = 0; i < blocks.size(); ++i) {
            radii_m.push_back(extents_m[i]);
            for (int house = 0; house < 20; ++house) {
                const auto within = [&](double low, double high) {
                    return low +
                           (high - low) * static_cast<double>(random()) / static_cast<double>(std::mt19937::max());
                };
                const auto place = at(within(blocks[i].west, blocks[i].east), within(blocks[i].south, blocks[i].north));
                ++addresses;
                held += geo::distance_m(points[i], place) <= extents_m[i] ? 1 : 0;
            }
        }
    }
    std::ranges::sort(radii_m);
    std::cout << "blocks cut at random: " << held << " of " << addresses << " addresses within the radius, which is "
              << radii_m[radii_m.size() / 2] << " m in the median\n";
    CHECK(static_cast<double>(held) >= 0.99 * static_cast<double>(addresses));
}

TEST_CASE("a block's radius is that to its eighth neighbour, as looking at every other block finds it") {
    std::mt19937 random(9);
    std::vector<geo::LonLat> points(300);
    for (geo::LonLat& point : points) {
        point = {.lon = 137 + static_cast<double>(random() % 20'000) / 1e6,
                 .lat = 33 + static_cast<double>(random() % 20'000) / 1e6};
    }
    const auto extents_m = importers::block_extents_m(points);
    for (std::size_t i = 0; i < points.size(); ++i) {
        std::vector<double> distances_m;
        for (std::size_t j = 0; j < points.size(); ++j) {
            if (j != i) {
                distances_m.push_back(geo::distance_m(points[i], points[j]));
            }
        }
        std::ranges::nth_element(distances_m, distances_m.begin() + 7);
        CHECK(extents_m[i] == Approx(std::clamp(0.9 * distances_m[7], 30.0, 1000.0)).epsilon(0.002));
    }
    // Where nothing lies around, nothing is known.
    CHECK(importers::block_extents_m(std::vector<geo::LonLat>(3, {137, 33})) == std::vector<double>(3, 1000.0));
    CHECK(importers::block_extents_m({}).empty());
}
