#include "importers/cleaning/municipality_cell.hpp"

#include "importers/cleaning/text.hpp"
#include "importers/lists/municipality_code.hpp"

namespace shirube::importers {

Cell<MunicipalityCell> read_municipality(std::string_view cell) {
    std::string text = plain(clean_text(cell).text);
    if (text.empty()) {
        return std::nullopt;
    }
    if (text.ends_with(".0")) { // a number out of a workbook
        text.erase(text.size() - 2);
    }
    if (auto code = parse_municipality_code(text)) {
        return MunicipalityCell{.code = std::move(*code), .doubt = {}};
    }
    const bool six_digits = text.size() == 6 && text.find_first_not_of("0123456789") == std::string::npos;
    const auto code = six_digits ? parse_municipality_code(text.substr(0, 5)) : std::nullopt;
    if (code && text.starts_with(*code)) {
        return MunicipalityCell{.code = *code, .doubt = CellProblem{"municipality_check_digit"}};
    }
    return std::unexpected(CellProblem{"municipality_unreadable"});
}

} // namespace shirube::importers
