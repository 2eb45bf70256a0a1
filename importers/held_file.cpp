#include "importers/held_file.hpp"

#include "importers/columns/wanted_tables.hpp"
#include "importers/files/source_tables.hpp"
#include "importers/layouts/recognise.hpp"
#include "importers/relations/relations.hpp"
#include "importers/report/rejects.hpp"
#include "importers/resources/further_schedules.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace shirube::importers {

namespace {

using directory::ImportKind;

/// Where the rows stand that may turn out to be the header.
std::vector<std::int64_t> first_rows_of(const Table& table) {
    std::vector<std::int64_t> rows;
    for (std::size_t i = 0; i < std::min(k_lines_above, table.records.size()); ++i) {
        rows.push_back(table.records[i].row);
    }
    return rows;
}

/// A table of whichever kind of rows.
struct Known {
    RecognisedTable table;
    ImportKind rows = ImportKind::resources; ///< where it has a profile
};

Known recognise_table(Table table, std::optional<FileProblem>& problem) {
    Known known{.table = {.table = std::move(table)}};
    RecognisedTable& found = known.table;
    if (is_further_schedules(found.table.header)) {
        found.is_further = true;
        return known;
    }
    take_rejects(found.table);
    const auto first = first_rows_of(found.table);
    const std::size_t records = found.table.records.size();
    found.header_row = first.empty() ? 1 : std::max<std::int64_t>(1, first.front() - 1);
    auto resources =
        settle_header(found.table, [](std::span<const std::string> header) { return recognise(header, {}); });
    if (resources) {
        found.profile = resources->layout->profile();
        found.understood = std::move(resources->fit.understood);
    } else if (auto ties = settle_header(found.table, recognise_ties)) {
        known.rows = ImportKind::relations;
        found.profile = ties->profile;
        found.understood = std::move(ties->understood);
    } else {
        if (!problem) {
            problem = of_table(std::move(resources.error()), found.table);
        }
        return known;
    }
    if (const std::size_t above = records - found.table.records.size(); above > 0) {
        found.header_row = first.at(above - 1);
    }
    return known;
}

} // namespace

std::expected<RecognisedFile, ImportFailure> recognise_held(const HeldFile& file, const std::string& language) {
    const auto failure = [&](const FileProblem& problem) { return std::unexpected(in_words(problem, language)); };
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
        return failure(sources.error());
    }
    std::optional<FileProblem> problem;
    std::optional<ImportKind> rows;
    for (SourceTable& source : *sources) {
        if (is_for_the_writer(source.table)) {
            continue;
        }
        Known known = recognise_table(std::move(source.table), problem);
        if (!known.table.profile.empty()) {
            rows = rows.value_or(known.rows);
            if (known.rows != *rows) { // one import has rows of one kind
                known.table.profile.clear();
            }
        }
        found.tables.push_back(std::move(known.table));
    }
    found.rows = rows.value_or(ImportKind::resources);
    const auto is_known = [](const RecognisedTable& table) { return !table.profile.empty(); };
    if (std::ranges::none_of(found.tables, is_known)) {
        return failure(problem ? *problem : in_file({.code = "table_empty"}, file.name));
    }
    return found;
}

} // namespace shirube::importers
