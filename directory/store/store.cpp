#include "directory/store.hpp"

#include "directory/store/connection.hpp"
#include "directory/store/derive.hpp"
#include "directory/store/in_force.hpp"
#include "directory/store/schema.hpp"
#include "directory/store/wkb.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <future>
#include <iterator>
#include <span>

namespace shirube::directory {

namespace {

std::int64_t list_id_of(Database& database, const Batch& batch, const BatchList& list) {
    const std::string& layer = list.layer.empty() ? batch.layer : list.layer;
    Statement(database, "INSERT OR IGNORE INTO list (kind, name, layer) VALUES (?, ?, ?)")
        .bind(code_of(batch.kind), list.name, layer)
        .run();
    Statement select(database, "SELECT list_id, layer FROM list WHERE kind = ? AND name = ?");
    select.bind(code_of(batch.kind), list.name);
    if (!select.step()) {
        throw StoreError("store_failed", "A list could not be written.");
    }
    if (select.text(1) != layer) {
        throw StoreError("list_other_layer",
                         fmt::format("The list {} belongs to layer {} already. Name another list with --list. / "
                                     "台帳「{}」は区域 {} のものです。--list で別の名前を付けてください。",
                                     list.name, select.text(1), list.name, select.text(1)));
    }
    return select.integer(0);
}

void write_edition(Database& database, std::int64_t import_id, std::int64_t list_id, const BatchList& list) {
    Statement(database, "INSERT INTO list_edition VALUES (?, ?, ?, ?, ?, ?, ?)")
        .bind(import_id, list_id, list.profile, list.publisher, list.source, list.licence, list.as_of)
        .run();
    Statement header(database, "INSERT OR IGNORE INTO source_header VALUES (?, ?, ?, ?, ?)");
    for (const auto& of : list.headers) {
        header.bind(import_id, list_id, of.file, of.sheet, of.columns).run();
    }
    // A programme claimed complete once is complete, whatever else a sloppy command line repeats.
    Statement claim(database, R"(INSERT INTO claim VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET complete = max(complete, excluded.complete))");
    for (const auto& stated : list.claims) {
        claim.bind(import_id, list_id, stated.programme, stated.municipality, static_cast<int>(stated.complete)).run();
    }
}

/// A row as its columns take it.
struct WrittenRow {
    std::string reading;
    std::vector<std::uint8_t> wkb; ///< empty: no geometry
    std::array<std::uint8_t, 16> digest{};
};

std::vector<WrittenRow> written(std::span<const BatchRow> rows) {
    std::vector<WrittenRow> all;
    all.reserve(rows.size());
    for (const auto& row : rows) {
        WrittenRow& one = all.emplace_back();
        one.reading = text_of(row.reading);
        const auto* district = std::get_if<DistrictReading>(&row.reading);
        if (district != nullptr && !district->geometry.empty()) {
            one.wkb = to_wkb(district->geometry);
        }
        one.digest =
            digest_of({row.cells, one.reading, {reinterpret_cast<const char*>(one.wkb.data()), one.wkb.size()}});
    }
    return all;
}

/// \returns what each row says
RowReadings write_rows(Database& database, std::int64_t import_id, std::int64_t list_id, const BatchList& list,
                       const RowTick& tick) {
    Statement insert(database,
                     "INSERT OR IGNORE INTO source_row (list_id, key, digest, cells, reading) VALUES (?, ?, ?, ?, ?)");
    Statement select(database, "SELECT row_id FROM source_row WHERE list_id = ? AND key = ? AND digest = ?");
    Statement geometry(database,
                       "INSERT INTO source_geometry (row_id, geom) VALUES (?, CastToMulti(GeomFromWKB(?, 4326)))");
    Statement member(database, "INSERT INTO edition_row VALUES (?, ?, ?, ?, ?, ?, ?)");
    RowReadings readings;
    readings.reserve(list.rows.size());
    const auto write = [&](const BatchRow& row, const WrittenRow& as) {
        const std::span<const std::uint8_t> digest_bytes(as.digest);
        insert.bind(list_id, row.key, digest_bytes, row.cells, as.reading).run();
        const bool is_new = database.changes() > 0;
        auto row_id = database.last_insert_id();
        if (!is_new) {
            select.bind(list_id, row.key, digest_bytes);
            if (!select.step()) {
                throw StoreError("store_failed", "A row could not be written.");
            }
            row_id = select.integer(0);
        }
        if (is_new && !as.wkb.empty()) {
            geometry.bind(row_id, std::span<const std::uint8_t>(as.wkb)).run();
        }
        member.bind(import_id, list_id, row_id, row.file, row.sheet, row.row, static_cast<int>(row.flagged)).run();
        readings.emplace_back(row_id, &row.reading);
    };
    // A second thread writes out the next rows while this one stores those before.
    constexpr std::size_t k_at_once = 512;
    const std::span rows(list.rows);
    const auto ahead = [&](std::size_t from) {
        const auto next = rows.subspan(from, std::min(k_at_once, rows.size() - from));
        return std::async(std::launch::async, [next] { return written(next); });
    };
    auto coming = ahead(0);
    for (std::size_t from = 0; from < rows.size(); from += k_at_once) {
        const auto texts = coming.get();
        coming = ahead(std::min(from + k_at_once, rows.size()));
        for (std::size_t i = 0; i < texts.size(); ++i) {
            write(rows[from + i], texts[i]);
        }
        tick(texts.size());
    }
    std::ranges::sort(readings, {}, &RowReadings::value_type::first);
    return readings;
}

} // namespace

std::string utc_now() {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(now)));
}

