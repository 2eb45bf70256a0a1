// What is asked of a file beside the file itself: fields of the form, read and filled.
#pragma once

#include "server/http.hpp"
#include "server/pages/templates.hpp"
#include "server/staff/desk/file/file_preview.hpp"

#include <expected>
#include <string_view>

namespace shirube::server {

/// The error is the key of a sentence.
std::expected<FileChoice, std::string_view> read_file_choice(const Query& fields);

/// Fills staff-desk-file-choice.html for a file that is still to be sent: which list it renews is not asked.
void fill_file_choice(View form, const FileChoice& choice);

/// The same for what was previewed, with the lists that it may renew. Where it is not settled none of them is chosen,
/// the new one no more than another.
void fill_file_choice(View form, const FilePreview& preview);

} // namespace shirube::server
