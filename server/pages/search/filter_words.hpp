// Words that people type into the one field and that mean a choice of the form: 無料, ベビーカー, 土曜.
#pragma once

#include "server/http.hpp"

#include <string>
#include <string_view>

namespace shirube::server {

struct FilterWords {
    Query filters;    ///< parameters of the search
    std::string rest; ///< what else was typed, blanks between; empty: nothing
};

/// Parts what was typed by its blanks. Filters are empty where no part means a choice.
FilterWords filter_words_in(std::string_view typed);

} // namespace shirube::server
