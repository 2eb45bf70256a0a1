// An invented country for benchmarks: towns strewn over the area of Japan, services clustered in the towns, districts
// around the towns' middles. The same seed makes the same country.
#pragma once

#include "directory/batch.hpp"
#include "geo/area.hpp"
#include "geo/lonlat.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace shirube::bench {

inline constexpr std::size_t k_services = 200'000;
inline constexpr std::size_t k_districts = 10'000;
inline constexpr std::size_t k_district_corners = 50;
inline constexpr std::size_t k_programmes = 20;
inline constexpr std::size_t k_towns = 1'700;
inline constexpr std::uint64_t k_seed = 20'261'121;

struct Town {
    geo::LonLat middle;
    double reach_m = 0; ///< one deviation of where its services stand
    double weight = 0;  ///< its share of all services
};

struct Place {
    geo::LonLat position;
    std::uint32_t town = 0;
    std::uint32_t programme = 0; ///< place in programme_codes()
};

struct Country {
    std::vector<Town> towns;
    std::vector<Place> places;
    std::vector<geo::MultiPolygon> districts;
    std::vector<std::uint32_t> town_of_district;
};

Country make_country(std::uint64_t seed = k_seed);

/// The first programmes of the shipped taxonomy that are open to everyone and no families.
std::vector<std::string> programme_codes();

/// Where people ask: points within a walk of services drawn at random.
struct Question {
    geo::LonLat near;
    std::uint32_t programme = 0; ///< place in programme_codes()
};
std::vector<Question> make_questions(const Country& country, std::size_t count, std::uint64_t seed = k_seed + 1);

/// The country as importers hand it to the store: districts in one batch, services in `pieces` lists.
directory::Batch districts_batch(const Country& country);
directory::Batch services_batch(const Country& country, std::size_t piece, std::size_t pieces);
/// Services beside one in twenty of the country's places that the staff of its municipality alone may see.
directory::Batch hidden_batch(const Country& country);
std::string municipality_code(std::uint32_t town);

} // namespace shirube::bench
