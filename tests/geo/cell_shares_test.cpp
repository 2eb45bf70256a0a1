#include "geo/cell_shares.hpp"

#include "geo/mesh.hpp"
#include "tests/geo/made_land.hpp"

#include <catch2/catch.hpp>

#include <cstdint>
#include <numeric>
#include <vector>

using namespace shirube::geo;
using made_land::rectangle;

namespace {

constexpr Box k_cell{139, 35, 140, 36};

MultiPolygon strip(double west, double east) { return {{rectangle({west, 34, east, 37}), {}}}; }

std::vector<CellShare> share(const std::vector<MultiPolygon>& areas) {
    std::vector<std::uint32_t> candidates(areas.size());
    std::iota(candidates.begin(), candidates.end(), 0U);
    return share_cell(k_cell, areas, candidates);
}

void check_shares(const std::vector<CellShare>& found, const std::vector<CellShare>& expected) {
    REQUIRE(found.size() == expected.size());
    for (std::size_t at = 0; at < found.size(); ++at) {
        CHECK(found[at].area == expected[at].area);
        CHECK(found[at].share == Approx(expected[at].share));
    }
}

} // namespace

TEST_CASE("districts that divide a square share it by their surface") {
    check_shares(share({strip(138, 139.3), strip(139.3, 141), strip(145, 146)}), {{0, 0.3}, {1, 0.7}});
}

TEST_CASE("districts that overlap share a square as one whole") {
    check_shares(share({strip(138, 141), strip(138, 141)}), {{0, 0.5}, {1, 0.5}});
    check_shares(share({strip(138, 141), strip(139.5, 141)}), {{0, 1 / 1.5}, {1, 0.5 / 1.5}});
}

TEST_CASE("a district that holds the square's centre takes the water beside it too") {
    check_shares(share({strip(138, 139.6)}), {{0, 1}});
    check_shares(share({strip(138, 139.5)}), {{0, 1}}); // the centre on the edge
    check_shares(share({strip(138, 139.2), strip(139.4, 139.7)}), {{0, 0.4}, {1, 0.6}});
}

TEST_CASE("where the square's centre lies in no district, the rest stays outside") {
    check_shares(share({strip(138, 139.4)}), {{0, 0.4}});
    check_shares(share({strip(138, 139.4), strip(139.7, 141)}), {{0, 0.4}, {1, 0.3}});
    CHECK(share({strip(145, 146)}).empty());
    CHECK(share({}).empty());
}

TEST_CASE("a sliver along the edge of a square is nobody's, and only candidates get a share") {
    check_shares(share({strip(138, 139.00001), strip(139.00001, 141)}), {{1, 1}});
    const std::vector<MultiPolygon> areas{strip(138, 139.5), strip(139.5, 141)};
    check_shares(share_cell(k_cell, areas, std::vector<std::uint32_t>{1}), {{1, 1}});
    CHECK(share_cell(k_cell, areas, {}).empty());
}

TEST_CASE("shares of any square among any districts add up to one at most") {
    made_land::Maker maker(30);
    int shared = 0;
    for (int trial = 0; trial < 2'000; ++trial) {
        const Box cell = mesh_box(mesh_at(maker.point_in(made_land::k_land), MeshLevel::m250));
        std::vector<MultiPolygon> areas;
        const int count = maker.whole(1, 5);
        areas.reserve(static_cast<std::size_t>(count));
        for (int area = 0; area < count; ++area) {
            areas.push_back(maker.district(maker.point_near({cell.west, cell.south}, 0.01), 0.005));
        }
        std::vector<std::uint32_t> candidates(areas.size());
        std::iota(candidates.begin(), candidates.end(), 0U);
        double sum = 0;
        for (const CellShare& part : share_cell(cell, areas, candidates)) {
            REQUIRE(part.share > 0);
            sum += part.share;
        }
        REQUIRE(sum <= 1 + 1e-12);
        shared += sum > 0 ? 1 : 0;
    }
    CHECK(shared > 500);
}
