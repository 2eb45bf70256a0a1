// What became of every row: the report of an import, as the contract states it.
#pragma once

#include "directory/batch.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace shirube::importers {

/// The bin a row ends in; every row read ends in exactly one.
enum class Bin : std::uint8_t { accepted, flagged, rejected, out_of_scope, blank };

/// A problem at a cell (or a row, or a whole file), as a person finds it there.
struct Issue {
    std::string file{};
    std::string sheet{};
    std::int64_t row = 0;  ///< 1 = the first line of a table or the first feature; 0: the file as a whole
    std::string column{};  ///< header of the column (as the file writes it); empty: the row as a whole
    std::string code{};    ///< stable, see importers/report/issue_codes.hpp
    std::string message{}; ///< a sentence that says what to do, in the report's language
    std::string value{};   ///< the cell, shortened; empty for cells of contact columns
};

struct RowCounts {
    std::int64_t read = 0;
    std::int64_t accepted = 0;
    std::int64_t flagged = 0;
    std::int64_t rejected = 0;
    std::int64_t out_of_scope = 0;
    std::int64_t blank = 0;

    void count(Bin bin);
    void move(Bin from, Bin to);
    /// read = the sum of the other five.
    [[nodiscard]] bool adds_up() const noexcept;
};

/// One column as the recogniser understood it, for --explain.
struct ColumnExplained {
    std::string file{};
    std::string sheet{};
    std::string column{};               ///< as in the file
    std::string understood{};           ///< the field's name; empty: kept verbatim, not understood
    std::vector<std::string> samples{}; ///< up to three values; contact columns show none
};

/// A row that was not taken.
struct RejectedRow {
    std::int64_t row = 0;           ///< in its file
    std::vector<std::string> cells; ///< verbatim, as many as there were
    std::vector<Issue> issues;
};

/// Rejected rows of one table.
struct RejectedTable {
    std::string list;    ///< name of the list in the store; empty until it is known
    std::string profile; ///< the layout that read it
    std::string file;
    std::string sheet;
    std::vector<std::string> header; ///< verbatim
    std::vector<RejectedRow> rows;
};

struct Report {
    directory::ImportKind kind = directory::ImportKind::resources;
    std::vector<std::string> files;
    std::vector<std::string> lists;    ///< their names in the store; not in the document below
    std::vector<std::string> profiles; ///< one a list: a file has one, or one for each layout its tables have
    RowCounts rows;
    std::map<std::string, std::int64_t> by_class; ///< taken rows by the source's own class code, where it has one
    std::int64_t joined = 0; ///< polygons joined into districts, rows of postal codes into one before
    std::map<std::string, std::int64_t> located; ///< by position quality
    std::int64_t unlocated = 0;
    directory::EntityChanges entities;
    std::int64_t lost_corrections = 0;                ///< corrections by hand in the store that do nothing now
    std::int64_t import_id = 0;                       ///< 0 on a dry run
    std::vector<Issue> issues;                        ///< the first of them; issue_counts has them all
    std::map<std::string, std::int64_t> issue_counts; ///< every issue, by code
    std::vector<ColumnExplained> columns;             ///< filled with --explain
    std::vector<RejectedTable> rejects; ///< where they were asked for; contacts and all, so never in the document below
};

/// Whether the entities, which the store counts, are told.
enum class ReportPart : std::uint8_t { whole, without_entities };

/// The contract's JSON document.
std::string to_json_text(const Report& report, ReportPart part = ReportPart::whole);

/// The same for a person on a terminal, `language` ja or en; at most `most_issues` issues, the rest counted by code.
std::string to_text(const Report& report, std::string_view language, std::size_t most_issues = 20);

} // namespace shirube::importers