std::string_view code_of(ImportKind kind) noexcept {
    switch (kind) {
        case ImportKind::districts:
            return "districts";
        case ImportKind::resources:
            return "resources";
        case ImportKind::population:
            return "population";
        case ImportKind::gazetteer:
            return "gazetteer";
        case ImportKind::needs:
            return "needs";
        case ImportKind::holidays:
            return "holidays";
        case ImportKind::corrections:
            return "corrections";
        case ImportKind::landmarks:
            return "landmarks";
        case ImportKind::relations:
            return "relations";
        case ImportKind::helpers:
            return "helpers";
    }
    return "";
}

std::optional<ImportKind> parse_import_kind(std::string_view text) noexcept {
    for (const auto kind : {ImportKind::districts, ImportKind::resources, ImportKind::population, ImportKind::gazetteer,
                            ImportKind::needs, ImportKind::holidays, ImportKind::corrections, ImportKind::landmarks,
                            ImportKind::relations, ImportKind::helpers}) {
        if (code_of(kind) == text) {
            return kind;
        }
    }
    return std::nullopt;
}

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Store Store::open(const std::filesystem::path& path, OpenMode mode) {
    if (path.empty()) {
        throw StoreError(
            "store_missing",
            "No store is named: give --store a file. / 台帳の名前がありません。--store にファイルを書いてください。");
    }
    std::error_code ignored;
    const bool there = std::filesystem::exists(path, ignored);
    if (!there && mode != OpenMode::write_or_create) {
        throw StoreError("store_missing",
                         fmt::format("{}: there is no such store. Make one with `shirube import … --store {}`. / "
                                     "台帳がありません。`shirube import … --store {}` で作れます。",
                                     path.string(), path.string(), path.string()));
    }
    if (there && !std::filesystem::is_regular_file(path, ignored)) {
        throw StoreError("store_foreign", fmt::format("{}: this is not a file. Name a file with --store. / "
                                                      "ファイルではありません。--store でファイルを指定してください。",
                                                      path.string()));
    }
    auto impl = std::make_unique<Impl>(path, mode);
    return Store(std::move(impl));
}

Store::Impl::Impl(const std::filesystem::path& path, OpenMode mode)
    : database(path, mode == OpenMode::read    ? Database::Mode::read_only
                     : mode == OpenMode::write ? Database::Mode::read_write
                                               : Database::Mode::create) {
    if (mode == OpenMode::read) {
        require_current_schema(database);
        return;
    }
    migrate(database);
    database.run("PRAGMA foreign_keys = ON");
    database.run("PRAGMA synchronous = NORMAL");
    // SQLite's two megabytes would be written out and read again many times within one large import.
    database.run("PRAGMA cache_size = -180000");
    Statement select(database, "SELECT value FROM store_secret WHERE name = 'identity'");
    if (!select.step() || select.blob(0).size() != secret.size()) {
        throw StoreError("store_damaged",
                         "The store has lost its secret; restore it from a backup. / "
                         "台帳の鍵が失われています。控えから戻してください。");
    }
    std::ranges::copy(select.blob(0), secret.begin());
    derive_what_older_forms_lack();
}

