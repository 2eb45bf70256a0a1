// What people ask pages for: addresses by kind, from a fixed seed.
#pragma once

#include "directory/reader.hpp"

#include <optional>
#include <string>
#include <vector>

namespace shirube::bench {

struct Questions {
    std::string name;
    std::vector<std::string> targets; ///< path and query, percent-encoded
    std::optional<double> wanted_ms;  ///< p50
    std::string file;                 ///< of addresses for a load over HTTP; empty: none
};

/// Of a country made by bench/country.
std::vector<Questions> questions_of(const directory::Reader& reader);

/// Of a city with districts and children: every policy that is offered, hours and ages.
std::vector<Questions> planner_questions(const directory::Reader& reader);

} // namespace shirube::bench
