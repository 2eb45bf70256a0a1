// One tie: what is told of it now and who says so; confirmed, ended, mended or taken out; and a new one.
#include "directory/desk/page_lists.hpp"
#include "directory/network/tie_visibility.hpp"
#include "directory/network/told_twice.hpp"
#include "importers/layouts/template_choices.hpp"
#include "importers/relations/decision_cells.hpp"
#include "importers/relations/tie_choices.hpp"
#include "importers/relations/written_tie.hpp"
#include "server/pages/network/tie_words.hpp"
#include "server/pages/service/service_facts.hpp"
#include "server/pages/words.hpp"
#include "server/staff/desk/desk_frame.hpp"
#include "server/staff/desk/ties/added_tie.hpp"
#include "server/staff/desk/ties/own_ties.hpp"
#include "server/staff/desk/ties/tie_decision.hpp"
#include "server/staff/desk/ties/tie_form.hpp"
#include "server/staff/desk/ties/tie_kinds.hpp"
#include "server/staff/desk/ties/ties_pages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>
#include <utility>

namespace shirube::server {

namespace {

using directory::RelationKind;
using directory::RelationRow;
using importers::cell_at;
using importers::WrittenCells;

constexpr std::string_view k_home = "/staff/desk/ties";
constexpr std::string_view k_new = "/staff/desk/ties/new";

std::string address_of(std::string_view id) { return fmt::format("{}/{}", k_home, percent_encode(id)); }

const RelationRow* own_tie(const StaffCall& call, const directory::Reader& reader) {
    const auto found = own_relation(reader, desk_owner(call), call.parts[0]);
    return found ? &reader.relations()[*found] : nullptr;
}

std::string counts_in_words(const directory::RelationReading& tie, const Texts& texts) {
    const auto count = [&](const std::optional<std::int64_t>& of) {
        return of ? grouped(*of) : texts.get("network.count_unknown");
    };
    return texts.with("network.counts_of_tie", {{"informed", count(tie.referrals.informed)},
                                                {"linked", count(tie.referrals.linked)},
                                                {"fed_back", count(tie.referrals.fed_back)}});
}

/// An end, with the story of whoever is meant; a name alone where nobody is known.
void fill_end(View view, const StaffCall& call, const Links& links, const directory::PartyReading& party,
              const directory::PartyReading& other) {
    const auto node = node_of_name(call.context.reader(), party, other.municipality);
    view.set("NAME", end_in_words(call, party, view.texts()));
    view.set("KIND", directory::code_of(node.kind));
    view.set("SIGN", sign_of(node.kind));
    if (!node.is_known()) {
        const auto near = near_names(call.context.reader(), desk_owner(call)).nearest(party.name);
        view.section("NAME_ALONE").set_if_any("NEAR", near.value_or(""));
    }
    view.set("HREF", story_of(links, node));
}

void fill_facts(View body, const StaffCall& call, const RelationRow& row) {
    const Texts& texts = body.texts();
    const auto& tie = row.reading;
    const auto& reader = call.context.reader();
    if (!tie.programme.empty()) {
        if (const auto programme = reader.taxonomy().by_code(tie.programme)) {
            add_fact(body, "desk.programme", reader.taxonomy().at(*programme).label.in(texts.language()));
        }
    }
    add_fact(body, "network.col_dates",
             dates_in_words({.kind = tie.kind, .valid_from = tie.valid_from, .valid_to = tie.valid_to}, texts));
    if (tie.kind == directory::RelationKind::refers) {
        add_fact(body, "desk.tie_counts", counts_in_words(tie, texts), tie.period);
    }
    if (!tie.terms.text.empty()) {
        add_fact(body, "desk.tie_terms", {}, tie.terms.text);
    }
    if (!tie.note.empty()) {
        add_fact(body, "fact.note", {}, tie.note);
    }
    add_fact(body, "desk.tie_audience",
             audience_in_words(row.visibility, texts) +
                 (row.visibility > directory::visibility_of(tie) ? texts.get("desk.tie_narrowed") : std::string{}));
    add_fact(body, "desk.confirmed", tie.confirmed_on ? date_in_words(*tie.confirmed_on, texts) : std::string{});
    add_fact(body, "network.col_list", {}, list_in_words(reader, row.list, texts));
    if (!tie.source.empty()) {
        add_fact(body, "desk.tie_source", {}, tie.source);
    }
    if (const auto decided = decision_in_words(tie.decided, texts); !decided.empty()) {
        add_fact(body, "desk.tie_decided", decided, tie.decided.reason);
    }
}

/// The form as it is shown: what was typed, else the tie as it is.
Query shown_of(const StaffCall& call, const RelationRow& row) {
    Query form = tie_form_of(row.reading);
    const auto& reader = call.context.reader();
    const auto& [from, to] = std::tie(row.reading.from, row.reading.to);
    if (!node_of_name(reader, from, to.municipality).is_known() ||
        !node_of_name(reader, to, from.municipality).is_known()) {
        form.emplace_back("alone", "1");
    }
    return form;
}

std::optional<RelationKind> kind_typed(const Query& typed) {
    return directory::parse_code<RelationKind>(field_of(typed, "kind"));
}

void fill_form(View form, const StaffCall& call, const TieQuestion& question, const Query& typed,
               const Faults& faults) {
    fill_tie_fields(form, call, question, typed, faults);
    form.show_if(!field_of(typed, "alone").empty(), "ALONE_CHECKED");
    // A missing name, or a person's, is not mended by it.
    const auto name_alone = form.texts().get("desk.tie_name_alone");
    form.show_if(std::ranges::any_of(std::array{"from", "to"},
                                     [&](const char* end) {
                                         const auto fault = faults.find(end);
                                         return fault != faults.end() && fault->second.starts_with(name_alone);
                                     }),
                 "ALONE_ASKED");
    fill_who(form.include("FORM_WHO", "staff-desk-who.html"), typed, "mend", faults);
}

Answer page_with(const StaffCall& call, const RelationRow& row, const std::optional<TieRefused>& refused,
                 const Query& typed) {
    Page page(call.request, call.context, "staff-desk-tie");
    begin_desk_page(page, "desk.tie");
    const Texts& texts = page.texts();
    const Links& links = page.links();
    View& body = page.body();
    body.set("TIES", links.to(k_home));
    tell_of_ties(body, call, refused);
    View told = body.section("TOLD");
    told.words("TIE", tie_in_words(row.reading.kind, texts));
    fill_end(told.section("FROM_END"), call, links, row.reading.from, row.reading.to);
    fill_end(told.section("TO_END"), call, links, row.reading.to, row.reading.from);
    fill_facts(told, call, row);
    for (const auto other : directory::told_with(call.context.reader(), row.id)) {
        const auto& also = call.context.reader().relations()[other];
        View item = told.section("ALSO");
        item.set("LIST", directory::shown_name(call.context.reader().lists()[also.list].name));
        if (own_relation(call.context.reader(), desk_owner(call), also.id)) {
            item.set_if_any("HREF", links.to(address_of(also.id)));
        }
    }
    body.set("ACTION", links.to(address_of(row.id)));
    body.set("CSRF", call.who.csrf);
    body.set("SEEN", state_of(row));
    const auto what = field_of(typed, "do");
    const bool is_mending = what == "mend";
    const Faults none;
    const Faults& faults = refused ? refused->faults : none;
    View decide = body.section("DECIDE");
    const Query decided = is_mending ? Query{} : typed;
    fill_who(decide.include("DECIDE_WHO", "staff-desk-who.html"), decided, "decide", is_mending ? none : faults);
    constexpr FormField k_ended{"ended", "終了日", "desk.tie_last_day", "", FieldShape::day};
    fill_field(decide.include("ENDED", "staff-desk-field.html"), k_ended, "decide", field_of(decided, "ended"), {}, "",
               is_mending ? none : faults);
    View form = body.section("FORM");
    form.section("MENDS").show_if(is_mending, "OPEN");
    // Of a kind that was chosen anew the fields of both are there: what is to be emptied, and what is missing.
    TieQuestion question{.kinds = {row.reading.kind}};
    if (const auto kind = kind_typed(typed); is_mending && kind && *kind != row.reading.kind) {
        question.kinds.insert(question.kinds.begin(), *kind);
    }
    fill_form(form, call, question, is_mending ? typed : shown_of(call, row), is_mending ? faults : none);
    fill_known_names(body, call);
    return page.finish(refused ? refused->status : 200);
}

/// The two ends as they were given in the address or typed: they go along while a kind is chosen.
Query with_ends(const Query& typed) {
    return {{"from", std::string(field_of(typed, "from"))}, {"to", std::string(field_of(typed, "to"))}};
}

/// Asks what kind of tie it is: only then it is known what else is to be asked.
Answer kind_page_with(const StaffCall& call, const Query& typed) {
    Page page(call.request, call.context, "staff-desk-tie");
    begin_desk_page(page, "desk.tie_new");
    const Links& links = page.links();
    View& body = page.body();
    body.set("TIES", links.to(k_home));
    body.show("NEW");
    View kinds = body.section("KINDS");
    kinds.set("NEW_FORUM", links.to("/staff/desk/forums/new"));
    for (const auto kind : importers::k_choices<RelationKind>) {
        View item = kinds.section("KIND_LINK");
        item.set("HREF", links.to(k_new, with(with_ends(typed), "kind", directory::code_of(kind))));
        item.set("CODE", directory::code_of(kind));
        item.words("KIND", tie_in_words(kind, body.texts()));
        item.words("MEANING", body.texts().get(tie_kind(kind).meaning));
    }
    return page.finish();
}

Answer new_page_with(const StaffCall& call, const std::optional<TieRefused>& refused, const Query& typed) {
    Page page(call.request, call.context, "staff-desk-tie");
    begin_desk_page(page, "desk.tie_new");
    const Links& links = page.links();
    View& body = page.body();
    body.set("TIES", links.to(k_home));
    tell_of_ties(body, call, refused);
    body.show("NEW");
    body.set("ACTION", links.to(k_new));
    body.set("CSRF", call.who.csrf);
    View form = body.section("FORM");
    TieQuestion question;
    if (const auto kind = kind_typed(typed)) {
        question = {.kinds = {*kind}, .asks_kind = false};
        View told = body.section("OF_KIND");
        told.words("KIND", tie_in_words(*kind, body.texts()));
        told.words("MEANING", body.texts().get(tie_kind(*kind).meaning));
        told.set("OTHER", links.to(k_new, with_ends(typed)));
        form.section("KIND_SETTLED").set("KIND", directory::label_of(*kind));
    }
    fill_form(form, call, question, typed, refused ? refused->faults : Faults{});
    fill_known_names(body, call);
    return page.finish(refused ? refused->status : 200);
}

/// Nothing of it is different from what somebody saw.
StillSo still_as_seen(const StaffCall& call, const Query& fields) {
    return [&call, &fields](const directory::Reader& newest) {
        const auto* row = own_tie(call, newest);
        return row != nullptr && state_of(*row) == field_of(fields, "seen");
    };
}

/// The row of what was decided with one of the buttons above the form, or what is wrong.
std::expected<WrittenCells, Faults> decided_cells(const StaffCall& call, const RelationRow& row, const Query& fields) {
    const Texts& texts = Texts::in(call.context.language);
    const auto today = call.context.now.day;
    auto cells = importers::cells_of(row.reading);
    const auto what = field_of(fields, "do");
    if (what == "confirm") {
        return mended(std::move(cells), row.id, {}, today);
    }
    if (what == "wrong") {
        return struck(std::move(cells), row.id);
    }
    const std::string ended{field_of(fields, "ended")};
    constexpr FormField k_ended{"ended", "終了日", "desk.tie_last_day", "", FieldShape::day};
    Faults faults;
    check_day(k_ended, ended, texts, faults);
    const auto day = directory::parse_day(ended);
    if (ended.empty()) {
        faults.emplace("ended", texts.get("desk.tie_last_day_missing"));
    } else if (day && row.reading.valid_from && *day < *row.reading.valid_from) {
        faults.emplace("ended", texts.get("desk.tie_day_order"));
    }
    if (!faults.empty()) {
        return std::unexpected(std::move(faults));
    }
    for (auto& [column, cell] : cells) {
        cell = column == "終了日" ? ended : cell;
    }
    return mended(std::move(cells), row.id, "終了日", today);
}

/// The row of what was mended in the form, or what is wrong.
std::expected<WrittenCells, Faults> mended_cells(const StaffCall& call, const RelationRow& row, const Query& fields) {
    auto cells = cells_mended(row.reading, fields);
    auto faults = check_tie(call, cells, fields);
    const Texts& texts = Texts::in(call.context.language);
    // Referrals are usually for staff, and all other kinds for everybody: no tie becomes public unseen.
    const auto kind = directory::parse_code<RelationKind>(cell_at(cells, "つながり"));
    const bool was_referral = row.reading.kind == RelationKind::refers && kind && *kind != RelationKind::refers;
    if (was_referral && cell_at(cells, "公開範囲").empty()) {
        faults.emplace("visibility", texts.get("desk.tie_audience_missing"));
    }
    if (!faults.empty()) {
        return std::unexpected(std::move(faults));
    }
    auto columns = columns_that_differ(importers::cells_of(row.reading), cells);
    if (columns.empty()) {
        return std::unexpected(Faults{{"", std::string(texts.get("desk.nothing_changed"))}});
    }
    return mended(std::move(cells), row.id, std::move(columns), call.context.now.day);
}

} // namespace

Answer new_tie_page(const StaffCall& call) {
    Query typed;
    for (const char* name : {"from", "to", "kind"}) {
        typed.emplace_back(name, call.request.parameter(name).value_or(""));
    }
    return kind_typed(typed) ? new_page_with(call, std::nullopt, typed) : kind_page_with(call, typed);
}

Answer post_new_tie(const StaffCall& call) {
    const auto fields = posted_fields(call.request).value_or(Query{});
    NewTie made{.cells = cells_typed(tie_fields(), fields)};
    made.faults = check_tie(call, made.cells, fields);
    const auto is_new = [&call, cells = made.cells](const directory::Reader& newest) {
        return !is_there_already(call, newest, cells);
    };
    const auto kept = keep_new(call, std::move(made), fields, tie_fields(), is_new, "desk.tie_there");
    return kept ? see_other(added_address(*kept)) : new_page_with(call, kept.error(), fields);
}

Answer tie_page(const StaffCall& call) {
    const auto* row = own_tie(call, call.context.reader());
    return row != nullptr ? page_with(call, *row, std::nullopt, {}) : no_such_tie(call);
}

Answer post_tie(const StaffCall& call) {
    const Texts& texts = Texts::in(call.context.language);
    const auto fields = posted_fields(call.request).value_or(Query{});
    const auto* row = own_tie(call, call.context.reader());
    if (row == nullptr) {
        return no_such_tie(call);
    }
    const auto refused = [&](TieRefused problem) { return page_with(call, *row, std::move(problem), fields); };
    const auto what = field_of(fields, "do");
    constexpr std::array<std::string_view, 4> k_known{"confirm", "end", "wrong", "mend"};
    if (std::ranges::find(k_known, what) == k_known.end()) {
        return refused({.sentences = {texts.get("desk.choose")}});
    }
    const auto kept = keep_decided(
        call, row->id, what == "mend" ? mended_cells(call, *row, fields) : decided_cells(call, *row, fields), fields,
        tie_fields(), still_as_seen(call, fields));
    return kept ? see_other(kept_address(what == "wrong" ? std::string(k_home) : address_of(row->id), *kept))
                : refused(kept.error());
}

} // namespace shirube::server
