#include "server/tiles/district_shapes.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <vector>

using namespace shirube;
using namespace shirube::server;

namespace {

/// A border as a river draws it: from a to b in many small bends, both ends included.
std::vector<geo::LonLat> winding(geo::LonLat a, geo::LonLat b, unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> sway(-0.0004, 0.0004);
    std::vector<geo::LonLat> line{a};
    for (int step = 1; step < 200; ++step) {
        const double along = step / 200.0;
        line.push_back(
            {a.lon + along * (b.lon - a.lon) + sway(random), a.lat + along * (b.lat - a.lat) + sway(random)});
    }
    line.push_back(b);
    return line;
}

void append(geo::Ring& ring, std::vector<geo::LonLat> line, bool backward) {
    if (backward) {
        std::reverse(line.begin(), line.end());
    }
    ring.insert(ring.end(), line.begin(), line.end() - 1);
}

/// A town of side × side districts whose neighbours share their winding borders corner by corner.
std::vector<directory::DistrictRow> town(int side) {
    const auto post = [](int x, int y) { return geo::LonLat{139.5 + 0.03 * x, 35.6 + 0.025 * y}; };
    const auto across = [&](int x, int y) {
        return winding(post(x, y), post(x + 1, y), static_cast<unsigned>(100 * x + y));
    };
    const auto up = [&](int x, int y) {
        return winding(post(x, y), post(x, y + 1), static_cast<unsigned>(9000 + 100 * x + y));
    };
    std::vector<directory::DistrictRow> districts;
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            geo::Ring ring;
            append(ring, across(x, y), false);
            append(ring, up(x + 1, y), false);
            append(ring, across(x, y + 1), true);
            append(ring, up(x, y), true);
            // Lists begin their rings where they like, and run them both ways.
            std::rotate(ring.begin(), ring.begin() + 37 * (x + 1) + 11 * y, ring.end());
            if ((x + y) % 2 != 0) {
                std::reverse(ring.begin(), ring.end());
            }
            directory::DistrictRow district;
            district.code = std::to_string(districts.size());
            district.geometry = {{ring, {}}};
            districts.push_back(district);
        }
    }
    return districts;
}

/// The edges of a ring, without direction, that lie inside the tile proper.
std::set<std::pair<std::pair<int, int>, std::pair<int, int>>> edges_inside(const TileRing& ring) {
    std::set<std::pair<std::pair<int, int>, std::pair<int, int>>> edges;
    for (std::size_t at = 0; at < ring.size(); ++at) {
        std::pair a{ring[at].x, ring[at].y};
        std::pair b{ring[(at + 1) % ring.size()].x, ring[(at + 1) % ring.size()].y};
        const auto inside = [](std::pair<int, int> p) {
            return p.first >= 0 && p.first <= k_extent && p.second >= 0 && p.second <= k_extent;
        };
        if (inside(a) && inside(b)) {
            edges.insert(std::minmax(a, b));
        }
    }
    return edges;
}

} // namespace

TEST_CASE("Every district shows in the tiles of every zoom at which it is more than a speck") {
    const auto districts = town(6);
    const DistrictShapes shapes(districts);
    for (std::uint32_t zoom = 6; zoom <= 15; ++zoom) {
        const geo::TileId low = geo::tile_at({shapes.bounds().west, shapes.bounds().north}, zoom);
        const geo::TileId high = geo::tile_at({shapes.bounds().east, shapes.bounds().south}, zoom);
        std::set<std::uint32_t> seen;
        for (std::uint32_t x = low.x; x <= high.x; ++x) {
            for (std::uint32_t y = low.y; y <= high.y; ++y) {
                shapes.for_each_in({zoom, x, y}, [&](std::uint32_t district, const auto&) { seen.insert(district); });
            }
        }
        INFO("zoom " << zoom);
        REQUIRE(seen.size() == districts.size());
    }
}

