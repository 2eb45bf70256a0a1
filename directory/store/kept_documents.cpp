// Documents that staff write: added to, version by version.
#include "directory/audience.hpp"
#include "directory/kept_document.hpp"
#include "directory/store/connection.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace shirube::directory {

namespace {

// All that a municipality keeps is read with every edition of its own.
constexpr std::int64_t k_most_documents = 200;
constexpr int k_most_versions = 1000;

[[noreturn]] void refuse_unknown(const std::string& id) {
    throw StoreError("document_unknown", fmt::format("There is no document {} here. / 文書 {} はありません。", id, id));
}

[[noreturn]] void refuse_more(std::string_view english, std::string_view japanese) {
    throw StoreError("document_limit", fmt::format("{} / {}", english, japanese));
}

int newest_version(Database& database, const std::string& id) {
    Statement select(database, "SELECT coalesce(max(version), 0) FROM kept_document_version WHERE document_id = ?");
    select.bind(id);
    return select.step() ? static_cast<int>(select.integer(0)) : 0;
}

void add_version(Database& database, const std::string& id, const DocumentVersion& version) {
    Statement(database, "INSERT INTO kept_document_version VALUES (?, ?, ?, ?, ?)")
        .bind(id, version.version, version.body, version.at.empty() ? utc_now() : version.at, version.by)
        .run();
}

} // namespace

std::string_view code_of(DocumentKind kind) noexcept {
    switch (kind) {
        case DocumentKind::policy:
            return "policy";
        case DocumentKind::match_rules:
            return "match_rules";
    }
    return "";
}

const DocumentVersion* KeptDocument::find_version(int version) const noexcept {
    const auto found = std::ranges::find(versions, version, &DocumentVersion::version);
    return found == versions.end() ? nullptr : &*found;
}

std::vector<KeptDocument> Store::kept_documents(DocumentKind kind, const std::string& municipality) const {
    Statement select(impl_->database, R"(
        SELECT d.document_id, d.public_version, d.retired_at IS NOT NULL, v.version, v.body, v.kept_at, v.kept_by
        FROM kept_document d JOIN kept_document_version v USING (document_id)
        WHERE d.kind = ? AND d.municipality = ? ORDER BY d.document_id, v.version DESC)");
    select.bind(code_of(kind), owner_of(municipality));
    std::vector<KeptDocument> documents;
    while (select.step()) {
        if (documents.empty() || documents.back().id != select.text(0)) {
            KeptDocument& document = documents.emplace_back();
            document.id = select.text(0);
            document.kind = kind;
            document.municipality = municipality;
            if (const auto version = select.maybe_integer(1)) {
                document.public_version = static_cast<int>(*version);
            }
            document.retired = select.integer(2) != 0;
        }
        documents.back().versions.push_back({static_cast<int>(select.integer(3)), std::string{select.text(4)},
                                             std::string{select.text(5)}, std::string{select.text(6)}});
    }
    return documents;
}

std::string Store::add_document(DocumentKind kind, const std::string& municipality, DocumentVersion first) {
    Database& database = impl_->database;
    Transaction transaction(database);
    if (first.at.empty()) {
        first.at = utc_now();
    }
    first.version = 1;
    const std::string owner = owner_of(municipality);
    Statement kept(database,
                   "SELECT count(*) FROM kept_document WHERE kind = ? AND municipality = ? AND retired_at IS NULL");
    if (kept.bind(code_of(kind), owner).step() && kept.integer(0) >= k_most_documents) {
        refuse_more("Too many are kept already: retire one that nobody uses.",
                    "これ以上は保存できません。使っていないものを「使わない」にしてください。");
    }
    // By what it is and not by a number that counts up: a number would tell how many there are that nobody may see.
    // Sent twice within a second, it is one.
    const auto id = owner + "-" + mint_id(impl_->secret, "document", {code_of(kind), owner, first.body, first.at});
    Statement(database, "INSERT OR IGNORE INTO kept_document (document_id, kind, municipality) VALUES (?, ?, ?)")
        .bind(id, code_of(kind), owner)
        .run();
    if (database.changes() > 0) {
        add_version(database, id, first);
        transaction.commit();
    }
    return id;
}

int Store::add_document_version(const std::string& id, int over, DocumentVersion version) {
    Database& database = impl_->database;
    Transaction transaction(database);
    const int newest = newest_version(database, id);
    if (newest == 0) {
        refuse_unknown(id);
    }
    if (newest != over) {
        throw StoreError("document_changed",
                         fmt::format("Somebody has kept version {} meanwhile. Open it and make the change there. / "
                                     "ほかの人が第{}版を保存しました。開き直して、直してください。",
                                     newest, newest));
    }
    if (newest >= k_most_versions) {
        refuse_more("This one has too many versions: copy it and go on with the copy.",
                    "版が多くなりすぎました。写しを作って続けてください。");
    }
    version.version = newest + 1;
    add_version(database, id, version);
    transaction.commit();
    return version.version;
}

void Store::publish_document(const std::string& id, std::optional<int> version) {
    Database& database = impl_->database;
    Transaction transaction(database);
    if (version) {
        Statement there(database, "SELECT 1 FROM kept_document_version WHERE document_id = ? AND version = ?");
        if (!there.bind(id, *version).step()) {
            refuse_unknown(id);
        }
    }
    const auto number = version ? std::optional(std::int64_t{*version}) : std::nullopt;
    Statement(database, "UPDATE kept_document SET public_version = ? WHERE document_id = ?").bind(number, id).run();
    if (database.changes() == 0) {
        refuse_unknown(id);
    }
    transaction.commit();
}

void Store::retire_document(const std::string& id, bool retired) {
    Database& database = impl_->database;
    Transaction transaction(database);
    const auto at = retired ? std::optional(utc_now()) : std::nullopt;
    Statement(database,
              "UPDATE kept_document SET retired_at = ?1, public_version = CASE WHEN ?1 IS NULL THEN public_version END "
              "WHERE document_id = ?2")
        .bind(at, id)
        .run();
    if (database.changes() == 0) {
        refuse_unknown(id);
    }
    transaction.commit();
}

} // namespace shirube::directory
