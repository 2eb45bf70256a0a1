// One meeting: what is told of it now, who belongs to it; confirmed, ended, mended or taken out; members who joined,
// left or never belonged; and a new one.
#include "directory/fold.hpp"
#include "importers/relations/decision_cells.hpp"
#include "importers/relations/tie_cells.hpp"
#include "importers/relations/written_tie.hpp"
#include "server/pages/edition_facts.hpp"
#include "server/pages/network/tie_words.hpp"
#include "server/pages/service/service_facts.hpp"
#include "server/pages/words.hpp"
#include "server/staff/desk/desk_frame.hpp"
#include "server/staff/desk/ties/added_tie.hpp"
#include "server/staff/desk/ties/own_ties.hpp"
#include "server/staff/desk/ties/tie_decision.hpp"
#include "server/staff/desk/ties/tie_form.hpp"
#include "server/staff/desk/ties/ties_pages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace shirube::server {

namespace {

using directory::ForumMember;
using directory::ForumRow;
using importers::WrittenCells;

constexpr std::string_view k_home = "/staff/desk/forums";
constexpr std::string_view k_list = "/staff/desk/ties";

constexpr FormField k_ended{"ended", "終了日", "desk.tie_last_day", "", FieldShape::day};
constexpr FormField k_member{"member",           "構成員",         "desk.member",
                             "desk.member_hint", FieldShape::name, importers::k_most_letters_of_a_name};
constexpr FormField k_member_day{"member_day", importers::k_member_day, "desk.member_day", "desk.member_day_hint",
                                 FieldShape::day};
/// Of a meeting that is written down for the first time.
constexpr std::size_t k_most_letters_of_members = 2000;
constexpr FormField k_members{"members",           "構成員",         "desk.members",
                              "desk.members_hint", FieldShape::text, k_most_letters_of_members};

std::string address_of(std::string_view id) { return fmt::format("{}/{}", k_home, percent_encode(id)); }

const ForumRow* own_meeting(const StaffCall& call, const directory::Reader& reader) {
    const auto found = own_forum(reader, desk_owner(call), call.parts[0]);
    return found ? &reader.forums()[*found] : nullptr;
}

void fill_facts(View body, const StaffCall& call, const ForumRow& row) {
    const Texts& texts = body.texts();
    const auto& forum = row.reading;
    add_fact(body, "desk.forum_cadence", {}, forum.cadence);
    if (!forum.area.empty()) {
        add_fact(body, "desk.forum_area", layer_in_words(forum.layer, texts), forum.area);
    }
    add_fact(body, "network.col_dates",
             dates_in_words({.valid_from = forum.valid_from, .valid_to = forum.valid_to}, texts));
    if (!forum.note.empty()) {
        add_fact(body, "fact.note", {}, forum.note);
    }
    add_fact(body, "desk.tie_audience", audience_in_words(row.visibility, texts));
    add_fact(body, "desk.confirmed", forum.confirmed_on ? date_in_words(*forum.confirmed_on, texts) : std::string{});
    add_fact(body, "network.col_list", {}, list_in_words(call.context.reader(), row.list, texts));
    if (!forum.source.empty()) {
        add_fact(body, "desk.tie_source", {}, forum.source);
    }
    if (const auto decided = decision_in_words(forum.decided, texts); !decided.empty()) {
        add_fact(body, "desk.tie_decided", decided, forum.decided.reason);
    }
}

/// Those of the meeting's own row; then those whom a tie of their own makes members, to be decided on there.
void fill_members(View body, const StaffCall& call, const Links& links, const ForumRow& row) {
    const Texts& texts = body.texts();
    const auto& reader = call.context.reader();
    const auto& network = reader.network();
    const auto add = [&](const directory::PartyReading& party, const std::optional<directory::Day>& from,
                         const std::optional<directory::Day>& to) {
        View item = body.section("MEMBER");
        item.set("NAME", party.name);
        item.set_if_any("MUNICIPALITY",
                        party.municipality.empty()
                            ? std::string{}
                            : facts_of(reader, call.context.now.day)->municipality_name(party.municipality));
        item.words_if_any("DATES", dates_in_words({.valid_from = from, .valid_to = to}, texts));
        const auto node = node_of_name(reader, party, row.reading.municipality);
        item.set("HREF", story_of(links, node));
        item.show_if(!node.is_known(), "NAME_ALONE");
        return item;
    };
    for (const ForumMember& member : row.reading.members) {
        View item = add(member, member.joined_on, member.left_on);
        if (member.visibility != directory::Visibility::everyone) {
            item.section("HIDDEN").words("AUDIENCE", audience_in_words(member.visibility, texts));
        }
    }
    const auto index = static_cast<std::uint32_t>(&row - reader.forums().data());
    const auto node = network.node_of(directory::PartyKind::forum, index);
    if (!node) {
        return;
    }
    for (const auto edge : network.edges_of(*node)) {
        const auto& of = network.edges()[edge];
        if (of.relation == directory::k_no_index || of.kind != directory::RelationKind::member_of || of.to != *node) {
            continue;
        }
        const auto& tie = reader.relations()[of.relation];
        View item = add(tie.reading.from, tie.reading.valid_from, tie.reading.valid_to);
        if (own_relation(reader, desk_owner(call), tie.id)) {
            item.section("OWN_TIE").set("TIE", links.to("/staff/desk/ties/" + percent_encode(tie.id)));
        }
    }
}

void fill_form(View form, const StaffCall& call, const Query& typed, const Faults& faults) {
    fill_forum_fields(form, call, typed, faults);
    fill_who(form.include("FORM_WHO", "staff-desk-who.html"), typed, "mend", faults);
}

Answer page_with(const StaffCall& call, const ForumRow& row, const std::optional<TieRefused>& refused,
                 const Query& typed) {
    Page page(call.request, call.context, "staff-desk-forum");
    begin_desk_page(page, "desk.forum");
    const Texts& texts = page.texts();
    const Links& links = page.links();
    View& body = page.body();
    body.set("TIES", links.to(k_list));
    tell_of_ties(body, call, refused);
    View told = body.section("TOLD");
    told.set("NAME", row.reading.name);
    told.words("KIND", forum_in_words(row.reading.kind, texts));
    fill_facts(told, call, row);
    fill_members(told, call, links, row);
    told.show_if(row.reading.members.empty(), "NO_MEMBERS");
    body.set("ACTION", links.to(address_of(row.id)));
    body.set("CSRF", call.who.csrf);
    body.set("SEEN", state_of(row));
    // What was typed and what is wrong with it stand in the form that was sent.
    const auto what = field_of(typed, "do");
    const bool is_mending = what == "mend";
    const bool is_of_member = what == "joined" || what == "left" || what == "never";
    const Faults faults = refused ? refused->faults : Faults{};
    const auto of = [&](bool is_sent) { return is_sent ? std::pair{typed, faults} : std::pair<Query, Faults>{}; };
    View decide = body.section("DECIDE");
    const auto [decided, wrong] = of(!is_mending && !is_of_member);
    fill_who(decide.include("DECIDE_WHO", "staff-desk-who.html"), decided, "decide", wrong);
    fill_field(decide.include("ENDED", "staff-desk-field.html"), k_ended, "decide", field_of(decided, "ended"), {}, "",
               wrong);
    View members = body.section("MEMBERS");
    const auto [member, wrong_member] = of(is_of_member);
    members.show_if(is_of_member, "OPEN");
    for (const FormField& field : {k_member, k_member_day}) {
        fill_field(members.include("FIELD", "staff-desk-field.html"), field, "members", field_of(member, field.name),
                   {}, "known-names", wrong_member);
    }
    fill_who(members.include("MEMBERS_WHO", "staff-desk-who.html"), member, "members", wrong_member);
    View form = body.section("FORM");
    form.section("MENDS").show_if(is_mending, "OPEN");
    fill_form(form, call, is_mending ? typed : form_of(forum_fields(), importers::cells_of(row.reading)),
              is_mending ? faults : Faults{});
    fill_known_names(body, call);
    return page.finish(refused ? refused->status : 200);
}

Answer new_page_with(const StaffCall& call, const std::optional<TieRefused>& refused, const Query& typed) {
    Page page(call.request, call.context, "staff-desk-forum");
    begin_desk_page(page, "desk.forum_new");
    View& body = page.body();
    body.set("TIES", page.links().to(k_list));
    tell_of_ties(body, call, refused);
    body.show("NEW");
    body.set("ACTION", page.links().to("/staff/desk/forums/new"));
    body.set("CSRF", call.who.csrf);
    const Faults faults = refused ? refused->faults : Faults{};
    View form = body.section("FORM");
    fill_form(form, call, typed, faults);
    fill_field(form.include("FIELD", "staff-desk-field.html"), k_members, "forum", field_of(typed, "members"), {}, "",
               faults);
    fill_known_names(body, call);
    return page.finish(refused ? refused->status : 200);
}

StillSo still_as_seen(const StaffCall& call, const Query& fields) {
    return [&call, &fields](const directory::Reader& newest) {
        const auto* row = own_meeting(call, newest);
        return row != nullptr && state_of(*row) == field_of(fields, "seen");
    };
}

void put(WrittenCells& cells, std::string_view column, std::string text) {
    const auto found = std::ranges::find(cells, column, &WrittenCells::value_type::first);
    if (found == cells.end()) {
        cells.emplace_back(column, std::move(text));
    } else {
        found->second = std::move(text);
    }
}

/// The one of the meeting's members whom somebody means: by the name, with or without its municipality.
const ForumMember* member_of_name(const directory::ForumReading& forum, const std::string& typed) {
    const ForumMember* found = nullptr;
    for (const ForumMember& member : forum.members) {
        if (importers::cell_of_member(member) == typed) {
            return &member;
        }
        if (directory::fold(member.name) == directory::fold(typed)) {
            found = found == nullptr ? &member : nullptr; // two of a name: the municipality tells which
        }
    }
    return found;
}

std::expected<WrittenCells, Faults> member_cells(const StaffCall& call, const ForumRow& row, const Query& fields) {
    const Texts& texts = Texts::in(call.context.language);
    const auto what = field_of(fields, "do");
    std::string name = line_of(field_of(fields, "member"));
    const std::string day{field_of(fields, "member_day")};
    Faults faults;
    check_length(k_member, name, texts, faults);
    check_day(k_member_day, day, texts, faults);
    const auto* member = member_of_name(row.reading, name);
    if (name.empty()) {
        faults.emplace("member", texts.get("desk.member_missing"));
    } else if (importers::names_person(name)) {
        faults.emplace("member", texts.get("desk.tie_person"));
    } else if (what == "joined" && member != nullptr && !member->left_on) {
        faults.emplace("member", texts.get("desk.member_there"));
    } else if (what != "joined" && member == nullptr) {
        faults.emplace("member", texts.get("desk.member_unknown"));
    }
    if (what == "left" && day.empty()) {
        faults.emplace("member_day", texts.get("desk.tie_last_day_missing"));
    }
    const auto last = directory::parse_day(day);
    if (what == "left" && last && member != nullptr && member->joined_on && *last < *member->joined_on) {
        faults.emplace("member_day", texts.get("desk.tie_day_order"));
    }
    if (!faults.empty()) {
        return std::unexpected(std::move(faults));
    }
    if (member != nullptr) {
        name = importers::cell_of_member(*member);
    }
    auto cells = importers::cells_of(row.reading);
    put(cells, "構成員", std::move(name));
    put(cells, importers::k_member_day, what == "never" ? std::string{} : day);
    put(cells, importers::k_tie_target, row.id);
    put(cells, importers::k_tie_verdict,
        std::string(what == "joined" ? importers::k_verdict_joined
                    : what == "left" ? importers::k_verdict_left
                                     : importers::k_verdict_never));
    return cells;
}

std::expected<WrittenCells, Faults> decided_cells(const StaffCall& call, const ForumRow& row, const Query& fields) {
    const Texts& texts = Texts::in(call.context.language);
    const auto today = call.context.now.day;
    const auto what = field_of(fields, "do");
    if (what == "joined" || what == "left" || what == "never") {
        return member_cells(call, row, fields);
    }
    auto cells = importers::cells_of(row.reading);
    if (what == "confirm") {
        return mended(std::move(cells), row.id, {}, today);
    }
    if (what == "wrong") {
        return struck(std::move(cells), row.id);
    }
    if (what == "end") {
        const std::string ended{field_of(fields, "ended")};
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
        put(cells, "終了日", ended);
        return mended(std::move(cells), row.id, "終了日", today);
    }
    auto typed = cells_typed(forum_fields(), fields);
    auto faults = check_forum(call, typed);
    if (!faults.empty()) {
        return std::unexpected(std::move(faults));
    }
    auto columns = columns_that_differ(cells, typed);
    if (columns.empty()) {
        return std::unexpected(Faults{{"", std::string(texts.get("desk.nothing_changed"))}});
    }
    put(typed, "市町村", row.reading.municipality);
    put(typed, "構成員", {});
    return mended(std::move(typed), row.id, std::move(columns), today);
}

/// A meeting of that name and area is there already.
bool is_meeting_there(const StaffCall& call, const directory::Reader& reader, const WrittenCells& cells) {
    const auto own = own_forums(reader, desk_owner(call));
    return std::ranges::any_of(own, [&](std::uint32_t i) {
        const auto& forum = reader.forums()[i].reading;
        return directory::fold(forum.name) == directory::fold(importers::cell_at(cells, "会議体")) &&
               directory::fold(forum.area) == directory::fold(importers::cell_at(cells, "区域"));
    });
}

} // namespace

