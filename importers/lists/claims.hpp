// What a list says it covers: as the command line states it, else as far as its layout and rows go.
#pragma once

#include "directory/batch.hpp"
#include "directory/taxonomy.hpp"
#include "importers/report/problem.hpp"

#include <expected>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::importers {

/// Reads "A,B@99201,99341;C@99201": programmes (codes, families allowed) at municipalities, groups separated by ';'.
/// Problems, all wrong use: covers_malformed, covers_programme_unknown, municipality_malformed.
std::expected<std::vector<directory::Claim>, FileProblem> parse_covers(std::string_view text,
                                                                       const directory::Taxonomy& taxonomy);

/// Every programme at every municipality, partial, in order and once each.
std::vector<directory::Claim> claims_of(std::span<const std::string> programmes,
                                        const std::set<std::string>& municipalities);

} // namespace shirube::importers
