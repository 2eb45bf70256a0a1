#include "server/api/feature.hpp"

#include <fmt/compile.h>
#include <fmt/format.h>

#include <cmath>
#include <iterator>

namespace shirube::server {

int walk_minutes(double distance_m) noexcept {
    return directory::travel_minutes(distance_m, directory::TravelMode::walk);
}

void append_feature(std::string& out, const directory::Reader& reader, const directory::Hit& hit, directory::Day day,
                    TimeAsked time) {
    out += reader.feature_fragment(hit.service);
    if (!reader.audience().is_public()) {
        out += reader.feature_for_staff(hit.service);
    }
    out += R"(,"status":")";
    out += directory::code_of(reader.status_on(hit.service, day));
    if (hit.distance_m >= 0) {
        fmt::format_to(std::back_inserter(out), FMT_COMPILE(R"(","distance_m":{},"walk_minutes":{})"),
                       static_cast<std::int64_t>(std::llround(hit.distance_m)), walk_minutes(hit.distance_m));
    } else {
        out += R"(","distance_m":null,"walk_minutes":null)";
    }
    if (time == TimeAsked::yes) {
        out += R"(,"open":")";
        out += directory::code_of(hit.open);
        out += '"';
    }
    out += "}}";
}

} // namespace shirube::server
