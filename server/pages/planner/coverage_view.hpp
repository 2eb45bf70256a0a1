// The parts of a coverage that pages show: on the planner's desk, on paper, on the desk of staff.
#pragma once

#include "directory/coverage.hpp"
#include "directory/coverage/strips.hpp"
#include "directory/coverage/trend.hpp"
#include "server/coverage_question.hpp"
#include "server/pages/coverage_drawing.hpp"
#include "server/pages/links.hpp"
#include "server/pages/templates.hpp"

#include <vector>

namespace shirube::server {

/// The rule in words, and what is asked in place of its own hours or ages.
void fill_policy(View body, const CoverageQuestion& question, const directory::Reader& reader);
/// The figures, their bins, and the legend with a count a tier.
void fill_totals(View body, const directory::Coverage& coverage);
/// The map as SVG: districts by tier, blank ones outlined and numbered, a bar of kilometres.
void fill_drawing(View body, const directory::Reader& reader, const directory::Coverage& coverage,
                  const CoverageDrawing& drawing);
void fill_blank_areas(View body, const directory::Coverage& coverage, const directory::Reader& reader,
                      const Links& links);
/// A row a district, most children whom nothing reaches first.
void fill_table(View body, const directory::Coverage& coverage, const CoverageDrawing& drawing,
                const directory::Reader& reader, const Links& links);
/// The lists the answer rests on.
void fill_lists(View body, const directory::Coverage& coverage, const directory::Reader& reader);
/// What a supply reading rests on; the need that weighs the map.
void fill_supply_and_need(View body, const directory::Coverage& coverage, const directory::Reader& reader);
/// The hours that strips of the week show: 7 to 22, for little for children happens in the small hours that a table of
/// two dozen columns would be worth; all of them where the policy asks for some of the others.
struct StripHours {
    int first = 7;
    int last = 22; ///< exclusive
};
StripHours strip_hours(const directory::Policy& policy);

/// In which hours of the week and at which ages how many districts have something: of those that some list speaks of.
void fill_strips(View body, const directory::Coverage& coverage, const directory::Strips& strips);
/// Nothing where there is one point alone.
void fill_trend(View body, const std::vector<directory::TrendPoint>& points, directory::Day today);

} // namespace shirube::server
