#include "server/staff/desk/ties/tie_form.hpp"

#include "directory/fold.hpp"
#include "directory/network/network.hpp"
#include "directory/network/tie_visibility.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/layouts/template_choices.hpp"
#include "importers/relations/relation_row.hpp"
#include "importers/relations/tie_cells.hpp"
#include "importers/relations/tie_choices.hpp"
#include "importers/relations/written_tie.hpp"
#include "server/numbers.hpp"
#include "server/pages/network/tie_words.hpp"
#include "server/pages/words.hpp"
#include "server/staff/desk/desk_writing.hpp"
#include "server/staff/desk/ties/own_ties.hpp"
#include "server/staff/desk/ties/tie_kinds.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace shirube::server {

namespace {

using directory::PartyKind;
using directory::RelationKind;
using importers::cell_at;
using importers::WrittenCells;

constexpr std::int64_t k_most_referrals = 1'000'000; ///< of one period
constexpr std::int64_t k_most_times = 366;
constexpr std::size_t k_digits = 12;
constexpr std::size_t k_name = importers::k_most_letters_of_a_name;
constexpr std::size_t k_text = importers::k_most_letters_of_a_text;

constexpr std::array<FormField, 18> k_tie{
    {{"kind", "つながり", "desk.tie_kind", "", FieldShape::choice},
     {"from", "から", "desk.tie_from", "", FieldShape::name, k_name},
     {"from_municipality", "からの市町村", "desk.tie_from_municipality", "desk.tie_municipality_hint", FieldShape::text,
      k_name},
     {"to", "へ", "desk.tie_to", "", FieldShape::name, k_name},
     {"to_kind", "への種類", "desk.tie_to_kind", "", FieldShape::choice},
     {"to_municipality", "への市町村", "desk.tie_to_municipality", "desk.tie_municipality_hint", FieldShape::text,
      k_name},
     {"layer", "区域の層", "desk.tie_layer", "", FieldShape::choice},
     {"programme", "事業", "desk.programme", "", FieldShape::choice},
     {"valid_from", "開始日", "desk.tie_begins", "", FieldShape::day},
     {"valid_to", "終了日", "desk.tie_ends", "", FieldShape::day},
     {"informed", "情報提供", "desk.tie_informed", "desk.tie_count_hint", FieldShape::number, k_digits},
     {"linked", "つなぎ", "desk.tie_linked", "desk.tie_count_hint", FieldShape::number, k_digits},
     {"fed_back", "結果の共有", "desk.tie_fed_back", "desk.tie_count_hint", FieldShape::number, k_digits},
     {"period", "期間", "desk.tie_period", "", FieldShape::text, k_name},
     {"terms", "条件", "desk.tie_terms", "", FieldShape::text, k_text},
     {"source", "出典", "desk.tie_source", "", FieldShape::text, 2 * k_name},
     {"note", "備考", "fact.note", "", FieldShape::text, k_text},
     {"visibility", "公開範囲", "desk.tie_audience", "desk.tie_audience_hint", FieldShape::choice}}};

constexpr std::array<FormField, 11> k_forum{
    {{"name", "会議体", "desk.forum_name", "", FieldShape::text, k_name},
     {"kind", "種類", "desk.forum_kind", "", FieldShape::choice},
     {"layer", "区域の層", "desk.tie_layer", "", FieldShape::choice},
     {"area", "区域", "desk.forum_area", "desk.forum_area_hint", FieldShape::name, k_name},
     {"cadence", "開催", "desk.forum_cadence", "desk.forum_cadence_hint", FieldShape::text, k_name},
     {"times", "年間回数", "desk.forum_times", "desk.forum_times_hint", FieldShape::number, k_digits},
     {"valid_from", "開始日", "desk.tie_begins", "", FieldShape::day},
     {"valid_to", "終了日", "desk.tie_ends", "", FieldShape::day},
     {"source", "出典", "desk.tie_source", "", FieldShape::text, 2 * k_name},
     {"note", "備考", "fact.note", "", FieldShape::text, k_text},
     {"visibility", "公開範囲", "desk.tie_audience", "", FieldShape::choice}}};

template <class Kind>
void add_choices(FieldOptions& options, const auto& in_words) {
    for (const Kind kind : importers::k_choices<Kind>) {
        options.emplace_back(directory::label_of(kind), in_words(kind));
    }
}

/// \param none what it means that none is chosen
FieldOptions layers_of(const directory::Reader& reader, const Texts& texts, std::string_view none,
                       std::string_view chosen) {
    FieldOptions options{{"", std::string(none)}};
    bool has_chosen = chosen.empty();
    for (const auto& layer : reader.layers()) {
        options.emplace_back(layer.code, layer_in_words(layer.code, texts));
        has_chosen = has_chosen || layer.code == chosen;
    }
    if (!has_chosen) {
        options.emplace_back(chosen, layer_in_words(chosen, texts));
    }
    return options;
}

/// What may stand at the other end of ties of those kinds, and what is chosen now.
FieldOptions ends_of(std::span<const RelationKind> kinds, std::string_view chosen, const Texts& texts) {
    FieldOptions options{{"", texts.get("desk.tie_to_kind_usual")}};
    const auto now = directory::parse_code<PartyKind>(chosen);
    for (const PartyKind end : importers::k_choices<PartyKind>) {
        const bool is_offered = kinds.empty() || end == now || std::ranges::any_of(kinds, [&](const RelationKind kind) {
                                    return std::ranges::find(tie_kind(kind).ends, end) != tie_kind(kind).ends.end();
                                });
        if (is_offered) {
            options.emplace_back(directory::label_of(end), party_in_words(end, texts));
        }
    }
    return options;
}

FieldOptions audiences(const Texts& texts) {
    FieldOptions options{{"", texts.get("desk.tie_audience_usual")}};
    for (const auto visibility :
         {directory::Visibility::everyone, directory::Visibility::staff, directory::Visibility::coordinator}) {
        options.emplace_back(directory::label_of(visibility), audience_in_words(visibility, texts));
    }
    return options;
}

FieldOptions options_of_forum(const StaffCall& call, const FormField& field, std::string_view chosen,
                              const Texts& texts) {
    FieldOptions options;
    if (field.name == "kind") {
        add_choices<directory::ForumKind>(options, [&](auto kind) { return forum_in_words(kind, texts); });
    } else if (field.name == "visibility") {
        options = audiences(texts);
    } else if (field.name == "layer") {
        options = layers_of(call.context.reader(), texts, "", chosen);
    }
    return options;
}

FieldOptions options_of_tie(const StaffCall& call, const FormField& field, std::span<const RelationKind> kinds,
                            std::string_view chosen, const Texts& texts) {
    FieldOptions options;
    const auto& reader = call.context.reader();
    if (field.name == "kind") {
        add_choices<RelationKind>(options, [&](auto kind) { return tie_in_words(kind, texts); });
    } else if (field.name == "to_kind") {
        options = ends_of(kinds, chosen, texts);
    } else if (field.name == "visibility") {
        options = audiences(texts);
    } else if (field.name == "layer") {
        options = layers_of(reader, texts, texts.get("desk.tie_layer_usual"), chosen);
    } else if (field.name == "programme") {
        options.emplace_back("", texts.get("desk.tie_programme_none"));
        for (const auto& programme : reader.taxonomy().programmes()) {
            options.emplace_back(programme.code, programme.label.in(texts.language()));
        }
    }
    return options;
}

/// The field in the words of the kind: who it begins at and what it leads to are called by what they do.
FormField in_words_of(FormField field, RelationKind kind) {
    if (field.name == "kind") {
        field.hint = "desk.tie_kind_hint";
    } else if (field.name == "from") {
        field.label = tie_kind(kind).from;
        field.hint = kind == RelationKind::shares ? "desk.tie_from_shares_hint" : field.hint;
    } else if (field.name == "to") {
        field.label = tie_kind(kind).to;
    } else if (field.name == "to_municipality" && kind == RelationKind::shares) {
        field.hint = "desk.tie_to_municipality_shares_hint";
    }
    return field;
}

/// Whether a form says anything of a field, be it that it is empty.
bool is_told(const Query& typed, std::string_view field) {
    return std::ranges::find(typed, field, &Query::value_type::first) != typed.end();
}

void put(WrittenCells& cells, std::string_view column, std::string text) {
    const auto found = std::ranges::find(cells, column, &WrittenCells::value_type::first);
    if (found != cells.end()) {
        found->second = std::move(text);
    }
}

void check_each(std::span<const FormField> fields, const WrittenCells& cells, const Texts& texts, Faults& faults) {
    for (const FormField& field : fields) {
        const std::string value{cell_at(cells, field.column)};
        check_length(field, value, texts, faults);
        if (field.shape == FieldShape::day) {
            check_day(field, value, texts, faults);
        }
    }
    const auto from = directory::parse_day(cell_at(cells, "開始日"));
    const auto to = directory::parse_day(cell_at(cells, "終了日"));
    if (from && to && *to < *from) {
        faults.emplace("valid_to", texts.get("desk.tie_day_order"));
    }
}

/// A whole number that may be nought; nothing typed is unknown.
std::optional<std::int64_t> check_number(WrittenCells& cells, std::string_view name, std::string_view column,
                                         std::int64_t most, const Texts& texts, Faults& faults) {
    const std::string text = importers::replaced(importers::plain(cell_at(cells, column)), ",", "");
    if (text.empty()) {
        return std::nullopt;
    }
    const auto number = parse_digits(text);
    if (!number || *number > most) {
        faults.emplace(name, texts.with("desk.tie_number_wrong", {{"most", grouped(most)}}));
        return std::nullopt;
    }
    put(cells, column, text);
    return number;
}

void check_counts(WrittenCells& cells, RelationKind kind, const Texts& texts, Faults& faults) {
    const auto informed = check_number(cells, "informed", "情報提供", k_most_referrals, texts, faults);
    const auto linked = check_number(cells, "linked", "つなぎ", k_most_referrals, texts, faults);
    const auto fed_back = check_number(cells, "fed_back", "結果の共有", k_most_referrals, texts, faults);
    for (const auto& [name, count] : {std::pair{"informed", informed}, {"linked", linked}, {"fed_back", fed_back}}) {
        if (count && kind != RelationKind::refers) {
            faults.emplace(name, texts.get("desk.tie_counts_elsewhere"));
        } else if (count && informed && *count > *informed) {
            faults.emplace(name, texts.get("desk.tie_counts_order"));
        }
    }
}

void check_municipality(const StaffCall& call, WrittenCells& cells, std::string_view name, std::string_view column,
                        const Texts& texts, Faults& faults) {
    if (auto code = municipality_typed(call, cell_at(cells, column))) {
        put(cells, column, std::move(*code));
    } else {
        faults.emplace(name, texts.get("desk.tie_municipality_unknown"));
    }
}

/// What stands at the other end of ties of that kind, where nothing is chosen. A layer of districts says something of
/// it where the kind has one.
PartyKind usual_end(RelationKind kind, std::string_view layer) {
    return importers::usual_kind(kind, tie_has(kind, "layer") && !layer.empty());
}

PartyKind kind_of_end(const WrittenCells& cells, RelationKind kind) {
    const auto chosen = directory::parse_code<PartyKind>(cell_at(cells, "への種類"));
    return chosen ? *chosen : usual_end(kind, cell_at(cells, "区域の層"));
}

/// Of a kind that was chosen anew: what it does not have goes, and so does what stands at the other end of the former
/// kind alone.
void empty_what_is_not_of(RelationKind kind, WrittenCells& cells) {
    for (const FormField& field : k_tie) {
        if (!tie_has(kind, field.name)) {
            put(cells, field.column, {});
        }
    }
    const auto end = directory::parse_code<PartyKind>(cell_at(cells, "への種類"));
    const auto& ends = tie_kind(kind).ends;
    if (end && std::ranges::find(ends, *end) == ends.end()) {
        put(cells, "への種類", {});
    }
}

/// A name, or a municipality that is all that is meant; no person's; and somebody whom the directory knows, unless a
/// name alone is meant.
void check_end(const StaffCall& call, const directory::PartyReading& end, std::string_view other, std::string_view name,
               bool may_be_name_alone, Faults& faults) {
    const Texts& texts = Texts::in(call.context.language);
    if (end.name.empty()) {
        if (end.kind != PartyKind::municipality || end.municipality.empty()) {
            faults.emplace(name, texts.get("desk.tie_end_missing"));
        }
        return;
    }
    if (importers::names_person(end.name)) {
        faults.emplace(name, texts.get("desk.tie_person"));
    } else if (!may_be_name_alone && !node_of_name(call.context.reader(), end, other).is_known()) {
        const auto& reader = call.context.reader();
        const auto near = near_names(reader, desk_owner(call)).nearest(end.name);
        faults.emplace(name, texts.get("desk.tie_name_alone") +
                                 (near ? " " + texts.with("desk.near_name", {{"near", *near}}) : std::string{}));
    }
}

void check_ends(const StaffCall& call, const WrittenCells& cells, const Query& typed, RelationKind kind,
                Faults& faults) {
    directory::PartyReading from{.name = std::string(cell_at(cells, "から")),
                                 .municipality = std::string(cell_at(cells, "からの市町村")),
                                 .layer = {}};
    directory::PartyReading to{.kind = kind_of_end(cells, kind),
                               .name = std::string(cell_at(cells, "へ")),
                               .municipality = std::string(cell_at(cells, "への市町村")),
                               .layer = std::string(cell_at(cells, "区域の層"))};
    if (from.municipality.empty()) {
        from.municipality = desk_owner(call);
    }
    if (from.name.empty() && kind == RelationKind::shares) {
        from.kind = PartyKind::municipality; // all that it runs
    }
    if (to.municipality.empty() && to.kind != PartyKind::municipality) {
        to.municipality = desk_owner(call);
    }
    if (to.kind == PartyKind::district && to.layer.empty()) {
        to.layer = "chugakkoku";
    }
    const bool may_be_name_alone = !field_of(typed, "alone").empty();
    check_end(call, from, to.municipality, "from", may_be_name_alone, faults);
    check_end(call, to, from.municipality, "to", may_be_name_alone, faults);
    const bool is_one = from.kind == to.kind && from.municipality == to.municipality &&
                        directory::fold(from.name) == directory::fold(to.name);
    if (is_one && !to.name.empty()) {
        faults.emplace("to", Texts::in(call.context.language).get("desk.tie_to_itself"));
    }
}

} // namespace

