// A steward who hands over a file as a browser would, and waits until it has been looked at.
#pragma once

#include "tests/server/support/desk_town.hpp"

#include <string>
#include <string_view>

namespace shirube::tests {

/// The body of a form with a file, and its fields.
server::Request form_with_file(std::string_view target, const std::string& token, const server::Query& fields,
                               const std::string& name, std::string_view bytes);

/// Sends it with the session's own csrf. \returns the answer as it comes
server::Answer send_file(const DeskWorker& steward, const std::string& name, std::string_view bytes,
                         server::Query fields = {});

/// The page of a file once nobody works on it. \param answer of send_file(), or of a form on its page
server::Answer looked_at(const DeskWorker& steward, const server::Answer& answer);

/// Both.
server::Answer previewed(const DeskWorker& steward, const std::string& name, std::string_view bytes,
                         server::Query fields = {});

/// A figure of the preview: of rows (accepted, flagged, rejected, …) or changes (added, changed, gone, same).
int figure_of(const server::Answer& page, std::string_view kind, std::string_view name);

/// UTF-8 as a spreadsheet of Japanese Windows saves it.
std::string in_cp932(const std::string& utf8);

} // namespace shirube::tests
