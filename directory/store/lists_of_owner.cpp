#include "directory/store/lists_of_owner.hpp"

#include "directory/audience.hpp"
#include "directory/store/sqlite.hpp"

#include <nlohmann/json.hpp>

namespace shirube::directory {

namespace {

using nlohmann::json;

std::string text_of(const json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

/// Whose a list is by where its places lie; places of which nobody knows it do not count.
bool lies_mostly_with(Statement& places, std::int64_t list_id, const std::string& owner) {
    places.bind(list_id);
    std::int64_t own = 0;
    std::int64_t all = 0;
    while (places.step()) {
        const bool is_hidden_by_another = places.integer(2) != 0 && places.text(3) != owner;
        if (is_hidden_by_another) {
            return false;
        }
        if (places.text(0).empty()) {
            continue;
        }
        all += places.integer(1);
        own += owner_of(places.text(0)) == owner ? places.integer(1) : 0;
    }
    return own * 4 > all * 3;
}

} // namespace

std::vector<std::pair<std::string, std::string>> cells_by_column(std::string_view columns, std::string_view cells) {
    std::vector<std::pair<std::string, std::string>> by_column;
    const auto values = json::parse(cells);
    if (values.is_object()) {
        for (const auto& [name, value] : values.items()) {
            by_column.emplace_back(name, text_of(value));
        }
        return by_column;
    }
    if (columns.empty()) {
        return by_column;
    }
    const auto names = json::parse(columns);
    for (std::size_t i = 0; i < names.size(); ++i) {
        by_column.emplace_back(text_of(names[i]), i < values.size() ? text_of(values[i]) : std::string{});
    }
    return by_column;
}

std::vector<StandingList> lists_of_owner(const std::filesystem::path& store, const std::string& owner) {
    Database database(store, Database::Mode::read_only);
    Statement places(database, R"(SELECT municipality, count(*), is_public = 0, CASE is_public WHEN 0 THEN owner END
        FROM stated_place WHERE list_id = ? GROUP BY 1, 3, 4)");
    Statement select(database, R"(SELECT l.list_id, l.name, e.profile, e.publisher, e.source, e.licence, e.as_of,
            c.import_id,
            (SELECT count(*) FROM edition_row m WHERE m.import_id = c.import_id AND m.list_id = c.list_id),
            EXISTS (SELECT 1 FROM claim k WHERE k.import_id = c.import_id AND k.list_id = c.list_id AND k.complete = 1)
        FROM list l JOIN current_edition c USING (list_id)
            JOIN list_edition e ON e.import_id = c.import_id AND e.list_id = c.list_id
        WHERE l.kind = 'resources' ORDER BY l.name)");
    std::vector<StandingList> lists;
    while (select.step()) {
        if (lies_mostly_with(places, select.integer(0), owner)) {
            lists.push_back({.name = std::string(select.text(1)),
                             .profile = std::string(select.text(2)),
                             .publisher = std::string(select.text(3)),
                             .source = std::string(select.text(4)),
                             .licence = std::string(select.text(5)),
                             .as_of = std::string(select.text(6)),
                             .complete = select.integer(9) != 0,
                             .import_id = select.integer(7),
                             .rows = select.integer(8)});
        }
    }
    return lists;
}

std::vector<StandingRow> rows_of_list(const std::filesystem::path& store, ImportKind kind, const std::string& list) {
    Database database(store, Database::Mode::read_only);
    Statement select(database, R"(SELECT r.key, coalesce(json_extract(r.reading, '$.site.official_name'), ''),
            coalesce(h.columns, ''), r.cells
        FROM list l JOIN current_edition c USING (list_id)
            JOIN edition_row m ON m.import_id = c.import_id AND m.list_id = c.list_id JOIN source_row r USING (row_id)
            LEFT JOIN source_header h ON h.import_id = m.import_id AND h.list_id = m.list_id AND h.file = m.file
                AND h.sheet = m.sheet
        WHERE l.kind = ? AND l.name = ? ORDER BY m.file, m.sheet, m.row_number, r.key)");
    select.bind(code_of(kind), list);
    std::vector<StandingRow> rows;
    while (select.step()) {
        rows.push_back({.key = std::string(select.text(0)),
                        .name = std::string(select.text(1)),
                        .cells = cells_by_column(select.text(2), select.text(3))});
    }
    return rows;
}

} // namespace shirube::directory
