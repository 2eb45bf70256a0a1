// Stations, schools and postal codes: one row, one landmark.
#include "directory/store/derive/lone_rows.hpp"

namespace shirube::directory {

namespace {

class LandmarksKind final : public LoneRows {
  public:
    explicit LandmarksKind(DerivationContext& context)
        : LoneRows(context, "landmark"),
          insert_(context.database(), "INSERT INTO landmark VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)") {}

  private:
    void write(const SourceRow& row) override {
        const auto landmark = reading_of<LandmarkReading>(row);
        const auto& at = landmark.position;
        insert_
            .bind(row.row_id, row.list_id, code_of(landmark.kind), landmark.name, landmark.kana, landmark.detail,
                  landmark.municipality, landmark.municipality_name, at ? std::optional(at->lon) : std::nullopt,
                  at ? std::optional(at->lat) : std::nullopt, landmark.accuracy_m)
            .run();
    }

    Statement insert_;
};

} // namespace

std::unique_ptr<DerivedKind> derive_landmarks(DerivationContext& context) {
    return std::make_unique<LandmarksKind>(context);
}

} // namespace shirube::directory
