// What an import takes at most. Past a limit the answer is a named problem, never an exhausted machine.
#pragma once

#include <cstddef>

namespace shirube::importers {

struct Limits {
    std::size_t file_bytes = std::size_t{512} << 20U; ///< of a file, and of an archive's member once unpacked
    std::size_t cell_bytes = std::size_t{1} << 20U;
    std::size_t columns = 2000;
    std::size_t table_cells = 50'000'000; ///< of a table that is held whole
    std::size_t archive_entries = 1000;
    std::size_t workbook_bytes = std::size_t{128}
                                 << 20U;             ///< of a workbook's parts once unpacked; GDAL holds them thrice
    std::size_t json_bytes = std::size_t{16} << 20U; ///< of a JSON text that is held as a tree, twenty times its size
    std::size_t sheets = 200;
    std::size_t issues = 10'000; ///< kept one by one; the rest is counted by code
    std::size_t features = 5'000'000;
    std::size_t database_objects = 5000; ///< tables, indexes and triggers of a GeoPackage
};

} // namespace shirube::importers
