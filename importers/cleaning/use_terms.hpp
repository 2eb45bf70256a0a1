// On what terms residents of other municipalities use a service: one entry a municipality in one cell (広域利用の条件).
#pragma once

#include "directory/reading.hpp"
#include "importers/cleaning/cell_problem.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::importers {

/// The code of a municipality by its name; nothing where none or several are called so.
using MunicipalityByName = std::function<std::optional<std::string>(std::string_view name)>;

struct UseTermsCell {
    std::vector<directory::UseTerms> terms; ///< of what cannot be read, with its text alone
    std::vector<CellProblem> problems;
};

/// "99202：相互利用、1日500円、火・木; 隣町：無料": entries by ; or a line break, parts of an entry by 、. A part is a
/// contract in the words of its code list, days of the week, or a fee; whatever else stands there is kept as text, and
/// so is the whole entry. Nothing is guessed: an entry whose municipality or whose contract cannot be told has its text
/// alone. Problems: use_terms_unreadable, use_terms_repeated, use_terms_contradict, municipality_check_digit.
UseTermsCell parse_use_terms(std::string_view cell, const MunicipalityByName& by_name);

} // namespace shirube::importers
