// How programmes stand to each other: kinds of kinds, up to their family.
#pragma once

#include "directory/taxonomy.hpp"

#include <optional>

namespace shirube::directory {

/// Whether a programme is another one, or a kind of it.
inline bool is_within(const Taxonomy& taxonomy, ProgrammeIndex programme, ProgrammeIndex ancestor) {
    std::optional<ProgrammeIndex> at = programme;
    while (at && *at != ancestor) {
        at = taxonomy.at(*at).parent;
    }
    return at.has_value();
}

} // namespace shirube::directory
