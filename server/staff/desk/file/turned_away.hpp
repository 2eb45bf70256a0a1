// What stays of a preview once its file is imported: the rows that were turned away, for whoever mends them.
#pragma once

#include "server/staff/desk/file/file_preview.hpp"

#include <cstddef>

namespace shirube::server {

/// The number of all is the import's own (FilePreview::rows).
inline constexpr std::size_t k_most_turned_away = 100;

/// The first rows that were turned away and what is wrong with them, without their cells. Of a row that names a person,
/// a home or a protected place neither its name nor what stands in it.
FilePreview turned_away_of(const FilePreview& preview);

} // namespace shirube::server
