#include "importers/landmarks/landmarks.hpp"

#include "importers/cleaning/contact_columns.hpp"
#include "importers/cleaning/private_homes.hpp"
#include "importers/cleaning/protected_names.hpp"
#include "importers/columns/wanted_tables.hpp"
#include "importers/files/csv.hpp"
#include "importers/files/source_tables.hpp"
#include "importers/landmarks/ken_all.hpp"
#include "importers/landmarks/landmarks_template.hpp"
#include "importers/landmarks/n02_stations.hpp"
#include "importers/landmarks/p29_schools.hpp"
#include "importers/report/explanation.hpp"
#include "importers/report/issue_codes.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

namespace shirube::importers {

namespace {

using Doubts = std::map<std::int64_t, std::vector<RowDoubt>>; ///< by row

/// The layout of a header; a problem where none fits.
std::expected<const LandmarkLayoutKind*, FileProblem> layout_of(std::span<const std::string> header,
                                                                std::string_view profile) {
    if (const std::string column = column_of_resources(header); !column.empty()) {
        return std::unexpected(FileProblem{.code = "landmarks_of_resources", .a = column});
    }
    std::string tried;
    for (const LandmarkLayoutKind& layout : landmark_layouts()) {
        if (!profile.empty() && layout.profile != profile) {
            continue;
        }
        HeaderFit fit = layout.fit(header);
        if (fit.missing.empty()) {
            return &layout;
        }
        std::erase(fit.missing, k_longitude_column); // of shapes: nothing that a person could write
        std::erase(fit.missing, k_latitude_column);
        tried += fmt::format("{}{} ({})", tried.empty() ? "" : "; ", layout.profile, fmt::join(fit.missing, ", "));
    }
    return std::unexpected(FileProblem{.code = "landmarks_header_unknown", .a = tried});
}

/// One table on its way into a list.
class LandmarkTable {
  public:
    LandmarkTable(const Table& table, const LandmarkLayoutKind& kind, const LandmarkDesk& desk, Intake& intake)
        : table_(table), layout_(kind.make(table, desk, intake.options())), intake_(intake) {}

    void read(const Doubts& doubts, directory::BatchList& list) {
        const std::size_t of = table_.records.size();
        for (std::size_t i = 0; i < of; ++i) {
            if (i % 1000 == 0) {
                intake_.step("rows", i, of);
            }
            const Record& record = table_.records[i];
            const auto doubt = doubts.find(record.row);
            read(record, doubt == doubts.end() ? std::span<const RowDoubt>() : doubt->second, list);
        }
        intake_.step("rows", of, of);
    }

    [[nodiscard]] std::int64_t outside() const noexcept { return outside_; }
    [[nodiscard]] std::string prefecture() const { return layout_->prefecture(); }

  private:
    void read(const Record& record, std::span<const RowDoubt> of_file, directory::BatchList& list) {
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
        LandmarkOutcome outcome = layout_->read(cells);
        if (outcome.fate == LandmarkFate::outside) {
            ++outside_;
            intake_.count(Bin::out_of_scope);
            return;
        }
        bool has_doubts = cells.has_issues();
        for (Issue& issue : cells.take_issues()) {
            issue.row = record.row;
            intake_.keep(std::move(issue));
        }
        for (const RowDoubt& doubt : of_file) {
            intake_.note(doubt.code,
                         {.row = record.row, .column = doubt.column ? table_.header.at(*doubt.column) : ""});
            has_doubts = true;
        }
        if (outcome.fate == LandmarkFate::rejected) {
            intake_.turn_away(table_, record);
            return;
        }
        has_doubts = note_surplus(table_, record, intake_) || has_doubts;
        intake_.count(has_doubts ? Bin::flagged : Bin::accepted);
        if (outcome.fate == LandmarkFate::same) {
            ++intake_.report().joined;
            return;
        }
        take(std::move(outcome), record, has_doubts, list);
    }

    void take(LandmarkOutcome outcome, const Record& record, bool is_flagged, directory::BatchList& list) {
        if (outcome.reading.position) {
            ++intake_.report().located[std::string(directory::code_of(outcome.quality))];
        } else {
            ++intake_.report().unlocated;
        }
        directory::BatchRow row;
        row.key = std::move(outcome.key);
        row.file = intake_.file();
        row.sheet = intake_.sheet();
        row.row = record.row;
        row.cells = verbatim_cells(record.cells_of_file());
        row.flagged = is_flagged;
        row.reading = std::move(outcome.reading);
        list.rows.push_back(std::move(row));
    }

    const Table& table_;
    std::unique_ptr<LandmarkLayout> layout_;
    Intake& intake_;
    std::int64_t outside_ = 0;
};

std::expected<void, FileProblem> check_profile(const std::string& profile) {
    std::string known;
    for (const LandmarkLayoutKind& layout : landmark_layouts()) {
        if (profile.empty() || profile == layout.profile) {
            return {};
        }
        known += fmt::format("{}{}", known.empty() ? "" : ", ", layout.profile);
    }
    return std::unexpected(wrong_use("profile_unknown", profile, known));
}

} // namespace

std::span<const LandmarkLayoutKind> landmark_layouts() {
    static const std::array k_layouts{n02_stations(), p29_schools(), postal_codes(), landmarks_template()};
    return k_layouts;
}

bool may_not_be_named(std::string_view name) { return names_protected_place(name) || names_private_home(name); }

std::expected<std::vector<directory::BatchList>, FileProblem> read_landmarks(const std::filesystem::path& path,
                                                                             std::string_view bytes,
                                                                             const LandmarkDesk& desk, Intake& intake) {
    const std::string& profile = intake.options().profile;
    if (auto known = check_profile(profile); !known) {
        return std::unexpected(std::move(known.error()));
    }
    // An archive of N02 holds the lines beside the stations.
    auto sources = read_source_tables(path, bytes, intake.limits(),
                                      {.shapes = WantedShapes::places, .name = {}, .ending = "Station"});
    if (!sources) {
        return std::unexpected(std::move(sources.error()));
    }
    std::vector<Table> tables;
    Doubts doubts;
    for (SourceTable& source : *sources) {
        if (!source.chosen_member.empty()) {
            intake.note("archive_member_chosen", {}, source.chosen_member);
        }
        for (std::size_t i = 0; i < source.doubts.size(); ++i) { // a geographic file is the only table of its file
            if (!source.doubts[i].empty()) {
                doubts.emplace(source.table.records[i].row, std::move(source.doubts[i]));
            }
        }
        give_postal_header(source.table);
        tables.push_back(std::move(source.table));
    }
    auto wanted = wanted_tables(
        std::move(tables),
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
        const LandmarkLayoutKind& kind = *layout_of(table.header, profile).value();
        if (kind.profile == postal_codes().profile && desk.around.empty()) {
            return std::unexpected(of_table({.code = "gazetteer_missing"}, table));
        }
        intake.begin_table(table.file, table.sheet);
        explain(table, kind.fit(table.header).understood, intake, is_contact_column);
        directory::BatchList& list = list_for(each, kind.profile, lists);
        list.publisher = kind.publisher;
        LandmarkTable rows(table, kind, desk, intake);
        rows.read(doubts, list);
        if (rows.outside() > 0) {
            intake.note("landmarks_outside", {}, std::to_string(rows.outside()));
        }
        if (kind.is_one_list && list.name.empty()) {
            const std::string prefecture = rows.prefecture();
            list.name = std::string(kind.profile) + (prefecture.empty() ? "" : ":" + prefecture);
        }
    }
    return lists;
}

} // namespace shirube::importers
