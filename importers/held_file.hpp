// A file that somebody has handed over and that lies in memory, not under a name: what it is, what an import of it
// would do, and that import.
#pragma once

#include "importers/files/decode.hpp"
#include "importers/files/input_file.hpp"
#include "importers/import.hpp"
#include "importers/layouts/layout.hpp"

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <vector>

namespace shirube::importers {

/// `name` is what the history and the problems call it; its ending means nothing.
struct HeldFile {
    std::string name;
    std::string bytes;
    Limits limits{};
};

/// One table of the file.
struct RecognisedTable {
    Table table;                           ///< the header is the one that was settled on
    std::string profile{};                 ///< empty: no layout knows it, its rows are out of scope
    std::vector<std::string> understood{}; ///< by column: the field it is; empty: kept verbatim, not understood
    std::int64_t header_row = 1;           ///< as a person counts in the file
    bool is_further = false;               ///< further schedules of another table's places
    bool is_other_kind = false;            ///< a list, but of the other kind of rows: not read beside the first
};

struct RecognisedFile {
    ContentKind kind = ContentKind::text;
    directory::ImportKind rows =
        directory::ImportKind::resources; ///< or relations: tables of the other kind are unread
    std::optional<Encoding> encoding{};   ///< of a text; workbooks and archives say their own
    std::vector<RecognisedTable> tables{};
};

/// What a file of resources, or of ties and meetings, is, table by table, before anything is read of its rows;
/// whichever its first known table is of. Failures: those of files, encodings, archives, tables, workbooks, and
/// table_header_unknown where no table of it is known: of the one that comes nearest to a layout.
std::expected<RecognisedFile, ImportFailure> recognise_held(const HeldFile& file, const std::string& language);

/// What an import would be, and the rows it would keep.
struct TriedImport {
    Report report;
    std::vector<directory::BatchList> lists;
};

/// Does all that an import does and takes it back: the store is as it was.
/// \param options its `files` and `dry_run` are not looked at \throws directory::StoreError
std::expected<TriedImport, ImportFailure> try_held(directory::Store& store, ImportOptions options, const HeldFile& file,
                                                   const Progress& progress);

/// The import. \param options as of try_held() \throws directory::StoreError
std::expected<Report, ImportFailure> import_held(directory::Store& store, ImportOptions options, const HeldFile& file,
                                                 const Progress& progress);

} // namespace shirube::importers
