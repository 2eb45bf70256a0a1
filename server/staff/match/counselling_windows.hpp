// Whom a family can ask: what a municipality has for talking to, as the public's edition states it.
#pragma once

#include "directory/match/family.hpp"
#include "directory/reader.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace shirube::server {

/// Three at most, by index into published.services(): those with a telephone first, then in the order of the taxonomy,
/// those that say they answer for the home's district before others, the nearest to the home first. Nothing whose
/// programme is not everyone's by itself, even where a list shows it: a paper lies about at home. Nothing that the
/// family refused.
/// \param published the public's edition \param municipality of a city, town or village; empty: nobody knows, and there
/// are none
std::vector<std::uint32_t> counselling_windows(const directory::Reader& published, std::string_view municipality,
                                               const directory::Family& family, directory::Day day);

} // namespace shirube::server
