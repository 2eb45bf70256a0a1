// Minutes of a day, as opening times count them.
#pragma once

namespace shirube::directory {

/// From one midnight to the next; what lies behind belongs to the day after.
inline constexpr int k_minutes_a_day = 24 * 60;

} // namespace shirube::directory
