#include "bench/country/country.hpp"

#include "bench/country/dice.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace shirube::bench {
namespace {

/// Around where the country's towns lie: a chain of regions with their share of the people.
struct Region {
    geo::LonLat middle;
    double spread_m;
    double people;
};

constexpr std::array k_regions{
    Region{{141.5, 43.2}, 90'000, 5},  Region{{140.9, 39.8}, 80'000, 4},  Region{{140.8, 38.2}, 50'000, 5},
    Region{{139.9, 37.4}, 60'000, 3},  Region{{139.5, 35.8}, 40'000, 35}, Region{{138.6, 36.7}, 60'000, 5},
    Region{{138.0, 35.0}, 40'000, 5},  Region{{137.0, 35.2}, 35'000, 11}, Region{{136.6, 36.5}, 40'000, 3},
    Region{{135.5, 34.7}, 30'000, 19}, Region{{133.6, 34.5}, 60'000, 6},  Region{{133.3, 33.7}, 50'000, 4},
    Region{{130.7, 33.2}, 60'000, 11}, Region{{130.9, 31.9}, 50'000, 3},  Region{{127.8, 26.4}, 15'000, 1},
};

constexpr double k_m_per_degree = 111'000;

geo::LonLat offset(geo::LonLat from, double east_m, double north_m) {
    const double shrink = std::cos(from.lat * std::numbers::pi / 180);
    return {from.lon + east_m / (k_m_per_degree * shrink), from.lat + north_m / k_m_per_degree};
}

/// About a centimetre, as lists and maps give it.
geo::LonLat rounded(geo::LonLat point) {
    return {std::round(point.lon * 1e7) / 1e7, std::round(point.lat * 1e7) / 1e7};
}

/// Chooses by weight from running totals.
std::uint32_t choose(const std::vector<double>& totals, Dice& dice) {
    const double at = dice.between(0, totals.back());
    return static_cast<std::uint32_t>(std::upper_bound(totals.begin(), totals.end() - 1, at) - totals.begin());
}

template <class Items, class Weight>
std::vector<double> running_totals(const Items& items, Weight&& weight) {
    std::vector<double> totals;
    totals.reserve(items.size());
    double total = 0;
    for (const auto& item : items) {
        totals.push_back(total += weight(item));
    }
    return totals;
}

std::vector<Town> make_towns(Dice& dice) {
    const auto regions = running_totals(k_regions, [](const Region& region) { return region.people; });
    std::vector<Town> towns;
    for (std::size_t rank = 0; rank < k_towns; ++rank) {
        const Region& region = k_regions[choose(regions, dice)];
        Town town;
        // One at a time: in which order arguments are computed is the compiler's choice.
        const double east_m = region.spread_m * dice.normal();
        town.middle = offset(region.middle, east_m, region.spread_m * dice.normal());
        // Sizes fall off as those of real municipalities do, with a large city for every dozen of small towns.
        town.weight = 1 / std::pow(static_cast<double>(rank) + 12, 0.85);
        town.reach_m = 400 + 18'000 * std::sqrt(town.weight / 10);
        towns.push_back(town);
    }
    return towns;
}

/// A star around a point: as many corners as asked for, never crossing itself.
geo::Polygon make_star(geo::LonLat middle, double radius_m, Dice& dice) {
    geo::Polygon star;
    for (std::size_t corner = 0; corner < k_district_corners; ++corner) {
        const double angle =
            2 * std::numbers::pi * static_cast<double>(corner) / static_cast<double>(k_district_corners);
        const double away_m = radius_m * dice.between(0.75, 1.15);
        star.outer.push_back(rounded(offset(middle, away_m * std::cos(angle), away_m * std::sin(angle))));
    }
    star.outer.push_back(star.outer.front());
    return star;
}

void add_districts(Country& country, Dice& dice) {
    const auto towns = running_totals(country.towns, [](const Town& town) { return std::sqrt(town.weight); });
    std::vector<std::uint32_t> counts(country.towns.size(), 1);
    for (std::size_t left = k_districts - counts.size(); left > 0; --left) {
        ++counts[choose(towns, dice)];
    }
    for (std::uint32_t town = 0; town < counts.size(); ++town) {
        // Sunflower seeds: evenly around the middle, as far as the town reaches.
        const double radius_m = 1.6 * country.towns[town].reach_m / std::sqrt(counts[town]);
        for (std::uint32_t seed = 0; seed < counts[town]; ++seed) {
            const double away_m = radius_m * std::sqrt(seed);
            const double angle = seed * std::numbers::pi * (3 - std::sqrt(5.0));
            const geo::LonLat middle =
                offset(country.towns[town].middle, away_m * std::cos(angle), away_m * std::sin(angle));
            country.districts.push_back({make_star(middle, radius_m, dice)});
            country.town_of_district.push_back(town);
        }
    }
}

} // namespace

Country make_country(std::uint64_t seed) {
    Dice dice(seed);
    Country country;
    country.towns = make_towns(dice);
    const auto towns = running_totals(country.towns, [](const Town& town) { return town.weight; });
    country.places.reserve(k_services);
    for (std::size_t number = 0; number < k_services; ++number) {
        Place place;
        place.town = choose(towns, dice);
        const Town& town = country.towns[place.town];
        const double east_m = town.reach_m * dice.normal();
        place.position = rounded(offset(town.middle, east_m, town.reach_m * dice.normal()));
        place.programme = dice.below(k_programmes);
        country.places.push_back(place);
    }
    add_districts(country, dice);
    return country;
}

std::vector<Question> make_questions(const Country& country, std::size_t count, std::uint64_t seed) {
    Dice dice(seed);
    std::vector<Question> questions;
    questions.reserve(count);
    for (std::size_t number = 0; number < count; ++number) {
        const Place& place = country.places[dice.below(static_cast<std::uint32_t>(country.places.size()))];
        const double east_m = 500 * dice.normal();
        const geo::LonLat near = offset(place.position, east_m, 500 * dice.normal());
        questions.push_back({near, dice.below(k_programmes)});
    }
    return questions;
}

} // namespace shirube::bench
