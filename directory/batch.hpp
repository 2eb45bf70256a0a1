// What an importer hands to the store: lists with their claims and rows, applied in one transaction.
#pragma once

#include "directory/reading.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace shirube::directory {

enum class ImportKind : std::uint8_t {
    districts,
    resources,
    population,
    gazetteer,
    needs,
    holidays,
    corrections,
    landmarks,
    relations,
    helpers
};
std::string_view code_of(ImportKind) noexcept;
std::optional<ImportKind> parse_import_kind(std::string_view) noexcept;

/// What a list says it covers. Only a complete claim lets absence mean something.
struct Claim {
    std::string programme;    ///< taxonomy code (a family covers what is below it)
    std::string municipality; ///< 5-digit code; 2 digits speak of a whole prefecture
    bool complete = false;

    friend auto operator<=>(const Claim&, const Claim&) = default;
};

/// One row, as it stood in its file and as it was understood.
struct BatchRow {
    std::string key; ///< identity within the list: stable over editions of the list
    std::string file;
    std::string sheet;    ///< empty where the format has none
    std::int64_t row = 0; ///< as a person counts in the file (1 = first line or feature)
    std::string cells;    ///< verbatim, a JSON array of strings (or an object of attributes)
    bool flagged = false; ///< accepted with a doubt
    Reading reading;
};

/// What the columns of one table are called.
struct TableHeader {
    std::string file;
    std::string sheet;
    std::string columns; ///< a JSON array of strings, as the cells of its rows
};

/// One edition of one list: exactly the rows it holds now. Rows of an earlier edition that are not here are gone.
struct BatchList {
    std::string name;    ///< identity of the list in the store
    std::string profile; ///< the layout that was recognised, e.g. "cafeteria-49"
    std::string publisher;
    std::string source; ///< where it was taken from, as the operator or the profile says
    std::string licence;
    std::string as_of; ///< ISO date, may be a year or a month; empty where unknown
    std::string layer; ///< of districts; empty: the batch's
    std::vector<Claim> claims;
    std::vector<TableHeader> headers{}; ///< of the tables its rows stood in; none of shapes, whose rows name attributes
    std::vector<BatchRow> rows;
};

struct Batch {
    ImportKind kind = ImportKind::resources;
    std::string layer; ///< of district imports
    std::vector<BatchList> lists;
    std::string files;  ///< what was read, for the history: names with digests, a JSON array
    std::string report; ///< the contract's report as JSON, without the entities the store counts
};

/// What a batch did to the derived entities.
struct EntityChanges {
    std::int64_t added = 0;
    std::int64_t changed = 0;
    std::int64_t unchanged = 0;
    std::int64_t gone = 0;
};

} // namespace shirube::directory
