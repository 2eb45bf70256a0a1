#include "importers/held_file.hpp"

#include "importers/columns/wanted_tables.hpp"
#include "importers/files/source_tables.hpp"
#include "importers/layouts/recognise.hpp"
#include "importers/report/rejects.hpp"
#include "importers/resources/further_schedules.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace shirube::importers {

namespace {

/// Where the rows stand that may turn out to be the header.
std::vector<std::int64_t> first_rows_of(const Table& table) {
    std::vector<std::int64_t> rows;
    for (std::size_t i = 0; i < std::min(k_lines_above, table.records.size()); ++i) {
        rows.push_back(table.records[i].row);
    }
    return rows;
}

RecognisedTable recognise_table(Table table, std::optional<FileProblem>& problem) {
    RecognisedTable found{.table = std::move(table)};
    if (is_further_schedules(found.table.header)) {
        found.is_further = true;
        return found;
    }
    take_rejects(found.table);
    const auto first = first_rows_of(found.table);
    const std::size_t records = found.table.records.size();
    found.header_row = first.empty() ? 1 : std::max<std::int64_t>(1, first.front() - 1);
    auto known = settle_header(found.table, [](std::span<const std::string> header) { return recognise(header, {}); });
    if (!known) {
        if (!problem) {
            problem = of_table(std::move(known.error()), found.table);
        }
        return found;
    }
    found.profile = known->layout->profile();
    found.understood = std::move(known->fit.understood);
    if (const std::size_t above = records - found.table.records.size(); above > 0) {
        found.header_row = first.at(above - 1);
    }
    return found;
}

} // namespace

std::expected<RecognisedFile, ImportFailure> recognise_held(const HeldFile& file, const std::string& language) {
    const auto failure = [&](FileProblem problem) { return std::unexpected(in_words(problem, language)); };
    if (file.bytes.empty()) {
        return failure({.code = "file_empty", .file = file.name});
    }
    RecognisedFile found{.kind = content_kind_of(file.bytes)};
    if (found.kind == ContentKind::text) {
        auto decoded = decode(file.bytes);
        if (!decoded) {
            return failure(in_file(std::move(decoded.error()), file.name));
        }
        found.encoding = decoded->encoding;
    }
    auto sources = read_source_tables(file.name, file.bytes, file.limits);
    if (!sources) {
        return failure(std::move(sources.error()));
    }
    std::optional<FileProblem> problem;
    for (SourceTable& source : *sources) {
        if (!is_for_the_writer(source.table)) {
            found.tables.push_back(recognise_table(std::move(source.table), problem));
        }
    }
    const auto is_known = [](const RecognisedTable& table) { return !table.profile.empty(); };
    if (std::ranges::none_of(found.tables, is_known)) {
        return failure(problem ? std::move(*problem) : in_file({.code = "table_empty"}, file.name));
    }
    return found;
}

} // namespace shirube::importers
