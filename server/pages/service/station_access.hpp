// How one gets to a place from the nearest station, in words.
#pragma once

#include "directory/reader.hpp"
#include "server/pages/templates.hpp"

#include <string>

namespace shirube::server {

/// Fills the section ACCESS: 標駅から歩いて約7分（約430 m）; farther than anybody walks, the distance alone. Nothing
/// where no station is known within 10 km, or where the place's point is only that of its town.
void fill_access(View body, const directory::Reader& reader, const directory::SiteRow& site);

/// 駅 behind a station's name, where its list leaves it away.
std::string station_name(const directory::LandmarkReading& station);

} // namespace shirube::server
