// Any bytes as JSON: the quick scan before GDAL says what the full parser says, and a fault lies within the text.
#include "importers/files/json_fault.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdlib>

using namespace shirube::importers;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto fault = find_json_fault(text);
    if (fault && (fault->byte > size || fault->line < 1)) {
        std::abort();
    }
    // The scan takes texts as UTF-8, as the decoder before it left them, and looks at no byte of theirs.
    const bool is_ascii = std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (is_ascii && fault.has_value() == nlohmann::json::accept(text)) {
        std::abort();
    }
    return 0;
}
