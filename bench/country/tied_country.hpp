// The bench's country with organizations that run its services, ties among them and meetings of each town.
#pragma once

#include "bench/country/country.hpp"
#include "directory/state.hpp"

namespace shirube::bench {

/// Every service of the country at a place of its own; six to an organization, five ties to two organizations, most of
/// them within a town, and two meetings a town.
directory::State tied_country(const Country& country);

} // namespace shirube::bench