std::span<const FormField> tie_fields() { return k_tie; }
std::span<const FormField> forum_fields() { return k_forum; }

Query form_of(std::span<const FormField> fields, const WrittenCells& cells) {
    Query form;
    for (const FormField& field : fields) {
        form.emplace_back(field.name, cell_at(cells, field.column));
    }
    return form;
}

WrittenCells cells_typed(std::span<const FormField> fields, const Query& typed) {
    WrittenCells cells;
    for (const FormField& field : fields) {
        cells.emplace_back(field.column, line_of(field_of(typed, field.name)));
    }
    return cells;
}

Faults check_tie(const StaffCall& call, WrittenCells& cells, const Query& typed) {
    const Texts& texts = Texts::in(call.context.language);
    Faults faults;
    check_each(k_tie, cells, texts, faults);
    check_municipality(call, cells, "from_municipality", "からの市町村", texts, faults);
    check_municipality(call, cells, "to_municipality", "への市町村", texts, faults);
    const auto kind = directory::parse_code<RelationKind>(cell_at(cells, "つながり"));
    if (!kind) {
        faults.emplace("kind", texts.get("desk.tie_kind_missing"));
        return faults;
    }
    put(cells, "つながり", std::string(directory::label_of(*kind)));
    put(cells, "への種類", std::string(directory::label_of(kind_of_end(cells, *kind))));
    check_counts(cells, *kind, texts, faults);
    if (!faults.contains("from_municipality") && !faults.contains("to_municipality")) {
        check_ends(call, cells, typed, *kind, faults);
    }
    return faults;
}

