// Any bytes as a town's packed blocks: what is read keeps its promises, and survives being packed and read again; a
// block found by its number is the one that stands in the whole.
#include "directory/blocks.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>
#include <utility>

using namespace shirube::directory;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    static_cast<void>(find_block(bytes, block_number(bytes.substr(0, 8)), true));
    const auto blocks = unpack_blocks(bytes);
    if (blocks.size() > count_blocks(bytes)) {
        std::abort();
    }
    // Damaged positions may be any numbers; those of a country are kept to a millionth of a degree.
    const bool sound = std::ranges::all_of(blocks, [](const Block& block) {
        return std::abs(block.position.lon) <= 180 && std::abs(block.position.lat) <= 90;
    });
    if (!sound) {
        return 0;
    }
    std::set<std::pair<bool, std::string>> numbers;
    for (const Block& block : blocks) {
        numbers.emplace(block.is_shown, block.number);
    }
    const std::string packed = pack_blocks(blocks);
    const auto again = unpack_blocks(packed);
    if (again.size() != numbers.size() || count_blocks(packed) != again.size() || pack_blocks(again) != packed) {
        std::abort();
    }
    for (const Block& block : again) {
        if (find_block(packed, block.number, block.is_shown) != block) {
            std::abort();
        }
    }
    return 0;
}
