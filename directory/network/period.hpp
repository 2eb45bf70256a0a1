// Periods that referrals are counted for, as lists write them: 令和7年度, R7年度, 令和７年度, 2025年度 are one.
#pragma once

#include <string>
#include <string_view>

namespace shirube::directory {

/// The key under which periods are compared, never shown. A year in front is read whatever era it is written in
/// (令和, R, 平成, H, 元, or four digits), and what stands behind it folds; a year (年) and a fiscal year (年度) are
/// different periods. Other text folds. Keys of years ascend with time and are greater than those of other text, which
/// is greater than that of none: "".
std::string period_key(std::string_view period);

} // namespace shirube::directory
