#include "directory/match/reasons.hpp"

#include <array>

namespace shirube::directory {

namespace {

constexpr auto yes = Openness::yes;
constexpr auto maybe = Openness::maybe;
constexpr auto no = Openness::no;
using enum ReasonCode;

/// In the order of the codes.
constexpr std::array<ReasonWords, k_reason_codes> k_words{{
    {none, "none", yes},
    {age_fits, "age_fits", yes, false, "from_months", "to_months"},
    {age_outside, "age_outside", no, false, "from_months", "to_months"},
    {age_unstated, "age_unstated", maybe, true},
    {age_not_said, "age_not_said", maybe, true, "from_months", "to_months"},
    {stage_fits, "stage_fits", yes},
    {stage_outside, "stage_outside", no},
    {stage_unsure, "stage_unsure", maybe, true},
    {for_expecting, "for_expecting", yes},
    {not_for_expecting, "not_for_expecting", no},
    {expecting_unstated, "expecting_unstated", maybe, true},
    {for_others, "for_others", maybe, true},
    {suspended, "suspended", no},
    {unconfirmed, "unconfirmed", maybe, true},
    {stale, "stale", maybe, true},
    {open_then, "open_then", yes},
    {closed_then, "closed_then", no},
    {hours_unstated, "hours_unstated", maybe, true},
    {closed_for_residents, "closed_for_residents", no},
    {for_residents, "for_residents", yes},
    {not_for_residents, "not_for_residents", no},
    {residents_unstated, "residents_unstated", maybe, true},
    {area_served, "area_served", yes},
    {outside_area, "outside_area", no},
    {area_unsure, "area_unsure", maybe, true},
    {within, "within", yes, false, "minutes", "most_minutes"},
    {too_far, "too_far", no, false, "minutes", "most_minutes"},
    {place_rough, "place_rough", maybe, true, "minutes", "most_minutes"},
    {place_unknown, "place_unknown", maybe, true},
    {no_place_given, "no_place_given", maybe, true},
    {comes_home, "comes_home", yes},
    {brought, "brought", yes, false, "minutes", "most_minutes"},
    {no_transport, "no_transport", no, false, "minutes", "most_minutes"},
    {transport_unstated, "transport_unstated", maybe, true, "minutes", "most_minutes"},
    {places_free, "places_free", yes, false, "places", "days_ago"},
    {free_then, "free_then", maybe, false, "places", "days_ago"},
    {full, "full", no, false, "places", "days_ago"},
    {full_then, "full_then", maybe, true, "places", "days_ago"},
    {vacancy_unknown, "vacancy_unknown", maybe, false, "capacity"},
    {refused, "refused", no},
    {used_before, "used_before", yes},
    {rule, "rule", no},
}};

constexpr bool is_in_order() {
    for (std::size_t i = 0; i < k_words.size(); ++i) {
        if (static_cast<std::size_t>(k_words[i].code) != i) {
            return false;
        }
    }
    return true;
}
static_assert(is_in_order());

} // namespace

const ReasonWords& words_of(ReasonCode code) noexcept { return k_words[static_cast<std::size_t>(code)]; }

} // namespace shirube::directory
