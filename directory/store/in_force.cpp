#include "directory/store/in_force.hpp"

#include "directory/store/derive/resource_row.hpp"
#include "directory/store/list_facts.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace shirube::directory {

namespace {

using RowIds = std::vector<std::int64_t>; ///< ascending

RowIds rows_of(Database& database, std::int64_t import_id, std::int64_t list_id) {
    Statement select(database, "SELECT row_id FROM edition_row WHERE import_id = ? AND list_id = ? ORDER BY row_id");
    select.bind(import_id, list_id);
    RowIds rows;
    while (select.step()) {
        rows.push_back(select.integer(0));
    }
    return rows;
}

RowIds stale_rows_of(Database& database, std::int64_t list_id) {
    Statement select(database, "SELECT row_id FROM row_past WHERE list_id = ? AND state = 'stale' ORDER BY row_id");
    select.bind(list_id);
    RowIds rows;
    while (select.step()) {
        rows.push_back(select.integer(0));
    }
    return rows;
}

RowIds united(const RowIds& a, const RowIds& b) {
    RowIds rows;
    std::ranges::set_union(a, b, std::back_inserter(rows));
    return rows;
}

std::optional<std::int64_t> current_import(Database& database, std::int64_t list_id) {
    Statement select(database, "SELECT import_id FROM current_edition WHERE list_id = ?");
    select.bind(list_id);
    if (!select.step()) {
        return std::nullopt;
    }
    return select.integer(0);
}

/// Editions of a list that are not undone, oldest first.
std::vector<std::int64_t> standing_imports(Database& database, std::int64_t list_id) {
    Statement select(database, R"(SELECT import_id FROM list_edition JOIN import USING (import_id)
        WHERE list_id = ? AND undone_at IS NULL ORDER BY import_id)");
    select.bind(list_id);
    std::vector<std::int64_t> imports;
    while (select.step()) {
        imports.push_back(select.integer(0));
    }
    return imports;
}

std::string date_of(Database& database, std::int64_t import_id, std::int64_t list_id) {
    Statement select(database, "SELECT as_of FROM list_edition WHERE import_id = ? AND list_id = ?");
    select.bind(import_id, list_id);
    return select.step() ? std::string{select.text(0)} : std::string{};
}

void force(Database& database, std::int64_t list_id, std::optional<std::int64_t> import_id) {
    if (import_id) {
        Statement(database, "INSERT OR REPLACE INTO current_edition (list_id, import_id) VALUES (?, ?)")
            .bind(list_id, *import_id)
            .run();
    } else {
        Statement(database, "DELETE FROM current_edition WHERE list_id = ?").bind(list_id).run();
    }
}

/// Rows that earlier standing editions have and the one in force does not.
class PastRows {
  public:
    PastRows(Database& database, std::int64_t list_id, const std::vector<std::int64_t>& standing,
             const Taxonomy& taxonomy)
        : database_(database),
          list_id_(list_id),
          standing_(standing),
          taxonomy_(taxonomy),
          select_row_(database, "SELECT key, reading FROM source_row WHERE row_id = ?"),
          find_key_(database, R"(SELECT r.reading FROM source_row r JOIN edition_row m USING (row_id)
              WHERE r.list_id = ? AND r.key = ? AND m.import_id = ? AND m.list_id = ?)"),
          insert_(database, "INSERT INTO row_past (row_id, list_id, state, import_id) VALUES (?, ?, ?, ?)"),
          insert_hidden_(database, "INSERT OR IGNORE INTO hidden_row_past (row_id, list_id) VALUES (?, ?)") {
        for (const auto import_id : standing) {
            claims_.push_back(claims_of(database, import_id, list_id));
        }
    }

    static void forget(Database& database, std::int64_t list_id) {
        Statement(database, "DELETE FROM row_past WHERE list_id = ?").bind(list_id).run();
        Statement(database, "DELETE FROM hidden_row_past WHERE list_id = ?").bind(list_id).run();
    }

    /// Writes what became of them. \param current rows of the newest edition
    void write(const RowIds& current) {
        forget(database_, list_id_);
        for (std::size_t i = standing_.size() - 1; i-- > 0;) {
            RowIds missing;
            std::ranges::set_difference(rows_of(database_, standing_[i], list_id_), current,
                                        std::back_inserter(missing));
            std::vector<Key> keys;
            for (const auto row_id : missing) {
                if (auto key = judge(row_id, i)) {
                    keys.push_back(std::move(*key));
                }
            }
            for (auto& [key, is_public] : keys) { // afterwards: one edition may have several rows of a key
                (is_public ? seen_public_ : seen_hidden_).insert(std::move(key));
            }
        }
    }

  private:
    using Key = std::pair<std::string, bool>; ///< and whether the public sees the row

    /// Rows of a key that the edition in force has.
    struct Standing {
        bool of_public = false;
        bool hidden = false;
    };
    Standing standing_of(const std::string& key) {
        Standing standing;
        find_key_.bind(list_id_, key, standing_.back(), list_id_);
        while (find_key_.step()) {
            const auto reading = read_as<ResourceReading>(find_key_.text(0));
            (class_of(taxonomy_, reading) == Visibility::everyone ? standing.of_public : standing.hidden) = true;
        }
        return standing;
    }

