#include "directory/store/former_ids.hpp"

#include "directory/store/derive/resource_row.hpp"

#include <algorithm>
#include <map>
#include <string>

namespace shirube::directory {

std::vector<MovedId> read_moved_ids(Database& database) {
    // What rows in force say of themselves goes before what a place was once shown as, which may have been two things.
    Statement select(database, R"(
        SELECT old, new FROM (
            SELECT p.public_id AS old, t.public_id AS new,
                   row_number() OVER (PARTITION BY p.public_id ORDER BY past, t.public_id) AS turn FROM (
                SELECT place_id AS old_id, site_id AS new_id, 0 AS past FROM stated_place
                    WHERE place_id <> site_id AND is_public = 1
                UNION SELECT service_id, shown_as, 0 FROM service
                    WHERE shown_as IS NOT NULL AND visibility = 'public'
                UNION SELECT h.entity_id, s.site_id, 1 FROM link_past h
                    JOIN source_row r ON r.list_id = h.list_id AND r.key = h.key
                    JOIN stated_place s ON s.row_id = r.row_id
                    WHERE s.is_public = 1 AND NOT EXISTS (SELECT 1 FROM stated_place o
                        WHERE o.site_id = h.entity_id AND o.is_public = 1))
            JOIN entity p ON p.entity_id = old_id JOIN entity t ON t.entity_id = new_id
            WHERE old_id <> new_id)
        WHERE turn = 1 ORDER BY old)");
    std::vector<MovedId> moved;
    while (select.step()) {
        moved.push_back({std::string{select.text(0)}, std::string{select.text(1)}});
    }
    return moved;
}

EndedIds read_ended_ids(Database& database) {
    Statement rows(database, R"(
        SELECT r.list_id, r.key, r.reading, e.as_of FROM row_past p JOIN source_row r USING (row_id)
            JOIN list_edition e ON e.import_id = p.import_id AND e.list_id = p.list_id
        WHERE p.state = 'gone')");
    Statement link(database, R"(SELECT public_id FROM link JOIN entity USING (entity_id)
        WHERE list_id = ? AND key = ? AND role = ?)");
    // Sites under which the row was shown, but those that the public still has from other rows.
    Statement sites(database, R"(SELECT public_id FROM (
            SELECT entity_id FROM link WHERE list_id = ?1 AND key = ?2 AND role = 'site'
            UNION SELECT entity_id FROM link_past WHERE list_id = ?1 AND key = ?2) JOIN entity USING (entity_id)
        WHERE NOT EXISTS (SELECT 1 FROM stated_place s WHERE s.site_id = entity_id AND s.is_public = 1))");
    const Taxonomy& taxonomy = Taxonomy::shipped();
    EndedIds ended;
    std::map<std::string, std::string> ended_sites; ///< with the newest date
    while (rows.step()) {
        const std::string key{rows.text(1)};
        const std::string since{rows.text(3)};
        const auto reading = read_as<ResourceReading>(rows.text(2));
        bool is_public = false;
        for (std::size_t i = 0; i < reading.services.size(); ++i) {
            const auto& service = reading.services[i];
            if (visibility_by(taxonomy, service) != Visibility::everyone) {
                continue;
            }
            is_public = true;
            const std::string role = service_role(taxonomy, reading, i);
            link.bind(rows.integer(0), key, role);
            if (link.step()) {
                ended.services.push_back({std::string{link.text(0)}, since});
            }
        }
        if (is_public) {
            sites.bind(rows.integer(0), key);
            while (sites.step()) {
                auto& newest = ended_sites[std::string{sites.text(0)}];
                newest = std::max(newest, since);
            }
        }
    }
    std::ranges::sort(ended.services, {}, &EndedId::id);
    for (auto& [id, since] : ended_sites) {
        ended.sites.push_back({id, std::move(since)});
    }
    return ended;
}

} // namespace shirube::directory
