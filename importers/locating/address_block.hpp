// What an address says of its block (街区符号) or lot (地番): the numbers behind its town.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::importers {

/// How the number behind the town is meant.
enum class BlockForm : std::uint8_t {
    open,  ///< "1-2-3": a block or a lot
    shown, ///< "2番3号": a block of residence indication
    lot    ///< "12番地"
};

/// What an address says beyond the numbers that its key keeps.
struct BlockHint {
    BlockForm form = BlockForm::open;
    bool begins_with_block = false; ///< the first number is a 番 or 番地 and no 丁目: "谷戸1番地5"
    bool is_near = false;           ///< 周辺, 付近, 地先, …: near the block, not in it
};

/// \param address as written, without its prefecture
BlockHint block_hint(std::string_view address);

/// The numbers an address key goes on with, behind its town and 丁目: "12-3-4" → {"12-3-4", "12-3", "12"}, lettered
/// lots too ("甲12"); nothing where a number counts something else (3階) or none stands there.
std::vector<std::string> leading_blocks(std::string_view rest_of_key);

} // namespace shirube::importers
