// Any bytes as a GeoPackage: never more is taken than the limits allow, and what would run is never opened.
#include "importers/files/geopackage.hpp"

#include <cstdint>
#include <cstdlib>

using namespace shirube::importers;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Limits limits;
    limits.features = 1000;
    limits.table_cells = 10'000;
    limits.columns = 100;
    limits.cell_bytes = 1U << 12U;
    limits.database_objects = 100;
    const auto file = read_geopackage({reinterpret_cast<const char*>(data), size}, limits, {});
    if (file && (file->features.size() > limits.features || file->columns.size() > limits.columns)) {
        std::abort();
    }
    return 0;
}
