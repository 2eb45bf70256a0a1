#include "geo/mesh.hpp"

#include "tests/geo/made_land.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <string_view>

using namespace shirube::geo;

namespace {

MeshCode mesh(std::string_view digits) { return parse_mesh(digits).value(); }

MeshError fault_of(std::string_view digits) { return parse_mesh(digits).error(); }

constexpr double degrees(int whole, int minutes, double seconds) { return whole + minutes / 60.0 + seconds / 3600.0; }

} // namespace

TEST_CASE("the grid squares of the published figure lie where the standard puts them") {
    // 5339 begins at 35°20′ N 139° E, 23 is the map sheet 原町田, 43 a third mesh in it and 1 its south-western half
    // (Sinfonica, 地域メッシュの区分方法の図解).
    const Box third = mesh_box(mesh("53392343"));
    CHECK(third.south == Approx(degrees(35, 32, 0)).epsilon(1e-12));
    CHECK(third.west == Approx(degrees(139, 24, 45)).epsilon(1e-12));
    CHECK(third.north == Approx(degrees(35, 32, 30)).epsilon(1e-12));
    CHECK(third.east == Approx(degrees(139, 25, 30)).epsilon(1e-12));

    const Box half = mesh_box(mesh("533923431"));
    CHECK(half.south == third.south);
    CHECK(half.west == third.west);
    CHECK(half.north == Approx(degrees(35, 32, 15)).epsilon(1e-12));
    CHECK(half.east == Approx(degrees(139, 25, 7.5)).epsilon(1e-12));

    const Box quarter = mesh_box(mesh("5339451844"));
    CHECK(quarter.south == Approx(degrees(35, 40, 52.5)).epsilon(1e-12));
    CHECK(quarter.west == Approx(degrees(139, 44, 3.75)).epsilon(1e-12));
    CHECK(quarter.north == Approx(degrees(35, 41, 0)).epsilon(1e-12));
    CHECK(quarter.east == Approx(degrees(139, 44, 15)).epsilon(1e-12));
}

TEST_CASE("known places lie in their known grid squares") {
    const auto third_at = [](LonLat point) { return to_string(mesh_at(point, MeshLevel::km1)); };
    CHECK(third_at({139.745433, 35.658581}) == "53393599"); // Tokyo Tower
    CHECK(third_at({139.71475, 35.70078}) == "53394547");
    CHECK(third_at({135.759363, 34.987574}) == "52353680"); // Kyoto Station

    const auto half_at = [](LonLat point) { return to_string(mesh_at(point, MeshLevel::m500)); };
    CHECK(half_at({141.354368, 43.062072}) == "644142781"); // Sapporo
    CHECK(half_at({140.5555, 40.001}) == "604004041");
    CHECK(half_at({140.74128, 40.82416}) == "614015893");
    CHECK(half_at({141.1592, 39.7002}) == "594141422");
    CHECK(half_at({140.8755, 38.2678}) == "574037201"); // Sendai
}

TEST_CASE("every square holds its own south-western corner and centre, and no other's") {
    made_land::Maker maker(12);
    for (const MeshLevel level : {MeshLevel::km1, MeshLevel::m500, MeshLevel::m250}) {
        for (int trial = 0; trial < 20'000; ++trial) {
            const LonLat point = maker.point_in({122, 20, 153.999, 45.999});
            const MeshCode code = mesh_at(point, level);
            const Box box = mesh_box(code);
            REQUIRE(box.contains(point));
            REQUIRE(parse_mesh(to_string(code)) == code);
            REQUIRE(mesh_at({box.west, box.south}, level) == code);
            REQUIRE(mesh_at({(box.west + box.east) / 2, (box.south + box.north) / 2}, level) == code);
            if (box.east < 154 && box.north < 46) {
                const Box diagonal = mesh_box(mesh_at({box.east, box.north}, level));
                REQUIRE(diagonal.west == box.east);
                REQUIRE(diagonal.south == box.north);
            }
        }
    }
}

TEST_CASE("a square's half and quarter share its edges to the last bit") {
    const Box third = mesh_box(mesh("53394529"));
    CHECK(mesh_box(mesh("533945291")).south == third.south);
    CHECK(mesh_box(mesh("533945292")).east == third.east);
    CHECK(mesh_box(mesh("533945293")).north == third.north);
    CHECK(mesh_box(mesh("5339452944")).north == third.north);
    CHECK(mesh_box(mesh("5339452944")).east == third.east);
    CHECK(mesh_box(mesh("5339452911")).west == third.west);
}

TEST_CASE("a code that is none says what is wrong with it, and where") {
    CHECK(fault_of("") == MeshError{MeshFault::wrong_length, 0});
    CHECK(fault_of("5339452") == MeshError{MeshFault::wrong_length, 7});
    CHECK(fault_of("53394529111") == MeshError{MeshFault::wrong_length, 11});
    CHECK(fault_of("5339452 ") == MeshError{MeshFault::not_a_digit, 7});
    CHECK(fault_of("-5339452") == MeshError{MeshFault::not_a_digit, 0});
    CHECK(fault_of("５３９") == MeshError{MeshFault::not_a_digit, 0});
    CHECK(fault_of("29394529") == MeshError{MeshFault::outside_japan, 0});
    CHECK(fault_of("69394529") == MeshError{MeshFault::outside_japan, 0});
    CHECK(fault_of("53214529") == MeshError{MeshFault::outside_japan, 2});
    CHECK(fault_of("53544529") == MeshError{MeshFault::outside_japan, 2});
    CHECK(fault_of("53398529") == MeshError{MeshFault::second_level, 4});
    CHECK(fault_of("53394829") == MeshError{MeshFault::second_level, 5});
    CHECK(fault_of("533945290") == MeshError{MeshFault::quadrant, 8});
    CHECK(fault_of("533945295") == MeshError{MeshFault::quadrant, 8});
    CHECK(fault_of("5339452915") == MeshError{MeshFault::quadrant, 9});
    for (const MeshFault fault : {MeshFault::wrong_length, MeshFault::not_a_digit, MeshFault::outside_japan,
                                  MeshFault::second_level, MeshFault::quadrant}) {
        CHECK(describe(fault).ends_with('.'));
    }
    CHECK(mesh("53394529").level == MeshLevel::km1);
    CHECK(mesh("533945291").level == MeshLevel::m500);
    CHECK(mesh("5339452911").level == MeshLevel::m250);
}
