// Everybody is counted once and nobody is lost: what a census publishes of invented people, suppressed at random and at
// several levels, adds up to those people again, cell by cell and district by district.
#include "directory/population.hpp"

#include "directory/coverage.hpp"
#include "directory/snapshot/snapshot.hpp"
#include "directory/store.hpp"
#include "directory/store/sqlite.hpp"
#include "geo/mesh.hpp"
#include "store_batches.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <map>
#include <random>

using namespace shirube;
using namespace shirube::directory;
using namespace shirube::directory::test;

namespace {

constexpr std::array<int, 4> k_ages{0, 5, 10, 15}; ///< three bands of five years
using People = std::array<std::int64_t, 3>;

std::int64_t sum(const People& people) { return people[0] + people[1] + people[2]; }

/// Children where they live, by square of 250 m, in a block of 4 × 4 squares of 1 km.
class Truth {
  public:
    explicit Truth(std::mt19937& dice) {
        for (int row = 0; row < 16; ++row) {
            for (int column = 0; column < 16; ++column) {
                if (dice() % 3 == 0) {
                    continue; // nobody lives there, and no row is published
                }
                const geo::LonLat middle{137.0 + (column + 0.5) / 320, 33.0 + (row + 0.5) / 480};
                People people{};
                for (auto& band : people) {
                    band = dice() % 4 == 0 ? 0 : static_cast<std::int64_t>(dice() % 9);
                }
                at_[geo::to_string(geo::mesh_at(middle, geo::MeshLevel::m250))] = people;
            }
        }
    }

    /// By square of so many digits.
    [[nodiscard]] std::map<std::string, People> at_level(std::size_t digits) const {
        std::map<std::string, People> squares;
        for (const auto& [mesh, people] : at_) {
            auto& square = squares[mesh.substr(0, digits)];
            for (std::size_t i = 0; i < people.size(); ++i) {
                square[i] += people[i];
            }
        }
        return squares;
    }

    [[nodiscard]] People all() const {
        People people{};
        for (const auto& [mesh, here] : at_) {
            for (std::size_t i = 0; i < people.size(); ++i) {
                people[i] += here[i];
            }
        }
        return people;
    }

