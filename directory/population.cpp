#include "directory/population.hpp"

#include "geo/mesh.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <numeric>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace shirube::directory {

namespace {

constexpr std::size_t k_coarsest = 8; ///< digits of the third mesh; each finer level has one more

/// One level of one list: what is counted whole or not at all.
struct Source {
    std::uint32_t list = k_no_index;
    std::size_t digits = 0;
    std::size_t ages = 0; ///< the most bands a row of it has

    friend bool operator==(const Source&, const Source&) = default;
};

/// What a list says of itself, for the order of lists.
std::pair<std::string_view, std::string_view> date_and_name(std::span<const ListRow> lists, std::uint32_t list) {
    return list < lists.size() ? std::pair{std::string_view{lists[list].as_of}, std::string_view{lists[list].name}}
                               : std::pair{std::string_view{}, std::string_view{}};
}

/// Sets that grow together.
class Unions {
  public:
    explicit Unions(std::size_t count) : parent_(count) { std::iota(parent_.begin(), parent_.end(), std::size_t{0}); }

    std::size_t find(std::size_t item) {
        while (parent_[item] != item) {
            parent_[item] = parent_[parent_[item]];
            item = parent_[item];
        }
        return item;
    }
    /// The lowest item stands for the set, so that the order of work is the order of the rows.
    void join(std::size_t a, std::size_t b) {
        a = find(a);
        b = find(b);
        parent_[std::max(a, b)] = std::min(a, b);
    }
    /// Sets in the order of their first items.
    std::vector<std::vector<std::size_t>> sets() {
        std::vector<std::vector<std::size_t>> all(parent_.size());
        for (std::size_t item = 0; item < parent_.size(); ++item) {
            all[find(item)].push_back(item);
        }
        std::erase_if(all, [](const auto& set) { return set.empty(); });
        return all;
    }

  private:
    std::vector<std::size_t> parent_;
};

/// A square that a source has, or whose people another of its squares holds (then there is no candidate).
struct Square {
    std::size_t source = 0;
    std::string_view mesh;
    std::size_t candidate = k_none;

    static constexpr std::size_t k_none = static_cast<std::size_t>(-1);
    [[nodiscard]] bool is_real() const noexcept { return candidate != k_none; }
};

/// Squares that are counted together, as ground that others may lie on.
class Ground {
  public:
    void add(const Square& square) {
        squares_.insert(square.mesh);
        for (std::size_t digits = k_coarsest; digits < square.mesh.size(); ++digits) {
            const auto coarser = square.mesh.substr(0, digits);
            touched_.insert(coarser);
            if (square.is_real()) {
                counted_in_.insert(coarser);
            }
        }
    }
    /// Somebody would be counted twice.
    [[nodiscard]] bool touches(std::string_view mesh) const { return lies_in(mesh) || touched_.contains(mesh); }

    /// The square's people are counted here. What a carrier holds of a square that is not there stands for that square
    /// and what lies in it, not for a coarser one.
    [[nodiscard]] bool holds(std::string_view mesh) const { return lies_in(mesh) || counted_in_.contains(mesh); }

  private:
    [[nodiscard]] bool lies_in(std::string_view mesh) const {
        for (std::size_t digits = k_coarsest; digits <= mesh.size(); ++digits) {
            if (squares_.contains(mesh.substr(0, digits))) {
                return true;
            }
        }
        return false;
    }

    std::unordered_set<std::string_view> squares_;
    std::unordered_set<std::string_view> touched_;
    std::unordered_set<std::string_view> counted_in_;
};

class CellChoice {
  public:
    CellChoice(std::vector<CellCandidate>& candidates, std::span<const ListRow> lists)
        : candidates_(candidates), lists_(lists) {}

    /// Appends the candidates that are counted, by index; those whose ages cannot be told are stripped of them.
    void choose(std::vector<std::size_t>& counted) {
        find_sources();
        find_squares();
        Unions ties(squares_.size());
        tie(ties);
        Unions groups = ties;
        lay_over(groups);
        for (const auto& group : groups.sets()) {
            choose_in(group, ties, counted);
        }
    }

