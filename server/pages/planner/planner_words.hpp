// Needs, periods and hours in plain words.
#pragma once

#include "directory/reading.hpp"
#include "directory/schedule.hpp"
#include "server/pages/texts.hpp"

#include <string>

namespace shirube::server {

/// A whole number, or one decimal where there is more to it.
std::string figure_in_words(double value);

/// "2025年度" for a fiscal year, "2025年" for one of the calendar, else both ends.
std::string period_in_words(const directory::NeedReading& need, const Texts& texts);

/// "月・火・水 17:00–20:00"; the days alone where the window is the whole day.
std::string window_in_words(const directory::TimeWindow& window, const Texts& texts);

} // namespace shirube::server
