#include "importers/gazetteer/table_rows.hpp"

#include "importers/cleaning/municipality_cell.hpp"
#include "importers/cleaning/positions.hpp"

#include <algorithm>
#include <array>

namespace shirube::importers {

void reject_row(std::string_view code, const GazetteerTable& table, const Record& record, TableField field,
                Intake& intake) {
    intake.note(code,
                {.row = record.row, .column = table.column(field), .value = std::string(table.cell(record, field))});
    intake.count(Bin::rejected);
}

std::optional<geo::LonLat> read_position(const GazetteerTable& table, const Record& record, const PositionCodes& codes,
                                         Intake& intake) {
    // JGD2011, and JGD2000, WGS84 and the frame with heights, which are the same within a gazetteer's accuracy.
    constexpr std::array<std::string_view, 4> k_same{"EPSG:6668", "EPSG:4612", "EPSG:4326", "EPSG:6697"};
    const std::string_view datum = table.cell(record, TableField::datum);
    if (!datum.empty() && std::ranges::find(k_same, datum) == k_same.end()) {
        reject_row("position_datum_unknown", table, record, TableField::datum, intake);
        return std::nullopt;
    }
    const auto position =
        parse_position(table.cell(record, TableField::latitude), table.cell(record, TableField::longitude));
    if (position && *position) {
        return **position;
    }
    const std::string_view code = position ? codes.missing : position.error().code;
    const bool outside = code == "position_outside_japan" || code == "position_swapped";
    reject_row(outside ? codes.outside : code, table, record, TableField::latitude, intake);
    return std::nullopt;
}

RowCode read_code(const GazetteerTable& table, const Record& record, Intake& intake) {
    const std::string_view cell = table.cell(record, TableField::municipality_code);
    const auto read = read_municipality(cell);
    const auto note = [&](const CellProblem& problem) {
        intake.note(
            problem.code,
            {.row = record.row, .column = table.column(TableField::municipality_code), .value = std::string(cell)},
            problem.a, problem.b);
    };
    if (!read) {
        note(read.error());
        return {.code = {}, .flagged = true};
    }
    if (!*read) {
        return {};
    }
    if ((*read)->doubt) {
        note(*(*read)->doubt);
    }
    return {.code = (*read)->code, .flagged = (*read)->doubt.has_value()};
}

void keep_row(const Record& record, const Intake& intake, directory::BatchRow& into) {
    into.file = intake.file();
    into.row = record.row;
    into.cells = verbatim_cells(record.cells);
}

} // namespace shirube::importers
