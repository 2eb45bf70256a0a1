#include "importers/gazetteer/address_base.hpp"

#include "importers/gazetteer/table_rows.hpp"
#include "importers/lists/municipality_code.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace shirube::importers {

namespace {

constexpr std::string_view k_publisher = "デジタル庁";
constexpr GazetteerKind k_towns{
    .profile = "abr-town", .publisher = k_publisher, .cut = ListCut::prefecture_or_municipality};
constexpr GazetteerKind k_blocks{
    .profile = "abr-block", .publisher = k_publisher, .cut = ListCut::prefecture_or_municipality};

/// Files of names and of positions, as they are called.
struct FileNames {
    std::string_view names;
    std::string_view positions;
};
constexpr std::array<FileNames, 3> k_files{FileNames{"mt_town", "mt_town_pos"},
                                           FileNames{"mt_rsdtdsp_blk", "mt_rsdtdsp_blk_pos"},
                                           FileNames{"mt_parcel", "mt_parcel_pos"}};

std::string id_of(const GazetteerTable& table, const Record& record, std::string_view flag) {
    return fmt::format("{}/{}/{}/{}", table.cell(record, TableField::municipality_code),
                       table.cell(record, TableField::town_id), table.cell(record, TableField::block_id), flag);
}

/// Lots have main and branch numbers in columns of their own: "12-3".
std::string number_of(const GazetteerTable& table, const Record& record) {
    std::string written(table.cell(record, TableField::number));
    for (const TableField field : {TableField::number_2, TableField::number_3}) {
        const std::string_view branch = table.cell(record, field);
        if (branch.empty() || written.empty()) {
            break;
        }
        written += fmt::format("-{}", branch);
    }
    return directory::block_number(written);
}

} // namespace

AddressBase::Origin AddressBase::origin_of(const Record& record) {
    if (files_.empty() || files_.back() != intake_.file()) {
        files_.push_back(intake_.file());
    }
    return {.file = static_cast<std::uint32_t>(files_.size() - 1), .row = record.row};
}

void AddressBase::read(const GazetteerTable& table, const Record& record) {
    switch (table.kind()) {
        case TableKind::abr_town:
            return read_name(table, record, Level::town);
        case TableKind::abr_block:
            return read_name(table, record, Level::block);
        case TableKind::abr_lot:
            return read_name(table, record, Level::lot);
        case TableKind::abr_town_position:
            return read_place(table, record, Level::town);
        case TableKind::abr_block_position:
            return read_place(table, record, Level::block);
        case TableKind::abr_lot_position:
            return read_place(table, record, Level::lot);
        case TableKind::isj_town:
        case TableKind::isj_block:
            break;
    }
}

void AddressBase::read_name(const GazetteerTable& table, const Record& record, Level level) {
    Pair& pair = pair_of(level);
    pair.has_names = true;
    const std::string_view lg_code = table.cell(record, TableField::municipality_code);
    pair.named_in.emplace(lg_code);
    constexpr std::string_view k_street = "2"; // a street of Kyoto, no 小字
    if (!table.cell(record, TableField::ended_on).empty() || table.cell(record, TableField::koaza_kind) == k_street) {
        intake_.count(Bin::out_of_scope);
        return;
    }
    const bool lacks_block = level != Level::town && table.cell(record, TableField::block_id).empty();
    if (lg_code.empty() || table.cell(record, TableField::town_id).empty() || lacks_block) {
        reject_row("address_base_id_missing", table, record, TableField::town_id, intake_);
        return;
    }
    const RowCode code = read_code(table, record, intake_);
    Named named{.origin = origin_of(record),
                .id = id_of(table, record, table.cell(record, TableField::is_shown)),
                .municipality = std::string(lg_code),
                .row = {},
                .cells = {},
                .flagged = code.flagged};
    BlockRow& row = named.row;
    row.municipality = code.code;
    row.prefecture = table.cell(record, TableField::prefecture);
    if (row.prefecture.empty() && code.code.size() > 2) {
        row.prefecture = prefecture_of_code(std::string_view(code.code).substr(0, 2));
    }
    row.municipality_name =
        fmt::format("{}{}{}", table.cell(record, TableField::county), table.cell(record, TableField::municipality),
                    table.cell(record, TableField::ward));
    row.town = fmt::format("{}{}", table.cell(record, TableField::town), table.cell(record, TableField::chome));
    row.koaza = table.cell(record, TableField::koaza);
    if (row.prefecture.empty() || row.municipality_name.empty() || (row.town.empty() && row.koaza.empty())) {
        reject_row("town_name_missing", table, record, TableField::town, intake_);
        return;
    }
    if (level != Level::town) {
        row.number = number_of(table, record);
        row.is_shown = level == Level::block && table.cell(record, TableField::is_shown) != "0";
        if (row.number.empty()) {
            reject_row("block_number_missing", table, record, TableField::number, intake_);
            return;
        }
    }
    named.cells = verbatim_cells(record.cells);
    pair.names.push_back(std::move(named));
}

