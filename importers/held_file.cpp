#include "importers/held_file.hpp"

#include "importers/columns/wanted_tables.hpp"
#include "importers/files/source_tables.hpp"
#include "importers/layouts/recognise.hpp"
#include "importers/relations/relation_row.hpp"
#include "importers/relations/relations.hpp"
#include "importers/report/rejects.hpp"
#include "importers/resources/further_schedules.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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

/// A layout that a header was tried against.
struct Tried {
    std::string_view profile;
    std::vector<std::string> missing;
    std::size_t known = 0; ///< columns of the header that it understands
};

/// Layouts of either kind, the nearest first: the one that understands most columns, then the one that misses fewest.
std::vector<Tried> tried_on(std::span<const std::string> header) {
    std::vector<Tried> tried;
    const auto add = [&](std::string_view profile, HeaderFit fit) {
        std::erase(fit.missing, k_longitude_column); // of shapes: nothing that a person could write
        std::erase(fit.missing, k_latitude_column);
        tried.push_back({profile, std::move(fit.missing), fit.known});
    };
    for (const auto& layout : resource_layouts()) {
        add(layout->profile(), layout->fit(header));
    }
    add(k_relations_profile, fit_relations(header));
    add(k_forums_profile, fit_forums(header));
    std::ranges::stable_sort(tried, [](const Tried& a, const Tried& b) {
        return a.known != b.known ? a.known > b.known : a.missing.size() < b.missing.size();
    });
    return tried;
}

std::string in_words(const Tried& tried) {
    return tried.missing.empty() ? std::string(tried.profile)
                                 : fmt::format("{} ({})", tried.profile, fmt::join(tried.missing, ", "));
}

/// Why no table of a file is known, and how near the nearest came.
struct Unknown {
    FileProblem problem;
    std::size_t known = 0;
};

/// What is wrong with the header of a table that no layout knows. A title may stand above it: the row that comes
/// nearest to a layout is taken for the header.
Unknown unknown_header(const Table& table) {
    std::vector<Tried> best = tried_on(table.header);
    for (std::size_t i = 0; i < std::min(k_lines_above, table.records.size()); ++i) {
        if (auto tried = tried_on(table.records[i].cells); tried.front().known > best.front().known) {
            best = std::move(tried);
        }
    }
    std::string others;
    for (const Tried& each : std::span(best).subspan(1)) {
        others += (others.empty() ? "" : "; ") + in_words(each);
    }
    return {of_table({.code = "table_header_unknown", .a = in_words(best.front()), .b = std::move(others)}, table),
            best.front().known};
}

Known recognise_table(Table table, std::optional<Unknown>& unknown) {
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
        if (auto problem = unknown_header(found.table); !unknown || problem.known > unknown->known) {
            unknown = std::move(problem);
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
    std::optional<Unknown> unknown;
    std::optional<ImportKind> rows;
    for (SourceTable& source : *sources) {
        if (is_for_the_writer(source.table)) {
            continue;
        }
        Known known = recognise_table(std::move(source.table), unknown);
        if (!known.table.profile.empty()) {
            rows = rows.value_or(known.rows);
            if (known.rows != *rows) { // one import has rows of one kind
                known.table.profile.clear();
                known.table.understood.clear();
                known.table.is_other_kind = true;
            }
        }
        found.tables.push_back(std::move(known.table));
    }
    found.rows = rows.value_or(ImportKind::resources);
    const auto is_known = [](const RecognisedTable& table) { return !table.profile.empty(); };
    if (std::ranges::none_of(found.tables, is_known)) {
        return failure(unknown ? unknown->problem : in_file({.code = "table_empty"}, file.name));
    }
    return found;
}

} // namespace shirube::importers
