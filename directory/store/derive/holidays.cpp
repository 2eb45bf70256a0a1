// Public holidays: one row, one day.
#include "directory/store/derive/lone_rows.hpp"

namespace shirube::directory {

namespace {

class HolidaysKind final : public LoneRows {
  public:
    explicit HolidaysKind(DerivationContext& context)
        : LoneRows(context, "holiday"), insert_(context.database(), "INSERT INTO holiday VALUES (?, ?, ?, ?)") {}

  private:
    void write(const SourceRow& row) override {
        const auto holiday = reading_of<HolidayReading>(row);
        insert_.bind(row.row_id, row.list_id, to_string(holiday.day), holiday.name).run();
    }

    Statement insert_;
};

} // namespace

std::unique_ptr<DerivedKind> derive_holidays(DerivationContext& context) {
    return std::make_unique<HolidaysKind>(context);
}

} // namespace shirube::directory
