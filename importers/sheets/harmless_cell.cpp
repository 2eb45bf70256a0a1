#include "importers/sheets/harmless_cell.hpp"

#include <algorithm>
#include <array>

namespace shirube::importers {

bool is_formula(std::string_view cell) {
    cell.remove_prefix(std::min(cell.find_first_not_of('\''), cell.size()));
    constexpr std::array<std::string_view, 10> k_signs{"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"};
    return std::ranges::any_of(k_signs, [&](std::string_view sign) { return cell.starts_with(sign); });
}

std::string harmless(std::string_view cell) { return is_formula(cell) ? "'" + std::string(cell) : std::string(cell); }

} // namespace shirube::importers
