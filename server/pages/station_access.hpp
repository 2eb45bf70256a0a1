// How one gets to a place from the nearest station, in words.
#pragma once

#include "directory/reader.hpp"
#include "server/pages/texts.hpp"

#include <string>

namespace shirube::server {

/// "標駅から歩いて約7分（約430 m）"; farther than anybody walks, the distance alone. Empty where no station is known
/// within 10 km, or where the place's point is only that of its town.
std::string station_access(const directory::Reader& reader, const directory::SiteRow& site, const Texts& texts);

/// 駅 behind a station's name, where its list leaves it away.
std::string station_name(const directory::LandmarkReading& station);

} // namespace shirube::server
