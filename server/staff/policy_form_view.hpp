// The form of a policy, with what there is to choose from.
#pragma once

#include "directory/reader.hpp"
#include "server/http.hpp"
#include "server/pages/templates.hpp"

namespace shirube::server {

/// \param fields as policy_fields() makes them, or as they were sent
void fill_policy_form(View form, const directory::Reader& reader, const Query& fields);

} // namespace shirube::server
