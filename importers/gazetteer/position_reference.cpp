#include "importers/gazetteer/position_reference.hpp"

#include "importers/gazetteer/table_rows.hpp"

#include <fmt/format.h>

#include <iterator>
#include <optional>
#include <utility>

namespace shirube::importers {

namespace {

constexpr std::string_view k_publisher = "国土交通省";
constexpr GazetteerKind k_towns{
    .profile = "isj-town", .publisher = k_publisher, .cut = ListCut::prefecture_or_municipality};
constexpr GazetteerKind k_blocks{
    .profile = "isj-block", .publisher = k_publisher, .cut = ListCut::prefecture_or_municipality};

/// 1 or 0; nothing for any other text.
std::optional<bool> flag_of(std::string_view cell) {
    if (cell == "1") {
        return true;
    }
    return cell == "0" ? std::optional(false) : std::nullopt;
}

} // namespace

void PositionReference::read(const GazetteerTable& table, const Record& record) {
    if (table.kind() == TableKind::isj_town) {
        read_town(table, record);
    } else {
        read_block(table, record);
    }
}

void PositionReference::read_town(const GazetteerTable& table, const Record& record) {
    directory::TownReading town;
    town.prefecture = table.cell(record, TableField::prefecture);
    town.municipality_name = table.cell(record, TableField::municipality);
    town.town = table.cell(record, TableField::town);
    if (town.prefecture.empty() || town.municipality_name.empty() || town.town.empty()) {
        reject_row("town_name_missing", table, record, TableField::town, intake_);
        return;
    }
    const auto position = read_position(table, record, k_town_position, intake_);
    if (!position) {
        return;
    }
    town.position = *position;
    const RowCode code = read_code(table, record, intake_);
    town.municipality = code.code;
    FoundTown found{.town = std::move(town), .row = {}};
    keep_row(record, intake_, found.row);
    found.row.flagged = code.flagged;
    const std::string_view id = table.cell(record, TableField::town_id);
    found.row.key = id.empty() ? fmt::format("{}|{}", found.town.municipality_name, found.town.town) : std::string(id);
    intake_.count(code.flagged ? Bin::flagged : Bin::accepted);
    towns_.push_back(std::move(found));
}

void PositionReference::read_block(const GazetteerTable& table, const Record& record) {
    if (table.cell(record, TableField::history) == "3") { // 削除
        intake_.count(Bin::out_of_scope);
        return;
    }
    BlockRow block;
    block.prefecture = table.cell(record, TableField::prefecture);
    block.municipality_name = table.cell(record, TableField::municipality);
    block.town = table.cell(record, TableField::town);
    block.koaza = table.cell(record, TableField::koaza);
    if (block.prefecture.empty() || block.municipality_name.empty() || (block.town.empty() && block.koaza.empty())) {
        reject_row("town_name_missing", table, record, TableField::town, intake_);
        return;
    }
    block.number = directory::block_number(table.cell(record, TableField::number));
    if (block.number.empty()) {
        reject_row("block_number_missing", table, record, TableField::number, intake_);
        return;
    }
    const auto position = read_position(table, record, k_block_position, intake_);
    if (!position) {
        return;
    }
    block.position = *position;
    bool flagged = false;
    const auto take_flag = [&](TableField field, bool otherwise) {
        const std::string_view cell = table.cell(record, field);
        if (const auto flag = flag_of(cell)) {
            return *flag;
        }
        if (!table.column(field).empty()) {
            intake_.note("block_flag_unreadable",
                         {.row = record.row, .column = table.column(field), .value = std::string(cell)});
            flagged = true;
        }
        return otherwise;
    };
    block.is_shown = take_flag(TableField::is_shown, false);
    block.is_representative = take_flag(TableField::is_representative, false);
    intake_.count(flagged ? Bin::flagged : Bin::accepted);
    if (directory::BatchRow* first = blocks_.add(std::move(block), flagged)) {
        keep_row(record, intake_, *first);
    }
}

std::vector<directory::BatchList> PositionReference::take() {
    std::vector<directory::BatchList> lists = lists_of(std::exchange(towns_, {}), k_towns);
    auto of_blocks = lists_of(blocks_.take(), k_blocks);
    lists.insert(lists.end(), std::make_move_iterator(of_blocks.begin()), std::make_move_iterator(of_blocks.end()));
    return lists;
}

} // namespace shirube::importers
