// A land in a store, as importers would have put it there.
#pragma once

#include "bench/gaps/gap_land.hpp"

#include <filesystem>

namespace shirube::bench {

/// Writes districts, cells and services, each in an import of its own.
/// \throws directory::StoreError; the file must not exist
void write_store(const GapLand& land, const std::filesystem::path& path);

} // namespace shirube::bench
