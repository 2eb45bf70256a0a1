// The truth on disk: one SpatiaLite file, behind a narrow seam {append a batch, read a state, history}. The server
// never queries it on the hot path; it reads a whole state into a snapshot.
#pragma once

#include "directory/batch.hpp"
#include "directory/district_book.hpp"
#include "directory/kept_document.hpp"
#include "directory/network/hidden_names.hpp"
#include "directory/state.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace shirube::directory {

/// The store could not do what was asked: a sentence a person can act on, and a stable code
/// (store_missing, store_foreign, store_newer, store_busy, store_full, store_damaged, store_failed).
class StoreError : public std::runtime_error {
  public:
    StoreError(std::string code, const std::string& sentence) : std::runtime_error(sentence), code_(std::move(code)) {}
    [[nodiscard]] const std::string& code() const noexcept { return code_; }

  private:
    std::string code_;
};

enum class OpenMode : std::uint8_t {
    read,           ///< must exist; never written
    write,          ///< must exist
    write_or_create ///< made where it does not exist
};

/// Whether an append is kept or rolled back after it was tried.
enum class Commit : std::uint8_t { keep, roll_back };

/// Told now and then how much of an append is done, of how much.
using AppendProgress = std::function<void(std::size_t done, std::size_t of)>;

struct ImportRecord {
    std::int64_t id = 0;
    ImportKind kind = ImportKind::resources;
    std::string at;        ///< UTC, ISO
    std::string files;     ///< JSON array
    std::string report;    ///< JSON
    std::string undone_at; ///< empty: in force
};

struct AppendResult {
    std::int64_t import_id = 0;
    EntityChanges entities;
    std::int64_t lost_corrections = 0; ///< corrections in force that do nothing now, see LostCorrection
};

/// A fault `check` found, as a sentence with the place.
struct Finding {
    std::string code;
    std::string sentence_ja;
    std::string sentence_en;
    bool is_error = false; ///< false: something to look at, e.g. an unlocated place
};

/// Two places that may be one and were not linked.
struct DoubtfulPlaces {
    struct Side {
        std::string id; ///< of the place, were it a site of its own
        std::string name;
        std::string address;
        std::string municipality;
        std::vector<std::string> lists;
    };
    Side a;
    Side b;
    double total = 0; ///< of what speaks for it, see directory/linking/score.hpp
    std::string reason_ja;
    std::string reason_en;
    std::string objection; ///< code
};

/// A correction in force, and where it is written.
struct WrittenCorrection {
    CorrectionReading correction;
    std::string list;
    std::string file;
    std::string sheet;
    std::int64_t row = 0;
};

/// A correction in force that does nothing now. It is kept, and does again once what it speaks of is back.
struct LostCorrection {
    enum class Why : std::uint8_t {
        target_missing, ///< no row in force states a place, or has a service, of the id
        contradicted    ///< another decision, another municipality, or one name and address stand against it
    };
    WrittenCorrection written;
    Why why = Why::target_missing;
    std::string id;       ///< that is missing
    std::string leads_to; ///< where the id leads now; empty: nowhere
};

/// One import that had a row of a service, and what it changed.
struct HistoryEntry {
    ImportKind kind = ImportKind::resources; ///< corrections: the row speaks of the service or site by its id
    std::int64_t import_id = 0;
    std::string at;        ///< UTC, ISO
    std::string undone_at; ///< empty: it stands
    std::string list;
    std::string as_of;
    std::string file;
    std::string sheet;
    std::int64_t row = 0;
    bool in_force = false;
    struct Change {
        std::string field;  ///< as the reading names it, e.g. services.0.phone
        std::string before; ///< JSON; empty: it had none
        std::string after;
    };
    std::vector<Change> changes; ///< since the row was listed before; empty for the first
    bool listed = true;          ///< false: the edition no longer has the row
    std::string reading;         ///< JSON, see text_of(); empty: not listed
    std::string reading_before;  ///< of the row when it was listed before; empty for the first
};

/// One municipality lets another's staff see what it keeps for its own.
struct Agreement {
    std::int64_t id = 0;
    std::string from; ///< 5-digit code: whose rows
    std::string to;   ///< whose staff may see them
    Visibility up_to = Visibility::staff;
    Day since{};
    std::optional<Day> until{}; ///< last day
    std::string said{};         ///< the document that says so
};

