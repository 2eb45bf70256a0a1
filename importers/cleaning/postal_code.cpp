#include "importers/cleaning/postal_code.hpp"

#include "importers/cleaning/text.hpp"
#include "importers/cleaning/withheld.hpp"

namespace shirube::importers {

Cell<std::string> parse_postal_code(std::string_view cell) {
    std::string text = replaced(replaced(plain(clean_text(cell).text), " ", ""), "〒", "");
    if (text.empty() || says_nothing(text) || is_withheld(text)) {
        return std::nullopt;
    }
    if (text.ends_with(".0")) { // a number out of a workbook
        text.erase(text.size() - 2);
    }
    if (text.size() == 8 && text[3] == '-') {
        text.erase(3, 1);
    } else if (text.size() == 6 && cell.find("〒") == std::string_view::npos) {
        text.insert(0, "0");
    }
    if (text.size() != 7 || text.find_first_not_of("0123456789") != std::string::npos) {
        return std::unexpected(CellProblem{"postal_code_malformed"});
    }
    return text.insert(3, "-");
}

} // namespace shirube::importers
