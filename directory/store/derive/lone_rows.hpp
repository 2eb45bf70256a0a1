// Kinds whose rows stand alone: one row is one record, and what it says depends on no other row.
#pragma once

#include "directory/store/derive/derived_kind.hpp"

#include <string>
#include <string_view>

namespace shirube::directory {

class LoneRows : public DerivedKind {
  public:
    /// \param table of the records; it has row_id and list_id, and what else hangs on a record goes with it
    LoneRows(DerivationContext& context, std::string_view table);

    void leave(const SourceRow& row) override;
    void come(const SourceRow& row) final;
    std::int64_t entities_of(std::int64_t list_id) final;

  protected:
    /// Writes the row's record.
    virtual void write(const SourceRow& row) = 0;

  private:
    DerivationContext& context_;
    Statement delete_;
    Statement count_;
};

} // namespace shirube::directory