class Store {
  public:
    /// \throws StoreError
    static Store open(const std::filesystem::path& path, OpenMode mode);
    Store(Store&&) noexcept;
    Store& operator=(Store&&) noexcept;
    ~Store();

    /// Applies a batch in one transaction: rows, links, derived entities, history. The same batch again changes no
    /// entity. \throws StoreError, the store is then as it was.
    AppendResult append(const Batch& batch, Commit commit = Commit::keep, const AppendProgress& progress = {});

    /// Takes an import back, in any order, and derives again what it touched. \throws StoreError (import_unknown,
    /// import_undone where it is already)
    EntityChanges undo(std::int64_t import_id);

    [[nodiscard]] std::vector<ImportRecord> history() const;

    /// Everything an audience may have. What it may not have is not read.
    [[nodiscard]] State read_state(const Audience& audience) const;
    [[nodiscard]] State read_public_state() const { return read_state({}); }

    /// The audience that staff of a municipality are on a day, by the agreements in force.
    /// \param up_to staff or coordinator
    [[nodiscard]] Audience audience_of(const std::string& municipality, Visibility up_to, Day today) const;

    /// Agreements by which a municipality shares with another what it keeps for its staff, by number.
    [[nodiscard]] std::vector<Agreement> agreements() const;
    /// \returns its number \throws StoreError agreement_malformed
    std::int64_t add_agreement(const Agreement& agreement);
    /// The last day on which it holds. \throws StoreError agreement_unknown, agreement_ends_before where it begins
    /// later
    void end_agreement(std::int64_t id, Day last);

    /// What the staff of a municipality keep, by id, retired ones too.
    [[nodiscard]] std::vector<KeptDocument> kept_documents(DocumentKind kind, const std::string& municipality) const;
    /// \param first its `version` is 1 whatever it says, its `at` now where it is empty; the same again is the same one
    /// \returns its id \throws StoreError document_limit
    std::string add_document(DocumentKind kind, const std::string& municipality, DocumentVersion first);
    /// \param over the version that was changed. \returns the new one's number
    /// \throws StoreError document_unknown, document_limit, document_changed where there is a newer one already
    int add_document_version(const std::string& id, int over, DocumentVersion version);
    /// Which version everybody may have; none: none of them. \throws StoreError document_unknown
    void publish_document(const std::string& id, std::optional<int> version);
    /// A retired one is offered to nobody, nor public. \throws StoreError document_unknown
    void retire_document(const std::string& id, bool retired);

    /// The gazetteer in force, for locating.
    [[nodiscard]] std::vector<TownReading> read_gazetteer() const;

    /// The keys of the rows that the edition in force of a list has; empty where there is no such list.
    [[nodiscard]] std::set<std::string> keys_of(ImportKind kind, const std::string& list) const;

    /// The municipalities whose places, districts or figures a list in force has.
    [[nodiscard]] std::set<std::string> municipalities_of(ImportKind kind, const std::string& list) const;

    /// What the lists in force call places of which nothing is public, and who may see them. A name that a public place
    /// of the same municipality has as well is not among them.
    [[nodiscard]] std::vector<HiddenName> hidden_names() const;

    /// Every district in force, by layer and code.
    [[nodiscard]] std::vector<DistrictName> district_names() const;

    /// The queue of what a person should decide: the likeliest first.
    [[nodiscard]] std::vector<DoubtfulPlaces> doubtful_places() const;

    /// Corrections by hand in force, by list and row.
    [[nodiscard]] std::vector<WrittenCorrection> corrections() const;
    [[nodiscard]] std::vector<LostCorrection> lost_corrections() const;

    /// Name and address of the place that rows in force state under that public id, or at which they have the service
    /// of that id; empty where none does.
    [[nodiscard]] std::string stated_as(const std::string& public_id) const;

    /// Every import that spoke of the list a service or a site stands in, oldest first; empty for an unknown id.
    [[nodiscard]] std::vector<HistoryEntry> history_of(const std::string& public_id) const;

    /// Integrity, orphans, unlocated places.
    [[nodiscard]] std::vector<Finding> check() const;

    /// Changes whenever another process has written the store; cheap.
    [[nodiscard]] std::int64_t change_counter() const;

  private:
    struct Impl;
    explicit Store(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace shirube::directory
