#include "server/tiles/vector_tile.hpp"
#include "tests/server/tiles_decoder.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <string>
#include <vector>

using namespace shirube;
using namespace shirube::server;

TEST_CASE("A layer says each key and each value once") {
    TileLayerWriter writer("services");
    for (int number = 0; number < 10; ++number) {
        // The writer keeps views: these texts live as long as it does.
        static const std::array<std::string, 3> k_places{"place 0", "place 1", "place 2"};
        const std::array properties{TileProperty{"name", k_places[static_cast<std::size_t>(number % 3)]},
                                    TileProperty{"programme", "jidokan"},
                                    TileProperty{"count", static_cast<std::uint64_t>(number % 2)}};
        writer.add_point(number, {number, 2 * number}, properties);
    }
    std::string tile;
    writer.write_to(tile);
    const auto layers = test::decode_tile(tile);
    REQUIRE(layers.size() == 1);
    REQUIRE(layers[0].name == "services");
    REQUIRE(layers[0].version == 2);
    REQUIRE(layers[0].extent == 4096);
    REQUIRE(layers[0].keys == std::vector<std::string>{"name", "programme", "count"});
    REQUIRE(layers[0].values == std::vector<std::string>{"place 0", "jidokan", "0", "place 1", "1", "place 2"});
    REQUIRE(layers[0].features.size() == 10);
    const test::DecodedFeature& last = layers[0].features.back();
    REQUIRE(last.id == 9);
    REQUIRE(last.type == 1);
    REQUIRE(last.rings == std::vector<test::DecodedRing>{{{9, 18}}});
    REQUIRE(last.property("name") == "place 0");
    REQUIRE(last.property("count") == "1");
}

TEST_CASE("An area is written ring by ring, each from where the last one ended") {
    TileLayerWriter writer("districts");
    const TilePolygon with_lake{{{0, 0}, {100, 0}, {100, 100}, {0, 100}}, {{40, 40}, {40, 60}, {60, 60}}};
    const TilePolygon island{{{-64, 4000}, {4160, 4000}, {4160, 4160}}};
    writer.add_area(3, std::vector{with_lake, island}, {});
    std::string tile;
    writer.write_to(tile);
    const auto layers = test::decode_tile(tile);
    const test::DecodedFeature& feature = layers.at(0).features.at(0);
    REQUIRE(feature.type == 3);
    REQUIRE(feature.rings == std::vector<test::DecodedRing>{{{0, 0}, {100, 0}, {100, 100}, {0, 100}},
                                                            {{40, 40}, {40, 60}, {60, 60}},
                                                            {{-64, 4000}, {4160, 4000}, {4160, 4160}}});
    REQUIRE(test::twice_signed_surface(feature.rings[0]) > 0);
    REQUIRE(test::twice_signed_surface(feature.rings[1]) < 0);
}

TEST_CASE("A layer without features is no layer: the format wants at least one") {
    std::string tile;
    TileLayerWriter("districts").write_to(tile);
    REQUIRE(tile.empty());
}