void AddressBase::read_place(const GazetteerTable& table, const Record& record, Level level) {
    Pair& pair = pair_of(level);
    pair.has_positions = true;
    const std::string_view lg_code = table.cell(record, TableField::municipality_code);
    pair.placed_in.emplace(lg_code);
    const auto position =
        read_position(table, record, level == Level::town ? k_town_position : k_block_position, intake_);
    if (!position) {
        return;
    }
    const std::string_view flag = level == Level::lot ? "" : table.cell(record, TableField::is_shown);
    const auto [place, is_new] = pair.positions.try_emplace(
        id_of(table, record, flag), Position{.origin = origin_of(record), .position = *position});
    if (!is_new) {
        reject_row("address_base_position_repeated", table, record, TableField::town_id, intake_);
    }
}

/// A town in both ways of numbering has a position for each; where the file does not say for which, it is for both.
AddressBase::Position* AddressBase::position_of(Pair& pair, const Named& named) {
    const std::string_view id = named.id;
    const std::string_view without_flag = id.substr(0, id.rfind('/') + 1);
    for (const std::string& tried : {std::string(id), std::string(without_flag), fmt::format("{}1", without_flag),
                                     fmt::format("{}0", without_flag)}) {
        if (const auto found = pair.positions.find(tried); found != pair.positions.end()) {
            return &found->second;
        }
    }
    return nullptr;
}

void AddressBase::reject(std::string_view code, const Origin& origin, std::string value) {
    intake_.begin_file(files_[origin.file]);
    intake_.note(code, {.row = origin.row, .value = std::move(value)});
    intake_.count(Bin::rejected);
}

template <class Take>
void AddressBase::join(Pair& pair, std::string_view missing, Take&& take) {
    for (Named& named : pair.names) {
        if (Position* found = position_of(pair, named)) {
            found->is_used = true;
            intake_.count(named.flagged ? Bin::flagged : Bin::accepted);
            named.row.position = found->position;
            take(named);
        } else if (!pair.placed_in.contains(named.municipality)) {
            intake_.count(Bin::out_of_scope);
        } else {
            reject(missing, named.origin,
                   fmt::format("{}{}{} {}", named.row.municipality_name, named.row.town, named.row.koaza,
                               named.row.number));
        }
    }
    std::vector<const Positions::value_type*> unused;
    for (const auto& entry : pair.positions) {
        const auto& [id, position] = entry;
        if (position.is_used) {
            intake_.count(Bin::accepted);
        } else if (!pair.named_in.contains(id.substr(0, id.find('/')))) {
            intake_.count(Bin::out_of_scope);
        } else {
            unused.push_back(&entry);
        }
    }
    std::ranges::sort(unused, {}, [](const Positions::value_type* entry) {
        return std::pair(entry->second.origin.file, entry->second.origin.row);
    });
    for (const Positions::value_type* entry : unused) {
        reject("address_base_name_missing", entry->second.origin, entry->first);
    }
    pair = {};
}

void AddressBase::join_towns(Pair& pair, std::vector<FoundTown>& towns) {
    join(pair, "town_position_missing", [&](Named& named) {
        FoundTown found;
        found.town.prefecture = std::move(named.row.prefecture);
        found.town.municipality = std::move(named.row.municipality);
        found.town.municipality_name = std::move(named.row.municipality_name);
        found.town.town = std::move(named.row.town);
        found.town.koaza = std::move(named.row.koaza);
        found.town.position = named.row.position;
        found.row.key = named.id;
        found.row.file = files_[named.origin.file];
        found.row.row = named.origin.row;
        found.row.cells = std::move(named.cells);
        found.row.flagged = named.flagged;
        towns.push_back(std::move(found));
    });
}

void AddressBase::join_blocks(Pair& pair) {
    join(pair, "block_position_missing", [&](Named& named) {
        if (directory::BatchRow* first = blocks_.add(std::move(named.row), named.flagged)) {
            first->file = files_[named.origin.file];
            first->row = named.origin.row;
            first->cells = std::move(named.cells);
        }
    });
}

std::expected<std::vector<directory::BatchList>, FileProblem> AddressBase::take() {
    for (std::size_t level = 0; level < pairs_.size(); ++level) {
        if (pairs_[level].has_names != pairs_[level].has_positions) {
            const FileNames& files = k_files[level];
            return std::unexpected(
                FileProblem{.code = "address_base_half",
                            .a = std::string(pairs_[level].has_names ? files.names : files.positions),
                            .b = std::string(pairs_[level].has_names ? files.positions : files.names)});
        }
    }
    std::vector<FoundTown> towns;
    join_towns(pair_of(Level::town), towns);
    join_blocks(pair_of(Level::block));
    join_blocks(pair_of(Level::lot));
    std::vector<directory::BatchList> lists = lists_of(std::move(towns), k_towns);
    auto of_blocks = lists_of(blocks_.take(), k_blocks);
    lists.insert(lists.end(), std::make_move_iterator(of_blocks.begin()), std::make_move_iterator(of_blocks.end()));
    return lists;
}

} // namespace shirube::importers
