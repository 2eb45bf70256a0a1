// What a caseworker asks: a family's places, people and what is hard for them. It is a guest: it comes with a request
// and is gone with the answer. Nothing here is written down, counted or kept, and an answer names people and needs by
// their place in the question alone.
#pragma once

#include "directory/life_stage.hpp"
#include "directory/schedule.hpp"
#include "directory/taxonomy.hpp"
#include "directory/travel.hpp"
#include "geo/lonlat.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::directory {

/// What a place is to the family.
enum class PlaceRole : std::uint8_t { home, school, work, other };
inline constexpr std::size_t k_place_roles = 4;

enum class PersonKind : std::uint8_t { child, parent, expecting };

/// What the family would rather avoid; a bit each.
enum class Worry : std::uint8_t { neighbours };

std::string_view code_of(PlaceRole) noexcept;
std::string_view code_of(PersonKind) noexcept;
std::string_view code_of(Worry) noexcept;
std::optional<PlaceRole> parse_place_role(std::string_view) noexcept;
std::optional<PersonKind> parse_person_kind(std::string_view) noexcept;
std::optional<Worry> parse_worry(std::string_view) noexcept;

template <class Code>
[[nodiscard]] constexpr std::uint8_t bit_of(Code code) noexcept {
    return static_cast<std::uint8_t>(1U << static_cast<unsigned>(code));
}

struct FamilyPlace {
    PlaceRole role = PlaceRole::home;
    geo::LonLat position;
    double accuracy_m = 0; ///< radius that holds it, where an address is known to its town alone
};

struct FamilyPerson {
    PersonKind kind = PersonKind::child;
    std::optional<int> age_months;  ///< of a child; empty: not said
    std::optional<LifeStage> stage; ///< of school; empty: not said
    std::uint8_t is = 0;            ///< bits of ForWhom: young_carer, foreign_roots, disability
    std::vector<std::size_t> needs; ///< by their place in the rules' list, none twice
};

/// Limits of a question: more is no family but a list.
inline constexpr std::size_t k_most_places = 4;
inline constexpr std::size_t k_most_people = 12;
inline constexpr std::size_t k_most_needs_each = 8;
inline constexpr std::size_t k_most_pairs = k_most_people * k_most_needs_each;

struct Family {
    std::vector<FamilyPlace> places;
    std::vector<FamilyPerson> people;
    std::optional<TimeWindow> when;            ///< when they can; empty: not said
    TravelMode mode = TravelMode::walk;        ///< how they get about
    std::string municipality;                  ///< of residence; empty: that of their home, where districts tell
    std::uint8_t worries = 0;                  ///< bits of Worry
    std::vector<ProgrammeIndex> refused;       ///< programmes they do not want, as written
    std::vector<std::string> refused_services; ///< ids
    std::vector<ProgrammeIndex> used;          ///< programmes they had before
    std::vector<std::string> used_services;    ///< ids
};

} // namespace shirube::directory
