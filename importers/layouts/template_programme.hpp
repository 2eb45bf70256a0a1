// The cell that says which programme a row speaks of (事業, 種別), or why it cannot be taken.
#pragma once

#include "directory/taxonomy.hpp"
#include "importers/cleaning/cell_problem.hpp"

#include <expected>
#include <string_view>
#include <vector>

namespace shirube::importers {

/// Reads a code, a label or an alias. Problems: programme_missing, private_home (里親家庭 and the like are homes of
/// people), programme_family (a heading; {1} names what stands below it), programme_unknown ({1} names what is near).
std::expected<directory::ProgrammeIndex, CellProblem> read_programme(std::string_view cell,
                                                                     std::string_view municipality,
                                                                     const directory::Taxonomy& taxonomy);

/// The same of a cell that may name several, with ; or 、 between them: all of them, or the problem of the first that
/// cannot be taken.
std::expected<std::vector<directory::ProgrammeIndex>, CellProblem> read_programmes(std::string_view cell,
                                                                                   std::string_view municipality,
                                                                                   const directory::Taxonomy& taxonomy);

} // namespace shirube::importers
