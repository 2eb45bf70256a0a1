// 公共施設一覧 of the municipal standard open data sets, old and new: every public building of a municipality, of which
// the directory takes those that are places of a programme.
#pragma once

#include "importers/layouts/layout.hpp"

#include <memory>

namespace shirube::importers {

std::unique_ptr<ResourceLayout> make_old_public_facilities_layout();
std::unique_ptr<ResourceLayout> make_new_public_facilities_layout();

} // namespace shirube::importers
