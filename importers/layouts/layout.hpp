// A layout is one way in which lists of resources are laid out: how it is recognised, and what one record of it says.
// A new layout is one new file that implements ResourceLayout and a line in importers/layouts/layouts.cpp.
#pragma once

#include "directory/batch.hpp"
#include "directory/taxonomy.hpp"
#include "importers/report/report.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::importers {

class Locator;

/// One record of a table, cells verbatim (decoded to UTF-8, otherwise untouched).
struct Record {
    std::int64_t row = 0; ///< as a spreadsheet counts: the header line is 1
    std::vector<std::string> cells;
    std::vector<std::string> written{}; ///< under a mapping: the cells as the file has them; else empty

    [[nodiscard]] std::span<const std::string> cells_of_file() const noexcept {
        return written.empty() ? cells : written;
    }
};

/// A table out of a file, before anything is understood.
struct Table {
    std::string file;
    std::string sheet;
    std::vector<std::string> header; ///< as written; under a mapping: the fields
    std::vector<Record> records;
    std::vector<std::string> written{}; ///< under a mapping: the columns as the file has them; else empty

    /// The columns that the file has, as it writes them.
    [[nodiscard]] std::span<const std::string> columns_of_file() const noexcept {
        return written.empty() ? header : written;
    }
    /// What a column is called where its problems are told: as in the file, a constant by its field.
    [[nodiscard]] const std::string& name_of_column(std::size_t column) const {
        return column < written.size() ? written[column] : header.at(column);
    }
};

/// What a layout needs to know beyond the record.
struct LayoutContext {
    const directory::Taxonomy& taxonomy;
    const Locator& locator;
    std::string municipality; ///< --municipality, 5 digits; empty: the rows say
    std::string language;     ///< of messages, ja or en
};

/// What became of one record. `reading` is there for accepted and flagged rows only.
struct RowOutcome {
    Bin bin = Bin::rejected;
    std::string key;          ///< identity within the list: the ID column, else folded name and address
    std::string source_class; ///< the source's own class code where it has one (P14)
    std::string covers;       ///< prefecture code (2 digits) where the source speaks of a whole prefecture; else empty
    std::string id;           ///< the source's own number of the row, by which further rows find it
    std::vector<std::string> further; ///< numbers of further rows elsewhere that speak of this one (追加情報NO)
    std::optional<directory::ResourceReading> reading;
    std::vector<Issue> issues; ///< file and sheet are filled in by the caller
};

/// How well a header fits a layout.
struct HeaderFit {
    std::vector<std::string> missing;    ///< required columns the header does not have
    std::vector<std::string> understood; ///< per header column: the field's name, or empty
    std::size_t known = 0;               ///< header columns that were understood
};

class ResourceLayout {
  public:
    virtual ~ResourceLayout() = default;
    [[nodiscard]] virtual std::string_view profile() const = 0;
    [[nodiscard]] virtual HeaderFit fit(std::span<const std::string> header) const = 0;

    /// Reads one record under `header` (the same that fitted).
    [[nodiscard]] virtual RowOutcome read(std::span<const std::string> header, const Record& record,
                                          const LayoutContext& context) const = 0;

    /// Columns whose cells may hold private contacts: shown in no sample, issue or log.
    [[nodiscard]] virtual bool is_contact(std::string_view column) const = 0;

    /// The programmes a list of this layout speaks of; its default claim is these, partial, at the rows'
    /// municipalities.
    [[nodiscard]] virtual std::vector<std::string> default_programmes() const = 0;
};

/// Every layout known, in the order in which they are tried.
std::span<const std::unique_ptr<ResourceLayout>> resource_layouts();

} // namespace shirube::importers
