// Figures of need: one row, one figure.
#include "directory/store/derive/lone_rows.hpp"

#include <optional>

namespace shirube::directory {

namespace {

std::optional<std::string> text_of(const std::optional<Day>& day) {
    return day ? std::optional(to_string(*day)) : std::nullopt;
}

class NeedsKind final : public LoneRows {
  public:
    explicit NeedsKind(DerivationContext& context)
        : LoneRows(context, "need"),
          insert_(context.database(), "INSERT INTO need VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)") {}

  private:
    void write(const SourceRow& row) override {
        const auto need = reading_of<NeedReading>(row);
        const auto from = text_of(need.from);
        const auto to = text_of(need.to);
        insert_
            .bind(row.row_id, row.list_id, need.indicator, code_of(need.unit), need.layer, need.code, need.name,
                  need.municipality, from, to, need.value, static_cast<int>(need.suppressed), need.source, need.note)
            .run();
    }

    Statement insert_;
};

} // namespace

std::unique_ptr<DerivedKind> derive_needs(DerivationContext& context) { return std::make_unique<NeedsKind>(context); }

} // namespace shirube::directory
