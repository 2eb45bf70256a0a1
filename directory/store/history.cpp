// What every import said of one service or site: its rows, version by version.
#include "directory/store/connection.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace shirube::directory {

namespace {

using nlohmann::json;

/// Leaves of a reading by their paths: "site.address", "services.0.phone".
void flatten(const json& value, const std::string& path, std::map<std::string, std::string>& fields) {
    if (value.is_object() || value.is_array()) {
        std::size_t place = 0;
        for (const auto& [key, child] : value.items()) {
            const std::string name = value.is_array() ? std::to_string(place++) : key;
            flatten(child, path.empty() ? name : path + "." + name, fields);
        }
        return;
    }
    fields[path] = value.dump();
}

std::vector<HistoryEntry::Change> changes_between(const std::string& before, const std::string& after) {
    std::map<std::string, std::string> old_fields;
    std::map<std::string, std::string> new_fields;
    flatten(json::parse(before), {}, old_fields);
    flatten(json::parse(after), {}, new_fields);
    std::vector<HistoryEntry::Change> changes;
    for (const auto& [field, value] : old_fields) {
        const auto now = new_fields.find(field);
        if (now == new_fields.end() || now->second != value) {
            changes.push_back({field, value, now == new_fields.end() ? std::string{} : now->second});
        }
    }
    for (const auto& [field, value] : new_fields) {
        if (!old_fields.contains(field)) {
            changes.push_back({field, {}, value});
        }
    }
    return changes;
}

/// A row of a list that was ever linked to an entity.
struct ListKey {
    std::int64_t list_id = 0;
    std::string key;
    friend auto operator<=>(const ListKey&, const ListKey&) = default;
};

std::set<ListKey> list_keys_of(Database& database, const std::string& public_id) {
    // A service that is shown for another list's stands for that list's row too.
    Statement select(database, R"(
        WITH meant AS (SELECT entity_id FROM entity WHERE public_id = ?),
            all_meant AS (SELECT entity_id FROM meant
                UNION SELECT service_id FROM service WHERE shown_as IN (SELECT entity_id FROM meant))
        SELECT list_id, key FROM link WHERE entity_id IN (SELECT entity_id FROM all_meant)
        UNION SELECT list_id, key FROM link_past WHERE entity_id IN (SELECT entity_id FROM all_meant)
        UNION SELECT r.list_id, r.key FROM list l JOIN source_row r USING (list_id), entity e
            WHERE l.kind = 'corrections' AND e.entity_id IN (SELECT entity_id FROM all_meant)
                AND e.public_id IN (json_extract(r.reading, '$.target'), json_extract(r.reading, '$.other')))");
    select.bind(public_id);
    std::set<ListKey> keys;
    while (select.step()) {
        keys.insert({select.integer(0), std::string{select.text(1)}});
    }
    return keys;
}

void add_history(Database& database, const ListKey& row, std::vector<HistoryEntry>& entries) {
    Statement select(database, R"(
        WITH said AS (SELECT m.import_id, m.file, m.sheet, m.row_number, r.reading
            FROM source_row r JOIN edition_row m USING (row_id) WHERE r.list_id = ? AND r.key = ?)
        SELECT i.import_id, i.at, i.undone_at, l.name, e.as_of, s.file, s.sheet, s.row_number, s.reading,
            c.import_id IS NOT NULL, l.kind
        FROM list_edition e JOIN import i USING (import_id) JOIN list l ON l.list_id = e.list_id
            LEFT JOIN said s ON s.import_id = e.import_id
            LEFT JOIN current_edition c ON c.list_id = e.list_id AND c.import_id = e.import_id
        WHERE e.list_id = ? ORDER BY i.import_id)");
    select.bind(row.list_id, row.key, row.list_id);
    std::string before;
    bool listed = false;
    while (select.step()) {
        const bool is_listed = !select.is_null(8);
        if (!is_listed && !listed) {
            continue; // before it was first listed, or still absent
        }
        HistoryEntry entry;
        entry.import_id = select.integer(0);
        entry.at = select.text(1);
        entry.undone_at = select.text(2);
        entry.list = select.text(3);
        entry.as_of = select.text(4);
        entry.file = select.text(5);
        entry.sheet = select.text(6);
        entry.row = select.integer(7);
        entry.in_force = select.integer(9) != 0;
        entry.listed = is_listed;
        entry.kind = parse_import_kind(select.text(10)).value_or(ImportKind::resources);
        if (is_listed) {
            entry.reading = select.text(8);
            entry.reading_before = before;
            if (!before.empty()) {
                entry.changes = changes_between(before, entry.reading);
            }
            before = entry.reading;
        }
        listed = is_listed;
        entries.push_back(std::move(entry));
    }
}

} // namespace

std::vector<HistoryEntry> Store::history_of(const std::string& public_id) const {
    std::vector<HistoryEntry> entries;
    for (const auto& row : list_keys_of(impl_->database, public_id)) {
        add_history(impl_->database, row, entries);
    }
    std::ranges::stable_sort(entries, {}, &HistoryEntry::import_id);
    return entries;
}

} // namespace shirube::directory
