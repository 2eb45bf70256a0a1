// Any text as an address: taken apart, its key does not depend on the white space around it, and what is
// located lies where the gazetteer's towns do.
#include "directory/blocks.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/locating/address.hpp"
#include "importers/locating/address_block.hpp"
#include "importers/locating/locator.hpp"

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

using namespace shirube;
using namespace shirube::importers;

namespace {

const Locator& invented_towns() {
    static const Locator locator = [] {
        std::vector<directory::TownReading> towns(3);
        towns[0] = {"標県", "99201", "潮見野市", "港町一丁目", "", {.lon = 137.150, .lat = 33.120}, 400};
        towns[1] = {"標県", "99201", "潮見野市", "大字浜", "字北", {.lon = 137.160, .lat = 33.130}, 400};
        towns[2] = {"標県", "99341", "磯辺郡沖ノ浜町", "本町", "", {.lon = 137.300, .lat = 33.100}, 400};
        towns[0].blocks = std::make_shared<const std::string>(
            directory::pack_blocks({{"2", true, {.lon = 137.151, .lat = 33.121}, 60},
                                    {"甲12-3", false, {.lon = 137.152, .lat = 33.121}, 60}}));
        return Locator(towns);
    }();
    return locator;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view address(reinterpret_cast<const char*>(data), size);
    const std::string shown = clean_text(address).text;
    const AddressHead head = split_prefecture(shown);
    leading_municipality(head.rest);
    const std::string key = address_key(shown);
    if (address_key(" " + shown + "\t") != key) {
        std::abort();
    }
    leading_number(key);
    may_follow_town(key);
    block_hint(shown);
    leading_blocks(key);
    const std::string number = directory::block_number(shown);
    if (directory::count_blocks(directory::pack_blocks({{number, false, {.lon = 137, .lat = 33}, 30}})) != 1) {
        std::abort();
    }
    for (const auto* municipality : {"", "99201"}) {
        const auto found = invented_towns().locate(shown, municipality);
        if (found && (found->position.lon < 137 || found->position.lon > 138)) {
            std::abort();
        }
    }
    return 0;
}
