// A service as a GeoJSON feature: the edition's fragment, and what depends on the question.
#pragma once

#include "directory/reader.hpp"
#include "directory/search.hpp"

#include <string>

namespace shirube::server {

enum class TimeAsked : std::uint8_t { no, yes };

/// Roads are about this much longer than the straight line; stated with every walk in minutes.
inline constexpr double k_detour = 1.3;
/// 80 m of road a minute (不動産の表示に関する公正競争規約施行規則), rounded up as there.
inline constexpr double k_walk_m_per_minute = 80;

/// Minutes on foot for a straight distance, at least 1.
int walk_minutes(double distance_m) noexcept;

/// Appends the hit's feature.
void append_feature(std::string& out, const directory::Reader& reader, const directory::Hit& hit, directory::Day day,
                    TimeAsked time);

} // namespace shirube::server