  private:
    std::map<std::string, People> at_;
};

/// What is published of the people at one level: small squares hand their detail to another one, as HTKSAKI says.
std::vector<PopulationReading> publish(const Truth& truth, std::size_t digits, std::mt19937& dice) {
    auto squares = truth.at_level(digits);
    std::vector<std::string> meshes;
    for (const auto& [mesh, people] : squares) {
        meshes.push_back(mesh);
    }
    std::map<std::string, std::string> into;
    for (const auto& mesh : meshes) {
        const auto& target = meshes[dice() % meshes.size()];
        if (dice() % 4 == 0 && target != mesh && !into.contains(target)) {
            const bool carries = std::ranges::any_of(into, [&](const auto& pair) { return pair.second == mesh; });
            if (!carries) {
                into[mesh] = target;
            }
        }
    }
    std::map<std::string, PopulationReading> rows;
    for (const auto& mesh : meshes) {
        rows[mesh].mesh = mesh;
        rows[mesh].total = sum(squares[mesh]);
    }
    for (const auto& [mesh, target] : into) {
        rows[mesh].suppressed_into = target;
        rows[target].carries.push_back(mesh);
        for (std::size_t i = 0; i < squares[mesh].size(); ++i) {
            squares[target][i] += squares[mesh][i];
        }
    }
    std::vector<PopulationReading> published;
    for (auto& [mesh, row] : rows) {
        for (std::size_t i = 0; i + 1 < k_ages.size(); ++i) {
            const auto count = into.contains(mesh) ? std::nullopt : std::optional(squares[mesh][i]);
            row.bands.push_back({k_ages[i], k_ages[i + 1], count});
        }
        published.push_back(std::move(row));
    }
    return published;
}

std::vector<CellCandidate> candidates(const std::vector<PopulationReading>& rows, std::uint32_t list) {
    std::vector<CellCandidate> out;
    for (const auto& row : rows) {
        CellCandidate candidate;
        candidate.cell.mesh = row.mesh;
        candidate.cell.total = row.total;
        candidate.cell.bands = row.bands;
        candidate.cell.suppressed_into = row.suppressed_into;
        candidate.cell.list = list;
        candidate.carries = row.carries;
        out.push_back(std::move(candidate));
    }
    return out;
}

void append(std::vector<CellCandidate>& all, std::vector<CellCandidate> more) {
    std::ranges::move(more, std::back_inserter(all));
}

/// The children of each band in the cells that are counted; nothing where one of them is unknown.
std::array<std::optional<std::int64_t>, 3> counted(const std::vector<CellRow>& cells) {
    std::array<std::optional<std::int64_t>, 3> out{0, 0, 0};
    for (const auto& cell : cells) {
        for (std::size_t i = 0; i < out.size(); ++i) {
            const auto children = children_in(cell, k_ages[i], k_ages[i + 1]);
            out[i] = out[i] && children ? std::optional(*out[i] + *children) : std::nullopt;
        }
    }
    return out;
}

void check_all_there(const std::vector<CellRow>& cells, const Truth& truth) {
    const auto there = counted(cells);
    const auto all = truth.all();
    for (std::size_t i = 0; i < all.size(); ++i) {
        CAPTURE(i);
        CHECK(there[i] == all[i]);
    }
    std::int64_t total = 0;
    for (const auto& cell : cells) {
        total += cell.total.value_or(0);
    }
    CHECK(total == sum(all));
}

const std::vector<ListRow> k_lists = [] {
    std::vector<ListRow> lists(4);
    for (std::size_t i = 0; i < lists.size(); ++i) {
        lists[i].name = std::to_string(i);
        lists[i].as_of = "2020-10-01";
    }
    return lists;
}();

DistrictRow block(const std::string& code, double west, double south, double east, double north) {
    DistrictRow district;
    district.layer = "chugakkoku";
    district.code = code;
    district.name = code;
    district.municipality = "99201";
    district.geometry = {{{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}, {}}};
    return district;
}

CellRow town(const std::string& code, const std::optional<geo::LonLat>& position, double radius_m,
             std::int64_t children) {
    CellRow row;
    row.town = code;
    row.town_code = code;
    row.municipality = "99201";
    row.position = position;
    row.accuracy_m = radius_m;
    row.bands = {{0, 15, children}};
    return row;
}

/// Children in districts, outside and unplaced; nothing where one figure is unknown.
std::optional<std::int64_t> everybody(const Coverage& coverage) {
    if (!coverage.children_outside) {
        return std::nullopt;
    }
    std::int64_t all = *coverage.children_outside + coverage.children_unplaced;
    for (const auto& district : coverage.districts) {
        all += district.children.value_or(0); // no cell speaks of it
    }
    return all;
}

/// Nothing is kept back, however few.
constexpr std::int64_t k_every_count = 1;

Coverage cover(State state) {
    const Reader reader(Snapshot::build(std::move(state), Taxonomy::shipped(), Holidays::shipped()));
    return compute_coverage(reader, *find_policy("jidokan_per_chugakkoku"), reader.layers().front(),
                            {*parse_day("2026-11-21"), 0}, k_every_count);
}

} // namespace

TEST_CASE("Whatever is suppressed, the bands of one level add up to the people who live there") {
    std::mt19937 dice(20260401);
    for (int turn = 0; turn < 60; ++turn) {
        const Truth truth(dice);
        for (const std::size_t digits : {8U, 9U, 10U}) {
            const auto cells = cells_in_use(candidates(publish(truth, digits, dice), 0), k_lists);
            CHECK(cells.size() == truth.at_level(digits).size());
            check_all_there(cells, truth);
        }
    }
}

TEST_CASE("Levels that lie over each other, each with ties of its own, add up to the people once") {
    std::mt19937 dice(7);
    for (int turn = 0; turn < 120; ++turn) {
        const Truth truth(dice);
        std::vector<CellCandidate> all;
        append(all, candidates(publish(truth, 8, dice), 0));
        append(all, candidates(publish(truth, 9, dice), 1));
        if (turn % 2 == 0) {
            append(all, candidates(publish(truth, 10, dice), 2));
        }
        if (turn % 3 == 0) {
            append(all, candidates(publish(truth, 8, dice), 3)); // the same squares in another list, tied otherwise
        }
        std::ranges::shuffle(all, dice);
        check_all_there(cells_in_use(all, k_lists), truth);
    }
}

TEST_CASE("A finer level that has only some of the squares replaces those and breaks no tie") {
    std::mt19937 dice(11);
    for (int turn = 0; turn < 200; ++turn) {
        const Truth truth(dice);
        std::vector<CellCandidate> all = candidates(publish(truth, 8, dice), 0);
        const auto missing = all[dice() % all.size()].cell.mesh;
        const auto also_missing = all[dice() % all.size()].cell.mesh;
        auto fine = publish(truth, 10, dice);
        std::erase_if(fine, [&](const PopulationReading& row) {
            return row.mesh.starts_with(missing) || row.mesh.starts_with(also_missing);
        });
        append(all, candidates(fine, 1));
        check_all_there(cells_in_use(all, k_lists), truth);
    }
}

