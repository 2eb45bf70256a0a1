#include "directory/store/decided_rows.hpp"

#include "directory/batch.hpp"
#include "directory/network/tie_decisions.hpp"
#include "directory/network/tie_visibility.hpp"
#include "directory/reading.hpp"
#include "directory/store/sqlite.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace shirube::directory {

namespace {

using DecidedRows = std::map<std::pair<std::string, std::string>, Visibility>;

/// \param table of the records: relation or forum
template <class Row>
void add_decided(Database& database, std::string_view table, const std::string& id,
                 const std::vector<std::string>& decisions, DecidedRows& rows) {
    Statement select(database, fmt::format(R"(SELECT l.name, r.key, r.reading FROM {} t JOIN list l USING (list_id)
        JOIN source_row r ON r.row_id = t.row_id WHERE t.public_id = ?)",
                                           table));
    select.bind(id);
    while (select.step()) {
        Row row = read_as<Row>(select.text(2));
        bool says_for_whom = false;
        for (const auto& text : decisions) {
            const auto decision = read_as<Row>(text);
            if (may_decide(row, decision)) {
                const auto& fields = decision.decided.fields;
                says_for_whom = says_for_whom || std::ranges::find(fields, "visibility") != fields.end();
                row = after_decision(row, decision);
            }
        }
        if (says_for_whom) {
            rows.emplace(std::pair{std::string(select.text(0)), std::string(select.text(1))}, visibility_of(row));
        }
    }
}

} // namespace

std::map<std::string, std::vector<std::string>> decisions_in_force(Database& database) {
    Statement select(database, R"(
        SELECT json_extract(r.reading, '$.decided.target'), r.reading
        FROM list l JOIN current_edition f ON f.list_id = l.list_id
            JOIN list_edition e ON e.import_id = f.import_id AND e.list_id = f.list_id
            JOIN edition_row m ON m.import_id = f.import_id AND m.list_id = f.list_id
            JOIN source_row r ON r.row_id = m.row_id
        WHERE l.kind = ?1 AND r.key >= ?2 AND r.key < ?3
        ORDER BY json_extract(r.reading, '$.decided.on'), e.as_of, l.name, r.key, r.row_id)");
    std::string behind{k_tie_decision_key};
    ++behind.back();
    select.bind(code_of(ImportKind::relations), k_tie_decision_key, behind);
    std::map<std::string, std::vector<std::string>> decisions;
    while (select.step()) {
        decisions[std::string{select.text(0)}].emplace_back(select.text(1));
    }
    return decisions;
}

std::map<std::pair<std::string, std::string>, Visibility> rows_decided_for_whom(const std::filesystem::path& store) {
    Database database(store, Database::Mode::read_only);
    DecidedRows rows;
    for (const auto& [id, decisions] : decisions_in_force(database)) {
        add_decided<RelationReading>(database, "relation", id, decisions, rows);
        add_decided<ForumReading>(database, "forum", id, decisions, rows);
    }
    return rows;
}

} // namespace shirube::directory
