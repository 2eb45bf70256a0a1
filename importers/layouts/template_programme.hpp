// The 事業 cell of the template: which programme a row speaks of, or why it cannot be taken.
#pragma once

#include "directory/taxonomy.hpp"
#include "importers/cleaning/cell_problem.hpp"

#include <expected>
#include <string_view>

namespace shirube::importers {

/// Reads a code, a label or an alias. Problems: programme_missing, private_home (里親家庭 and the like are homes of
/// people), programme_family (a heading; {1} names what stands below it), programme_unknown ({1} names what is near).
std::expected<directory::ProgrammeIndex, CellProblem> read_programme(std::string_view cell,
                                                                     std::string_view municipality,
                                                                     const directory::Taxonomy& taxonomy);

/// Whether words name a private home: 里親, 養育里親, 里親家庭 … but not what supports them (里親支援センター).
bool names_private_home(std::string_view text);

} // namespace shirube::importers
