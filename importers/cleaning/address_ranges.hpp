// Parts of towns as tables of school districts write them: "港町1丁目1番～10番、2丁目（偶数番地）、北山全域".
#pragma once

#include "directory/address_rule.hpp"

#include <string_view>
#include <vector>

namespace shirube::importers {

/// The rules a cell of addresses holds, in its order. Towns carry on: "港町1丁目、2丁目" are both of 港町. What a part
/// says beyond towns, 丁目, numbers, odd and even, "N番以降" and "～を除く" leaves a rule that is not understood: the
/// town belongs possibly. A part without any town before it is left out.
/// \param municipality 5 digits, of every rule
std::vector<directory::AddressRule> parse_address_rules(std::string_view cell, std::string_view municipality);

/// The rules of a town (町字) whose numbers (番地) stand in a cell of their own; an empty cell is the whole town.
std::vector<directory::AddressRule> parse_town_rules(std::string_view town, std::string_view numbers,
                                                     std::string_view municipality);

} // namespace shirube::importers
