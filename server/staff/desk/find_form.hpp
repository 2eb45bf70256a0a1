// A place that somebody found in the field: the short form, and what it becomes of the general template. It is for
// staff until day and role of a consent are there.
#pragma once

#include "directory/calendar.hpp"
#include "directory/reader.hpp"
#include "importers/written_row.hpp"
#include "server/http.hpp"
#include "server/pages/templates.hpp"

#include <expected>
#include <string>

namespace shirube::server {

/// \returns the key of a text of the interface where the form cannot be taken
std::expected<importers::WrittenCells, std::string> find_cells(const Query& fields, const std::string& municipality);

/// The name of the list of one find: the same again where the same place is found again by the same name, programme
/// and address. Each is a list of its own, so that each can be undone by itself.
std::string list_of_find(const importers::WrittenCells& cells, const std::string& municipality_name);

/// The same row, public since somebody agreed. \param by in what role
importers::WrittenCells with_consent(importers::WrittenCells cells, directory::Day on, const std::string& by);

/// Fills templates/staff-desk-find.html. \param fields what was typed; empty: nothing yet
void fill_find_form(View form, const directory::Reader& reader, const Query& fields);

} // namespace shirube::server
