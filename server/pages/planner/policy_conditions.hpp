// All that a policy asks beyond what its name says: on the page, on paper, in the list of policies. A condition that is
// nowhere told is one that a hearing cannot ask about.
#pragma once

#include "directory/policy.hpp"
#include "directory/taxonomy.hpp"
#include "server/pages/texts.hpp"

#include <string>
#include <vector>

namespace shirube::server {

/// A short sentence a condition; what is as it is for every policy unless told otherwise is left out.
std::vector<std::string> conditions_in_words(const directory::Policy& policy, const directory::Taxonomy& taxonomy,
                                             const Texts& texts);

/// The same in one line.
std::string conditions_in_a_line(const directory::Policy& policy, const directory::Taxonomy& taxonomy,
                                 const Texts& texts);

} // namespace shirube::server
