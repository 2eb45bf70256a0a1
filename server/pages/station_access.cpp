#include "server/pages/station_access.hpp"

#include "server/api/feature.hpp"
#include "server/pages/words.hpp"

namespace shirube::server {

std::string station_name(const directory::LandmarkReading& station) {
    constexpr std::string_view k_mark = "駅";
    return station.name.ends_with(k_mark) ? station.name : station.name + std::string(k_mark);
}

std::string station_access(const directory::Reader& reader, const directory::SiteRow& site, const Texts& texts) {
    constexpr double k_farthest_m = 10'000;
    constexpr int k_worth_walking = 30;
    if (!site.position || is_about(site)) {
        return {};
    }
    const auto nearest = reader.nearest_landmark(directory::LandmarkKind::station, *site.position, k_farthest_m);
    if (!nearest) {
        return {};
    }
    const std::string station = station_name(reader.landmarks()[nearest->landmark].reading);
    const std::string distance = distance_in_words(nearest->distance_m);
    const int minutes = walk_minutes(nearest->distance_m);
    return minutes > k_worth_walking
               ? texts.with("access.far", {{"station", station}, {"distance", distance}})
               : texts.with("access.walk",
                            {{"station", station}, {"minutes", std::to_string(minutes)}, {"distance", distance}});
}

} // namespace shirube::server
