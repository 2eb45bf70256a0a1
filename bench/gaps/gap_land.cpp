#include "bench/gaps/gap_land.hpp"

#include "bench/gaps/land_parts.hpp"
#include "geo/mesh.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace shirube::bench {

namespace {

using namespace directory;

constexpr double k_cell_lon = 45.0 / 3600 / 4;
constexpr double k_cell_lat = 30.0 / 3600 / 4;
/// The south-west corner: that of a first-level square, so that every block begins on a cell.
constexpr geo::LonLat k_corner{131.0, 31.0 + 1.0 / 3};

geo::Box cell_box(std::size_t column, std::size_t row) {
    const geo::LonLat middle{k_corner.lon + k_cell_lon * (static_cast<double>(column) + 0.5),
                             k_corner.lat + k_cell_lat * (static_cast<double>(row) + 0.5)};
    return geo::mesh_box(geo::mesh_at(middle, geo::MeshLevel::m250));
}

geo::LonLat middle_of(const geo::Box& box) { return {(box.west + box.east) / 2, (box.south + box.north) / 2}; }

geo::Polygon rectangle(const geo::Box& box) {
    return {{{box.west, box.south},
             {box.east, box.south},
             {box.east, box.north},
             {box.west, box.north},
             {box.west, box.south}},
            {}};
}

/// The state of each service's capacity, or the median of those that its programme's state.
std::vector<double> capacities(const State& state) {
    std::map<ProgrammeIndex, std::vector<int>> stated;
    for (const auto& service : state.services) {
        if (service.capacity) {
            stated[service.programme].push_back(*service.capacity);
        }
    }
    std::map<ProgrammeIndex, double> median;
    for (auto& [programme, all] : stated) {
        std::ranges::sort(all);
        median[programme] = (all[(all.size() - 1) / 2] + all[all.size() / 2]) / 2.0;
    }
    std::vector<double> out;
    out.reserve(state.services.size());
    for (const auto& service : state.services) {
        out.push_back(service.capacity ? *service.capacity : median.at(service.programme));
    }
    return out;
}

} // namespace

const std::vector<std::string>& gap_programmes() {
    static const std::vector<std::string> codes{
        "shien_kyoten",    "jidokan_small", "jidokan_center",   "kodomo_shokudo", "gakushu_shien",
        "ikusei_kyoten",   "nintei_ibasho", "daisan_no_ibasho", "chiiki_sodan",   "riyosha_shien",
        "hoken_center",    "food_pantry",   "takushoku",        "hoikusho",       "yochien",
        "nintei_kodomoen", "shogakko",      "hokago_jido_club", "ichiji_azukari", "byoji_hoiku"};
    return codes;
}

geo::LonLat middle_of(const CellRow& cell) { return middle_of(geo::mesh_box(geo::parse_mesh(cell.mesh).value())); }

std::int64_t children_of(const CellRow& cell) { return cell.bands.front().count.value_or(0); }

GapLand empty_land(const std::vector<std::string>& municipalities) {
    GapLand land;
    for (const auto& municipality : municipalities) {
        ListRow list;
        list.name = fmt::format("bench {}", municipality);
        list.as_of = "2026-04-01";
        for (const auto& programme : gap_programmes()) {
            list.claims.push_back({programme, municipality, true});
        }
        land.state.lists.push_back(std::move(list));
    }
    return land;
}

DistrictRow district_row(std::size_t number, const std::string& municipality, std::uint32_t list) {
    DistrictRow district;
    district.layer = "chugakkoku";
    district.code = fmt::format("{:06}", number);
    district.name = fmt::format("区域{}", number);
    district.municipality = municipality;
    district.municipality_name = fmt::format("標{}市", municipality);
    district.list = list;
    return district;
}

CellRow cell_row(std::string mesh, std::int64_t children) {
    CellRow cell;
    cell.mesh = std::move(mesh);
    cell.total = children * 7;
    cell.bands = {{0, 15, children}, {15, 65, children * 4}, {65, std::nullopt, children * 2}};
    cell.list = 0;
    return cell;
}

void order_cells(GapLand& land) {
    std::vector<std::uint32_t> order(land.state.cells.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, {}, [&](std::uint32_t i) -> const std::string& { return land.state.cells[i].mesh; });
    std::vector<CellRow> cells;
    std::vector<std::uint32_t> districts;
    cells.reserve(order.size());
    districts.reserve(order.size());
    for (const std::uint32_t i : order) {
        cells.push_back(std::move(land.state.cells[i]));
        districts.push_back(land.district_of_cell[i]);
    }
    land.state.cells = std::move(cells);
    land.district_of_cell = std::move(districts);
}

void strew_services(GapLand& land, std::size_t count, Dice& dice) {
    State& state = land.state;
    for (std::size_t number = 0; number < count; ++number) {
        const auto one = dice.below(static_cast<std::uint32_t>(state.cells.size()));
        const auto other = dice.below(static_cast<std::uint32_t>(state.cells.size()));
        const auto at = children_of(state.cells[one]) >= children_of(state.cells[other]) ? one : other;
        const std::uint32_t district = land.district_of_cell[at];
        const geo::LonLat middle = middle_of(state.cells[at]);
        SiteRow site;
        site.id = fmt::format("p{:07}", number);
        site.name = fmt::format("場所{}", number);
        site.municipality = state.districts[district].municipality;
        site.municipality_name = state.districts[district].municipality_name;
        const double east = dice.between(-0.4, 0.4) * k_cell_lon;
        site.position = geo::LonLat{middle.lon + east, middle.lat + dice.between(-0.4, 0.4) * k_cell_lat};
        site.quality = PositionQuality::exact;
        ServiceRow service;
        service.id = fmt::format("s{:07}", number);
        service.site = static_cast<std::uint32_t>(number);
        service.list = state.districts[district].list;
        service.programme = *Taxonomy::shipped().by_code(gap_programmes()[number % gap_programmes().size()]);
        if (number % 3 != 0) {
            service.capacity = static_cast<int>(10 + number % 40);
        }
        state.sites.push_back(std::move(site));
        state.services.push_back(std::move(service));
        land.district_of_service.push_back(district);
    }
    land.capacity = capacities(state);
}

GapLand make_block_land(const GapSize& size) {
    const std::string municipality = "99201";
    GapLand land = empty_land({municipality});
    Dice dice(20261126);
    // Blocks as near to squares as the number of cells allows, side by side in rows.
    const auto width = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(size.cells_of_district))));
    const auto height = (size.cells_of_district + width - 1) / width;
    const auto across = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(size.districts))));
    for (std::size_t number = 0; number < size.districts; ++number) {
        const std::size_t left = number % across * width;
        const std::size_t bottom = number / across * height;
        geo::Box block = geo::Box::empty();
        const double density = dice.between(0.1, 1.0);
        for (std::size_t i = 0; i < size.cells_of_district; ++i) {
            const geo::Box box = cell_box(left + i % width, bottom + i / width);
            block.expand(box);
            const auto children = static_cast<std::int64_t>(dice.between(0, 80) * density);
            land.state.cells.push_back(
                cell_row(geo::to_string(geo::mesh_at(middle_of(box), geo::MeshLevel::m250)), children));
            land.district_of_cell.push_back(static_cast<std::uint32_t>(number));
        }
        DistrictRow district = district_row(number, municipality, 0);
        district.geometry.push_back(rectangle(block));
        land.state.districts.push_back(std::move(district));
    }
    order_cells(land);
    strew_services(land, size.services, dice);
    return land;
}

} // namespace shirube::bench
