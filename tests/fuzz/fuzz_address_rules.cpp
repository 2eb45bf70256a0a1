// Any text as a cell of a school district's addresses: each rule names a town, its ranges run upwards, it survives
// being written and read, and no address lies surely in a rule that was not understood.
#include "importers/cleaning/address_ranges.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdlib>

using namespace shirube;
using namespace shirube::importers;

namespace {

bool is_whole(const directory::AddressRule& rule) {
    const bool upwards = std::ranges::all_of(rule.numbers, [](const directory::NumberRange& range) {
        return range.from >= 0 && (!range.to || *range.to >= range.from);
    });
    return !rule.town.empty() && rule.municipality == "99201" && upwards && (!rule.chome || *rule.chome > 0);
}

void check(const std::vector<directory::AddressRule>& rules) {
    for (const directory::AddressRule& rule : rules) {
        if (!is_whole(rule)) {
            std::abort();
        }
        // The text is as it was written, and that need not be UTF-8.
        const nlohmann::json written = rule;
        if (!(written.get<directory::AddressRule>() == rule)) {
            std::abort();
        }
        const directory::AddressTail tail{.numbers = {1, 2, 3}, .chome_written = true};
        if (!rule.understood && fit_of(rule, tail, true) == directory::RuleFit::surely) {
            std::abort();
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view cell(reinterpret_cast<const char*>(data), size);
    check(parse_address_rules(cell, "99201"));
    const std::size_t end = std::min(cell.find('\n'), cell.size());
    check(parse_town_rules(cell.substr(0, end), cell.substr(std::min(end + 1, cell.size())), "99201"));
    return 0;
}
