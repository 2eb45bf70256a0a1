#include "bench/gaps/gap_land.hpp"
#include "bench/gaps/land_parts.hpp"
#include "geo/mesh.hpp"

#include <fmt/format.h>
#include <geos_c.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <stdexcept>

namespace shirube::bench {

namespace {

using namespace directory;

/// A square of 1 km by its place in the grid: columns of 45″, rows of 30″.
struct Square {
    std::string mesh;
    std::int32_t column = 0;
    std::int32_t row = 0;
};

Square square_of(std::string mesh) {
    const auto digit = [&](std::size_t at) { return mesh[at] - '0'; };
    Square square;
    square.row = (digit(0) * 10 + digit(1)) * 80 + digit(4) * 10 + digit(6);
    square.column = (digit(2) * 10 + digit(3)) * 80 + digit(5) * 10 + digit(7);
    square.mesh = std::move(mesh);
    return square;
}

/// By municipality. A square on a border stands in each one's table and is the first one's here.
std::map<std::string, std::vector<Square>> read_squares(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == ".csv") {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    std::map<std::string, std::vector<Square>> squares;
    std::set<std::string> seen;
    for (const auto& file : files) {
        std::ifstream in(file);
        for (std::string line; std::getline(in, line);) {
            std::erase_if(line, [](char c) { return c == '\r' || c == '"'; });
            const auto comma = line.rfind(',');
            if (comma == std::string::npos || comma < 5) {
                continue;
            }
            std::string mesh = line.substr(comma + 1);
            const bool is_square = mesh.size() == 8 && geo::parse_mesh(mesh).has_value();
            if (is_square && seen.insert(mesh).second) {
                squares[line.substr(0, 5)].push_back(square_of(std::move(mesh)));
            }
        }
    }
    if (squares.empty()) {
        throw std::runtime_error(fmt::format("{}: no table of meshes", folder.string()));
    }
    return squares;
}

/// How many districts each municipality has: one at least, the others by the root of its squares.
std::vector<std::size_t> shares(const std::vector<std::span<Square>>& municipalities, std::size_t districts) {
    double roots = 0;
    for (const auto& squares : municipalities) {
        roots += std::sqrt(static_cast<double>(squares.size()));
    }
    std::vector<std::size_t> out;
    std::size_t given = 0;
    for (const auto& squares : municipalities) {
        const double share = static_cast<double>(districts) * std::sqrt(static_cast<double>(squares.size())) / roots;
        out.push_back(std::clamp<std::size_t>(static_cast<std::size_t>(share), 1, squares.size()));
        given += out.back();
    }
    // What rounding left over, one each, where there is room.
    for (std::size_t i = 0; given < districts; i = (i + 1) % out.size()) {
        if (out[i] < municipalities[i].size()) {
            ++out[i];
            ++given;
        }
    }
    for (std::size_t i = 0; given > districts; i = (i + 1) % out.size()) {
        if (out[i] > 1) {
            --out[i];
            --given;
        }
    }
    return out;
}

/// Halves across the longer side until each part is one district.
void part(std::span<Square> squares, std::size_t parts, std::vector<std::span<Square>>& out) {
    if (parts == 1) {
        out.push_back(squares);
        return;
    }
    const auto [west, east] = std::ranges::minmax(squares, {}, &Square::column);
    const auto [south, north] = std::ranges::minmax(squares, {}, &Square::row);
    if (east.column - west.column > north.row - south.row) {
        std::ranges::sort(squares, {}, [](const Square& of) { return std::pair(of.column, of.row); });
    } else {
        std::ranges::sort(squares, {}, [](const Square& of) { return std::pair(of.row, of.column); });
    }
    const std::size_t few = parts / 2;
    const std::size_t middle = std::clamp(squares.size() * few / parts, few, squares.size() - (parts - few));
    part(squares.first(middle), few, out);
    part(squares.subspan(middle), parts - few, out);
}

class Geos {
  public:
    Geos() : handle_(GEOS_init_r()) {}
    Geos(const Geos&) = delete;
    Geos& operator=(const Geos&) = delete;
    ~Geos() { GEOS_finish_r(handle_); }

