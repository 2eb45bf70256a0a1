#include "importers/cleaning/contact_columns.hpp"

#include "directory/fold.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace shirube::importers {

bool is_contact_column(std::string_view column) {
    // Remarks on booking are where cafeterias write whom to call. Folded: katakana stands as hiragana.
    constexpr std::array<std::string_view, 10> k_words{"電話",       "携帯", "めーる", "mail",     "fax",
                                                       "ふぁっくす", "内線", "連絡先", "予約特記", "担当"};
    const std::string name = directory::fold(column);
    return std::ranges::any_of(k_words, [&](std::string_view word) { return name.find(word) != std::string::npos; });
}

} // namespace shirube::importers
