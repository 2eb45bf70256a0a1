// A service as a GeoJSON feature: the edition's fragment, and what depends on the question.
#pragma once

#include "directory/reader.hpp"
#include "directory/search.hpp"
#include "directory/travel.hpp"

#include <string>

namespace shirube::server {

enum class TimeAsked : std::uint8_t { no, yes };

using directory::k_detour;
using directory::k_walk_m_per_minute;

/// Minutes on foot for a straight distance, at least 1.
int walk_minutes(double distance_m) noexcept;

/// Appends the hit's feature.
void append_feature(std::string& out, const directory::Reader& reader, const directory::Hit& hit, directory::Day day,
                    TimeAsked time);

} // namespace shirube::server