  private:
    void find_sources() {
        std::map<std::pair<std::uint32_t, std::size_t>, std::size_t> known;
        for (const auto& candidate : candidates_) {
            const CellRow& cell = candidate.cell;
            const auto [found, is_new] = known.try_emplace({cell.list, cell.mesh.size()}, sources_.size());
            if (is_new) {
                sources_.push_back({cell.list, cell.mesh.size(), 0});
            }
            sources_[found->second].ages = std::max(sources_[found->second].ages, cell.bands.size());
        }
        std::ranges::sort(sources_, [&](const Source& a, const Source& b) {
            const auto [a_date, a_name] = date_and_name(lists_, a.list);
            const auto [b_date, b_name] = date_and_name(lists_, b.list);
            return std::tuple(b.digits, b_date, b.ages, a_name, a.list) <
                   std::tuple(a.digits, a_date, a.ages, b_name, b.list);
        });
    }

    [[nodiscard]] std::size_t source_of(const CellRow& cell) const {
        const auto found = std::ranges::find_if(sources_, [&](const Source& source) {
            return source.list == cell.list && source.digits == cell.mesh.size();
        });
        return static_cast<std::size_t>(found - sources_.begin());
    }

    void find_squares() {
        of_source_.resize(sources_.size());
        for (std::size_t i = 0; i < candidates_.size(); ++i) {
            const CellRow& cell = candidates_[i].cell;
            const auto source = source_of(cell);
            of_source_[source][cell.mesh].push_back(squares_.size());
            squares_.push_back({source, cell.mesh, i});
        }
        const std::size_t real = squares_.size();
        for (std::size_t i = 0; i < real; ++i) {
            const auto source = squares_[i].source;
            for (const auto& carried : candidates_[squares_[i].candidate].carries) {
                auto& there = of_source_[source][carried];
                if (there.empty()) {
                    there.push_back(squares_.size());
                    squares_.push_back({source, carried, Square::k_none});
                }
            }
        }
    }

    void tie(Unions& ties) const {
        for (std::size_t i = 0; i < squares_.size() && squares_[i].is_real(); ++i) {
            const CellCandidate& candidate = candidates_[squares_[i].candidate];
            const auto join = [&](std::string_view other) {
                const auto& of = of_source_[squares_[i].source];
                if (const auto found = of.find(other); found != of.end()) {
                    for (const auto square : found->second) {
                        ties.join(i, square);
                    }
                }
            };
            join(candidate.cell.mesh); // parts of one cell, where each prefecture's file has its own
            if (!candidate.cell.suppressed_into.empty()) {
                join(candidate.cell.suppressed_into);
            }
            std::ranges::for_each(candidate.carries, join);
        }
    }

    void lay_over(Unions& groups) const {
        std::unordered_map<std::string_view, std::vector<std::size_t>> by_mesh;
        for (std::size_t i = 0; i < squares_.size(); ++i) {
            by_mesh[squares_[i].mesh].push_back(i);
        }
        for (std::size_t i = 0; i < squares_.size(); ++i) {
            for (std::size_t digits = k_coarsest; digits <= squares_[i].mesh.size(); ++digits) {
                const auto found = by_mesh.find(squares_[i].mesh.substr(0, digits));
                if (found != by_mesh.end()) {
                    groups.join(i, found->second.front());
                }
            }
        }
        for (const auto& [mesh, there] : by_mesh) {
            for (const auto square : there) {
                groups.join(there.front(), square);
            }
        }
    }

    /// Squares that are tied to each other, of one source.
    using Units = std::vector<std::vector<std::size_t>>;

    void choose_in(const std::vector<std::size_t>& group, Unions& ties, std::vector<std::size_t>& counted) {
        const auto source_of_first = squares_[group.front()].source;
        if (std::ranges::all_of(group,
                                [&](std::size_t square) { return squares_[square].source == source_of_first; })) {
            count_real(group, counted);
            return;
        }
        std::map<std::pair<std::size_t, std::size_t>, std::vector<std::size_t>> tied; // by source, then first square
        for (const auto square : group) {
            tied[{squares_[square].source, ties.find(square)}].push_back(square);
        }
        Units units;
        for (auto& [key, members] : tied) {
            units.push_back(std::move(members));
        }
        // A tie whose carrier its list does not have cannot tell its ages: whoever can goes before it.
        std::vector<bool> untold;
        for (const auto& unit : units) {
            untold.push_back(std::ranges::any_of(unit, [&](std::size_t square) { return lacks_carrier(square); }));
        }
        const std::vector<bool> nobody(units.size());
        if (choose_units(units, untold, counted) || choose_source(units, untold, counted) ||
            choose_units(units, nobody, counted) || choose_source(units, nobody, counted)) {
            return;
        }
        choose_broken(units, counted);
    }

