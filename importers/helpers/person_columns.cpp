#include "importers/helpers/person_columns.hpp"

#include "directory/fold.hpp"
#include "importers/cleaning/contact_columns.hpp"

#include <algorithm>
#include <array>

namespace shirube::importers {

bool is_person_column(std::string_view column) {
    // Folded: katakana stands as hiragana.
    constexpr std::array<std::string_view, 11> k_words{"氏名",       "名前",     "支援員名", "訪問員名",
                                                       "へるぱー名", "従事者名", "ふりがな", "生年月日",
                                                       "性別",       "住所",     "自宅"};
    const std::string name = directory::fold(column);
    return is_contact_column(column) ||
           std::ranges::any_of(k_words, [&](std::string_view word) { return name.find(word) != std::string::npos; });
}

std::string person_column_of(std::span<const std::string> header) {
    const auto found = std::ranges::find_if(header, [](const std::string& column) { return is_person_column(column); });
    return found == header.end() ? std::string{} : *found;
}

} // namespace shirube::importers