TEST_CASE("The order in which rows come does not decide what is counted") {
    std::mt19937 dice(3);
    const Truth truth(dice);
    std::vector<CellCandidate> all = candidates(publish(truth, 8, dice), 0);
    append(all, candidates(publish(truth, 9, dice), 1));
    const auto meshes = [&] {
        std::string text;
        for (const auto& cell : cells_in_use(all, k_lists)) {
            text += cell.mesh + " ";
        }
        return text;
    };
    const auto first = meshes();
    for (int turn = 0; turn < 20; ++turn) {
        std::ranges::shuffle(all, dice);
        CHECK(meshes() == first);
    }
}

TEST_CASE("A cell whose carrier is not there does not know its children, and says so") {
    std::vector<CellCandidate> all(2);
    all[0].cell.mesh = "49377000";
    all[0].cell.total = 3;
    all[0].cell.bands = {{0, 15, std::nullopt}};
    all[0].cell.suppressed_into = "49377001";
    all[0].cell.list = 0;
    all[1].cell.mesh = "49377002";
    all[1].cell.bands = {{0, 15, 9}};
    all[1].cell.list = 0;
    all[1].carries = {"49377012"}; // not there either: its people are counted here

    const auto cells = cells_in_use(all, k_lists);
    REQUIRE(cells.size() == 2);
    CHECK(cells[0].carrier_missing);
    CHECK_FALSE(children_in(cells[0], 0, 15));
    CHECK(children_in(cells[1], 0, 15) == 9);
}

TEST_CASE("Cells that name each other as carriers know nothing, and the search for an end has one") {
    std::vector<CellCandidate> all(2);
    for (auto& candidate : all) {
        candidate.cell.bands = {{0, 15, std::nullopt}};
        candidate.cell.list = 0;
    }
    all[0].cell.mesh = all[1].cell.suppressed_into = "49377000";
    all[1].cell.mesh = all[0].cell.suppressed_into = "49377001";
    for (const auto& cell : cells_in_use(all, k_lists)) {
        CHECK_FALSE(children_in(cell, 0, 15));
    }
}

TEST_CASE("A finer cell in the place of a carrier's partner does not count the partner twice") {
    // The kilometre list has X, which carries Y, and not Y itself; the finer list has Y alone.
    std::vector<CellCandidate> all(2);
    all[0].cell.mesh = "49377000";
    all[0].cell.bands = {{0, 15, 12}};
    all[0].cell.list = 0;
    all[0].carries = {"49377001"};
    all[1].cell.mesh = "493770011";
    all[1].cell.bands = {{0, 15, 2}};
    all[1].cell.list = 1;
    const auto cells = cells_in_use(all, k_lists);
    REQUIRE(cells.size() == 1);
    CHECK(cells[0].mesh == "49377000");
}

TEST_CASE("Of a municipality's lists of towns the newest counts, and none where a counted cell holds one of them") {
    auto lists = k_lists;
    lists[1].as_of = "2026-01-01";
    const auto candidate = [](CellRow row, std::uint32_t list) {
        row.list = list;
        return CellCandidate{std::move(row), {}};
    };
    std::vector<CellCandidate> all{candidate(town("浜", geo::LonLat{137.006, 33.004}, 300, 5), 0),
                                   candidate(town("浜", geo::LonLat{137.006, 33.004}, 300, 7), 1),
                                   candidate(town("丘", std::nullopt, 0, 1), 1)};
    auto cells = cells_in_use(all, lists);
    REQUIRE(cells.size() == 2);
    CHECK(cells[0].bands[0].count.value() + cells[1].bands[0].count.value() == 8);

    CellCandidate square;
    square.cell.mesh = geo::to_string(geo::mesh_at({137.006, 33.004}, geo::MeshLevel::m500));
    square.cell.bands = {{0, 15, 30}};
    square.cell.list = 2;
    all.push_back(square);
    cells = cells_in_use(all, lists);
    REQUIRE(cells.size() == 1);
    CHECK(cells[0].mesh == square.cell.mesh);
}

TEST_CASE("Districts and the outside add up to what was published, over random towns and overlapping districts") {
    std::mt19937 dice(99);
    const auto between = [&](double low, double high) {
        return std::uniform_real_distribution<double>(low, high)(dice);
    };
    for (int turn = 0; turn < 40; ++turn) {
        const Truth truth(dice);
        std::vector<CellCandidate> all;
        append(all, candidates(publish(truth, 8, dice), 0));
        append(all, candidates(publish(truth, 10, dice), 1));
        State state;
        state.lists = k_lists;
        state.cells = cells_in_use(all, state.lists);
        for (int i = 0; i < 6; ++i) {
            const double west = between(136.98, 137.04);
            const double south = between(32.99, 33.03);
            state.districts.push_back(block(std::string(1, static_cast<char>('A' + i)), west, south,
                                            west + between(0.001, 0.03), south + between(0.001, 0.02)));
        }
        CHECK(everybody(cover(std::move(state))) == sum(truth.all()));
    }
}

