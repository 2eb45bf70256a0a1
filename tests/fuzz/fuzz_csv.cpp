// Any bytes as a delimited text: decoded, cut into records, described; a table keeps its promises or there is none.
#include "importers/files/csv.hpp"
#include "importers/files/decode.hpp"

#include <cstdint>
#include <cstdlib>

using namespace shirube::importers;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto decoded = decode(bytes);
    if (!decoded) {
        return 0;
    }
    if (first_invalid_utf8(decoded->text) || decoded->text.find('\0') != std::string::npos) {
        std::abort();
    }
    // Small limits, so that they are met.
    const Limits limits{.cell_bytes = 200, .columns = 50, .table_cells = 2000};
    const auto table = read_table(decoded->text, limits);
    if (!table) {
        return 0;
    }
    std::int64_t last = 1;
    for (const Record& record : table->records) {
        if (record.row <= last || record.cells.size() > limits.columns) {
            std::abort();
        }
        last = record.row;
    }
    return 0;
}
