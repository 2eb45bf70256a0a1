#include "directory/store/decided_rows.hpp"

#include "directory/batch.hpp"
#include "directory/network/tie_decisions.hpp"
#include "directory/store/sqlite.hpp"

#include <string_view>

namespace shirube::directory {

std::map<std::pair<std::string, std::string>, Visibility> rows_decided_for_whom(const std::filesystem::path& store) {
    Database database(store, Database::Mode::read_only);
    Statement select(database, R"(
        WITH decided AS (
            SELECT DISTINCT json_extract(r.reading, '$.decided.target') AS target
            FROM list l JOIN current_edition f ON f.list_id = l.list_id
                JOIN edition_row m ON m.import_id = f.import_id AND m.list_id = f.list_id
                JOIN source_row r ON r.row_id = m.row_id
            WHERE l.kind = ?1 AND r.key >= ?2 AND r.key < ?3
                AND EXISTS (SELECT 1 FROM json_each(r.reading, '$.decided.fields') WHERE value = 'visibility')),
        tie AS (SELECT row_id, list_id, public_id, visibility FROM relation
            UNION ALL SELECT row_id, list_id, public_id, visibility FROM forum)
        SELECT l.name, r.key, t.visibility
        FROM decided d JOIN tie t ON t.public_id = d.target JOIN list l ON l.list_id = t.list_id
            JOIN source_row r ON r.row_id = t.row_id)");
    std::string behind{k_tie_decision_key};
    ++behind.back();
    select.bind(code_of(ImportKind::relations), k_tie_decision_key, behind);
    std::map<std::pair<std::string, std::string>, Visibility> decided;
    while (select.step()) {
        if (const auto visibility = parse_code<Visibility>(select.text(2))) {
            decided.emplace(std::pair{std::string(select.text(0)), std::string(select.text(1))}, *visibility);
        }
    }
    return decided;
}

} // namespace shirube::directory