    geo::MultiPolygon union_of(std::span<const Square> squares) const {
        std::vector<GEOSGeometry*> all;
        for (const auto& square : squares) {
            const geo::Box box = geo::mesh_box(geo::parse_mesh(square.mesh).value());
            all.push_back(GEOSGeom_createRectangle_r(handle_, box.west, box.south, box.east, box.north));
        }
        GEOSGeometry* collection =
            GEOSGeom_createCollection_r(handle_, GEOS_MULTIPOLYGON, all.data(), static_cast<unsigned>(all.size()));
        GEOSGeometry* merged = GEOSUnaryUnion_r(handle_, collection);
        geo::MultiPolygon area;
        for (int i = 0; i < GEOSGetNumGeometries_r(handle_, merged); ++i) {
            const GEOSGeometry* one = GEOSGetGeometryN_r(handle_, merged, i);
            geo::Polygon polygon;
            polygon.outer = ring_of(GEOSGetExteriorRing_r(handle_, one));
            for (int hole = 0; hole < GEOSGetNumInteriorRings_r(handle_, one); ++hole) {
                polygon.holes.push_back(ring_of(GEOSGetInteriorRingN_r(handle_, one, hole)));
            }
            area.push_back(std::move(polygon));
        }
        GEOSGeom_destroy_r(handle_, merged);
        GEOSGeom_destroy_r(handle_, collection);
        return area;
    }

  private:
    [[nodiscard]] geo::Ring ring_of(const GEOSGeometry* line) const {
        const GEOSCoordSequence* corners = GEOSGeom_getCoordSeq_r(handle_, line);
        unsigned count = 0;
        GEOSCoordSeq_getSize_r(handle_, corners, &count);
        geo::Ring ring(count);
        for (unsigned i = 0; i < count; ++i) {
            GEOSCoordSeq_getXY_r(handle_, corners, i, &ring[i].lon, &ring[i].lat);
        }
        return ring;
    }

    GEOSContextHandle_t handle_;
};

/// So many cells in each district that all together are as many as asked for: as many in each where there is room.
std::size_t cells_in_each(const std::vector<std::span<Square>>& districts, std::size_t wanted) {
    std::size_t each = 1;
    const auto would_be = [&](std::size_t most) {
        std::size_t all = 0;
        for (const auto& squares : districts) {
            all += std::min(16 * squares.size(), most);
        }
        return all;
    };
    constexpr std::size_t k_most = 10'000;
    while (each < k_most && would_be(each) < wanted) {
        ++each;
    }
    return each;
}

/// The cells of a district that are nearest to its middle, with as many children as the middle is near.
void add_cells(GapLand& land, std::uint32_t district, std::span<const Square> squares, std::size_t most, Dice& dice) {
    struct Candidate {
        std::string mesh;
        double away = 0; ///< sides of a cell, with some chance
    };
    const Square& middle = squares[dice.below(static_cast<std::uint32_t>(squares.size()))];
    std::vector<Candidate> candidates;
    for (const auto& square : squares) {
        for (int quarter = 0; quarter < 16; ++quarter) {
            const int half = quarter / 4;
            const int part = quarter % 4;
            const double x = 4 * (square.column - middle.column) + 2 * (half % 2) + part % 2 - 1.5;
            const double y = 4 * (square.row - middle.row) + 2 * (half / 2) + part / 2 - 1.5;
            candidates.push_back(
                {fmt::format("{}{}{}", square.mesh, half + 1, part + 1), std::hypot(x, y) * dice.between(0.5, 1.0)});
        }
    }
    const std::size_t count = std::min(most, candidates.size());
    std::ranges::nth_element(candidates, candidates.begin() + static_cast<std::ptrdiff_t>(count) - 1, {},
                             &Candidate::away);
    const double density = dice.between(0.1, 1.0);
    for (std::size_t i = 0; i < count; ++i) {
        const double closeness = 8 / (8 + candidates[i].away);
        const auto children = static_cast<std::int64_t>(dice.between(0, 120) * density * closeness);
        land.state.cells.push_back(cell_row(std::move(candidates[i].mesh), children));
        land.district_of_cell.push_back(district);
    }
}

} // namespace

GapLand make_mesh_land(const GapSize& size, const std::filesystem::path& meshes) {
    auto squares = read_squares(meshes);
    std::vector<std::string> codes;
    std::vector<std::span<Square>> municipalities;
    for (auto& [code, of] : squares) {
        codes.push_back(code);
        municipalities.emplace_back(of);
    }
    GapLand land = empty_land(codes);
    const auto counts = shares(municipalities, size.districts);
    std::vector<std::span<Square>> districts;
    const Geos geos;
    for (std::size_t i = 0; i < municipalities.size(); ++i) {
        const std::size_t before = districts.size();
        part(municipalities[i], counts[i], districts);
        for (std::size_t number = before; number < districts.size(); ++number) {
            DistrictRow district = district_row(number, codes[i], static_cast<std::uint32_t>(i));
            district.geometry = geos.union_of(districts[number]);
            land.state.districts.push_back(std::move(district));
        }
    }
    Dice dice(20261126);
    const std::size_t most = cells_in_each(districts, size.districts * size.cells_of_district);
    for (std::size_t number = 0; number < districts.size(); ++number) {
        add_cells(land, static_cast<std::uint32_t>(number), districts[number], most, dice);
    }
    order_cells(land);
    strew_services(land, size.services, dice);
    return land;
}

} // namespace shirube::bench
