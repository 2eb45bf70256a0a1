#include "directory/store/read_network.hpp"

#include "directory/network/tie_visibility.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace shirube::directory {

namespace {

/// Of what is hidden, whose staff see it; what everybody sees is nobody's own. A name that is kept from the audience
/// does not become known by whom it is tied to, whatever was imported first or decided since.
template <class Row>
void read_rows(Database& database, const Audience& audience, const Places& lists, const HiddenNames& hidden,
               const char* table, std::vector<Row>& rows) {
    Statement select(database, fmt::format("SELECT list_id, public_id, visibility, owner, reading FROM {} WHERE {} "
                                           "ORDER BY public_id",
                                           table, seen_by(audience)));
    while (select.step()) {
        Row row;
        row.list = lists[select.integer(0)];
        row.id = select.text(1);
        row.reading = read_as<decltype(row.reading)>(select.text(4));
        row.visibility = std::max(code_at<Visibility>(select, 2), hidden.floor_of(row.reading));
        if (!audience.may_see(row.visibility, select.text(3))) {
            continue;
        }
        if (row.visibility != Visibility::everyone) {
            row.owner = select.text(3);
        }
        if (audience.is_public() || audience.owners.front().owner != tie_owner_of(row.reading)) {
            row.reading.decided.by.reset(); // who told it, and how, is for the staff whose tie it is
            row.reading.decided.reason.clear();
        }
        rows.push_back(std::move(row));
    }
}

} // namespace

std::vector<HiddenName> hidden_names_in(Database& database) {
    constexpr int k_coordinator = 2;
    // From what is hidden, which is little, to what is called the same: never through a country's places by their
    // names.
    Statement select(database, R"(
        WITH hidden AS MATERIALIZED (SELECT site_id,
                    min(CASE visibility WHEN 'public' THEN 0 WHEN 'staff' THEN 1 ELSE 2 END) AS class
                FROM service GROUP BY site_id HAVING class > 0),
            place AS (SELECT site_id, name, public_name, coalesce(nullif(owner, ''), municipality) AS whose
                FROM stated_place),
            word AS MATERIALIZED (SELECT name AS word, whose, class FROM place JOIN hidden USING (site_id)
                UNION SELECT public_name, whose, class FROM place JOIN hidden USING (site_id)),
            named AS (SELECT site_id, name AS word, whose FROM place WHERE name IN (SELECT word FROM word)
                UNION SELECT site_id, public_name, whose FROM place WHERE public_name IN (SELECT word FROM word)),
            told AS MATERIALIZED (SELECT word, whose FROM named WHERE EXISTS
                (SELECT 1 FROM service v WHERE v.site_id = named.site_id AND v.visibility = 'public'))
        SELECT word, whose, min(class) FROM word
        WHERE word <> '' AND NOT EXISTS (SELECT 1 FROM told WHERE told.word = word.word AND told.whose = word.whose)
        GROUP BY word, whose)");
    std::vector<HiddenName> names;
    while (select.step()) {
        names.push_back({std::string(select.text(0)), std::string(select.text(1)),
                         select.integer(2) == k_coordinator ? Visibility::coordinator : Visibility::staff});
    }
    return names;
}

bool shows_rows_of(Database& database, const Audience& audience, ImportKind kind, std::int64_t list) {
    if (kind == ImportKind::helpers) {
        Statement own(database, "SELECT 1 FROM helper_count WHERE list_id = ? AND owner = ? LIMIT 1");
        return !audience.is_public() && own.bind(list, audience.owners.front().owner).step();
    }
    const auto has = [&](const char* table) {
        Statement seen(database,
                       fmt::format("SELECT 1 FROM {} WHERE list_id = ? AND {} LIMIT 1", table, seen_by(audience)));
        return seen.bind(list).step();
    };
    return has("relation") || has("forum");
}

void read_network(Database& database, State& state, const Places& lists) {
    Statement is_any(database, "SELECT 1 WHERE EXISTS (SELECT 1 FROM relation) OR EXISTS (SELECT 1 FROM forum)");
    if (is_any.step()) {
        const HiddenNames hidden(hidden_names_in(database));
        read_rows(database, state.audience, lists, hidden, "relation", state.relations);
        read_rows(database, state.audience, lists, hidden, "forum", state.forums);
    }
    if (state.audience.is_public()) {
        return;
    }
    Statement select(database, R"(SELECT list_id, reading FROM helper_count WHERE owner = ?
        ORDER BY organization, programme, layer, area, skill, row_id)");
    select.bind(state.audience.owners.front().owner);
    while (select.step()) {
        state.helper_counts.push_back({read_as<HelperCountReading>(select.text(1)), lists[select.integer(0)]});
    }
}

} // namespace shirube::directory
