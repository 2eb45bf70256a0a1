#include "importers/sheets/harmless_cell.hpp"

namespace shirube::importers {

bool is_formula(std::string_view cell) {
    const std::size_t first = cell.find_first_not_of('\'');
    return first != std::string_view::npos && std::string_view("=+-@\t\r").find(cell[first]) != std::string_view::npos;
}

std::string harmless(std::string_view cell) { return is_formula(cell) ? "'" + std::string(cell) : std::string(cell); }

} // namespace shirube::importers
