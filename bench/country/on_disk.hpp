// The country in a store, and out of it again.
#pragma once

#include "bench/country/country.hpp"
#include "directory/reader.hpp"

#include <filesystem>

namespace shirube::bench {

/// Writes a new store, in imports as an operator would make them.
/// \throws directory::StoreError; the file must not exist
void write_store(const Country& country, const std::filesystem::path& path);

/// Reads the public edition, as the server does when it starts.
directory::Reader open_reader(const std::filesystem::path& path);

/// Which place of the country a service of the reader is.
std::uint32_t place_number(const directory::Reader& reader, std::uint32_t service);

/// The programmes as the reader's searches take them, in the order of programme_codes().
std::vector<directory::ProgrammeIndex> programme_indexes(const directory::Reader& reader);

} // namespace shirube::bench
