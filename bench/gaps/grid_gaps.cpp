#include "bench/gaps/grid_gaps.hpp"

#include "geo/distance.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numeric>
#include <thread>

namespace shirube::bench {

namespace {

/// Squares of a grid that are nowhere smaller than the reach between 20 and 46 degrees north.
constexpr double k_lon_step = k_reach_m / 77'400;
constexpr double k_lat_step = k_reach_m / 110'700;

/// Calls work(part) with both halves, one of them on a thread of its own.
template <class Item, class Work>
void in_halves(std::span<const Item> all, Work&& work) {
    constexpr std::size_t k_worth_two_threads = 64;
    if (all.size() < k_worth_two_threads) {
        work(all, 0U);
        return;
    }
    const std::jthread beside([&] { work(all.first(all.size() / 2), 1U); });
    work(all.subspan(all.size() / 2), 0U);
}

} // namespace

GridGaps::GridGaps(const GapLand& land) : children_(land.state.districts.size()) {
    const auto& state = land.state;
    geo::Box box = geo::Box::empty();
    std::vector<geo::LonLat> middles;
    for (const auto& cell : state.cells) {
        middles.push_back(middle_of(cell));
        box.expand(middles.back());
    }
    columns_ = static_cast<std::uint32_t>((box.east - box.west) / k_lon_step) + 1;
    rows_ = static_cast<std::uint32_t>((box.north - box.south) / k_lat_step) + 1;
    const auto square_of = [&](geo::LonLat point) {
        return static_cast<std::uint32_t>((point.lat - box.south) / k_lat_step) * columns_ +
               static_cast<std::uint32_t>((point.lon - box.west) / k_lon_step);
    };
    std::vector<std::uint32_t> order(middles.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::stable_sort(order, {}, [&](std::uint32_t i) { return square_of(middles[i]); });
    first_.assign(std::size_t{columns_} * rows_ + 1, 0);
    for (const std::uint32_t i : order) {
        ++first_[square_of(middles[i]) + 1];
        const std::int64_t children = children_of(state.cells[i]);
        children_[land.district_of_cell[i]] += children;
        cells_.push_back({static_cast<float>(middles[i].lon - box.west), static_cast<float>(middles[i].lat - box.south),
                          land.district_of_cell[i], static_cast<std::uint32_t>(children)});
    }
    std::partial_sum(first_.begin(), first_.end(), first_.begin());
    for (std::size_t i = 0; i < state.services.size(); ++i) {
        const geo::LonLat at = *state.sites[state.services[i].site].position;
        const geo::LocalMetric metric(at);
        programmes_.push_back(state.services[i].programme);
        places_.push_back({at.lon - box.west, at.lat - box.south, metric.metres_per_lon(0), metric.metres_per_lat(0),
                           land.capacity[i]});
        district_of_place_.push_back(land.district_of_service[i]);
    }
}

/// visit(cell, squared metres) for those within reach.
template <class Visit>
void GridGaps::for_each_cell_near(const Place& place, Visit&& visit) const {
    const auto column = static_cast<std::int64_t>(std::floor(place.lon / k_lon_step));
    const auto row = static_cast<std::int64_t>(std::floor(place.lat / k_lat_step));
    const std::int64_t west = std::max<std::int64_t>(column - 1, 0);
    const std::int64_t east = std::min<std::int64_t>(column + 1, columns_ - 1);
    for (std::int64_t y = std::max<std::int64_t>(row - 1, 0); y <= std::min<std::int64_t>(row + 1, rows_ - 1); ++y) {
        const std::uint32_t begin = first_[static_cast<std::size_t>(y * columns_ + west)];
        const std::uint32_t end = first_[static_cast<std::size_t>(y * columns_ + east + 1)];
        for (std::uint32_t i = begin; i < end; ++i) {
            const double x_m = (cells_[i].lon - place.lon) * place.m_lon;
            const double y_m = (cells_[i].lat - place.lat) * place.m_lat;
            const double m2 = x_m * x_m + y_m * y_m;
            if (m2 <= k_reach_m * k_reach_m) {
                visit(i, m2);
            }
        }
    }
}

void GridGaps::add_reached(std::span<const Place> places, std::vector<GapFigures>& out) const {
    std::vector<std::uint8_t> reached(cells_.size());
    in_halves(places, [&](std::span<const Place> part, unsigned) {
        for (const Place& place : part) {
            for_each_cell_near(place, [&](std::uint32_t cell, double) {
                std::atomic_ref(reached[cell]).store(1, std::memory_order_relaxed);
            });
        }
    });
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        out[cells_[i].district].value += reached[i] * cells_[i].children;
    }
}

void GridGaps::add_held(std::span<const Place> places, std::vector<GapFigures>& out) const {
    std::vector<double> beside(out.size());
    in_halves(places, [&](std::span<const Place> part, unsigned number) {
        std::vector<std::pair<std::uint32_t, double>> near;
        for (const Place& place : part) {
            double demand = 0;
            near.clear();
            for_each_cell_near(place, [&](std::uint32_t cell, double m2) {
                const double weighted = cells_[cell].children * std::exp(-m2 / (2 * k_sigma_m * k_sigma_m));
                demand += weighted;
                near.emplace_back(cells_[cell].district, weighted);
            });
            const double a_child = demand > 0 ? place.capacity / demand : 0;
            for (const auto& [district, weighted] : near) {
                (number == 0 ? out[district].value : beside[district]) += weighted * a_child;
            }
        }
    });
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i].value += beside[i];
    }
}

std::vector<GapFigures> GridGaps::answer(GapQuestion question, directory::ProgrammeIndex programme) const {
    std::vector<GapFigures> out(children_.size());
    std::vector<Place> places;
    for (std::size_t i = 0; i < places_.size(); ++i) {
        if (programmes_[i] == programme) {
            places.push_back(places_[i]);
            ++out[district_of_place_[i]].services;
        }
    }
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i].children = children_[i];
    }
    if (question == GapQuestion::reach) {
        add_reached(places, out);
    } else if (question == GapQuestion::supply) {
        add_held(places, out);
    }
    return out;
}

} // namespace shirube::bench
