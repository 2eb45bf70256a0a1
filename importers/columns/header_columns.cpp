#include "importers/columns/header_columns.hpp"

#include "importers/cleaning/text.hpp"
#include "importers/files/csv.hpp"

namespace shirube::importers {

std::optional<std::size_t> find_header(std::span<const std::string> header,
                                       std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) {
        for (std::size_t i = 0; i < header.size(); ++i) {
            if (replaced(plain(clean_text(header[i]).text), " ", "") == plain(name)) {
                return i;
            }
        }
    }
    return std::nullopt;
}

std::vector<std::string> understood_as(
    std::size_t width, std::initializer_list<std::pair<std::optional<std::size_t>, std::string_view>> fields) {
    std::vector<std::string> understood(width);
    for (const auto& [column, field] : fields) {
        if (column && *column < width) {
            understood[*column] = field;
        }
    }
    return understood;
}

std::string_view cell_of(std::span<const std::string> cells, std::optional<std::size_t> column) {
    return column && *column < cells.size() ? trimmed(cells[*column]) : std::string_view{};
}

} // namespace shirube::importers
