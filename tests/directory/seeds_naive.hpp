// Matching seeds and needs written a second time: sets of years and days, boxes in the place of areas, a sphere in the
// place of the ellipsoid.
#pragma once

#include "directory/seeds/seed_matching.hpp"
#include "directory/state.hpp"

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace shirube::directory::test {

/// A district whose area is a box.
struct BoxDistrict {
    std::string layer;
    std::string code;
    std::string municipality;
    std::optional<geo::Box> box; ///< empty: nobody knows where it lies
};

struct SeedTown {
    std::vector<BoxDistrict> districts;
    std::vector<SiteRow> sites;

    [[nodiscard]] State state(const std::string& municipality, Visibility sees = Visibility::staff) const;
};

/// Three municipalities, one of them a designated city of two wards, two layers, a dozen sites.
SeedTown seed_town();

/// An offer or a want with any field stated, left out or at its edge.
Seed random_seed(SeedKind kind, const SeedTown& town, std::mt19937_64& dice, int number);

struct NaiveSeedMatch {
    int programme = 0; ///< 0 same, 1 a kind, 2 a family
    /// Empty: the distance is too near to how far the offer goes for a sphere to tell.
    std::optional<SeedFit> area;
    std::optional<double> distance_m;
    std::vector<SeedFit> of; ///< as k_seed_criteria
};

std::optional<NaiveSeedMatch> naive_match(const Seed& offer, const Seed& want, const SeedTown& town);

} // namespace shirube::directory::test
