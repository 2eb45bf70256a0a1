#pragma once

#include <span>
#include <string_view>

namespace shirube {

/// A file that was put into the binary when it was built. `path` is relative to the embedded folder, with `/`.
/// `content` is the file byte for byte, followed by a NUL that is not part of it. Both live as long as the process.
struct EmbeddedFile {
    std::string_view path;
    std::string_view content;
};

/// What lies below directory/data/: the taxonomy, calendars, seeds. Sorted by path.
std::span<const EmbeddedFile> embedded_data();

/// What lies below importers/data/: the templates of lists. Linked only with the importers' library.
std::span<const EmbeddedFile> embedded_templates();

/// What a browser gets: templates, styles, texts and the bundled scripts, from static/. Sorted by path.
/// Linked only with the server's library.
std::span<const EmbeddedFile> embedded_site();

} // namespace shirube
