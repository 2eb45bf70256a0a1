// Counts of unmet need in words.
#pragma once

#include "directory/reader.hpp"
#include "directory/unmet.hpp"
#include "server/pages/texts.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace shirube::server {

/// Whose districts unmet need is counted by.
inline constexpr std::string_view k_unmet_layer = "chugakkoku";

std::string month_in_words(std::chrono::year_month month, const Texts& texts);
/// "2026-11"
std::string month_in_figures(std::chrono::year_month month);
std::string band_in_words(directory::UnmetBand band, const Texts& texts);
/// The code where no such district is here.
std::string unmet_district_name(const directory::Reader& reader, const std::string& code);
/// Of the rules in force, else of the shipped; the code where neither has it.
std::string unmet_need_name(const directory::Reader& reader, const std::string& code, std::string_view language);

} // namespace shirube::server
