// The fields of a seed or a need, filled into a form part by part, each with what is wrong with it.
#pragma once

#include "directory/seeds/seed_reading.hpp"
#include "server/context.hpp"
#include "server/http.hpp"
#include "server/pages/templates.hpp"

#include <vector>

namespace shirube::server {

/// Fills templates/staff-seed-form.html with the fields of the kind.
void fill_seed_form(View body, const Context& context, directory::SeedKind kind, const directory::SeedTexts& texts,
                    const std::vector<directory::SeedProblem>& problems);

/// What the form sent; what may be ticked several times is one text.
directory::SeedTexts seed_form_texts(const Query& fields);

} // namespace shirube::server