/// A store of a form that knew neither links nor rows that are merely left out, or gave hidden rows other places: its
/// resources are derived anew, once.
void Store::Impl::derive_what_older_forms_lack() {
    Statement lacking(database, R"(SELECT 1 WHERE EXISTS (SELECT 1 FROM service)
        AND NOT EXISTS (SELECT 1 FROM stated_place))");
    if (!lacking.step()) {
        return;
    }
    Transaction transaction(database);
    Derivation derivation(database, Taxonomy::shipped(), secret);
    std::vector<std::int64_t> lists;
    Statement select(database, "SELECT list_id FROM list WHERE kind = 'resources' ORDER BY list_id");
    while (select.step()) {
        lists.push_back(select.integer(0));
    }
    for (const auto list_id : lists) {
        put_in_force(database, list_id, ImportKind::resources, Taxonomy::shipped());
        derivation.apply(all_in_force(database, list_id, ImportKind::resources));
    }
    derivation.finish();
    Statement(database, "DELETE FROM site WHERE site_id NOT IN (SELECT site_id FROM service)").run();
    transaction.commit();
}

AppendResult Store::append(const Batch& batch, Commit commit, const AppendProgress& progress) {
    Database& database = impl_->database;
    Transaction transaction(database);
    Statement(database, "INSERT INTO import (kind, layer, at, files, report) VALUES (?, ?, ?, ?, ?)")
        .bind(code_of(batch.kind), batch.layer, utc_now(), batch.files, batch.report)
        .run();
    AppendResult result;
    result.import_id = database.last_insert_id();

    Derivation derivation(database, Taxonomy::shipped(), impl_->secret);
    // Every row is written once and derived once; what rows make together takes about as long as a quarter of that.
    std::size_t done = 0;
    std::size_t rows_of_batch = 0;
    for (const auto& list : batch.lists) {
        rows_of_batch += list.rows.size();
    }
    const std::size_t together = rows_of_batch / 2;
    const std::size_t of = 2 * rows_of_batch + together;
    const auto tick = [&](std::size_t rows) {
        done = std::min(done + rows, 2 * rows_of_batch);
        if (progress) {
            progress(done, of);
        }
    };
    for (const auto& list : batch.lists) {
        const auto list_id = list_id_of(database, batch, list);
        write_edition(database, result.import_id, list_id, list);
        const auto readings = write_rows(database, result.import_id, list_id, list, tick);
        derivation.apply(put_in_force(database, list_id, batch.kind, Taxonomy::shipped()), readings, tick);
    }
    result.entities = derivation.finish([&](double share) {
        if (progress) {
            progress(2 * rows_of_batch + static_cast<std::size_t>(share * static_cast<double>(together)), of);
        }
    });
    result.lost_corrections = static_cast<std::int64_t>(lost_corrections().size());
    if (commit == Commit::keep) {
        transaction.commit();
    }
    return result;
}

EntityChanges Store::undo(std::int64_t import_id) {
    Database& database = impl_->database;
    Transaction transaction(database);
    Statement found(database, "SELECT kind, undone_at FROM import WHERE import_id = ?");
    found.bind(import_id);
    if (!found.step()) {
        throw StoreError("import_unknown", fmt::format("There is no import {}. `shirube imports` lists them. / "
                                                       "取り込み {} はありません。`shirube imports` で一覧できます。",
                                                       import_id, import_id));
    }
    if (!found.is_null(1)) {
        throw StoreError("import_undone",
                         fmt::format("Import {} was undone already, at {}. / 取り込み {} はすでに取り消されています。",
                                     import_id, found.text(1), import_id));
    }
    const auto kind = parse_import_kind(found.text(0)).value_or(ImportKind::resources);
    Statement(database, "UPDATE import SET undone_at = ? WHERE import_id = ?").bind(utc_now(), import_id).run();

    Statement lists(database, "SELECT list_id FROM list_edition WHERE import_id = ?");
    lists.bind(import_id);
    Derivation derivation(database, Taxonomy::shipped(), impl_->secret);
    while (lists.step()) {
        derivation.apply(put_in_force(database, lists.integer(0), kind, Taxonomy::shipped()));
    }
    const auto changes = derivation.finish();
    transaction.commit();
    return changes;
}

std::vector<ImportRecord> Store::history() const {
    Statement select(impl_->database,
                     "SELECT import_id, kind, at, files, report, undone_at FROM import ORDER BY import_id");
    std::vector<ImportRecord> records;
    while (select.step()) {
        records.push_back({select.integer(0), parse_import_kind(select.text(1)).value_or(ImportKind::resources),
                           std::string{select.text(2)}, std::string{select.text(3)}, std::string{select.text(4)},
                           std::string{select.text(5)}});
    }
    return records;
}

std::int64_t Store::change_counter() const {
    Statement select(impl_->database, "PRAGMA data_version");
    return select.step() ? select.integer(0) : 0;
}

} // namespace shirube::directory