Faults check_forum(const StaffCall& call, WrittenCells& cells) {
    const Texts& texts = Texts::in(call.context.language);
    Faults faults;
    check_each(k_forum, cells, texts, faults);
    const std::string times = importers::plain(cell_at(cells, "年間回数"));
    const auto a_year = parse_number(times);
    if (!times.empty() && (!a_year || *a_year < 0 || *a_year > k_most_times)) {
        faults.emplace("times", texts.with("desk.tie_number_wrong", {{"most", grouped(k_most_times)}}));
    }
    const auto name = cell_at(cells, "会議体");
    if (name.empty()) {
        faults.emplace("name", texts.get("desk.forum_name_missing"));
    } else if (importers::names_person(name)) {
        faults.emplace("name", texts.get("desk.tie_person"));
    }
    if (!directory::parse_code<directory::ForumKind>(cell_at(cells, "種類"))) {
        faults.emplace("kind", texts.get("desk.forum_kind_missing"));
    }
    if (cell_at(cells, "区域").empty() && !cell_at(cells, "区域の層").empty()) {
        faults.emplace("area", texts.get("desk.forum_area_missing"));
    }
    return faults;
}

Faults faults_at(std::span<const FormField> fields, std::span<const std::pair<std::string, std::string>> at) {
    Faults faults;
    for (const auto& [column, sentence] : at) {
        const auto field = std::ranges::find(fields, std::string_view{column}, &FormField::column);
        if (field != fields.end()) {
            faults.emplace(field->name, sentence);
        }
    }
    return faults;
}

