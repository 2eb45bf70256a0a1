// Any text as a mesh code: a code that is read has a box, and is found again from the middle of it.
#include "geo/mesh.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace shirube::geo;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto code = parse_mesh(std::string_view(reinterpret_cast<const char*>(data), size));
    if (!code) {
        return 0;
    }
    const Box box = mesh_box(*code);
    const LonLat middle{.lon = (box.west + box.east) / 2, .lat = (box.south + box.north) / 2};
    if (!(mesh_at(middle, code->level) == *code)) {
        std::abort();
    }
    return 0;
}
