// A tie or a meeting as the row that would say it: what a page shows in its form, and what is written of it again.
// Reading the row gives the tie back (tests/importers/written_tie_test.cpp).
#pragma once

#include "directory/reading.hpp"
#include "importers/written_row.hpp"

#include <string>
#include <string_view>

namespace shirube::importers {

/// Every column of a list of ties but those of decisions, in order; an empty cell where the tie does not say.
WrittenCells cells_of(const directory::RelationReading& relation);
/// The same of a meeting. Members are those who have not left; who belongs to it since when a row cannot say.
WrittenCells cells_of(const directory::ForumReading& forum);

/// A member as a cell names it: "名前", with its municipality's code before it where it has one.
std::string cell_of_member(const directory::PartyReading& member);

/// The cell of a column; empty where there is none.
std::string_view cell_at(const WrittenCells& cells, std::string_view column);

} // namespace shirube::importers
