#include "directory/store/lists_of_owner.hpp"

#include "directory/audience.hpp"
#include "directory/network/tie_visibility.hpp"
#include "directory/reading.hpp"
#include "directory/store/sqlite.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <variant>

namespace shirube::directory {

namespace {

using nlohmann::json;

std::string text_of(const json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

/// Whose a list is by where its places lie, or whose its ties are; what nobody's is known to be does not count.
class Shares {
  public:
    explicit Shares(std::string owner) : owner_(std::move(owner)) {}

    void add(std::string_view of, std::int64_t rows) {
        all_ += of.empty() ? 0 : rows;
        own_ += of == owner_ ? rows : 0;
    }
    [[nodiscard]] bool are_mostly_own() const noexcept { return own_ * 4 > all_ * 3; }

  private:
    std::string owner_;
    std::int64_t own_ = 0;
    std::int64_t all_ = 0;
};

bool lies_mostly_with(Statement& places, std::int64_t list_id, const std::string& owner) {
    places.bind(list_id);
    Shares shares(owner);
    while (places.step()) {
        const bool is_hidden_by_another = places.integer(2) != 0 && places.text(3) != owner;
        if (is_hidden_by_another) {
            return false;
        }
        const auto municipality = places.text(0);
        shares.add(municipality.empty() ? std::string{} : owner_of(municipality), places.integer(1));
    }
    return shares.are_mostly_own();
}

template <class Tie>
bool add_tie(const Tie& tie, const std::string& owner, Shares& shares) {
    const std::string of = tie_owner_of(tie);
    shares.add(of, 1);
    return visibility_of(tie) == Visibility::everyone || of == owner;
}

/// \param rows readings of a list
bool ties_mostly_with(Statement& rows, std::int64_t list_id, const std::string& owner) {
    rows.bind(list_id);
    Shares shares(owner);
    while (rows.step()) {
        const bool is_meeting = json::parse(rows.text(0)).contains("members");
        const bool may_be_told = is_meeting ? add_tie(read_as<ForumReading>(rows.text(0)), owner, shares)
                                            : add_tie(read_as<RelationReading>(rows.text(0)), owner, shares);
        if (!may_be_told) {
            return false;
        }
    }
    return shares.are_mostly_own();
}

/// A row's name in SQL: see name_of_row().
constexpr std::string_view k_name = R"(coalesce(json_extract(r.reading, '$.site.official_name'),
            CASE WHEN json_extract(r.reading, '$.from') IS NOT NULL
                THEN coalesce(json_extract(r.reading, '$.from.name'), '') || ' → ' || coalesce(json_extract(r.reading, '$.to.name'), '')
            END,
            json_extract(r.reading, '$.name'), ''))";

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

std::string name_of_row(const Reading& reading) {
    if (const auto* resource = std::get_if<ResourceReading>(&reading)) {
        return resource->site.official_name;
    }
    if (const auto* tie = std::get_if<RelationReading>(&reading)) {
        return tie->from.name + " → " + tie->to.name;
    }
    const auto* forum = std::get_if<ForumReading>(&reading);
    return forum == nullptr ? std::string{} : forum->name;
}

std::vector<StandingList> lists_of_owner(const std::filesystem::path& store, ImportKind kind,
                                         const std::string& owner) {
    Database database(store, Database::Mode::read_only);
    Statement places(database, R"(SELECT municipality, count(*), is_public = 0, CASE is_public WHEN 0 THEN owner END
        FROM stated_place WHERE list_id = ? GROUP BY 1, 3, 4)");
    Statement ties(database, R"(SELECT r.reading FROM current_edition c
            JOIN edition_row m ON m.import_id = c.import_id AND m.list_id = c.list_id JOIN source_row r USING (row_id)
        WHERE c.list_id = ?)");
    Statement select(database, R"(SELECT l.list_id, l.name, e.profile, e.publisher, e.source, e.licence, e.as_of,
            c.import_id,
            (SELECT count(*) FROM edition_row m WHERE m.import_id = c.import_id AND m.list_id = c.list_id),
            EXISTS (SELECT 1 FROM claim k WHERE k.import_id = c.import_id AND k.list_id = c.list_id AND k.complete = 1),
            coalesce((SELECT min(m.file) FROM edition_row m WHERE m.import_id = c.import_id AND m.list_id = c.list_id), '')
        FROM list l JOIN current_edition c USING (list_id)
            JOIN list_edition e ON e.import_id = c.import_id AND e.list_id = c.list_id
        WHERE l.kind = ? ORDER BY l.name)");
    select.bind(code_of(kind));
    std::vector<StandingList> lists;
    while (select.step()) {
        const auto list_id = select.integer(0);
        if (kind == ImportKind::relations ? ties_mostly_with(ties, list_id, owner)
                                          : lies_mostly_with(places, list_id, owner)) {
            lists.push_back({.name = std::string(select.text(1)),
                             .profile = std::string(select.text(2)),
                             .publisher = std::string(select.text(3)),
                             .source = std::string(select.text(4)),
                             .licence = std::string(select.text(5)),
                             .as_of = std::string(select.text(6)),
                             .file = std::string(select.text(10)),
                             .complete = select.integer(9) != 0,
                             .import_id = select.integer(7),
                             .rows = select.integer(8)});
        }
    }
    return lists;
}

std::vector<StandingRow> rows_of_list(const std::filesystem::path& store, ImportKind kind, const std::string& list) {
    Database database(store, Database::Mode::read_only);
    Statement select(database, fmt::format(R"(SELECT r.key, {}, coalesce(h.columns, ''), r.cells
        FROM list l JOIN current_edition c USING (list_id)
            JOIN edition_row m ON m.import_id = c.import_id AND m.list_id = c.list_id JOIN source_row r USING (row_id)
            LEFT JOIN source_header h ON h.import_id = m.import_id AND h.list_id = m.list_id AND h.file = m.file
                AND h.sheet = m.sheet
        WHERE l.kind = ? AND l.name = ? ORDER BY m.file, m.sheet, m.row_number, r.key)",
                                           k_name));
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
