#include "importers/relations/relation_row.hpp"

#include "directory/fold.hpp"
#include "directory/network/tie_decisions.hpp"
#include "directory/network/tie_visibility.hpp"
#include "importers/cleaning/figures.hpp"
#include "importers/cleaning/protected_names.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/cleaning/use_terms.hpp"
#include "importers/layouts/template_programme.hpp"
#include "importers/relations/decision_cells.hpp"
#include "importers/relations/tie_cells.hpp"
#include "importers/relations/tie_choices.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>

namespace shirube::importers {

namespace {

using directory::PartyKind;
using directory::PartyReading;
using directory::RelationKind;
using directory::RelationReading;

constexpr std::string_view k_kind = "つながり";
constexpr std::string_view k_from = "から";
constexpr std::string_view k_from_municipality = "からの市町村";
constexpr std::string_view k_to = "へ";
constexpr std::string_view k_to_kind = "への種類";
constexpr std::string_view k_to_municipality = "への市町村";
constexpr std::string_view k_layer = "区域の層";
constexpr std::string_view k_programme = "事業";
constexpr std::string_view k_begins = "開始日";
constexpr std::string_view k_ends = "終了日";
constexpr std::string_view k_informed = "情報提供";
constexpr std::string_view k_linked = "つなぎ";
constexpr std::string_view k_fed_back = "結果の共有";
constexpr std::string_view k_period = "期間";
constexpr std::string_view k_terms = "条件";
constexpr std::string_view k_terms_long = "条件（契約・料金・曜日）";
constexpr std::string_view k_source = "出典";
constexpr std::string_view k_note = "備考";
constexpr std::string_view k_visibility = "公開範囲";
constexpr std::array k_columns{k_kind,
                               k_from,
                               k_from_municipality,
                               k_to,
                               k_to_kind,
                               k_to_municipality,
                               k_layer,
                               k_programme,
                               k_begins,
                               k_ends,
                               k_informed,
                               k_linked,
                               k_fed_back,
                               k_period,
                               k_terms,
                               k_terms_long,
                               k_source,
                               k_note,
                               k_visibility,
                               k_tie_target,
                               k_tie_verdict,
                               k_tie_decided_columns,
                               k_tie_confirmed_on,
                               k_tie_decided_on,
                               k_tie_decided_by,
                               k_tie_reason};
constexpr std::array<TieColumn, 20> k_decided{
    {{k_kind, "kind"},
     {k_from, "from"},
     {k_from_municipality, "from"},
     {k_to, "to"},
     {k_to_kind, "to"},
     {k_to_municipality, "to"},
     {k_to_municipality, "terms"}, // of which it says whose residents they are for

     {k_layer, "to"},
     {k_programme, "programme"},
     {k_begins, "valid_from"},
     {k_ends, "valid_to"},
     {k_informed, "informed"},
     {k_linked, "linked"},
     {k_fed_back, "fed_back"},
     {k_period, "period"},
     {k_terms, "terms"},
     {k_source, "source"},
     {k_note, "note"},
     {k_visibility, "visibility"},
     {k_tie_confirmed_on, "confirmed_on"}}};
constexpr std::array k_required{k_kind, k_from, k_to};
constexpr std::string_view k_default_layer = "chugakkoku"; ///< where neither the row nor --layer says

constexpr std::size_t k_told = 30;

/// By its code or label, or as pages call it.
std::optional<RelationKind> kind_of(std::string_view written) {
    constexpr std::array<std::pair<std::string_view, RelationKind>, 7> k_verbs{
        {{"委託する", RelationKind::entrusts},
         {"紹介する", RelationKind::refers},
         {"構成員である", RelationKind::member_of},
         {"調整する", RelationKind::coordinates},
         {"利用を開く", RelationKind::shares},
         {"引き継いだ", RelationKind::succeeds},
         {"場所を提供する", RelationKind::hosts}}};
    const std::string word = plain(written);
    const auto* const verb = std::ranges::find(k_verbs, word, &std::pair<std::string_view, RelationKind>::first);
    return verb != k_verbs.end() ? std::optional(verb->second) : directory::parse_code<RelationKind>(word);
}

std::optional<RelationKind> read_kind(RowCells& cells) {
    const std::string written = cells.text(k_kind);
    auto kind = kind_of(written);
    if (!kind) {
        cells.note({"tie_kind_unknown", shortened(written, k_told), in_words(labels_of<RelationKind>())}, k_kind);
    }
    return kind;
}

/// A name that is somebody's own is none of an organization.
bool is_named(RowCells& cells, const PartyReading& party, std::string_view column) {
    if (party.name.empty()) {
        cells.note({"tie_end_missing"}, column);
        return false;
    }
    if (names_person(party.name)) {
        cells.note({"tie_person"}, column);
        return false;
    }
    return true;
}

bool read_from(RowCells& cells, const RelationsDesk& desk, const ImportOptions& options, RelationReading& relation) {
    PartyReading& from = relation.from;
    from.name = shortened(cells.free_text(k_from), k_most_letters_of_a_name);
    from.municipality = read_tie_municipality(cells, k_from_municipality, desk, options.municipality);
    if (from.name.empty() && relation.kind == RelationKind::shares && !from.municipality.empty()) {
        from.kind = PartyKind::municipality; // all that it runs
        return true;
    }
    return is_named(cells, from, k_from);
}

bool read_to(RowCells& cells, const RelationsDesk& desk, const ImportOptions& options, RelationReading& relation) {
    PartyReading& to = relation.to;
    to.name = shortened(cells.free_text(k_to), k_most_letters_of_a_name);
    to.layer = read_tie_layer(cells, k_layer);
    to.kind = usual_kind(relation.kind, !to.layer.empty());
    if (const std::string written = cells.text(k_to_kind); !written.empty()) {
        const auto kind = directory::parse_code<PartyKind>(plain(written));
        if (!kind) {
            cells.note({"tie_party_unknown", shortened(written, k_told), in_words(labels_of<PartyKind>())}, k_to_kind);
            return false;
        }
        to.kind = *kind;
    }
    const bool is_municipality = to.kind == PartyKind::municipality;
    // The other municipality is never the one that imports: there the name says which.
    to.municipality =
        read_tie_municipality(cells, k_to_municipality, desk, is_municipality ? std::string{} : options.municipality);
    if (is_municipality && to.municipality.empty() && !to.name.empty()) {
        const auto found = desk.locator.locate_municipality(to.name, {});
        to.municipality = found ? found->municipality : std::string{};
    }
    if (to.kind == PartyKind::district) {
        if (to.layer.empty()) {
            to.layer = options.layer.empty() ? std::string(k_default_layer) : options.layer;
        }
    } else {
        to.layer.clear();
    }
    if (is_municipality && !to.municipality.empty() && to.name.empty()) {
        return true;
    }
    return is_named(cells, to, k_to);
}

/// A count that may be nought; a mark for what is kept back is unknown.
std::optional<std::int64_t> read_count(RowCells& cells, std::string_view column) {
    const auto figure = cells.take(parse_figure(cells.raw(column)), column);
    if (!figure || !figure->value) {
        return std::nullopt;
    }
    if (std::floor(*figure->value) != *figure->value) {
        cells.note({"figure_unreadable"}, column);
        return std::nullopt;
    }
    return static_cast<std::int64_t>(*figure->value);
}

void read_counts(RowCells& cells, RelationReading& relation) {
    relation.referrals = {.informed = read_count(cells, k_informed),
                          .linked = read_count(cells, k_linked),
                          .fed_back = read_count(cells, k_fed_back)};
    relation.period = shortened(cells.text(k_period), k_most_letters_of_a_name);
    auto& counts = relation.referrals;
    if (relation.kind != RelationKind::refers && counts != directory::ReferralCounts{}) {
        cells.note({"tie_counts_elsewhere"}, k_informed);
        counts = {};
    }
    // Who was linked was told before, and of those alone something comes back: a slip of columns shows here.
    const auto exceeds = [](const std::optional<std::int64_t>& part, const std::optional<std::int64_t>& whole) {
        return part && whole && *part > *whole;
    };
    if (exceeds(counts.linked, counts.informed) || exceeds(counts.fed_back, counts.informed)) {
        cells.note({"tie_counts_order"}, exceeds(counts.linked, counts.informed) ? k_linked : k_fed_back);
    }
}

void read_terms(RowCells& cells, RelationReading& relation) {
    const std::string_view column = cells.has(k_terms) ? k_terms : k_terms_long;
    const std::string text = shortened(cells.free_text(column), k_most_letters_of_a_text);
    if (text.empty()) {
        return;
    }
    const std::string& code = relation.to.municipality;
    if (!code.empty()) {
        auto read = parse_use_terms(fmt::format("{}：{}", code, replaced(replaced(text, ";", "、"), "；", "、")),
                                    [](std::string_view) -> std::optional<std::string> { return std::nullopt; });
        for (const CellProblem& problem : read.problems) {
            cells.note(problem, column);
        }
        if (!read.terms.empty()) {
            relation.terms = std::move(read.terms.front());
        }
    }
    relation.terms.municipality = code;
    relation.terms.text = text;
}

/// A programme that nobody knows is no silence: the tie would be about everything.
bool read_what_about(RowCells& cells, const RelationsDesk& desk, RelationReading& relation) {
    if (cells.text(k_programme).empty()) {
        return true;
    }
    const auto programme = read_programme(cells.raw(k_programme), relation.from.municipality, desk.taxonomy);
    if (!programme) {
        cells.note(programme.error(), k_programme);
        return false;
    }
    relation.programme = desk.taxonomy.at(*programme).code;
    return true;
}

/// A programme that protects people is none that the public knows of.
bool is_protected(const RelationsDesk& desk, const std::string& code) {
    const auto programme = code.empty() ? std::nullopt : desk.taxonomy.by_code(code);
    return programme && desk.taxonomy.at(*programme).visibility != directory::Visibility::everyone;
}

bool are_one(const PartyReading& a, const PartyReading& b) {
    if (a.kind != b.kind || a.municipality != b.municipality) {
        return false;
    }
    const bool is_by_code = a.kind == PartyKind::municipality && !a.municipality.empty();
    return is_by_code || directory::fold(a.name) == directory::fold(b.name);
}

/// Whether the ends that the row states may be those of a tie. A decision speaks of those that it mends: what stands at
/// the others is its target's own, which is to be ended or taken out whatever it is called.
bool may_be_tied(RowCells& cells, const RelationReading& relation) {
    const auto& decided = relation.decided;
    const auto is_stated = [&](std::string_view field) {
        return decided.target.empty() || std::ranges::find(decided.fields, field) != decided.fields.end();
    };
    const auto is_fit = [&](const PartyReading& party, std::string_view field, std::string_view column) {
        const bool is_long = is_stated(field) && is_too_long(party.name);
        if (is_long) {
            cells.note({"tie_name_too_long", std::to_string(k_most_letters_of_a_name)}, column);
        }
        return !is_long;
    };
    const bool is_from_fit = is_fit(relation.from, "from", k_from);
    const bool is_to_fit = is_fit(relation.to, "to", k_to);
    if (!is_from_fit || !is_to_fit) {
        return false;
    }
    const bool is_to_itself = (is_stated("from") || is_stated("to")) && are_one(relation.from, relation.to);
    if (is_to_itself) {
        cells.note({"tie_to_itself"}, k_to);
    }
    return !is_to_itself;
}

std::string key_of(const PartyReading& party) {
    return fmt::format("{}|{}|{}|{}", directory::code_of(party.kind), directory::fold(party.name), party.municipality,
                       party.layer);
}

} // namespace

PartyKind usual_kind(RelationKind kind, bool has_layer) {
    switch (kind) {
        case RelationKind::member_of:
            return PartyKind::forum;
        case RelationKind::coordinates:
            return PartyKind::district;
        case RelationKind::shares:
            return PartyKind::municipality;
        default:
            return has_layer ? PartyKind::district : PartyKind::organization;
    }
}

HeaderFit fit_relations(std::span<const std::string> header) { return fit_of(header, k_columns, k_required); }

std::optional<RelationReading> read_relation_row(RowCells& cells, const RelationsDesk& desk,
                                                 const ImportOptions& options) {
    RelationReading relation;
    const auto kind = read_kind(cells);
    if (!kind) {
        return std::nullopt;
    }
    relation.kind = *kind;
    if (!read_from(cells, desk, options, relation) || !read_to(cells, desk, options, relation) ||
        !read_what_about(cells, desk, relation)) {
        return std::nullopt;
    }
    const auto dates = read_tie_dates(cells);
    relation.valid_from = dates.from;
    relation.valid_to = dates.to;
    read_counts(cells, relation);
    read_terms(cells, relation);
    relation.source = shortened(cells.free_text(k_source), 2 * k_most_letters_of_a_name);
    relation.note = shortened(cells.free_text(k_note), k_most_letters_of_a_text);
    relation.visibility = read_tie_visibility(cells, names_protected_place(relation.from.name) ||
                                                         names_protected_place(relation.to.name) ||
                                                         is_protected(desk, relation.programme));
    relation.owner = options.owner;
    if (directory::visibility_of(relation) != directory::Visibility::everyone &&
        directory::tie_owner_of(relation).empty()) {
        cells.note({"tie_owner_missing"}, k_from_municipality); // nobody's staff could be told
    }
    relation.confirmed_on = read_confirmed_on(cells);
    relation.decided = read_tie_decision(cells, k_decided);
    if (!may_be_tied(cells, relation)) {
        return std::nullopt;
    }
    keep_protection(cells, relation.decided);
    const bool is_taken =
        settle_audience(cells, desk.hidden, options, relation) && may_be_taken(cells, relation.decided, k_decided);
    return is_taken ? std::optional(std::move(relation)) : std::nullopt;
}

std::string key_of(const RelationReading& relation) {
    if (!relation.decided.target.empty()) {
        return directory::key_of_decision(relation.decided);
    }
    return fmt::format("{}|{}|{}|{}|{}|{}", directory::code_of(relation.kind), key_of(relation.from),
                       key_of(relation.to), relation.programme, directory::fold(relation.period),
                       relation.valid_from ? directory::to_string(*relation.valid_from) : std::string{});
}

} // namespace shirube::importers