    /// The row's key where this edition is the last that has it. Of one that was public and is hidden since, the public
    /// must learn what it learns of any that its list leaves out: that it is gone where the list speaks of absence.
    /// It is never shown for it.
    std::optional<Key> judge(std::int64_t row_id, std::size_t last_seen) {
        select_row_.bind(row_id);
        if (!select_row_.step()) {
            return std::nullopt;
        }
        std::string key{select_row_.text(0)};
        const auto reading = read_as<ResourceReading>(select_row_.text(1));
        const bool is_public = class_of(taxonomy_, reading) == Visibility::everyone;
        if (!is_public || !reading.site.public_name.empty()) {
            insert_hidden_.bind(row_id, list_id_).run();
        }
        if (seen_public_.contains(key) || (!is_public && seen_hidden_.contains(key))) {
            return std::nullopt;
        }
        const auto [stands_public, stands_hidden] = standing_of(key);
        if (stands_public || (!is_public && stands_hidden)) {
            return std::nullopt; // the row changed; it did not go
        }
        const bool is_hidden_since = is_public && (stands_hidden || seen_hidden_.contains(key));
        const auto gone_since = gone(reading, last_seen);
        if (gone_since || !is_hidden_since) {
            insert_.bind(row_id, list_id_, gone_since ? "gone" : "stale", gone_since.value_or(standing_[last_seen + 1]))
                .run();
        }
        return Key{std::move(key), is_public};
    }

    /// The first edition since that speaks of the absence of all the row's services. Of a row that some may see in part
    /// that part decides: whether it is gone must not tell of the rest.
    std::optional<std::int64_t> gone(const ResourceReading& reading, std::size_t last_seen) const {
        const Visibility of_row = class_of(taxonomy_, reading);
        for (std::size_t i = last_seen + 1; i < standing_.size(); ++i) {
            const bool speaks = std::ranges::all_of(reading.services, [&](const ServiceReading& service) {
                return visibility_by(taxonomy_, service) != of_row ||
                       speaks_of_absence(claims_[i], taxonomy_, service.programme, reading.site.municipality);
            });
            if (speaks) {
                return standing_[i];
            }
        }
        return std::nullopt;
    }

    Database& database_;
    std::int64_t list_id_;
    const std::vector<std::int64_t>& standing_;
    const Taxonomy& taxonomy_;
    Statement select_row_;
    Statement find_key_;
    Statement insert_;
    Statement insert_hidden_;
    std::vector<std::vector<Claim>> claims_;
    std::set<std::string> seen_public_;
    std::set<std::string> seen_hidden_;
};

} // namespace

RowChanges put_in_force(Database& database, std::int64_t list_id, ImportKind kind, const Taxonomy& taxonomy) {
    RowChanges changes;
    changes.list_id = list_id;
    changes.kind = kind;
    const auto before = current_import(database, list_id);
    const auto standing = standing_imports(database, list_id);
    const auto after = standing.empty() ? std::nullopt : std::optional(standing.back());
    changes.stale_before = stale_rows_of(database, list_id);
    const auto old_rows = united(before ? rows_of(database, *before, list_id) : RowIds{}, changes.stale_before);
    const auto current = after ? rows_of(database, *after, list_id) : RowIds{};
    if (kind == ImportKind::resources) {
        if (standing.size() > 1) {
            PastRows(database, list_id, standing, taxonomy).write(current);
        } else {
            PastRows::forget(database, list_id);
        }
        changes.stale_now = stale_rows_of(database, list_id);
    }
    const auto new_rows = united(current, changes.stale_now);
    RowIds restated; // was stale and is listed again, or the other way round
    std::ranges::set_symmetric_difference(changes.stale_before, changes.stale_now, std::back_inserter(restated));
    const auto left_or_restated = [&](const RowIds& from, const RowIds& to) {
        RowIds rows;
        std::ranges::set_difference(from, to, std::back_inserter(rows));
        RowIds also;
        std::ranges::set_intersection(from, restated, std::back_inserter(also));
        return united(rows, also);
    };
    changes.left = left_or_restated(old_rows, new_rows);
    changes.came = left_or_restated(new_rows, old_rows);
    changes.redated = before && after &&
                      (date_of(database, *before, list_id) != date_of(database, *after, list_id) ||
                       claims_of(database, *before, list_id) != claims_of(database, *after, list_id));
    force(database, list_id, after);
    return changes;
}

RowChanges all_in_force(Database& database, std::int64_t list_id, ImportKind kind) {
    RowChanges changes;
    changes.list_id = list_id;
    changes.kind = kind;
    changes.stale_before = changes.stale_now = stale_rows_of(database, list_id);
    const auto current = current_import(database, list_id);
    changes.left = united(current ? rows_of(database, *current, list_id) : RowIds{}, changes.stale_now);
    changes.came = changes.left;
    return changes;
}

} // namespace shirube::directory
