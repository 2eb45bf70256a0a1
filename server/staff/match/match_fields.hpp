// The names of the fields of a caseworker's question, and what may stand in those that are chosen from.
#pragma once

#include "directory/codes.hpp"
#include "directory/match/family.hpp"
#include "server/http.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace shirube::server {

inline constexpr std::array<std::string_view, 7> k_match_days{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
inline constexpr std::array k_match_roles{directory::PlaceRole::home, directory::PlaceRole::school,
                                          directory::PlaceRole::work, directory::PlaceRole::other};
inline constexpr std::array k_match_kinds{directory::PersonKind::child, directory::PersonKind::parent,
                                          directory::PersonKind::expecting};
inline constexpr std::array k_match_stages{directory::LifeStage::infant,     directory::LifeStage::preschool,
                                           directory::LifeStage::elementary, directory::LifeStage::junior_high,
                                           directory::LifeStage::high,       directory::LifeStage::youth,
                                           directory::LifeStage::young_adult};
/// What somebody may be that a list may name.
inline constexpr std::array k_match_whom{directory::ForWhom::young_carer, directory::ForWhom::foreign_roots,
                                         directory::ForWhom::disability};

/// "place1", "person2_need": numbers from 1.
inline std::string place_field(std::size_t number) { return fmt::format("place{}", number); }
inline std::string person_field(std::size_t number, std::string_view part) {
    return fmt::format("person{}_{}", number, part);
}

inline bool has_field(const Query& fields, std::string_view name, std::string_view value) {
    return std::ranges::any_of(fields, [&](const auto& field) { return field.first == name && field.second == value; });
}

} // namespace shirube::server
