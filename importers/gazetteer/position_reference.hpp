// The ministry's position reference information (国土交通省 位置参照情報), by towns and by blocks: a row, a point.
#pragma once

#include "importers/gazetteer/block_book.hpp"
#include "importers/gazetteer/gazetteer_table.hpp"
#include "importers/report/intake.hpp"

#include <vector>

namespace shirube::importers {

class PositionReference {
  public:
    explicit PositionReference(Intake& intake) : intake_(intake) {}

    /// Reads one row of a table of towns or of blocks into its bin.
    /// Codes: town_name_missing, block_number_missing, block_flag_unreadable, municipality_*, and read_position()'s.
    void read(const GazetteerTable& table, const Record& record);

    [[nodiscard]] std::vector<directory::BatchList> take();

  private:
    void read_town(const GazetteerTable& table, const Record& record);
    void read_block(const GazetteerTable& table, const Record& record);

    Intake& intake_;
    std::vector<FoundTown> towns_;
    BlockBook blocks_;
};

} // namespace shirube::importers
