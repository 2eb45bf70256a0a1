// The parts of a policy's form that few policies have: functions, supply, ways by district, outreach in merged areas.
// Each is a row of fields with a number, so that a form needs no script; rows that are left empty are none.
#pragma once

#include "directory/policy.hpp"
#include "server/http.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <string>

namespace shirube::server {

/// As many as a document may have.
inline constexpr std::size_t k_most_functions = 8;
inline constexpr std::size_t k_most_ways = 16;

/// The name of a field of a numbered row: "function2_name_ja", "way1_districts".
std::string numbered(const char* row, std::size_t number, const char* field);

/// How many rows a form shows: those that are filled and one more, at least `least`.
std::size_t rows_shown(const Query& fields, const char* row, std::size_t least, std::size_t most);

/// Adds the fields that add_parts() makes the same members of.
void add_part_fields(Query& fields, const directory::Policy& policy, const directory::Taxonomy& taxonomy);

/// Adds functions, supply, walk_in and outreach_in_each, where something is written in their fields or the document's
/// reading needs them.
void add_parts(nlohmann::json& document, const Query& fields);

} // namespace shirube::server