void fill_forum_fields(View form, const StaffCall& call, const Query& typed, const Faults& faults) {
    for (const FormField& field : k_forum) {
        const auto value = field_of(typed, field.name);
        const auto options =
            field.shape == FieldShape::choice ? options_of_forum(call, field, value, form.texts()) : FieldOptions{};
        fill_field(form.include("FIELD", "staff-desk-field.html"), field, "forum", value, options, "known-names",
                   faults);
    }
}

void fill_tie_fields(View form, const StaffCall& call, const TieQuestion& question, const Query& typed,
                     const Faults& faults) {
    const auto& kinds = question.kinds;
    for (const FormField& of_all : k_tie) {
        const auto value = field_of(typed, of_all.name);
        const bool is_kind = of_all.name == "kind";
        const bool is_of_kind = kinds.empty() || std::ranges::any_of(kinds, [&](const RelationKind kind) {
                                    return tie_has(kind, of_all.name);
                                });
        if (is_kind ? !question.asks_kind
                    : !is_of_kind && !is_told(typed, of_all.name) && !faults.contains(of_all.name)) {
            continue;
        }
        const FormField field = kinds.empty() ? of_all : in_words_of(of_all, kinds.front());
        const auto options = field.shape == FieldShape::choice ? options_of_tie(call, field, kinds, value, form.texts())
                                                               : FieldOptions{};
        fill_field(form.include("FIELD", "staff-desk-field.html"), field, "tie", value, options, "known-names", faults);
    }
}

