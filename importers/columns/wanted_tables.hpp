// Which of a file's tables is meant, and where its header stands: titles above it, notes and examples beside it.
#pragma once

#include "importers/layouts/layout.hpp"
#include "importers/report/intake.hpp"
#include "importers/report/problem.hpp"

#include <algorithm>
#include <cstddef>
#include <expected>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::importers {

/// Lines that may stand above a header: a title, a date, a note.
inline constexpr std::size_t k_lines_above = 10;

/// Makes a record the header; those before it go. A sheet has no ragged rows, only cells that were never written:
/// shorter records are filled up.
void lower_header(Table& table, std::size_t record);

/// What `recognise` (from a header to std::expected) says of the first row that it knows, which becomes the header;
/// where it knows none, what it says of the first.
template <class Recognise>
auto settle_header(Table& table, Recognise recognise) {
    auto first = recognise(std::span<const std::string>(table.header));
    for (std::size_t i = 0; !first && i < std::min(k_lines_above, table.records.size()); ++i) {
        auto found = recognise(std::span<const std::string>(table.records[i].cells));
        if (found) {
            lower_header(table, i);
            return found;
        }
    }
    return first;
}

/// A sheet with a filled example for whoever writes the list: its rows are invented.
bool is_example_sheet(std::string_view sheet);

/// A row that is marked as an example, as our templates and many cities' do: what it says is invented.
bool is_example_row(const Record& record);

/// A sheet of our templates that tells whoever writes the list how.
bool is_for_the_writer(const Table& table);

/// Counts a table's rows as out of scope and says why: sheet_unknown, sheet_example.
void pass_over(const Table& table, std::string_view code, Intake& intake);

/// Notes cells behind the last column, where they say something: whether there are some.
bool note_surplus(const Table& table, const Record& record, Intake& intake);

/// A problem with its table's place. What the command line did stays as it is.
FileProblem of_table(FileProblem problem, const Table& table);

/// What keeps a header from being the one that is meant; nothing where it is.
using HeaderFault = std::function<std::optional<FileProblem>(std::span<const std::string> header)>;

struct WantedTable {
    Table table;
    std::string mending; ///< it holds mended rows (report/rejects.hpp): the list that takes them; else empty
};

/// The list a table's rows go to, begun where it is not among `lists` yet.
directory::BatchList& list_for(const WantedTable& table, std::string_view profile,
                               std::vector<directory::BatchList>& lists);

/// The tables of a kind, their headers settled, what was added to rejected rows taken off; the others are passed over
/// and told. Problems: that of the first table where none is of the kind; table_empty where there is no table at all;
/// rejects_columns_torn.
std::expected<std::vector<WantedTable>, FileProblem> wanted_tables(std::vector<Table> tables, const HeaderFault& fault,
                                                                   const std::filesystem::path& path, Intake& intake);

} // namespace shirube::importers
