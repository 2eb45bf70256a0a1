// The queue of places that may be one, as a steward may see it: of the own municipality, and nothing that another
// hides.
#pragma once

#include "directory/store.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace shirube::directory {

/// The likeliest first. A pair is told where both places are stated by a row that everybody sees or that this owner
/// keeps; what others hide of them is in neither name nor lists. \throws StoreError
std::vector<DoubtfulPlaces> doubts_of_owner(const std::filesystem::path& store, const std::string& owner);

} // namespace shirube::directory
