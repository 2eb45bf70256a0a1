#pragma once

#include <cstdint>

namespace shirube::directory {

/// What a supply reading rests on: a figure is worth what is known of capacities.
struct SupplyBasis {
    std::int64_t places = 0;           ///< standing places that count and have a position
    std::int64_t capacity_stated = 0;  ///< of them
    std::int64_t capacity_assumed = 0; ///< by the policy's rule
    std::int64_t capacity_unknown = 0; ///< neither: whoever can reach them has an unknown supply
    std::int64_t schedule_unknown = 0; ///< of those with a capacity, where nights are asked for: nobody knows how many
    bool in_nights = false;            ///< capacities are places × nights open in the fiscal year of the day
    double capacity = 0;               ///< stated and assumed together
    double capacity_at_most = 0;       ///< likewise, were it open on every night of which nobody is sure
    double unused = 0;                 ///< of `capacity`, what no child can reach
};

} // namespace shirube::directory