    [[nodiscard]] bool lacks_carrier(std::size_t square) const {
        if (!squares_[square].is_real()) {
            return false;
        }
        const auto& carrier = candidates_[squares_[square].candidate].cell.suppressed_into;
        return !carrier.empty() && !of_source_[squares_[square].source].contains(carrier);
    }

    /// Whole ties only, in the order of sources; one that would leave another's square to nobody steps back.
    bool choose_units(const Units& units, std::vector<bool> banned, std::vector<std::size_t>& counted) const {
        constexpr int most_turns = 32;
        for (int turn = 0; turn < most_turns; ++turn) {
            Ground taken;
            std::vector<bool> is_taken(units.size());
            for (std::size_t i = 0; i < units.size(); ++i) {
                is_taken[i] = !banned[i] && !touches_any(taken, units[i]);
                if (is_taken[i]) {
                    add_all(taken, units[i]);
                }
            }
            std::size_t broken = 0;
            while (broken < units.size() && (is_taken[broken] || has_all(taken, units[broken]))) {
                ++broken;
            }
            if (broken == units.size()) {
                for (std::size_t i = 0; i < units.size(); ++i) {
                    if (is_taken[i]) {
                        count_real(units[i], counted);
                    }
                }
                return true;
            }
            if (banned[broken]) {
                return false;
            }
            Ground of_broken;
            add_all(of_broken, units[broken]);
            for (std::size_t i = 0; i < units.size(); ++i) {
                banned[i] = banned[i] || (is_taken[i] && touches_any(of_broken, units[i]));
            }
        }
        return false;
    }

    /// One source alone, the first that has a cell in every square of the others and none of those that are barred.
    bool choose_source(const Units& units, const std::vector<bool>& barred, std::vector<std::size_t>& counted) const {
        std::map<std::size_t, Ground> grounds; // sources in their order
        for (std::size_t i = 0; i < units.size(); ++i) {
            if (!barred[i]) {
                add_all(grounds[squares_[units[i].front()].source], units[i]);
            }
        }
        for (const auto& [source, ground] : grounds) {
            if (std::ranges::all_of(units, [&](const auto& unit) { return has_all(ground, unit); })) {
                for (std::size_t i = 0; i < units.size(); ++i) {
                    if (!barred[i] && squares_[units[i].front()].source == source) {
                        count_real(units[i], counted);
                    }
                }
                return true;
            }
        }
        return false;
    }

    /// Whole ties where they fit, then single cells without their ages.
    void choose_broken(const Units& units, std::vector<std::size_t>& counted) {
        Ground taken;
        std::vector<std::size_t> broken;
        for (const auto& unit : units) {
            if (touches_any(taken, unit)) {
                broken.insert(broken.end(), unit.begin(), unit.end());
                continue;
            }
            add_all(taken, unit);
            count_real(unit, counted);
        }
        for (const auto square : broken) {
            if (squares_[square].is_real() && !taken.touches(squares_[square].mesh)) {
                taken.add(squares_[square]);
                CellRow& cell = candidates_[squares_[square].candidate].cell;
                for (auto& band : cell.bands) {
                    band.count.reset();
                }
                cell.carrier_missing = true;
                counted.push_back(squares_[square].candidate);
            }
        }
    }

    [[nodiscard]] bool touches_any(const Ground& ground, const std::vector<std::size_t>& squares) const {
        return std::ranges::any_of(squares, [&](std::size_t square) { return ground.touches(squares_[square].mesh); });
    }
    [[nodiscard]] bool has_all(const Ground& ground, const std::vector<std::size_t>& squares) const {
        return std::ranges::all_of(squares, [&](std::size_t square) {
            return !squares_[square].is_real() || ground.holds(squares_[square].mesh);
        });
    }
    void add_all(Ground& ground, const std::vector<std::size_t>& squares) const {
        for (const auto square : squares) {
            ground.add(squares_[square]);
        }
    }
    void count_real(const std::vector<std::size_t>& squares, std::vector<std::size_t>& counted) const {
        for (const auto square : squares) {
            if (squares_[square].is_real()) {
                counted.push_back(squares_[square].candidate);
            }
        }
    }

