// What a new edition of a list changes, row by row and column by column, in the words of the two files.
#pragma once

#include "directory/batch.hpp"
#include "directory/store/lists_of_owner.hpp"
#include "server/staff/desk/file/file_preview.hpp"

#include <span>
#include <string>

namespace shirube::server {

/// Rows are the same by their keys in the list; cells by the columns' names.
ListChanges changes_between(std::span<const directory::StandingRow> before, const directory::BatchList& after);

/// Of the same, for telling whether two are one.
std::string text_of(const ListChanges& changes);

} // namespace shirube::server