TEST_CASE("Neighbours keep one border: no gap opens and nothing overlaps, however much is simplified") {
    const DistrictShapes shapes(town(6));
    // One tile holds the town whole at these zooms.
    const geo::LonLat middle{(shapes.bounds().west + shapes.bounds().east) / 2,
                             (shapes.bounds().south + shapes.bounds().north) / 2};
    for (std::uint32_t zoom = 5; zoom <= 9; ++zoom) {
        const geo::TileId tile = geo::tile_at(middle, zoom);
        std::map<std::pair<std::pair<int, int>, std::pair<int, int>>, int> owners;
        std::size_t corners = 0;
        shapes.for_each_in(tile, [&](std::uint32_t, const std::vector<TilePolygon>& polygons) {
            REQUIRE(polygons.size() == 1);
            REQUIRE(polygons[0].size() == 1);
            corners += polygons[0][0].size();
            for (const auto& edge : edges_inside(polygons[0][0])) {
                ++owners[edge];
            }
        });
        // Of 6 × 6 districts with four lines each, 60 borders are shared and 24 are the town's own.
        std::size_t shared = 0;
        std::size_t alone = 0;
        for (const auto& [edge, count] : owners) {
            REQUIRE(count <= 2);
            (count == 2 ? shared : alone) += 1;
        }
        INFO("zoom " << zoom);
        REQUIRE(shared >= 60);
        REQUIRE(corners == 2 * shared + alone);
        if (zoom <= 7) {
            REQUIRE(corners < 36 * 12); // of 36 * 800
        }
    }
}

TEST_CASE("A border with two corners equally far out is drawn alike from both sides") {
    // The shared border runs flat between two bends: either may be kept first, and the tolerance of zoom 9 lies between
    // what the first and the second are worth.
    const geo::Ring west{{139.70, 35.60},   {139.75, 35.60}, {139.7525, 35.62},
                         {139.7525, 35.63}, {139.75, 35.65}, {139.70, 35.65}};
    const geo::Ring east{{139.80, 35.60},   {139.80, 35.65},   {139.75, 35.65},
                         {139.7525, 35.63}, {139.7525, 35.62}, {139.75, 35.60}};
    std::vector<directory::DistrictRow> districts(2);
    districts[0].geometry = {{west, {}}};
    districts[1].geometry = {{east, {}}};
    const DistrictShapes shapes(districts);
    bool some_zoom_kept_one = false;
    for (std::uint32_t zoom = 6; zoom <= 10; ++zoom) {
        const geo::TileId tile = geo::tile_at({139.75, 35.625}, zoom);
        std::vector<TileRing> rings;
        shapes.for_each_in(
            tile, [&](std::uint32_t, const std::vector<TilePolygon>& polygons) { rings.push_back(polygons[0][0]); });
        REQUIRE(rings.size() == 2);
        std::size_t shared = 0;
        const auto edges = edges_inside(rings[0]);
        for (const auto& edge : edges_inside(rings[1])) {
            shared += edges.count(edge);
        }
        INFO("zoom " << zoom);
        REQUIRE(shared == rings[0].size() - 3);
        REQUIRE(shared == rings[1].size() - 3);
        some_zoom_kept_one |= shared == 2;
    }
    REQUIRE(some_zoom_kept_one);
}

TEST_CASE("What is left out lies within half a pixel of what is drawn") {
    const auto districts = town(1);
    const DistrictShapes shapes(districts);
    const geo::TileId tile = geo::tile_at({139.515, 35.6125}, 9);
    TileRing drawn;
    shapes.for_each_in(tile, [&](std::uint32_t, const std::vector<TilePolygon>& polygons) { drawn = polygons[0][0]; });
    REQUIRE(drawn.size() >= 4);
    for (const geo::LonLat& corner : districts[0].geometry[0].outer) {
        const geo::TilePoint at = geo::to_tile(corner, tile);
        double nearest = 1e9;
        for (std::size_t place = 0; place < drawn.size(); ++place) {
            const TileCorner a = drawn[place];
            const TileCorner b = drawn[(place + 1) % drawn.size()];
            const double along_x = b.x - a.x;
            const double along_y = b.y - a.y;
            const double length_2 = along_x * along_x + along_y * along_y;
            const double along = std::clamp(((at.x - a.x) * along_x + (at.y - a.y) * along_y) / length_2, 0.0, 1.0);
            nearest = std::min(nearest, std::hypot(at.x - a.x - along * along_x, at.y - a.y - along * along_y));
        }
        REQUIRE(nearest <= 4 + 0.75); // four units, and the rounding of both ends
    }
}

