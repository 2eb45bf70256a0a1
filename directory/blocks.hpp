// Blocks of a town (街区, and lots where door plates show no blocks), packed. Japan has some 20 million: a row each
// would make a store of gigabytes, so the blocks of a town are one value, a column after the other, some eight bytes a
// block.
#pragma once

#include "geo/lonlat.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::directory {

/// One block or lot.
struct Block {
    std::string number;    ///< as block_number() leaves it: "3", "12-3", "甲12"
    bool is_shown = false; ///< a block of residence indication (住居表示): "3番", else a lot: "3番地"
    geo::LonLat position{};
    std::uint32_t accuracy_m = 0; ///< radius within which an address of the block lies

    friend bool operator==(const Block&, const Block&) = default;
};

/// A block's number as lists write it ("３", "3番", "007", "イ3"), for comparing; empty where there is none.
std::string block_number(std::string_view written);

/// Packs blocks in an order of its own; of several with one number and kind the first is kept. Positions are kept to a
/// millionth of a degree (0.1 m).
std::string pack_blocks(std::vector<Block> blocks);

/// All blocks of a packed value, in its order. Damaged bytes hold none.
std::vector<Block> unpack_blocks(std::string_view packed);

/// How many blocks a packed value says it holds.
std::size_t count_blocks(std::string_view packed) noexcept;

/// The block of that number and kind; nothing where there is none. Reads the town's numbers from the front: a town has
/// some hundreds.
std::optional<Block> find_block(std::string_view packed, std::string_view number, bool is_shown);

} // namespace shirube::directory
