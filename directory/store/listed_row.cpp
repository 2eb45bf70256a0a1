#include "directory/store/listed_row.hpp"

#include "directory/store/sqlite.hpp"

#include <nlohmann/json.hpp>

namespace shirube::directory {

std::optional<std::vector<std::pair<std::string, std::string>>> listed_row(const std::filesystem::path& store,
                                                                           ImportKind kind, const std::string& list) {
    Database database(store, Database::Mode::read_only);
    Statement select(database, R"(SELECT h.columns, r.cells FROM list l JOIN current_edition c USING (list_id)
        JOIN edition_row m ON m.import_id = c.import_id AND m.list_id = c.list_id JOIN source_row r USING (row_id)
        LEFT JOIN source_header h ON h.import_id = m.import_id AND h.list_id = m.list_id AND h.file = m.file
            AND h.sheet = m.sheet
        WHERE l.kind = ? AND l.name = ? LIMIT 2)");
    select.bind(code_of(kind), list);
    if (!select.step() || select.is_null(0)) {
        return std::nullopt;
    }
    const auto columns = nlohmann::json::parse(select.text(0)).get<std::vector<std::string>>();
    const auto cells = nlohmann::json::parse(select.text(1)).get<std::vector<std::string>>();
    if (select.step()) {
        return std::nullopt; // none of several is the one that somebody means
    }
    std::vector<std::pair<std::string, std::string>> row;
    row.reserve(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) {
        row.emplace_back(columns[i], i < cells.size() ? cells[i] : std::string{});
    }
    return row;
}

} // namespace shirube::directory
