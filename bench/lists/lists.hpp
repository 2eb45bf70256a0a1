// Invented files for timing whole imports: a gazetteer of some 20,000 towns in Geolonia's layout, and a list of
// children's cafeterias in the 49-column layout whose addresses lie in those towns, written the ways people write them.
// The same seed makes the same bytes. No town, name or number in them is anybody's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>

namespace shirube::bench {

inline constexpr std::size_t k_list_rows = 200'000;
inline constexpr std::size_t k_list_municipalities = 120; ///< in three prefectures
inline constexpr std::size_t k_list_towns = 20'000;       ///< about: 丁目 counted one by one
inline constexpr std::uint64_t k_list_seed = 20'261'125;

/// Writes ja/<prefecture>/<municipality>.json and cafeterias.csv (UTF-8 with a byte order mark) into `folder`.
void write_lists(const std::filesystem::path& folder, std::uint64_t seed = k_list_seed);

} // namespace shirube::bench
