#pragma once

#include <string_view>

namespace shirube::importers {

/// Whether a name is one of places where people are looked for by someone who should not find them: homes for mothers
/// and children, women's shelters, and counselling on violence, under the names that the statutes give and gave them.
/// It errs towards yes.
bool names_protected_place(std::string_view name);

} // namespace shirube::importers
