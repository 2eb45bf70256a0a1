// A coverage as a terminal tells it: a line a district, the sums, and what capacity and need rest on.
#pragma once

#include "directory/coverage.hpp"
#include "server/pages/texts.hpp"

#include <string>

namespace shirube::server {

std::string coverage_in_words(const directory::Reader& reader, const directory::Coverage& coverage, const Texts& texts);

} // namespace shirube::server
