// What an address says when it is held against another's: the town and the numbers in it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::directory {

struct PlaceAddress {
    std::string town;         ///< folded, without prefecture, municipality, 大字 and 字; empty where unknown
    std::vector<int> numbers; ///< 3丁目1番2号: 3, 1, 2
};

enum class AddressMatch : std::uint8_t {
    unknown,       ///< at least one has no address
    equal,         ///< town and all numbers, at least one
    shortened,     ///< the same town, and one has further numbers
    same_town,     ///< the same town, and at least one has no number
    other_numbers, ///< the same town, and the numbers contradict
    other_town
};

/// \param address as written
/// \param municipality_name as written, with or without its 郡
PlaceAddress read_place_address(std::string_view address, std::string_view municipality_name);

AddressMatch match_addresses(const PlaceAddress& a, const PlaceAddress& b);

} // namespace shirube::directory
