// Rows of a layout by the names of their columns.
#pragma once

#include "importers/layouts/layout.hpp"
#include "importers/locating/locator.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace shirube::tests {

/// Reads one row of the given cells; columns that are not given are not in the table.
inline importers::RowOutcome read_row(const importers::ResourceLayout& layout, const importers::Locator& locator,
                                      const std::map<std::string, std::string>& cells,
                                      const std::string& municipality = {}) {
    std::vector<std::string> header;
    importers::Record record;
    record.row = 2;
    for (const auto& [column, cell] : cells) {
        header.push_back(column);
        record.cells.push_back(cell);
    }
    const importers::LayoutContext context{directory::Taxonomy::shipped(), locator, municipality, "ja"};
    return layout.read(header, record, context);
}

/// The codes of an outcome's issues, in order.
inline std::vector<std::string> codes_of(const importers::RowOutcome& outcome) {
    std::vector<std::string> codes;
    for (const auto& issue : outcome.issues) {
        codes.push_back(issue.code);
    }
    return codes;
}

/// A gazetteer of two towns of an invented city.
inline importers::Locator small_locator() {
    std::vector<directory::TownReading> towns(2);
    towns[0] = {"標県", "99201", "潮見野市", "港町一丁目", "", {.lon = 137.150, .lat = 33.120}, 400};
    towns[1] = {"標県", "99341", "磯辺郡沖ノ浜町", "本町", "", {.lon = 137.300, .lat = 33.100}, 400};
    return importers::Locator(towns);
}

} // namespace shirube::tests
