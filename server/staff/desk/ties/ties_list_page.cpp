// All ties and meetings of the own municipality, to choose what to decide on.
#include "directory/fold.hpp"
#include "importers/layouts/template_choices.hpp"
#include "importers/relations/tie_choices.hpp"
#include "server/pages/network/tie_words.hpp"
#include "server/pages/words.hpp"
#include "server/staff/desk/desk_frame.hpp"
#include "server/staff/desk/ties/added_tie.hpp"
#include "server/staff/desk/ties/own_ties.hpp"
#include "server/staff/desk/ties/tie_decision.hpp"
#include "server/staff/desk/ties/ties_pages.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <span>
#include <variant>

namespace shirube::server {

namespace {

using directory::ForumRow;
using directory::RelationKind;
using directory::RelationRow;

constexpr std::size_t k_a_page = 25;
constexpr std::string_view k_home = "/staff/desk/ties";
constexpr std::string_view k_forums = "forum"; ///< beside the kinds of ties
constexpr std::array<std::string_view, 3> k_when{"now", "ended", "all"};
constexpr std::size_t k_longest_name = 100;

/// What of all is asked for.
struct Asked {
    std::string kind; ///< a code of RelationKind, or k_forums; empty: all
    std::string name; ///< folded; part of an end's name
    std::string_view when = k_when.front();
    directory::Day day{};

