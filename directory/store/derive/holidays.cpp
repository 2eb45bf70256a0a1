// Public holidays: one row, one day.
#include "directory/store/derive/derived_kind.hpp"

#include <nlohmann/json.hpp>

namespace shirube::directory {

namespace {

class HolidaysKind final : public DerivedKind {
  public:
    explicit HolidaysKind(DerivationContext& context)
        : context_(context),
          insert_(context.database(), "INSERT INTO holiday VALUES (?, ?, ?, ?)"),
          delete_(context.database(), "DELETE FROM holiday WHERE row_id = ?"),
          count_(context.database(), "SELECT count(*) FROM holiday WHERE list_id = ?") {}

    void leave(const SourceRow& row) override {
        delete_.bind(row.row_id).run();
        context_.tally().count(row.list + "\n" + row.key, row.reading, {});
    }

    void come(const SourceRow& row) override {
        const auto holiday = nlohmann::json::parse(row.reading).get<HolidayReading>();
        insert_.bind(row.row_id, row.list_id, to_string(holiday.day), holiday.name).run();
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

std::unique_ptr<DerivedKind> derive_holidays(DerivationContext& context) {
    return std::make_unique<HolidaysKind>(context);
}

} // namespace shirube::directory
