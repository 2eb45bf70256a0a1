// Why a service fits, may fit or does not: a code and values. The sentences are the pages'.
#pragma once

#include "directory/calendar.hpp"
#include "directory/match/family.hpp"
#include "directory/schedule.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace shirube::directory {

enum class ReasonCode : std::uint8_t {
    none,
    // Age and school stage.
    age_fits,
    age_outside,
    age_unstated, ///< the list does not say
    age_not_said, ///< the question does not say
    stage_fits,
    stage_outside,
    stage_unsure,
    for_expecting,
    not_for_expecting,
    expecting_unstated,
    // For whom.
    for_others,
    // Does it stand, and is it open when they can?
    suspended,
    unconfirmed,
    stale,
    open_then,
    closed_then,
    hours_unstated,
    closed_for_residents, ///< open then, but on none of the days on which residents of their municipality may come
    // Whose residents?
    for_residents,
    not_for_residents,
    residents_unstated,
    area_served,
    outside_area,
    area_unsure,
    // The way.
    within,
    too_far,
    place_rough,
    place_unknown,
    no_place_given, ///< of the family: how far it is nobody knows
    comes_home,
    brought,
    no_transport,
    transport_unstated,
    // Free places.
    places_free,
    free_then,
    full,
    full_then,
    vacancy_unknown,
    // What the family and the town say.
    refused,
    used_before,
    rule
};
inline constexpr std::size_t k_reason_codes = static_cast<std::size_t>(ReasonCode::rule) + 1;

struct ReasonWords {
    ReasonCode code;
    std::string_view word;
    Openness verdict;
    bool is_open = false; ///< something that decides is not known: counted against what is sure
    std::string_view value{};
    std::string_view limit{};
};
const ReasonWords& words_of(ReasonCode code) noexcept;

/// A code with what it speaks of; which values a code has is in its words.
struct Reason {
    ReasonCode code = ReasonCode::none;
    std::optional<int> value{};
    std::optional<int> limit{};
    std::optional<Day> on{};
    std::optional<PlaceRole> from{};
    std::optional<std::size_t> rule{};  ///< by its place in the rules
    std::optional<std::size_t> terms{}; ///< of use, by their place in the service's use_terms

    [[nodiscard]] Openness verdict() const noexcept { return words_of(code).verdict; }
    friend bool operator==(const Reason&, const Reason&) = default;
};

} // namespace shirube::directory
