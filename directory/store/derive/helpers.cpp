// Visiting helpers as counts: one row, one count.
#include "directory/audience.hpp"
#include "directory/store/derive/lone_rows.hpp"

namespace shirube::directory {

namespace {

class HelpersKind final : public LoneRows {
  public:
    explicit HelpersKind(DerivationContext& context)
        : LoneRows(context, "helper_count"),
          insert_(context.database(), "INSERT INTO helper_count VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)") {}

  private:
    void write(const SourceRow& row) override {
        const auto helpers = reading_of<HelperCountReading>(row);
        insert_
            .bind(row.row_id, row.list_id, helpers.organization, owner_of(helpers.municipality), helpers.programme,
                  helpers.layer, helpers.area, helpers.skill, helpers.count, row.reading)
            .run();
    }

    Statement insert_;
};

} // namespace

std::unique_ptr<DerivedKind> derive_helpers(DerivationContext& context) {
    return std::make_unique<HelpersKind>(context);
}

} // namespace shirube::directory
