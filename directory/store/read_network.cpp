#include "directory/store/read_network.hpp"

#include "directory/network/tie_visibility.hpp"

#include <fmt/format.h>

#include <string>

namespace shirube::directory {

namespace {

/// Of what is hidden, whose staff see it; what everybody sees is nobody's own.
template <class Row>
void read_rows(Database& database, const Audience& audience, const Places& lists, const char* table,
               std::vector<Row>& rows) {
    Statement select(database, fmt::format("SELECT list_id, public_id, visibility, owner, reading FROM {} WHERE {} "
                                           "ORDER BY public_id",
                                           table, seen_by(audience)));
    while (select.step()) {
        Row row;
        row.list = lists[select.integer(0)];
        row.id = select.text(1);
        row.visibility = code_at<Visibility>(select, 2);
        if (row.visibility != Visibility::everyone) {
            row.owner = select.text(3);
        }
        row.reading = read_as<decltype(row.reading)>(select.text(4));
        if (audience.is_public() || audience.owners.front().owner != tie_owner_of(row.reading)) {
            row.reading.decided.by.reset(); // who told it, and how, is for the staff whose tie it is
            row.reading.decided.reason.clear();
        }
        rows.push_back(std::move(row));
    }
}

} // namespace

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
    read_rows(database, state.audience, lists, "relation", state.relations);
    read_rows(database, state.audience, lists, "forum", state.forums);
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
