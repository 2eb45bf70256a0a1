// Whom rows of ties and meetings name that the directory does not have: a list may come before the places it speaks of,
// and a name may be written wrongly.
#pragma once

#include "directory/reader.hpp"
#include "server/staff/desk/file/file_preview.hpp"

#include <string>
#include <vector>

namespace shirube::server {

struct NameAlone {
    std::string name; ///< as written
    bool is_district = false;
};

/// For each of the rows that are shown those who would stand as a name alone. A meeting that the file brings itself is
/// none.
std::vector<std::vector<NameAlone>> names_alone(const directory::Reader& reader, const FilePreview& preview);

} // namespace shirube::server
