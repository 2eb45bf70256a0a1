// The order of many texts, by bytes.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace shirube::directory {

/// The places of `texts` in the order of their bytes; of equal texts the earlier place goes first. At most 2^32 texts.
/// The first bytes of each text are laid side by side, so that sorting a country's names seldom follows a pointer.
std::vector<std::uint32_t> text_order(std::span<const std::string_view> texts);

} // namespace shirube::directory
