// A list of resources that is laid out like nobody's: its columns under the names of the project's template.
#pragma once

#include "importers/layouts/layout.hpp"
#include "importers/layouts/mapping.hpp"
#include "importers/report/problem.hpp"

#include <expected>
#include <memory>

namespace shirube::importers {

/// A layout that gives the columns of a table the names of the template's and lets that read them.
/// Problems: mapping_field_unknown, mapping_field_missing.
std::expected<std::unique_ptr<ResourceLayout>, FileProblem> make_mapped_layout(Mapping mapping);

} // namespace shirube::importers
