// Any bytes as a table of landmarks or a list of postal codes: every row lands in one bin, and what is taken has a name
// and lies in Japan or nowhere.
#include "geo/lonlat.hpp"
#include "importers/landmarks/landmarks.hpp"
#include "importers/report/intake.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace shirube;
using namespace shirube::importers;

namespace {

directory::TownReading town_of(const char* name, const char* town, double lon) {
    directory::TownReading reading;
    reading.prefecture = "標県";
    reading.municipality = "99201";
    reading.municipality_name = name;
    reading.town = town;
    reading.position = {.lon = lon, .lat = 33.15};
    reading.accuracy_m = 500;
    return reading;
}

struct Ground {
    std::vector<directory::TownReading> towns{town_of("潮見野市", "港町一丁目", 137.1),
                                              town_of("潮見野市", "大字北山", 137.2)};
    Surroundings around{towns};
    Locator locator{towns};
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Ground place;
    Report report;
    ImportOptions options;
    options.kind = directory::ImportKind::landmarks;
    const Limits limits{.cell_bytes = 400, .columns = 50, .table_cells = 20'000};
    const Progress progress;
    Intake intake(report, options, limits, progress);
    intake.begin_file("list");
    const auto lists = read_landmarks("list.csv", std::string_view(reinterpret_cast<const char*>(data), size),
                                      {.taxonomy = directory::Taxonomy::shipped(),
                                       .locator = place.locator,
                                       .around = place.around,
                                       .within_m = 30'000},
                                      intake);
    if (!lists) {
        return 0;
    }
    std::int64_t taken = 0;
    for (const directory::BatchList& list : *lists) {
        for (const directory::BatchRow& row : list.rows) {
            const auto& landmark = std::get<directory::LandmarkReading>(row.reading);
            if (landmark.name.empty() || row.key.empty() ||
                (landmark.position && !geo::within_japan(*landmark.position))) {
                std::abort();
            }
            ++taken;
        }
    }
    if (!report.rows.adds_up() || taken + report.joined != report.rows.accepted + report.rows.flagged) {
        std::abort();
    }
    return 0;
}
