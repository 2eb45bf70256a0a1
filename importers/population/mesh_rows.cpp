#include "importers/population/mesh_rows.hpp"

#include "geo/mesh.hpp"
#include "importers/files/csv.hpp"

#include <algorithm>
#include <utility>

namespace shirube::importers {

CensusHeader::CensusHeader(std::vector<std::string> codes) : codes_(std::move(codes)) {}

bool CensusHeader::has(std::string_view code) const { return std::ranges::find(codes_, code) != codes_.end(); }

std::string_view CensusHeader::cell(std::span<const std::string> cells, std::string_view code) const {
    const auto at = static_cast<std::size_t>(std::ranges::find(codes_, code) - codes_.begin());
    return at < codes_.size() && at < cells.size() ? trimmed(cells[at]) : std::string_view();
}

std::vector<std::string_view> codes_in(std::string_view cell) {
    std::vector<std::string_view> codes;
    while (!cell.empty()) {
        const std::size_t end = std::min(cell.find(';'), cell.size());
        const std::string_view code = trimmed(cell.substr(0, end));
        if (!code.empty()) {
            codes.push_back(code);
        }
        cell.remove_prefix(std::min(end + 1, cell.size()));
    }
    return codes;
}

MeshRows::MeshRows(Intake& intake, CensusHeader header, AgeColumns ages, MeshDatum datum, std::string part,
                   std::vector<directory::BatchRow>& rows)
    : intake_(intake),
      header_(std::move(header)),
      ages_(std::move(ages)),
      datum_(datum),
      part_(std::move(part)),
      rows_(rows) {}

void MeshRows::reject(std::string_view code, const Record& record, std::string_view cell, std::string_view why) {
    intake_.note(code, {.row = record.row, .column = std::string(CensusHeader::k_key), .value = std::string(cell)},
                 why);
    intake_.count(Bin::rejected);
}

void MeshRows::flag(std::string_view code, const Record& record, std::string_view column, std::string_view cell) {
    flagged_ = true;
    intake_.note(code, {.row = record.row, .column = std::string(column), .value = std::string(cell)}, cell);
}

void MeshRows::take(Record& record) {
    flagged_ = datum_ == MeshDatum::tokyo;
    const std::string_view key = header_.cell(record.cells, CensusHeader::k_key);
    const auto mesh = geo::parse_mesh(key);
    if (!mesh) {
        reject("mesh_code_malformed", record, key, geo::describe(mesh.error().fault));
        return;
    }
    if (!seen_.insert(mesh->value).second) {
        reject("mesh_code_repeated", record, key, {});
        return;
    }
    directory::PopulationReading reading;
    reading.mesh = key;
    read_suppression(record, reading);
    ages_.read(record.cells, reading, [&](std::size_t column, std::string_view cell) {
        flag("count_unreadable", record, column < header_.codes().size() ? header_.codes()[column] : "", cell);
    });
    if (record.cells.size() > header_.codes().size()) {
        flagged_ = true;
        intake_.note("row_too_long", {.row = record.row}, std::to_string(record.cells.size() - header_.codes().size()));
    }
    directory::BatchRow row;
    row.key = part_.empty() ? reading.mesh : reading.mesh + "@" + part_;
    row.file = intake_.file();
    row.sheet = intake_.sheet();
    row.row = record.row;
    row.cells = verbatim_cells(record.cells);
    row.flagged = flagged_;
    row.reading = std::move(reading);
    rows_.push_back(std::move(row));
    intake_.count(flagged_ ? Bin::flagged : Bin::accepted);
}

void MeshRows::read_suppression(const Record& record, directory::PopulationReading& reading) {
    const std::string_view mark = header_.cell(record.cells, CensusHeader::k_mark);
    if (!mark.empty() && mark != "0" && mark != "1" && mark != "2") {
        flag("mesh_suppression_unknown", record, CensusHeader::k_mark, mark);
    }
    const std::string_view target = header_.cell(record.cells, CensusHeader::k_target);
    if (geo::parse_mesh(target)) {
        reading.suppressed_into = target;
    } else if (!target.empty() || mark == "2") {
        flag("mesh_partner_malformed", record, CensusHeader::k_target, target);
    }
    for (const auto source : codes_in(header_.cell(record.cells, CensusHeader::k_sources))) {
        if (geo::parse_mesh(source)) {
            reading.carries.emplace_back(source);
        } else {
            flag("mesh_partner_malformed", record, CensusHeader::k_sources, source);
        }
    }
}

} // namespace shirube::importers
