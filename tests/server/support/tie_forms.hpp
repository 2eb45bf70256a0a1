// Ties as a city's list has them and as a steward writes them: lists, the forms a browser would send, what the store
// then says.
#pragma once

#include "directory/state.hpp"
#include "importers/written_row.hpp"
#include "server/http.hpp"
#include "tests/server/support/desk_town.hpp"
#include "tests/server/support/small_town.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::tests {

inline constexpr std::array k_tie_kinds{directory::RelationKind::entrusts,  directory::RelationKind::refers,
                                        directory::RelationKind::member_of, directory::RelationKind::coordinates,
                                        directory::RelationKind::shares,    directory::RelationKind::succeeds,
                                        directory::RelationKind::hosts};

/// A contract of a city's list.
importers::WrittenCells contract_cells();

/// A list of a city as its operator imports it.
void import_tie_list(StaffTown& town, const std::string& list, const importers::WrittenCells& cells,
                     std::string_view municipality = k_here);

/// All that a coordinator of the municipality sees.
std::vector<directory::RelationRow> all_ties(StaffTown& town, std::string_view municipality = k_here);
std::optional<directory::RelationRow> tie_to(StaffTown& town, std::string_view name);

/// What a form of a tie sends whose other fields are empty.
server::Query tie_form(const server::Query& typed);

/// Whether the form of a tie on the page has a field, and what stands in it.
bool asks(const server::Answer& page, const std::string& field);
std::string value_shown(const server::Answer& page, const std::string& id);

/// The form of a tie as a browser sends it: the fields that are shown, with what was typed into some of them.
server::Query mending(const server::Answer& page, const server::Query& typed);

} // namespace shirube::tests
