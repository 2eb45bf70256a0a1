// 子育て施設一覧 of the municipal standard open data sets, old (28 columns) and new (53): nurseries, kindergartens,
// children's centres and whatever else a municipality keeps in it.
#pragma once

#include "importers/layouts/layout.hpp"

#include <memory>

namespace shirube::importers {

std::unique_ptr<ResourceLayout> make_old_childcare_layout();
std::unique_ptr<ResourceLayout> make_new_childcare_layout();

} // namespace shirube::importers
