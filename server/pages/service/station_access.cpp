#include "server/pages/service/station_access.hpp"

#include "server/api/feature.hpp"
#include "server/pages/words.hpp"

namespace shirube::server {

std::string station_name(const directory::LandmarkReading& station) {
    constexpr std::string_view k_mark = "駅";
    return station.name.ends_with(k_mark) ? station.name : station.name + std::string(k_mark);
}

void fill_access(View body, const directory::Reader& reader, const directory::SiteRow& site) {
    constexpr double k_farthest_m = 10'000;
    constexpr int k_worth_walking = 30;
    if (!site.position || is_about(site)) {
        return;
    }
    const auto nearest = reader.nearest_landmark(directory::LandmarkKind::station, *site.position, k_farthest_m);
    if (!nearest) {
        return;
    }
    const int minutes = walk_minutes(nearest->distance_m);
    View access = body.section("ACCESS");
    // A name of others: no readings of ours.
    access.set("STATION", station_name(reader.landmarks()[nearest->landmark].reading));
    access.set("DISTANCE", distance_in_words(nearest->distance_m));
    access.set("MINUTES", minutes);
    access.show(minutes > k_worth_walking ? "TOO_FAR" : "ON_FOOT");
}

} // namespace shirube::server
