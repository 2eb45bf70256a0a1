// Lists that are written on pages: one row each, so that each can be undone by itself. Whoever reads where a fact comes
// from needs them together, not one by one.
#pragma once

#include "directory/reader.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace shirube::directory {

// How they begin; the municipality follows in brackets, and then what tells one from another.
inline constexpr std::string_view k_list_of_finds = "現場で見つけた場所"; ///< places found in the field
inline constexpr std::string_view k_list_of_ties = "画面からのつながり";
inline constexpr std::string_view k_list_of_mends = "画面からの手直し";

/// Whether a name begins as theirs do. Such names are theirs alone: what stands in a list of one is taken for what
/// somebody wrote on a page, one row a list.
bool is_page_list(std::string_view list);

/// What all lists of a municipality that were written on pages are called ("画面からのつながり（標市）"); of another
/// list its own name.
std::string_view shown_name(std::string_view list);

/// Lists by what they are called to a reader, in the order in which each name comes first; of one name the newest list
/// (the latest date it is of) stands first.
std::vector<std::vector<std::uint32_t>> lists_as_shown(const Reader& reader, std::span<const std::uint32_t> lists);

} // namespace shirube::directory
