// Any bytes as a zip archive: never more is unpacked than the limits allow.
#include "importers/files/archive.hpp"

#include <cstdint>
#include <cstdlib>

using namespace shirube::importers;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const Limits limits{.file_bytes = std::size_t{1} << 16U, .archive_entries = 20};
    const auto members = read_archive(bytes, limits, [](std::string_view) { return true; });
    if (members) {
        std::size_t all = 0;
        for (const ArchiveMember& member : *members) {
            all += member.bytes.size();
        }
        if (members->size() > limits.archive_entries || all > limits.file_bytes) {
            std::abort();
        }
    }
    return 0;
}
