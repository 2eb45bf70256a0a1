// What one kind of rows does to the derived tables: one file a kind. The Derivation hands it the rows that left and
// came; nothing else of a kind stands elsewhere than in its file.
#pragma once

#include "directory/store/derive/derivation_context.hpp"
#include "directory/store/derive/source_row.hpp"

#include <cstdint>
#include <memory>

namespace shirube::directory {

class DerivedKind {
  public:
    DerivedKind() = default;
    DerivedKind(const DerivedKind&) = delete;
    DerivedKind& operator=(const DerivedKind&) = delete;
    virtual ~DerivedKind() = default;

    /// The row was in force and is no longer.
    virtual void leave(const SourceRow& row) = 0;
    /// The row is in force and was not.
    virtual void come(const SourceRow& row) = 0;
    /// The list's date changed, and with it which list is believed, also where its rows stayed.
    virtual void redated(std::int64_t /*list_id*/) {}
    /// What several rows make together, derived after all rows of all lists of the import have left and come.
    virtual void finish() {}
    /// How many counted entities rest on the list now; asked after finish().
    virtual std::int64_t entities_of(std::int64_t list_id) = 0;
};

// One a kind of import.
std::unique_ptr<DerivedKind> derive_resources(DerivationContext& context);
std::unique_ptr<DerivedKind> derive_districts(DerivationContext& context);
std::unique_ptr<DerivedKind> derive_population(DerivationContext& context);
std::unique_ptr<DerivedKind> derive_gazetteer(DerivationContext& context);
std::unique_ptr<DerivedKind> derive_needs(DerivationContext& context);
std::unique_ptr<DerivedKind> derive_holidays(DerivationContext& context);
std::unique_ptr<DerivedKind> derive_landmarks(DerivationContext& context);
std::unique_ptr<DerivedKind> derive_relations(DerivationContext& context);
std::unique_ptr<DerivedKind> derive_helpers(DerivationContext& context);
std::unique_ptr<DerivedKind> derive_corrections(DerivationContext& context);

} // namespace shirube::directory