TEST_CASE("Outlines are wound as the format asks, whichever way their list runs them") {
    geo::Ring outer{{139.70, 35.60}, {139.80, 35.60}, {139.80, 35.70}, {139.70, 35.70}, {139.70, 35.60}};
    geo::Ring lake{{139.74, 35.64}, {139.76, 35.64}, {139.76, 35.66}, {139.74, 35.66}};
    const geo::Polygon island{{{139.85, 35.60}, {139.85, 35.62}, {139.87, 35.62}}, {}};
    for (const bool outer_turned : {false, true}) {
        for (const bool lake_turned : {false, true}) {
            directory::DistrictRow district;
            district.geometry = {{outer, {lake}}, island};
            if (outer_turned) {
                std::reverse(district.geometry[0].outer.begin(), district.geometry[0].outer.end());
            }
            if (lake_turned) {
                std::reverse(district.geometry[0].holes[0].begin(), district.geometry[0].holes[0].end());
            }
            const DistrictShapes shapes(std::vector{district});
            int seen = 0;
            shapes.for_each_in(geo::tile_at({139.75, 35.65}, 8),
                               [&](std::uint32_t, const std::vector<TilePolygon>& polygons) {
                                   ++seen;
                                   REQUIRE(polygons.size() == 2);
                                   REQUIRE(polygons[0].size() == 2);
                                   REQUIRE(twice_surface(polygons[0][0]) > 0);
                                   REQUIRE(twice_surface(polygons[0][1]) < 0);
                                   REQUIRE(twice_surface(polygons[1][0]) > 0);
                               });
            REQUIRE(seen == 1);
        }
    }
}

TEST_CASE("A district that fills the hole of another keeps the hole's very outline") {
    geo::Ring around;
    for (int step = 0; step < 400; ++step) {
        const double angle = step * 2 * 3.14159265358979 / 400;
        around.push_back({139.75 + 0.02 * std::cos(angle), 35.65 + 0.015 * std::sin(angle)});
    }
    directory::DistrictRow outside;
    outside.geometry = {{{{139.6, 35.5}, {139.9, 35.5}, {139.9, 35.8}, {139.6, 35.8}}, {around}}};
    directory::DistrictRow inside;
    std::rotate(around.begin(), around.begin() + 123, around.end());
    std::reverse(around.begin(), around.end());
    inside.geometry = {{around, {}}};
    const DistrictShapes shapes(std::vector{outside, inside});
    std::vector<TileRing> rings;
    shapes.for_each_in(geo::tile_at({139.75, 35.65}, 9), [&](std::uint32_t, const std::vector<TilePolygon>& polygons) {
        rings.push_back(polygons[0].back());
    });
    REQUIRE(rings.size() == 2);
    REQUIRE(edges_inside(rings[0]).size() >= 8);
    REQUIRE(edges_inside(rings[0]).size() < 100);
    REQUIRE(edges_inside(rings[0]) == edges_inside(rings[1]));
}

TEST_CASE("Districts without an outline, and broken ones, are drawn nowhere and break nothing") {
    std::vector<directory::DistrictRow> districts(4);
    districts[1].geometry = {{{}, {}}};
    districts[2].geometry = {{{{139.7, 35.6}}, {}}};
    districts[3].geometry = {{{{139.7, 35.6}, {139.8, 35.7}, {139.7, 35.6}}, {}}};
    const DistrictShapes shapes(districts);
    shapes.for_each_in({0, 0, 0}, [](std::uint32_t, const auto&) { FAIL("nothing is to be drawn"); });
    shapes.for_each_in(geo::tile_at({139.7, 35.6}, 16), [](std::uint32_t, const auto&) { FAIL("nothing at all"); });
    SUCCEED("nothing was drawn");
    const DistrictShapes none(std::vector<directory::DistrictRow>{});
    none.for_each_in({0, 0, 0}, [](std::uint32_t, const auto&) { FAIL("nothing is there"); });
    REQUIRE(none.bounds().is_empty());
}
