// Any bytes as a table of ties or of meetings: every row lands in one bin, and what is taken has two ends, or a name.
#include "importers/relations/relations.hpp"
#include "importers/report/intake.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <variant>

using namespace shirube;
using namespace shirube::importers;

namespace {

directory::TownReading town() {
    directory::TownReading reading;
    reading.prefecture = "標県";
    reading.municipality = "99201";
    reading.municipality_name = "潮見野市";
    reading.town = "港町";
    reading.position = {.lon = 137.1, .lat = 33.15};
    reading.accuracy_m = 500;
    return reading;
}

bool is_end(const directory::PartyReading& party) { return !party.name.empty() || !party.municipality.empty(); }

bool is_sound(const directory::BatchRow& row) {
    if (const auto* tie = std::get_if<directory::RelationReading>(&row.reading)) {
        return is_end(tie->from) && is_end(tie->to) && !row.key.empty() &&
               (!tie->valid_from || !tie->valid_to || *tie->valid_from <= *tie->valid_to) &&
               tie->referrals.informed.value_or(0) >= 0;
    }
    const auto& forum = std::get<directory::ForumReading>(row.reading);
    return !forum.name.empty() && !row.key.empty() && forum.times_per_year.value_or(0) >= 0 &&
           forum.times_per_year.value_or(0) <= 366;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Locator locator{{town()}};
    Report report;
    ImportOptions options;
    options.kind = directory::ImportKind::relations;
    const Limits limits{.cell_bytes = 400, .columns = 50, .table_cells = 20'000};
    const Progress progress;
    Intake intake(report, options, limits, progress);
    intake.begin_file("list");
    const auto lists = read_relations("list.csv", std::string_view(reinterpret_cast<const char*>(data), size),
                                      {.taxonomy = directory::Taxonomy::shipped(), .locator = locator}, intake);
    if (!lists) {
        return 0;
    }
    std::int64_t taken = 0;
    for (const directory::BatchList& list : *lists) {
        for (const directory::BatchRow& row : list.rows) {
            if (!is_sound(row)) {
                std::abort();
            }
            ++taken;
        }
    }
    if (!report.rows.adds_up() || taken != report.rows.accepted + report.rows.flagged) {
        std::abort();
    }
    return 0;
}
