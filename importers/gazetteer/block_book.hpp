// Blocks as the rows of files bring them, gathered by their towns.
#pragma once

#include "directory/blocks.hpp"
#include "importers/gazetteer/town_lists.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace shirube::importers {

/// One row about one block. A block may have several: parts of it, or points on several sides.
struct BlockRow {
    std::string prefecture;
    std::string municipality; ///< 5 digits, empty where the file has no codes
    std::string municipality_name;
    std::string town;
    std::string koaza;
    std::string number; ///< as directory::block_number() leaves it
    bool is_shown = false;
    bool is_representative = true; ///< the point that stands for the block where it has several (代表フラグ)
    geo::LonLat position{};
};

class BlockBook {
  public:
    /// \return what is kept of the town's first row, to be filled in with its place and cells; null for later rows
    directory::BatchRow* add(BlockRow block, bool flagged);

    [[nodiscard]] bool empty() const noexcept { return towns_.empty(); }

    /// One row a town: its blocks packed, each with its extent (block_extent.hpp), the middle of them as the town's
    /// point. A town whose blocks all lie in its 小字 gets a row too, with the middle of theirs and no blocks.
    [[nodiscard]] std::vector<FoundTown> take();

  private:
    struct Point {
        std::string number;
        geo::LonLat position{};
        bool is_shown = false;
        bool is_representative = true;
    };
    struct Town {
        BlockRow names; ///< of the town; number and position mean nothing
        directory::BatchRow first;
        std::int64_t rows = 0;
        std::vector<Point> points;
    };
    struct WholeTown {
        const Town* first = nullptr;
        bool has_own_row = false; ///< some of its blocks lie in no 小字
        std::vector<directory::Block> blocks;
    };
    static std::vector<directory::Block> blocks_of(const std::vector<Point>& points, std::span<const double> extents_m);
    static std::vector<directory::Block> spots_of(const std::vector<Point>& points);
    static void pack_municipality(std::span<Town* const> towns, std::vector<FoundTown>& into);

    std::vector<Town> towns_;
    std::unordered_map<std::string, std::size_t> place_of_;
    std::string last_key_; ///< rows of a town stand together
    std::size_t last_ = 0;
};

} // namespace shirube::importers
