// Figures of coverage in pages. Unknown is a dash that says so, never 0.
#pragma once

#include "directory/coverage.hpp"
#include "server/pages/templates.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace shirube::server {

/// Shows NAME_KNOWN with the value, or NAME_UNKNOWN.
void set_figure(View view, std::string_view name, const std::optional<std::string>& value);

std::optional<std::string> as_count(std::optional<std::int64_t> number);
std::optional<std::string> as_percent(std::optional<double> share);
std::optional<std::string> as_decimal(std::optional<double> value, int places);

/// Children beyond the policy's walk of every counted place.
std::optional<std::int64_t> not_reached(std::optional<std::int64_t> children, std::optional<std::int64_t> covered);

/// TIER (the code) and TIER_WORDS.
void set_tier(View view, directory::Tier tier);

/// The notes of a district in words.
std::string notes_in_words(const directory::DistrictCoverage& district, const Texts& texts);

} // namespace shirube::server