Answer new_forum_page(const StaffCall& call) { return new_page_with(call, std::nullopt, {}); }

Answer post_new_forum(const StaffCall& call) {
    const auto fields = posted_fields(call.request).value_or(Query{});
    NewTie made{.cells = cells_typed(forum_fields(), fields)};
    made.faults = check_forum(call, made.cells);
    std::string members = line_of(field_of(fields, "members"));
    check_length(k_members, members, Texts::in(call.context.language), made.faults);
    made.more.emplace_back("構成員", std::move(members));
    const auto is_new = [&call, cells = made.cells](const directory::Reader& newest) {
        return !is_meeting_there(call, newest, cells);
    };
    const auto kept = keep_new(call, std::move(made), fields, forum_fields(), is_new, "desk.forum_there");
    return kept ? see_other(added_address(*kept)) : new_page_with(call, kept.error(), fields);
}

Answer forum_page(const StaffCall& call) {
    const auto* row = own_meeting(call, call.context.reader());
    return row != nullptr ? page_with(call, *row, std::nullopt, {}) : no_such_tie(call);
}

Answer post_forum(const StaffCall& call) {
    const Texts& texts = Texts::in(call.context.language);
    const auto fields = posted_fields(call.request).value_or(Query{});
    const auto* row = own_meeting(call, call.context.reader());
    if (row == nullptr) {
        return no_such_tie(call);
    }
    const auto refused = [&](TieRefused problem) { return page_with(call, *row, std::move(problem), fields); };
    const auto what = field_of(fields, "do");
    constexpr std::array<std::string_view, 7> k_known{"confirm", "end", "wrong", "mend", "joined", "left", "never"};
    if (std::ranges::find(k_known, what) == k_known.end()) {
        return refused({.sentences = {texts.get("desk.choose")}});
    }
    const auto kept = keep_decided(call, row->id, decided_cells(call, *row, fields), fields, forum_fields(),
                                   still_as_seen(call, fields));
    return kept ? see_other(kept_address(what == "wrong" ? std::string(k_list) : address_of(row->id), *kept))
                : refused(kept.error());
}

} // namespace shirube::server
