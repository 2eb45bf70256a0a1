// The project's own short list: one row is one programme at one place. Described in docs/template.ja.md.
#pragma once

#include "importers/layouts/layout.hpp"

#include <memory>

namespace shirube::importers {

std::unique_ptr<ResourceLayout> make_template_layout();

} // namespace shirube::importers