TEST_CASE("Towns' people add up too: in one district, shared, outside, or without a position") {
    std::mt19937 dice(5);
    const auto between = [&](double low, double high) {
        return std::uniform_real_distribution<double>(low, high)(dice);
    };
    for (int turn = 0; turn < 40; ++turn) {
        State state;
        state.lists = k_lists;
        std::int64_t all = 0;
        for (int i = 0; i < 30; ++i) {
            const auto position = dice() % 6 == 0
                                      ? std::nullopt
                                      : std::optional(geo::LonLat{between(136.99, 137.07), between(32.99, 33.05)});
            const auto children = static_cast<std::int64_t>(dice() % 50);
            state.cells.push_back(town(std::to_string(i), position, between(0, 800), children));
            all += children;
        }
        for (int i = 0; i < 5; ++i) {
            const double west = between(136.98, 137.04);
            const double south = between(32.99, 33.03);
            state.districts.push_back(
                block(std::string(1, static_cast<char>('A' + i)), west, south, west + 0.02, south + 0.015));
        }
        CHECK(everybody(cover(std::move(state))) == all);
    }
}

TEST_CASE("A town in one district counts there whole, one on a border is shared and said to be an estimate") {
    State state;
    state.lists = k_lists;
    state.districts = {block("A", 137.00, 33.0, 137.02, 33.02), block("B", 137.02, 33.0, 137.04, 33.02)};
    state.cells = {town("浜", geo::LonLat{137.01, 33.01}, 300, 10), town("境", geo::LonLat{137.02, 33.01}, 300, 9)};
    state.cells.push_back(town("どこか", std::nullopt, 0, 4));
    const auto coverage = cover(state);
    CHECK(coverage.districts[0].children == 15); // 10 and half of 9, the odd one by the lowest code
    CHECK(coverage.districts[1].children == 4);
    CHECK(coverage.children_outside == 0);
    CHECK(coverage.children_unplaced == 4);
    CHECK(coverage.children_basis == "towns, ages 0-14, shared by area, towns by their surroundings");
    for (const auto& district : coverage.districts) {
        CHECK(std::ranges::count(district.notes, "children_estimated") == 1);
        CHECK(std::ranges::count(district.notes, "children_unplaced") == 1);
    }
}

TEST_CASE("SpatiaLite shares the cells of a store among its districts as the snapshot does") {
    std::mt19937 dice(42);
    const Truth truth(dice);
    StoreFolder folder;
    const auto path = folder / "town.shirube";
    auto store = Store::open(path, OpenMode::write_or_create);
    std::vector<BatchRow> rows;
    for (const auto& reading : publish(truth, 9, dice)) {
        rows.push_back(row_of(reading.mesh, reading));
    }
    store.append(batch_of(ImportKind::population, {list_of("500 m", std::move(rows))}));
    std::vector<BatchRow> districts;
    for (int i = 0; i < 4; ++i) {
        districts.push_back(
            row_of(std::to_string(i), district("第" + std::to_string(i) + "中学校", 137.0 + 0.011 * i, 0.011)));
        auto& area = std::get<DistrictReading>(districts.back().reading).geometry;
        for (auto& point : area[0].outer) {
            point.lat -= 0.1; // 33.0 to 33.2
        }
    }
    store.append(batch_of(ImportKind::districts, {list_of("A32", std::move(districts))}));

    const auto coverage = cover(store.read_public_state());
    CHECK(everybody(coverage) == sum(truth.all()));

    Database database(path, Database::Mode::read_only);
    Statement sum_of(database, R"(
        SELECT d.code, sum(b.count * ST_Area(ST_Intersection(d.geom, p.geom)) / ST_Area(p.geom)), count(DISTINCT p.row_id)
        FROM district d JOIN population_cell p ON ST_Intersects(d.geom, p.geom)
            JOIN population_band b ON b.row_id = p.row_id WHERE b.to_age_years <= 15 GROUP BY d.code ORDER BY d.code)");
    std::size_t i = 0;
    double all = 0;
    while (sum_of.step()) {
        REQUIRE(i < coverage.districts.size());
        CAPTURE(sum_of.text(0));
        // Whole children: each cell's part is off by less than one.
        const auto& of = coverage.districts[i++];
        CHECK(of.children.value() == Approx(sum_of.real(1)).margin(static_cast<double>(sum_of.integer(2))));
        all += sum_of.real(1);
    }
    CHECK(i == 4);
    CHECK(all + static_cast<double>(*coverage.children_outside) ==
          Approx(static_cast<double>(sum(truth.all()))).margin(8));
}