    [[nodiscard]] bool stands(const std::optional<directory::Day>& until) const {
        const bool has_ended = until && *until < day;
        return when == "all" || has_ended == (when == "ended");
    }
    [[nodiscard]] bool names(std::string_view text) const {
        return name.empty() || directory::fold(text).find(name) != std::string::npos;
    }
};

Asked asked_of(const StaffCall& call) {
    Asked asked;
    asked.day = call.context.now.day;
    const auto kind = call.request.parameter("kind").value_or("");
    if (kind == k_forums || directory::parse_code<RelationKind>(kind)) {
        asked.kind = kind;
    }
    asked.name = directory::fold(call.request.parameter("q").value_or("").substr(0, 4 * k_longest_name));
    const auto* const when = std::ranges::find(k_when, call.request.parameter("when").value_or(""));
    asked.when = when == k_when.end() ? k_when.front() : *when;
    return asked;
}

using Item = std::variant<const ForumRow*, const RelationRow*>;

/// What an item stands under: a kind of tie; nothing of a meeting.
std::optional<RelationKind> group_of(const Item& item) {
    const auto* const* tie = std::get_if<const RelationRow*>(&item);
    return tie == nullptr ? std::nullopt : std::optional((*tie)->reading.kind);
}

/// By kind, as the filter offers them; meetings first, as they are few. Of one kind by the names they begin with.
std::vector<Item> items_of(const StaffCall& call, const Asked& asked, const Texts& texts) {
    const auto& reader = call.context.reader();
    const auto owner = desk_owner(call);
    std::vector<Item> items;
    if (asked.kind.empty() || asked.kind == k_forums) {
        for (const auto i : own_forums(reader, owner)) {
            const auto& forum = reader.forums()[i].reading;
            const bool is_named = asked.names(forum.name) || std::ranges::any_of(forum.members, [&](const auto& m) {
                                      return asked.names(m.name);
                                  });
            if (is_named && asked.stands(forum.valid_to)) {
                items.emplace_back(&reader.forums()[i]);
            }
        }
    }
    for (const auto i : own_relations(reader, owner)) {
        const auto& tie = reader.relations()[i].reading;
        const bool is_kind = asked.kind.empty() || asked.kind == directory::code_of(tie.kind);
        const bool is_named =
            asked.names(end_in_words(call, tie.from, texts)) || asked.names(end_in_words(call, tie.to, texts));
        if (is_kind && is_named && asked.stands(tie.valid_to)) {
            items.emplace_back(&reader.relations()[i]);
        }
    }
    const auto& kinds = importers::k_choices<RelationKind>;
    std::ranges::stable_sort(items, {}, [&](const Item& item) {
        const auto kind = group_of(item);
        return kind ? std::ranges::find(kinds, *kind) - kinds.begin() + 1 : 0;
    });
    return items;
}

template <class Row>
void fill_common(View item, const StaffCall& call, const Row& row, const Asked& asked) {
    const Texts& texts = item.texts();
    item.set("ID", row.id);
    item.words_if_any("DATES",
                      dates_in_words({.valid_from = row.reading.valid_from, .valid_to = row.reading.valid_to}, texts));
    item.show_if(row.reading.valid_to && *row.reading.valid_to < asked.day, "ENDED");
    if (row.visibility != directory::Visibility::everyone) {
        item.section("HIDDEN").words("AUDIENCE", audience_in_words(row.visibility, texts));
    }
    item.set_if_any("LIST", list_in_words(call.context.reader(), row.list, texts));
    if (row.reading.confirmed_on) {
        item.section("CONFIRMED").words("DATE", date_in_words(*row.reading.confirmed_on, texts));
    }
    item.show_if(row.reading.decided.on.has_value(), "BY_HAND");
}

/// As the network has them: those of the meeting's rows and those whom a tie of their own makes members, each once. Of
/// a meeting that is over or yet to come those of its last or first day.
std::optional<std::int64_t> members_of(const directory::Reader& reader, const ForumRow& row, directory::Day today) {
    const auto& network = reader.network();
    const auto node =
        network.node_of(directory::PartyKind::forum, static_cast<std::uint32_t>(&row - reader.forums().data()));
    if (!node) {
        return std::nullopt;
    }
    const auto& from = row.reading.valid_from;
    const auto& until = row.reading.valid_to;
    const auto day = until && *until < today ? *until : from && *from > today ? *from : today;
    bool is_told = false; // that it has none is said by no list
    std::set<std::uint32_t> members;
    for (const auto i : network.edges_of(*node)) {
        const auto& edge = network.edges()[i];
        if (edge.kind != RelationKind::member_of || edge.to != *node) {
            continue;
        }
        is_told = true;
        if (network.stands_on(edge, day)) {
            members.insert(edge.from);
        }
    }
    return is_told ? std::optional(static_cast<std::int64_t>(members.size())) : std::nullopt;
}

void fill_item(View item, const StaffCall& call, const Links& links, const Asked& asked, const ForumRow& row) {
    const Texts& texts = item.texts();
    item.set("HREF", links.to("/staff/desk/forums/" + percent_encode(row.id)));
    item.set("NAME", row.reading.name);
    item.words_if_any("KIND", forum_in_words(row.reading.kind, texts));
    View forum = item.section("FORUM");
    forum.set_if_any("CADENCE", row.reading.cadence);
    if (const auto members = members_of(call.context.reader(), row, asked.day)) {
        forum.section("MEMBERS").set("N", grouped(*members));
    } else {
        forum.show("NO_MEMBER");
    }
    forum.show_if(row.reading.valid_from || row.reading.valid_to, "DATED");
    fill_common(item, call, row, asked);
}

void fill_item(View item, const StaffCall& call, const Links& links, const Asked& asked, const RelationRow& row) {
    item.set("HREF", links.to(std::string(k_home) + "/" + percent_encode(row.id)));
    const Texts& texts = item.texts();
    item.set("NAME", end_in_words(call, row.reading.from, texts) + " → " + end_in_words(call, row.reading.to, texts));
    item.words_if_any("PROGRAMME", programme_in_words(call.context.reader(), row.reading, texts));
    item.set_if_any("PERIOD", row.reading.period);
    fill_common(item, call, row, asked);
}

/// A heading over those of one kind, with how many there are on all pages.
void begin_group(View group, const std::optional<RelationKind>& kind, std::span<const Item> items) {
    const Texts& texts = group.texts();
    group.set("GROUP", kind ? directory::code_of(*kind) : k_forums);
    group.words("KIND", kind ? tie_in_words(*kind, texts) : party_in_words(directory::PartyKind::forum, texts));
    group.set("N", grouped(std::ranges::count(items, kind, group_of)));
}

void fill_filter(View body, const StaffCall& call, const Asked& asked) {
    const Texts& texts = body.texts();
    const auto add = [&](const char* section, std::string_view value, std::string_view words, bool is_chosen) {
        View option = body.section(section);
        option.set("VALUE", value);
        option.set("WORDS", words);
        option.show_if(is_chosen, "CHOSEN");
    };
    add("KIND_OPTION", "", texts.get("network.all"), asked.kind.empty());
    add("KIND_OPTION", k_forums, party_in_words(directory::PartyKind::forum, texts), asked.kind == k_forums);
    for (const auto kind : importers::k_choices<RelationKind>) {
        const auto code = directory::code_of(kind);
        add("KIND_OPTION", code, tie_in_words(kind, texts), asked.kind == code);
    }
    for (const auto when : k_when) {
        add("WHEN_OPTION", when, texts.get("desk.ties_" + std::string(when)), asked.when == when);
    }
    body.set("Q", call.request.parameter("q").value_or(""));
    body.set("MOST", static_cast<std::int64_t>(k_longest_name));
}

/// The page's address with what is asked for, for the next pages.
Query asking(const StaffCall& call) {
    Query query;
    for (const char* name : {"kind", "q", "when"}) {
        query.emplace_back(name, call.request.parameter(name).value_or(""));
    }
    return query;
}

} // namespace

Answer ties_page(const StaffCall& call) {
    const auto asked = asked_of(call);
    Page page(call.request, call.context, "staff-desk-ties");
    const auto items = items_of(call, asked, page.texts());
    begin_desk_page(page, "desk.ties");
    const Links& links = page.links();
    View& body = page.body();
    tell_of_desk(body, call, nullptr, added_thing(call, links, page.texts()));
    body.set("ACTION", links.path(k_home));
    body.set_if_any("LANG", links.chosen_language());
    body.set("NEW_TIE", links.to("/staff/desk/ties/new"));
    body.set("NEW_FORUM", links.to("/staff/desk/forums/new"));
    fill_filter(body, call, asked);
    const auto shown = fill_pages(body, links, call.request, k_home, items.size(), k_a_page, asking(call));
    std::optional<View> group;
    for (std::size_t i = shown.first; i < shown.first + shown.count; ++i) {
        const auto kind = group_of(items[i]);
        if (!group || kind != group_of(items[i - 1])) {
            group = body.section("GROUP");
            begin_group(*group, kind, items);
            group->show_if(i > 0 && kind == group_of(items[i - 1]), "GOES_ON");
        }
        View item = group->section("ITEM");
        std::visit([&](const auto* row) { fill_item(item, call, links, asked, *row); }, items[i]);
    }
    return page.finish();
}

} // namespace shirube::server
