#include "bench/gaps/gap_country.hpp"

#include "bench/country/dice.hpp"
#include "geo/mesh.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

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

geo::Polygon rectangle(const geo::Box& box) {
    return {{{box.west, box.south},
             {box.east, box.south},
             {box.east, box.north},
             {box.west, box.north},
             {box.west, box.south}},
            {}};
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

State make_gap_state(const GapSize& size) {
    State state;
    Dice dice(20261126);
    ListRow list;
    list.name = "bench";
    list.as_of = "2026-04-01";
    const std::string municipality = "99201";
    for (const auto& programme : gap_programmes()) {
        list.claims.push_back({programme, municipality, true});
    }
    state.lists.push_back(list);

    // Blocks as near to squares as the number of cells allows, side by side in rows.
    const auto width = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(size.cells_of_district))));
    const auto height = (size.cells_of_district + width - 1) / width;
    const auto across = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(size.districts))));
    std::vector<geo::LonLat> middles;
    std::vector<double> crowd;
    for (std::size_t number = 0; number < size.districts; ++number) {
        const std::size_t left = number % across * width;
        const std::size_t bottom = number / across * height;
        DistrictRow district;
        district.layer = "chugakkoku";
        district.code = fmt::format("{:06}", number);
        district.name = fmt::format("区域{}", number);
        district.municipality = municipality;
        district.municipality_name = "標市";
        geo::Box block = geo::Box::empty();
        const double density = dice.between(0.1, 1.0);
        for (std::size_t i = 0; i < size.cells_of_district; ++i) {
            const geo::Box box = cell_box(left + i % width, bottom + i / width);
            block.expand(box);
            const auto children = static_cast<std::int64_t>(dice.between(0, 80) * density);
            CellRow cell;
            cell.mesh = geo::to_string(
                geo::mesh_at({(box.west + box.east) / 2, (box.south + box.north) / 2}, geo::MeshLevel::m250));
            cell.total = children * 7;
            cell.bands = {{0, 15, children}, {15, 65, children * 4}, {65, std::nullopt, children * 2}};
            cell.list = 0;
            state.cells.push_back(std::move(cell));
            middles.push_back({(box.west + box.east) / 2, (box.south + box.north) / 2});
            crowd.push_back(static_cast<double>(children));
        }
        district.geometry.push_back(rectangle(block));
        district.list = 0;
        state.districts.push_back(std::move(district));
    }
    std::ranges::sort(state.cells, {}, &CellRow::mesh);

    for (std::size_t number = 0; number < size.services; ++number) {
        // Where children live: the better of two places drawn.
        const auto one = dice.below(static_cast<std::uint32_t>(middles.size()));
        const auto other = dice.below(static_cast<std::uint32_t>(middles.size()));
        const auto at = crowd[one] >= crowd[other] ? one : other;
        SiteRow site;
        site.id = fmt::format("p{:07}", number);
        site.name = fmt::format("場所{}", number);
        site.municipality = municipality;
        site.municipality_name = "標市";
        site.position = geo::LonLat{middles[at].lon + dice.between(-0.4, 0.4) * k_cell_lon,
                                    middles[at].lat + dice.between(-0.4, 0.4) * k_cell_lat};
        site.quality = PositionQuality::exact;
        ServiceRow service;
        service.id = fmt::format("s{:07}", number);
        service.site = static_cast<std::uint32_t>(number);
        service.list = 0;
        service.programme = *Taxonomy::shipped().by_code(gap_programmes()[number % gap_programmes().size()]);
        if (number % 3 != 0) {
            service.capacity = static_cast<int>(10 + number % 40);
        }
        state.sites.push_back(std::move(site));
        state.services.push_back(std::move(service));
    }
    return state;
}

} // namespace shirube::bench
