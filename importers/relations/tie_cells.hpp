// Cells that ties and meetings have in common: who is named, of which municipality, from when to when, and for whom to
// see.
#pragma once

#include "directory/reading.hpp"
#include "importers/columns/row_cells.hpp"
#include "importers/relations/relations.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace shirube::importers {

inline constexpr std::size_t k_most_letters_of_a_name = 100;
inline constexpr std::size_t k_most_letters_of_a_text = 500;

/// Whether words name a person or a home instead of an organization: 山田さん, ○○氏, 里親 山田家, 個人.
bool names_person(std::string_view name);

/// Whether a name has more than k_most_letters_of_a_name: one that was shortened() to them has, by its ellipsis.
bool is_too_long(std::string_view name);

/// A municipality by its code, else by its name as the gazetteer has it; `usual` where the cell is empty. What cannot
/// be read is noted and unknown: tie_municipality_unknown.
std::string read_tie_municipality(RowCells& cells, std::string_view column, const RelationsDesk& desk,
                                  const std::string& usual);

/// A layer of districts by its code or by the word lists have for it; empty where nothing is written, or where what is
/// cannot be read, which is noted: need_layer_unknown.
std::string read_tie_layer(RowCells& cells, std::string_view column);

/// The first and last day; neither where they are in the wrong order.
struct TieDates {
    std::optional<directory::Day> from;
    std::optional<directory::Day> to;
};
TieDates read_tie_dates(RowCells& cells);

/// 公開範囲. What cannot be read makes a row no more public: coordinators alone see it.
/// \param names_protected some name of the row is of a protected place: then staff see it at most
std::optional<directory::Visibility> read_tie_visibility(RowCells& cells, bool names_protected);

} // namespace shirube::importers
