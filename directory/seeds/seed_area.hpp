// Whether the area that an offer would serve holds the area that a want is for.
#pragma once

#include "directory/reader.hpp"
#include "directory/seeds/seed.hpp"
#include "directory/seeds/seed_matching.hpp"

#include <optional>
#include <string_view>

namespace shirube::directory {

struct SeedAreaFit {
    SeedFit fit = SeedFit::unknown;
    std::optional<double> distance_m;
    std::optional<double> accuracy_m;
};

/// By the codes that the offer names, and by how far from its site it goes: whichever says more. A want without
/// districts is for its whole municipality.
SeedAreaFit area_fit(const Seed& offer, const Seed& want, const Reader& reader);

/// A district by "layer:code"; nothing where this audience has none of that.
std::optional<std::uint32_t> district_of_area(const Reader& reader, std::string_view area);

/// The site of an offer as this audience has it, also where its id has become another's.
std::optional<std::uint32_t> site_of_offer(const Reader& reader, const Seed& offer);

} // namespace shirube::directory
