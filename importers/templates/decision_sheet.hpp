// The list of corrections that decides doubtful pairs, filled but for 判定: what a steward opens, completes and
// imports.
#pragma once

#include "directory/store.hpp"
#include "importers/templates/list_templates.hpp"

#include <string>

namespace shirube::importers {

/// Pairs that are decided already come first, as they were decided: the file replaces an earlier one of its name and
/// takes nothing back.
/// \param today prefilled as the day of the decision
std::string decision_file(const directory::Store& store, directory::Day today, TemplateForm form);

} // namespace shirube::importers
