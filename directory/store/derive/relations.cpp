// Ties and meetings: one row, one of either. What was decided by hand about one stands over its row; so whatever came
// or left, those that a decision speaks of are written anew at the end.
#include "directory/network/tie_decisions.hpp"
#include "directory/network/tie_visibility.hpp"
#include "directory/store/decided_rows.hpp"
#include "directory/store/derive/lone_rows.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

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

bool is_decision(const SourceRow& row) { return row.key.starts_with(k_tie_decision_key); }

/// Where the record of a tie or a meeting that never was so is put: no staff have an owner without a name.
struct Seen {
    Visibility by = Visibility::coordinator;
    std::string owner;
};

template <class Row>
Seen seen_of(const Row& reading) {
    return reading.decided.is_wrong ? Seen{} : Seen{visibility_of(reading), tie_owner_of(reading)};
}

class RelationTable final : public LoneRows {
  public:
    using Row = RelationReading;

    explicit RelationTable(DerivationContext& context)
        : LoneRows(context, "relation"),
          context_(context),
          insert_(context.database(),
                  "INSERT OR REPLACE INTO relation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)") {}

    std::string id_of(const SourceRow& row) const { return context_.mint("relation", {row.list, row.key}); }

    void put(const SourceRow& row, const RelationReading& relation, const std::string& reading) {
        const auto [visibility, owner] = seen_of(relation);
        insert_
            .bind(row.row_id, row.list_id, id_of(row), code_of(relation.kind), relation.from.name,
                  relation.from.municipality, relation.to.name, relation.to.municipality,
                  text_of_day(relation.valid_from), text_of_day(relation.valid_to), code_of(visibility), owner, reading)
            .run();
    }

  private:
    void write(const SourceRow& row) override { put(row, reading_of<RelationReading>(row), row.reading); }

    DerivationContext& context_;
    Statement insert_;
};

class ForumTable final : public LoneRows {
  public:
    using Row = ForumReading;

    explicit ForumTable(DerivationContext& context)
        : LoneRows(context, "forum"),
          context_(context),
          insert_(context.database(), "INSERT OR REPLACE INTO forum VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)") {}

    std::string id_of(const SourceRow& row) const { return context_.mint("forum", {row.list, row.key}); }

    void put(const SourceRow& row, const ForumReading& forum, const std::string& reading) {
        const auto [visibility, owner] = seen_of(forum);
        insert_
            .bind(row.row_id, row.list_id, id_of(row), code_of(forum.kind), forum.name, forum.municipality,
                  text_of_day(forum.valid_from), text_of_day(forum.valid_to), code_of(visibility), owner, reading)
            .run();
    }

  private:
    void write(const SourceRow& row) override { put(row, reading_of<ForumReading>(row), row.reading); }

    DerivationContext& context_;
    Statement insert_;
};

class RelationsKind final : public DerivedKind {
  public:
    explicit RelationsKind(DerivationContext& context) : context_(context), relations_(context), forums_(context) {}

    void leave(const SourceRow& row) override {
        if (is_decision(row)) {
            note_decision(row, row.reading, {});
        } else {
            table_of(row).leave(row);
        }
    }

    void come(const SourceRow& row) override {
        if (is_decision(row)) {
            note_decision(row, {}, row.reading);
        } else {
            table_of(row).come(row);
            touched_.insert(is_relation(row) ? relations_.id_of(row) : forums_.id_of(row));
        }
    }

    void finish() override {
        if (touched_.empty()) {
            return;
        }
        const auto decisions = decisions_in_force(context_.database());
        for (const auto& id : touched_) {
            const auto found = decisions.find(id);
            if (found != decisions.end()) {
                settle(id, found->second);
            } else if (were_decided_.contains(id)) {
                settle(id, {});
            }
        }
    }

    std::int64_t entities_of(std::int64_t list_id) override {
        return relations_.entities_of(list_id) + forums_.entities_of(list_id);
    }

  private:
    LoneRows& table_of(const SourceRow& row) {
        return is_relation(row) ? static_cast<LoneRows&>(relations_) : static_cast<LoneRows&>(forums_);
    }

    void note_decision(const SourceRow& row, std::string_view before, std::string_view after) {
        context_.tally().count(row.list + "\n" + row.key, before, after);
        const auto target = nlohmann::json::parse(row.reading).at("decided").value("target", std::string{});
        touched_.insert(target);
        were_decided_.insert(target);
    }

    void settle(const std::string& id, const std::vector<std::string>& decisions) {
        settle_in(relations_, "relation", id, decisions);
        settle_in(forums_, "forum", id, decisions);
    }

    /// Writes the record of an id anew: its own row, and over it what was decided.
    template <class Table>
    void settle_in(Table& table, std::string_view name, const std::string& id,
                   const std::vector<std::string>& decisions) {
        Statement select(context_.database(), fmt::format("SELECT row_id FROM {} WHERE public_id = ?", name));
        select.bind(id);
        std::vector<std::int64_t> rows;
        while (select.step()) {
            rows.push_back(select.integer(0));
        }
        for (const auto row_id : rows) {
            const SourceRow row = context_.row(row_id);
            auto reading = reading_of<typename Table::Row>(row);
            for (const auto& text : decisions) {
                const auto decision = read_as<typename Table::Row>(text);
                if (may_decide(reading, decision)) {
                    reading = after_decision(reading, decision);
                }
            }
            table.put(row, reading, decisions.empty() ? row.reading : nlohmann::json(reading).dump());
        }
    }

    DerivationContext& context_;
    RelationTable relations_;
    ForumTable forums_;
    std::set<std::string> touched_;      ///< ids of what came, or what a decision that came or left speaks of
    std::set<std::string> were_decided_; ///< of decisions that came or left
};

} // namespace

std::unique_ptr<DerivedKind> derive_relations(DerivationContext& context) {
    return std::make_unique<RelationsKind>(context);
}

} // namespace shirube::directory
