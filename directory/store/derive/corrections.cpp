// Corrections by hand: one row, one decision. What they do to places and services is done where these are derived (see
// corrections_in_force.hpp); here it is noted which of them must be.
#include "directory/store/derive/lone_rows.hpp"

namespace shirube::directory {

namespace {

class CorrectionsKind final : public LoneRows {
  public:
    explicit CorrectionsKind(DerivationContext& context)
        : LoneRows(context, "correction"),
          context_(context),
          insert_(context.database(), "INSERT INTO correction VALUES (?, ?, ?, ?)") {}

    void leave(const SourceRow& row) override {
        touch(reading_of<CorrectionReading>(row));
        LoneRows::leave(row);
    }

  private:
    void write(const SourceRow& row) override {
        const auto correction = reading_of<CorrectionReading>(row);
        insert_.bind(row.row_id, row.list_id, correction.target, correction.other).run();
        touch(correction);
    }

    void touch(const CorrectionReading& correction) {
        context_.touch_corrected(correction.target);
        if (correction.is_decision()) {
            context_.touch_corrected(correction.other);
        }
    }

    DerivationContext& context_;
    Statement insert_;
};

} // namespace

std::unique_ptr<DerivedKind> derive_corrections(DerivationContext& context) {
    return std::make_unique<CorrectionsKind>(context);
}

} // namespace shirube::directory
