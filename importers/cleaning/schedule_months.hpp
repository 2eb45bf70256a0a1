// Months of the year and days of the month in prose, each taken off the front of plain text (see plain_points()).
#pragma once

#include <cstdint>
#include <string_view>

namespace shirube::importers {

/// 偶数月, 奇数月, "4・7・10月", "4月～10月"; every month where none is named.
std::uint16_t take_months(std::u32string_view& text);

/// "12日", "15日・29日", "5・20日"; 0 where none is named. Not "3日間", nor "2日前".
std::uint32_t take_days_of_month(std::u32string_view& text);

} // namespace shirube::importers
