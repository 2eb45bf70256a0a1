// What a zip archive says of its members, in the directory at its end (APPNOTE 4.3.12, 4.3.14 – 4.3.16).
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace shirube::importers {

struct ZipEntry {
    std::string_view name; ///< as it is written there, in whatever encoding
    std::uint32_t crc = 0; ///< of the member once unpacked
};

struct ZipDirectory {
    std::vector<ZipEntry> entries; ///< as many as could be read; views into the archive
    bool is_whole = false;         ///< whether these are all it says it has
};

ZipDirectory read_zip_directory(std::string_view bytes);

} // namespace shirube::importers
