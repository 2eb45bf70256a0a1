// How often a meeting is held, where its words tell it.
#pragma once

#include <optional>
#include <string_view>

namespace shirube::importers {

/// Times a year: "年4回", "毎月第2火曜日" (12), "毎月第2・4火曜日" (24), "隔月" (6), "2か月に1回" (6), "毎週" (52),
/// "隔週" (26), "月1回" (12), "週2回" (104), "四半期に1回" (4), "半年ごと" (2), "毎年" (1). Nothing where it is not
/// told in one number: "年2～3回", "随時", "必要に応じて".
std::optional<double> times_per_year(std::string_view cadence);

} // namespace shirube::importers
