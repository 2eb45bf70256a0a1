#include "directory/store/read_network.hpp"

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
        rows.push_back(std::move(row));
    }
}

} // namespace

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
