// Children's cafeterias in the 49 columns of Tokyo's open data (こども食堂一覧), also used by Saitama.
#pragma once

#include "importers/layouts/layout.hpp"

#include <memory>

namespace shirube::importers {

/// One row is one cafeteria; フードパントリー実施 = 1 makes a food pantry at the same place of it too.
std::unique_ptr<ResourceLayout> make_cafeteria_layout();

} // namespace shirube::importers
