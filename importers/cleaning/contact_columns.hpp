// Which columns may hold private contacts, in every layout: their cells are shown in no sample, issue or log.
#pragma once

#include <string_view>

namespace shirube::importers {

/// Whether a column is one of contacts by its name: telephone, mail, fax, extension, remarks on how to reach somebody.
bool is_contact_column(std::string_view column);

} // namespace shirube::importers
