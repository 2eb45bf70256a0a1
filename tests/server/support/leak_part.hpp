// What of a leak town one audience may have, as if nothing else had ever been written, and stores made of it.
#pragma once

#include "directory/audience.hpp"
#include "tests/server/support/leak_town.hpp"

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace shirube::tests {

/// The public, or what a municipality's staff are to see by the agreements in force on a day: said here once more,
/// beside Store::audience_of().
directory::Audience audience_in(const LeakTown& town, const std::string& municipality, directory::Visibility up_to,
                                directory::Day today);

/// What the audience may have of an import: rows without their hidden services, public parts without what is for staff,
/// lists without their claims on hidden programmes.
/// \param ids that the audience's own store ever had: a correction that names another is left out
directory::Batch part_of(const directory::Batch& batch, const directory::Audience& audience,
                         const std::set<std::string>& ids);

/// Applies the steps: everything, or with an audience its part alone. A list of which it may have nothing is never
/// imported, an agreement that is not with it is never made.
void apply(directory::Store& store, const LeakTown& town, const std::vector<Step>& steps);
void apply_part(directory::Store& store, const LeakTown& town, const std::vector<Step>& steps,
                const directory::Audience& audience, const std::set<std::string>& ids, directory::Day today);

/// The public ids of every service and site that the store ever had.
std::set<std::string> ids_in(const std::filesystem::path& store);

} // namespace shirube::tests