Query tie_form_of(const directory::RelationReading& tie) {
    auto cells = importers::cells_of(tie);
    if (tie.to.kind == usual_end(tie.kind, tie.to.layer)) {
        put(cells, "への種類", {});
    }
    Query form = form_of(k_tie, cells);
    std::erase_if(form, [](const auto& field) { return field.second.empty(); });
    return form;
}

WrittenCells cells_mended(const directory::RelationReading& tie, const Query& typed) {
    const Query before = tie_form_of(tie);
    WrittenCells cells;
    for (const FormField& field : k_tie) {
        cells.emplace_back(field.column, is_told(typed, field.name) ? line_of(field_of(typed, field.name))
                                                                    : std::string(field_of(before, field.name)));
    }
    const auto kind = directory::parse_code<RelationKind>(cell_at(cells, "つながり"));
    if (kind && *kind != tie.kind) {
        empty_what_is_not_of(*kind, cells);
    }
    return cells;
}

std::string columns_that_differ(const WrittenCells& before, const WrittenCells& after) {
    std::string columns;
    for (const auto& [column, cell] : after) {
        if (cell_at(before, column) != cell) {
            columns += (columns.empty() ? "" : "、") + column;
        }
    }
    return columns;
}

bool is_there_already(const StaffCall& call, const directory::Reader& reader, const WrittenCells& cells) {
    const auto own = desk_owner(call);
    const auto key = [&](const WrittenCells& of) {
        std::string text;
        for (const char* column : {"つながり", "から", "からの市町村", "へ", "への種類", "への市町村", "区域の層",
                                   "事業", "期間", "開始日"}) {
            const std::string_view cell = cell_at(of, column);
            const bool is_municipality = std::string_view{column}.ends_with("の市町村");
            text += is_municipality && cell.empty() ? own : directory::fold(cell);
            text += '|';
        }
        return text;
    };
    const auto wanted = key(cells);
    return std::ranges::any_of(reader.relations(), [&](const directory::RelationRow& row) {
        return directory::tie_owner_of(row.reading) == own && key(importers::cells_of(row.reading)) == wanted;
    });
}

} // namespace shirube::server
