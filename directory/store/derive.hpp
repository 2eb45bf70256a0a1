// From rows in force to derived entities. Works on what changed: rows that left and rows that came. What a kind of rows
// makes stands in its file of derive/.
#pragma once

#include "directory/batch.hpp"
#include "directory/store/derive/derived_kind.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <utility>
#include <vector>

namespace shirube::directory {

/// How the rows in force of one list differ from before.
struct RowChanges {
    std::int64_t list_id = 0;
    ImportKind kind = ImportKind::resources;
    std::vector<std::int64_t> left;
    std::vector<std::int64_t> came;
    std::vector<std::int64_t> stale_before; ///< rows in force that the edition in force leaves out; ascending
    std::vector<std::int64_t> stale_now;
    /// The list's date or claims changed, and with them which list is believed, also where its rows stayed.
    bool redated = false;
};

/// Readings of rows by the store's number of the row, ascending.
using RowReadings = std::vector<std::pair<std::int64_t, const Reading*>>;

/// Told of rows that are done, some at a time.
using RowTick = std::function<void(std::size_t rows)>;

/// Derives inside one transaction of the caller.
class Derivation {
  public:
    Derivation(Database& database, const Taxonomy& taxonomy, const StoreSecret& secret);

    /// Applies one list's changes. Call finish() after all of them. `read`: readings that need not be read again.
    void apply(const RowChanges& changes, const RowReadings& read = {}, const RowTick& tick = {});

    /// What several rows make together, and the count of what changed. Call once. \param told how much is done, 0 to 1
    EntityChanges finish(std::function<void(double share)> told = {});

  private:
    DerivedKind& kind_of(ImportKind kind);
    SourceRow row_of(std::int64_t row_id, const std::vector<std::int64_t>& stale);

    DerivationContext context_;
    std::map<ImportKind, std::unique_ptr<DerivedKind>> kinds_; ///< those of this import
    std::vector<std::pair<std::int64_t, ImportKind>> applied_; ///< lists
};

} // namespace shirube::directory
