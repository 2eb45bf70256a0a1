// What a list has that stands under a name, for whoever is about to put another in its place.
#include "directory/audience.hpp"
#include "directory/store/connection.hpp"
#include "directory/store/tie_sight.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace shirube::directory {

std::set<std::string> Store::keys_of(ImportKind kind, const std::string& list) const {
    Statement select(impl_->database, R"(
        SELECT r.key FROM list l JOIN current_edition c USING (list_id)
            JOIN edition_row m ON m.import_id = c.import_id AND m.list_id = c.list_id JOIN source_row r USING (row_id)
        WHERE l.kind = ? AND l.name = ?)");
    select.bind(code_of(kind), list);
    std::set<std::string> keys;
    while (select.step()) {
        keys.emplace(select.text(0));
    }
    return keys;
}

std::vector<HiddenName> Store::hidden_names() const {
    auto names = hidden_names_in(impl_->database);
    nlohmann::json words = nlohmann::json::array();
    for (const auto& name : names) {
        words.push_back(name.name);
    }
    // Whose name a public place or organization of the municipality has too is not hidden by it.
    Statement select(impl_->database, R"(
        WITH word AS MATERIALIZED (SELECT value AS name FROM json_each(?)),
            told AS (SELECT row_id, name AS word FROM stated_place WHERE is_public = 1 AND public_name = ''
                UNION ALL SELECT row_id, public_name FROM stated_place WHERE is_public = 1
                UNION ALL SELECT row_id, organization FROM stated_place WHERE is_public = 1)
        SELECT DISTINCT told.word, p.municipality FROM told JOIN stated_place p USING (row_id)
        WHERE told.word IN (SELECT name FROM word))");
    select.bind(words.dump());
    std::set<std::pair<std::string, std::string>> told;
    while (select.step()) {
        told.emplace(select.text(0), owner_of(select.text(1)));
    }
    std::erase_if(names, [&](const HiddenName& name) {
        return told.contains(std::pair(name.name, owner_of(name.municipality)));
    });
    return names;
}

std::set<std::string> Store::municipalities_of(ImportKind kind, const std::string& list) const {
    // A list of another kind has no rows in the tables of this one.
    Statement select(impl_->database, R"(
        SELECT s.municipality FROM list l JOIN stated_place s USING (list_id) WHERE l.kind = ?1 AND l.name = ?2
        UNION SELECT d.municipality FROM list l JOIN district d USING (list_id) WHERE l.kind = ?1 AND l.name = ?2
        UNION SELECT n.municipality FROM list l JOIN need n USING (list_id) WHERE l.kind = ?1 AND l.name = ?2
        UNION SELECT t.from_municipality FROM list l JOIN relation t USING (list_id) WHERE l.kind = ?1 AND l.name = ?2
        UNION SELECT m.municipality FROM list l JOIN forum m USING (list_id) WHERE l.kind = ?1 AND l.name = ?2
        UNION SELECT h.owner FROM list l JOIN helper_count h USING (list_id) WHERE l.kind = ?1 AND l.name = ?2
        UNION SELECT p.municipality FROM list l JOIN landmark p USING (list_id)
            WHERE l.kind = ?1 AND l.name = ?2)");
    select.bind(code_of(kind), list);
    std::set<std::string> municipalities;
    while (select.step()) {
        if (!select.text(0).empty()) {
            municipalities.emplace(select.text(0));
        }
    }
    return municipalities;
}

} // namespace shirube::directory
