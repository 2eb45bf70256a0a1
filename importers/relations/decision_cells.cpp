#include "importers/relations/decision_cells.hpp"

#include "directory/network/tie_decisions.hpp"
#include "importers/cleaning/dates.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/layouts/template_choices.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace shirube::importers {

namespace {

using directory::TieDecision;

constexpr std::size_t k_told = 30;
constexpr std::size_t k_most_letters_of_a_reason = 500;

constexpr std::array k_about{k_tie_target,     k_tie_verdict, k_tie_decided_columns, k_tie_decided_on,
                             k_tie_decided_by, k_tie_reason,  k_member_day};

/// Doubts beside which what was decided is still taken as it is written.
bool is_mild(std::string_view code) {
    constexpr std::array<std::string_view, 9> k_mild{
        "tie_date_span",  "forum_member_hidden",      "forum_member_protected",    "tie_protected", "tie_of_another",
        "tie_hidden_end", "municipality_check_digit", "forum_cadence_contradicts", "cell_tabs"};
    return std::ranges::find(k_mild, code) != k_mild.end();
}

/// As directory/store/identity.hpp mints them.
bool is_public_id(std::string_view text) {
    constexpr std::size_t k_letters = 13;
    return text.size() == k_letters &&
           std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'); });
}

std::optional<directory::Day> read_day(RowCells& cells, std::string_view column) {
    const auto span = cells.take(parse_date_span(cells.raw(column)), column);
    if (span && span->is_rough) {
        cells.note({"date_rough"}, column);
        return std::nullopt;
    }
    return span ? std::optional(span->first) : std::nullopt;
}

void read_who_and_why(RowCells& cells, TieDecision& decision) {
    decision.on = read_day(cells, k_tie_decided_on);
    if (decision.on && *decision.on > directory::now_in_tokyo().day) {
        cells.note({"correction_date_future"}, k_tie_decided_on); // it would go before every later decision
    } else if (plain(cells.text(k_tie_decided_on)).empty()) {
        cells.note({"correction_date_missing"}, k_tie_decided_on);
    }
    decision.by = directory::parse_code<directory::Decider>(cells.text(k_tie_decided_by));
    if (!decision.by) {
        cells.note({"correction_by_unknown", in_words(labels_of<directory::Decider>())}, k_tie_decided_by);
    }
    decision.reason = shortened(cells.free_text(k_tie_reason), k_most_letters_of_a_reason);
    if (decision.reason.empty()) {
        cells.note({"correction_reason_missing"}, k_tie_reason);
    }
}

void read_fields(RowCells& cells, std::span<const TieColumn> columns, TieDecision& decision) {
    for (const std::string& name : parts_of(cells.raw(k_tie_decided_columns))) {
        bool is_known = false;
        for (const TieColumn& column : columns) {
            if (column.column == name) {
                is_known = true;
                decision.fields.emplace_back(column.field);
            }
        }
        if (!is_known) {
            cells.note({"tie_column_unknown", shortened(name, k_told)}, k_tie_decided_columns);
        }
    }
    std::ranges::sort(decision.fields);
    decision.fields.erase(std::ranges::unique(decision.fields).begin(), decision.fields.end());
    if (decision.fields.empty()) {
        cells.note({"tie_decision_empty"}, k_tie_decided_columns);
    }
}

void read_verdict(RowCells& cells, std::span<const TieColumn> columns, TieDecision& decision) {
    const std::string verdict = cells.text(k_tie_verdict);
    if (verdict.empty() || verdict == k_verdict_mended) {
        read_fields(cells, columns, decision);
    } else if (verdict == k_verdict_wrong) {
        decision.is_wrong = true;
    } else if (cells.has(k_member_day) && verdict == k_verdict_joined) {
        decision.fields.emplace_back(directory::k_member_joined);
    } else if (cells.has(k_member_day) && verdict == k_verdict_left) {
        decision.fields.emplace_back(directory::k_member_left);
    } else if (cells.has(k_member_day) && verdict == k_verdict_never) {
        decision.fields.emplace_back(directory::k_member_never);
    } else {
        cells.note({"tie_verdict_unknown", shortened(verdict, k_told)}, k_tie_verdict);
    }
}

bool is_any_filled(RowCells& cells) {
    return std::ranges::any_of(k_about, [&](std::string_view column) { return !cells.text(column).empty(); });
}

} // namespace

TieDecision read_tie_decision(RowCells& cells, std::span<const TieColumn> columns) {
    TieDecision decision;
    if (!is_any_filled(cells)) {
        return decision;
    }
    read_who_and_why(cells, decision);
    decision.target = plain(cells.text(k_tie_target));
    if (decision.target.empty()) {
        for (const std::string_view column : {k_tie_verdict, k_tie_decided_columns, k_member_day}) {
            if (!cells.text(column).empty()) {
                cells.note({"correction_id_missing"}, k_tie_target);
                break;
            }
        }
        return decision;
    }
    if (!is_public_id(decision.target)) {
        cells.note({"correction_id_malformed", shortened(decision.target, k_told)}, k_tie_target);
    }
    read_verdict(cells, columns, decision);
    return decision;
}

std::optional<directory::Day> read_confirmed_on(RowCells& cells) { return read_day(cells, k_tie_confirmed_on); }

bool may_be_taken(RowCells& cells, const TieDecision& decision, std::span<const TieColumn> columns) {
    if (decision == TieDecision{} && !is_any_filled(cells)) {
        return true;
    }
    const auto is_decided = [&](const Issue& issue) {
        const std::string& name = issue.column;
        // Who joined or left is in no column that a decision names.
        const bool is_of_members = issue.code == "forum_member_person";
        if (decision.target.empty() || name.empty() || is_of_members ||
            std::ranges::find(k_about, name) != k_about.end()) {
            return true;
        }
        return std::ranges::any_of(columns, [&](const TieColumn& column) {
            return column.column == name && std::ranges::find(decision.fields, column.field) != decision.fields.end();
        });
    };
    return std::ranges::none_of(cells.issues(),
                                [&](const Issue& issue) { return !is_mild(issue.code) && is_decided(issue); });
}

void keep_protection(const RowCells& cells, TieDecision& decision) {
    const bool is_protected =
        std::ranges::any_of(cells.issues(), [](const Issue& i) { return i.code == "tie_protected"; });
    const bool is_mended = !decision.target.empty() && !decision.is_wrong;
    if (is_protected && is_mended && std::ranges::find(decision.fields, "visibility") == decision.fields.end()) {
        decision.fields.emplace_back("visibility");
        std::ranges::sort(decision.fields);
    }
}

} // namespace shirube::importers
