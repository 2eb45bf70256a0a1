// What comes next for a child and its parents, by age: the check-ups, visits and applications that the statutes provide
// for, each with whom to ask. A data file (directory/data/milestones.json), not code.
#pragma once

#include "directory/search.hpp"
#include "directory/taxonomy.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace shirube::directory {

/// Something that is offered to every family at an age.
struct Milestone {
    std::string code;
    int from_months = 0; ///< since birth; negative before it
    int to_months = 0;   ///< exclusive
    Label label;
    Label about;                         ///< in one sentence
    std::vector<ProgrammeIndex> ask_for; ///< programmes that answer for it, the first that is there goes before
    std::string source;                  ///< the law or notice that provides for it
};

/// In order of age.
const std::vector<Milestone>& shipped_milestones();

/// \throws std::runtime_error with the place of the fault
std::vector<Milestone> milestones_from_json(std::string_view json, const Taxonomy& taxonomy);

/// The months before birth, as an age.
inline constexpr AgeRange k_expecting{-10, 0};

/// Those of the age, then those that begin within a year after it, in order of age.
/// \param most at the most so many
std::vector<const Milestone*> milestones_from(const std::vector<Milestone>& all, AgeRange age, std::size_t most);

} // namespace shirube::directory
