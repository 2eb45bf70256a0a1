// The Digital Agency's address base registry (アドレス・ベース・レジストリ): names in one file and positions in
// another, joined by their ids across all files of one import. Towns (mt_town, mt_town_pos), blocks (mt_rsdtdsp_blk,
// mt_rsdtdsp_blk_pos), lots (mt_parcel, mt_parcel_pos).
#pragma once

#include "importers/gazetteer/block_book.hpp"
#include "importers/gazetteer/gazetteer_table.hpp"
#include "importers/report/intake.hpp"
#include "importers/report/problem.hpp"

#include <array>
#include <expected>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace shirube::importers {

class AddressBase {
  public:
    explicit AddressBase(Intake& intake) : intake_(intake) {}

    /// Keeps one row until all are there; rows that can be told by themselves go into their bin.
    /// Codes: address_base_id_missing, town_name_missing, block_number_missing, and read_position()'s.
    void read(const GazetteerTable& table, const Record& record);

    /// Joins names and positions and counts their rows: names without a position are rejected, positions without names
    /// too. What belongs to a municipality of which the import has no such file is out of scope: a country's names go
    /// with a prefecture's positions.
    /// Codes: town_position_missing, block_position_missing, address_base_name_missing.
    /// Problems: address_base_half (a: the files there, b: those that belong to them).
    std::expected<std::vector<directory::BatchList>, FileProblem> take();

  private:
    /// Where a row stood.
    struct Origin {
        std::uint32_t file = 0; ///< into files_
        std::int64_t row = 0;
    };
    struct Position {
        Origin origin;
        geo::LonLat position{};
        bool is_used = false;
    };
    using Positions = std::unordered_map<std::string, Position>; ///< by id
    struct Named {
        Origin origin;
        std::string id;
        std::string municipality; ///< lg_code as written
        BlockRow row;             ///< of a town: without a number
        std::string cells;
        bool flagged = false;
    };
    /// The rows of one pair of files.
    struct Pair {
        std::vector<Named> names;
        Positions positions;
        std::unordered_set<std::string> named_in; ///< lg_codes
        std::unordered_set<std::string> placed_in;
        bool has_names = false;
        bool has_positions = false;
    };
    enum class Level : std::uint8_t { town, block, lot };

    Pair& pair_of(Level level) { return pairs_[static_cast<std::size_t>(level)]; }
    [[nodiscard]] Origin origin_of(const Record& record);
    void read_name(const GazetteerTable& table, const Record& record, Level level);
    void read_place(const GazetteerTable& table, const Record& record, Level level);
    [[nodiscard]] Position* position_of(Pair& pair, const Named& named);
    void reject(std::string_view code, const Origin& origin, std::string value);
    void join_towns(Pair& pair, std::vector<FoundTown>& towns);
    void join_blocks(Pair& pair);
    template <class Take>
    void join(Pair& pair, std::string_view missing, Take&& take);

    Intake& intake_;
    std::vector<std::string> files_;
    std::array<Pair, 3> pairs_;
    BlockBook blocks_;
};

} // namespace shirube::importers