    std::vector<CellCandidate>& candidates_;
    std::span<const ListRow> lists_;
    std::vector<Source> sources_; ///< the first that fits is counted
    std::vector<Square> squares_; ///< real ones first
    std::vector<std::unordered_map<std::string_view, std::vector<std::size_t>>> of_source_;
};

/// Squares that are counted, for asking whether a point lies in one.
class CountedSquares {
  public:
    explicit CountedSquares(const std::vector<CellRow>& cells) {
        for (const auto& cell : cells) {
            meshes_.insert(cell.mesh);
        }
    }
    [[nodiscard]] bool hold(geo::LonLat point) const {
        const bool on_grid = point.lat >= 20 && point.lat < 46 && point.lon >= 122 && point.lon < 154;
        if (!on_grid || meshes_.empty()) {
            return false;
        }
        const std::string finest = geo::to_string(geo::mesh_at(point, geo::MeshLevel::m250));
        for (std::size_t digits = k_coarsest; digits <= finest.size(); ++digits) {
            if (meshes_.contains(std::string_view{finest}.substr(0, digits))) {
                return true;
            }
        }
        return false;
    }

  private:
    std::unordered_set<std::string_view> meshes_;
};

/// Of each municipality the towns of its newest list, where no counted cell holds any of them.
std::vector<CellRow> towns_in_use(std::vector<CellRow> towns, const std::vector<CellRow>& cells,
                                  std::span<const ListRow> lists) {
    const CountedSquares squares(cells);
    std::unordered_map<std::string, std::uint32_t> newest;
    std::unordered_set<std::string> by_cells;
    for (const auto& town : towns) {
        const auto [found, is_new] = newest.try_emplace(town.municipality, town.list);
        const auto [date, name] = date_and_name(lists, town.list);
        const auto [best_date, best_name] = date_and_name(lists, found->second);
        if (std::tuple(best_date, name) < std::tuple(date, best_name)) {
            found->second = town.list;
        }
        if (town.position && squares.hold(*town.position)) {
            by_cells.insert(town.municipality);
        }
    }
    std::erase_if(towns, [&](const CellRow& town) {
        return by_cells.contains(town.municipality) || newest.at(town.municipality) != town.list;
    });
    std::ranges::sort(towns, [](const CellRow& a, const CellRow& b) {
        return std::tie(a.municipality, a.town_code, a.town) < std::tie(b.municipality, b.town_code, b.town);
    });
    return towns;
}

const std::string& code_of(const CellRow& cell) noexcept { return cell.mesh.empty() ? cell.town_code : cell.mesh; }

/// Marks those whose detail was added to one that is not counted, or to each other in a ring.
void find_carriers(std::vector<CellRow>& cells) {
    std::unordered_map<std::uint32_t, std::unordered_map<std::string_view, const CellRow*>> by_code;
    for (const auto& cell : cells) {
        by_code[cell.list].try_emplace(code_of(cell), &cell);
    }
    for (auto& cell : cells) {
        if (cell.suppressed_into.empty()) {
            continue;
        }
        const auto& there = by_code[cell.list];
        const CellRow* carrier = &cell;
        constexpr int most_steps = 8; // one in what is published
        for (int step = 0; carrier != nullptr && !carrier->suppressed_into.empty(); ++step) {
            const auto found = there.find(carrier->suppressed_into);
            carrier = found == there.end() || step == most_steps ? nullptr : found->second;
        }
        cell.carrier_missing = cell.carrier_missing || carrier == nullptr;
    }
}

} // namespace

std::vector<CellRow> cells_in_use(std::vector<CellCandidate> candidates, std::span<const ListRow> lists) {
    const auto first_town =
        std::stable_partition(candidates.begin(), candidates.end(),
                              [](const CellCandidate& candidate) { return !candidate.cell.mesh.empty(); });
    std::vector<CellRow> towns;
    for (auto town = first_town; town != candidates.end(); ++town) {
        towns.push_back(std::move(town->cell));
    }
    candidates.erase(first_town, candidates.end());
    std::vector<std::size_t> counted;
    CellChoice(candidates, lists).choose(counted);
    std::vector<CellRow> cells;
    cells.reserve(counted.size() + towns.size());
    for (const auto index : counted) {
        cells.push_back(std::move(candidates[index].cell));
    }
    std::ranges::stable_sort(cells, {}, &CellRow::mesh);
    towns = towns_in_use(std::move(towns), cells, lists);
    std::ranges::move(towns, std::back_inserter(cells));
    find_carriers(cells);
    return cells;
}

} // namespace shirube::directory
