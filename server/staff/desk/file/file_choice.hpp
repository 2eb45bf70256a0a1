// What is asked of a file beside the file itself: fields of the form, read and filled.
#pragma once

#include "server/http.hpp"
#include "server/pages/templates.hpp"
#include "server/staff/desk/file/file_preview.hpp"

#include <expected>
#include <string>
#include <string_view>

namespace shirube::server {

/// The error is the key of a sentence.
std::expected<FileChoice, std::string_view> read_file_choice(const Query& fields);

/// Fills templates/staff-desk-file-choice.html.
/// \param candidates lists that may be renewed; empty: the list is not asked
void fill_file_choice(View form, const FileChoice& choice, const std::vector<std::string>& candidates, bool asks_list);

} // namespace shirube::server
