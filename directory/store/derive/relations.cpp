// Ties and meetings: one row, one of either.
#include "directory/network/tie_visibility.hpp"
#include "directory/store/derive/lone_rows.hpp"

#include <optional>

namespace shirube::directory {

namespace {

std::optional<std::string> text_of_day(const std::optional<Day>& day) {
    return day ? std::optional(to_string(*day)) : std::nullopt;
}

/// Whether a row is of a tie or of a meeting: the one that has two ends.
bool is_relation(const SourceRow& row) {
    return row.read != nullptr ? std::holds_alternative<RelationReading>(*row.read)
                               : row.reading.find("\"to\":") != std::string::npos;
}

class RelationTable final : public LoneRows {
  public:
    explicit RelationTable(DerivationContext& context)
        : LoneRows(context, "relation"),
          context_(context),
          insert_(context.database(), "INSERT INTO relation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)") {}

  private:
    void write(const SourceRow& row) override {
        const auto relation = reading_of<RelationReading>(row);
        insert_
            .bind(row.row_id, row.list_id, context_.mint("relation", {row.list, row.key}), code_of(relation.kind),
                  relation.from.name, relation.from.municipality, relation.to.name, relation.to.municipality,
                  text_of_day(relation.valid_from), text_of_day(relation.valid_to), code_of(visibility_of(relation)),
                  tie_owner_of(relation), row.reading)
            .run();
    }

    DerivationContext& context_;
    Statement insert_;
};

class ForumTable final : public LoneRows {
  public:
    explicit ForumTable(DerivationContext& context)
        : LoneRows(context, "forum"),
          context_(context),
          insert_(context.database(), "INSERT INTO forum VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)") {}

  private:
    void write(const SourceRow& row) override {
        const auto forum = reading_of<ForumReading>(row);
        insert_
            .bind(row.row_id, row.list_id, context_.mint("forum", {row.list, row.key}), code_of(forum.kind), forum.name,
                  forum.municipality, text_of_day(forum.valid_from), text_of_day(forum.valid_to),
                  code_of(visibility_of(forum)), tie_owner_of(forum), row.reading)
            .run();
    }

    DerivationContext& context_;
    Statement insert_;
};

class RelationsKind final : public DerivedKind {
  public:
    explicit RelationsKind(DerivationContext& context) : relations_(context), forums_(context) {}

    void leave(const SourceRow& row) override { table_of(row).leave(row); }
    void come(const SourceRow& row) override { table_of(row).come(row); }
    std::int64_t entities_of(std::int64_t list_id) override {
        return relations_.entities_of(list_id) + forums_.entities_of(list_id);
    }

  private:
    LoneRows& table_of(const SourceRow& row) {
        return is_relation(row) ? static_cast<LoneRows&>(relations_) : static_cast<LoneRows&>(forums_);
    }

    RelationTable relations_;
    ForumTable forums_;
};

} // namespace

std::unique_ptr<DerivedKind> derive_relations(DerivationContext& context) {
    return std::make_unique<RelationsKind>(context);
}

} // namespace shirube::directory
