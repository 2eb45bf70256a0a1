// Figures of need: one row, one figure.
#include "directory/store/derive/derived_kind.hpp"

#include <nlohmann/json.hpp>

#include <optional>

namespace shirube::directory {

namespace {

std::optional<std::string> text_of(const std::optional<Day>& day) {
    return day ? std::optional(to_string(*day)) : std::nullopt;
}

class NeedsKind final : public DerivedKind {
  public:
    explicit NeedsKind(DerivationContext& context)
        : context_(context),
          insert_(context.database(), "INSERT INTO need VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
          delete_(context.database(), "DELETE FROM need WHERE row_id = ?"),
          count_(context.database(), "SELECT count(*) FROM need WHERE list_id = ?") {}

    void leave(const SourceRow& row) override {
        delete_.bind(row.row_id).run();
        context_.tally().count(row.list + "\n" + row.key, row.reading, {});
    }

    void come(const SourceRow& row) override {
        const auto need = nlohmann::json::parse(row.reading).get<NeedReading>();
        const auto from = text_of(need.from);
        const auto to = text_of(need.to);
        insert_
            .bind(row.row_id, row.list_id, need.indicator, code_of(need.unit), need.layer, need.code, need.name,
                  need.municipality, from, to, need.value, static_cast<int>(need.suppressed), need.source, need.note)
            .run();
        context_.tally().count(row.list + "\n" + row.key, {}, row.reading);
    }

    std::int64_t entities_of(std::int64_t list_id) override {
        count_.bind(list_id);
        return count_.step() ? count_.integer(0) : 0;
    }

  private:
    DerivationContext& context_;
    Statement insert_;
    Statement delete_;
    Statement count_;
};

} // namespace

std::unique_ptr<DerivedKind> derive_needs(DerivationContext& context) { return std::make_unique<NeedsKind>(context); }

} // namespace shirube::directory
