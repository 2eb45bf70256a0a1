#include "importers/relations/relations.hpp"

#include "importers/cleaning/contact_columns.hpp"
#include "importers/columns/wanted_tables.hpp"
#include "importers/files/csv.hpp"
#include "importers/files/table_file.hpp"
#include "importers/relations/relation_row.hpp"
#include "importers/report/explanation.hpp"
#include "importers/templates/unread_columns.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace shirube::importers {

namespace {

/// One of the two layouts.
struct Layout {
    std::string_view profile;
    HeaderFit (*fit)(std::span<const std::string> header);
    std::optional<std::pair<directory::Reading, std::string>> (*read)(RowCells& cells, const RelationsDesk& desk,
                                                                      const ImportOptions& options);
};

template <class Kind, std::optional<Kind> (*read_row)(RowCells&, const RelationsDesk&, const ImportOptions&)>
std::optional<std::pair<directory::Reading, std::string>> read_keyed(RowCells& cells, const RelationsDesk& desk,
                                                                     const ImportOptions& options) {
    auto reading = read_row(cells, desk, options);
    if (!reading) {
        return std::nullopt;
    }
    std::string key = key_of(*reading);
    return std::pair{directory::Reading{std::move(*reading)}, std::move(key)};
}

constexpr std::array<Layout, 2> k_layouts{
    {{k_relations_profile, fit_relations, read_keyed<directory::RelationReading, read_relation_row>},
     {k_forums_profile, fit_forums, read_keyed<directory::ForumReading, read_forum_row>}}};

/// The layout of a header; a problem where none fits.
std::expected<const Layout*, FileProblem> layout_of(std::span<const std::string> header, std::string_view profile) {
    std::string tried;
    for (const Layout& layout : k_layouts) {
        if (!profile.empty() && layout.profile != profile) {
            continue;
        }
        const HeaderFit fit = layout.fit(header);
        if (fit.missing.empty()) {
            return &layout;
        }
        tried += fmt::format("{}{} ({})", tried.empty() ? "" : "; ", layout.profile, fmt::join(fit.missing, ", "));
    }
    return std::unexpected(FileProblem{.code = "relations_header_unknown", .a = tried});
}

class TieTable {
  public:
    TieTable(const Table& table, const Layout& layout, const RelationsDesk& desk, Intake& intake)
        : table_(table), layout_(layout), desk_(desk), intake_(intake) {}

    void read(const Record& record, directory::BatchList& list) {
        if (is_blank(record.cells)) {
            intake_.count(Bin::blank);
            return;
        }
        if (is_example_row(record)) {
            intake_.note("row_example", {.row = record.row});
            intake_.count(Bin::out_of_scope);
            return;
        }
        RowCells cells(table_, record, intake_.options().language, is_contact_column);
        auto read = layout_.read(cells, desk_, intake_.options());
        bool has_doubts = cells.has_issues();
        for (Issue& issue : cells.take_issues()) {
            issue.row = record.row;
            intake_.keep(std::move(issue));
        }
        if (!read) {
            intake_.turn_away(table_, record);
            return;
        }
        has_doubts = note_surplus(table_, record, intake_) || has_doubts;
        directory::BatchRow row;
        row.key = std::move(read->second);
        row.file = intake_.file();
        row.sheet = intake_.sheet();
        row.row = record.row;
        row.cells = verbatim_cells(record.cells_of_file());
        row.flagged = has_doubts;
        row.reading = std::move(read->first);
        list.rows.push_back(std::move(row));
        intake_.count(has_doubts ? Bin::flagged : Bin::accepted);
    }

  private:
    const Table& table_;
    const Layout& layout_;
    const RelationsDesk& desk_;
    Intake& intake_;
};

} // namespace

std::expected<RecognisedTies, FileProblem> recognise_ties(std::span<const std::string> header) {
    const auto layout = layout_of(header, {});
    if (!layout) {
        return std::unexpected(layout.error());
    }
    return RecognisedTies{(*layout)->profile, (*layout)->fit(header).understood};
}

std::expected<std::vector<directory::BatchList>, FileProblem> read_relations(const std::filesystem::path& path,
                                                                             std::string_view bytes,
                                                                             const RelationsDesk& desk,
                                                                             Intake& intake) {
    const std::string& profile = intake.options().profile;
    if (!profile.empty() && std::ranges::find(k_layouts, profile, &Layout::profile) == k_layouts.end()) {
        return std::unexpected(
            wrong_use("profile_unknown", profile, fmt::format("{}, {}", k_relations_profile, k_forums_profile)));
    }
    auto tables = read_tables(path, bytes, intake.limits());
    if (!tables) {
        return std::unexpected(std::move(tables.error()));
    }
    auto wanted = wanted_tables(
        std::move(*tables),
        [&](std::span<const std::string> header) {
            auto layout = layout_of(header, profile);
            return layout ? std::nullopt : std::optional(std::move(layout.error()));
        },
        path, intake);
    if (!wanted) {
        return std::unexpected(std::move(wanted.error()));
    }
    std::vector<directory::BatchList> lists;
    for (const WantedTable& each : *wanted) {
        const Table& table = each.table;
        const Layout& layout = *layout_of(table.header, profile).value();
        intake.begin_table(table.file, table.sheet);
        const auto understood = layout.fit(table.header).understood;
        note_misnamed_columns(layout.profile, table.columns_of_file(), understood, intake);
        explain(table, understood, intake, is_contact_column);
        TieTable rows(table, layout, desk, intake);
        directory::BatchList& list = list_for(each, layout.profile, lists);
        for (const Record& record : table.records) {
            rows.read(record, list);
        }
    }
    return lists;
}

} // namespace shirube::importers
