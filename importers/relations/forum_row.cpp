#include "directory/fold.hpp"
#include "directory/network/tie_decisions.hpp"
#include "directory/network/tie_visibility.hpp"
#include "importers/cleaning/cadence.hpp"
#include "importers/cleaning/dates.hpp"
#include "importers/cleaning/figures.hpp"
#include "importers/cleaning/protected_names.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/relations/decision_cells.hpp"
#include "importers/relations/relation_row.hpp"
#include "importers/relations/tie_cells.hpp"
#include "importers/relations/tie_choices.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <ranges>

namespace shirube::importers {

namespace {

using directory::ForumKind;
using directory::ForumReading;

constexpr std::string_view k_name = "会議体";
constexpr std::string_view k_kind = "種類";
constexpr std::string_view k_municipality = "市町村";
constexpr std::string_view k_layer = "区域の層";
constexpr std::string_view k_area = "区域";
constexpr std::string_view k_cadence = "開催";
constexpr std::string_view k_times = "年間回数";
constexpr std::string_view k_members = "構成員";
constexpr std::string_view k_begins = "開始日";
constexpr std::string_view k_ends = "終了日";
constexpr std::string_view k_source = "出典";
constexpr std::string_view k_note = "備考";
constexpr std::string_view k_visibility = "公開範囲";
constexpr std::array k_columns{k_name,
                               k_kind,
                               k_municipality,
                               k_layer,
                               k_area,
                               k_cadence,
                               k_times,
                               k_members,
                               k_begins,
                               k_ends,
                               k_source,
                               k_note,
                               k_visibility,
                               k_tie_target,
                               k_tie_verdict,
                               k_tie_decided_columns,
                               k_tie_confirmed_on,
                               k_tie_decided_on,
                               k_tie_decided_by,
                               k_tie_reason,
                               k_member_day};
constexpr std::array<TieColumn, 15> k_decided{{{k_name, "name"},
                                               {k_kind, "kind"},
                                               {k_layer, "layer"},
                                               {k_area, "area"},
                                               {k_area, "layer"}, // the usual one, where none is written

                                               {k_cadence, "cadence"},
                                               {k_cadence, "times_per_year"},
                                               {k_times, "times_per_year"},
                                               {k_begins, "valid_from"},
                                               {k_ends, "valid_to"},
                                               {k_source, "source"},
                                               {k_note, "note"},
                                               {k_visibility, "visibility"},
                                               {k_tie_confirmed_on, "confirmed_on"},
                                               {k_members, "members"}}};
constexpr std::array k_required{k_name, k_members};
constexpr std::string_view k_default_layer = "chugakkoku"; ///< where neither the row nor --layer says

constexpr std::size_t k_told = 30;
constexpr std::size_t k_most_members = 500;
constexpr double k_most_times = 366;

/// 要対協 and the like, where the row leaves its kind empty.
ForumKind kind_by_name(std::string_view name) {
    constexpr std::array<std::string_view, 3> k_council{"要保護児童対策", "要対協", "子どもを守る地域ネットワーク"};
    const std::string folded = directory::fold(name);
    const bool is_council = std::ranges::any_of(
        k_council, [&](std::string_view word) { return folded.find(directory::fold(word)) != std::string::npos; });
    return is_council ? ForumKind::protection_council : ForumKind::other;
}

void read_kind(RowCells& cells, ForumReading& forum) {
    const std::string written = cells.text(k_kind);
    forum.kind = kind_by_name(forum.name);
    if (written.empty()) {
        return;
    }
    if (const auto kind = directory::parse_code<ForumKind>(plain(written))) {
        forum.kind = *kind;
    } else if (kind_by_name(written) == ForumKind::protection_council) {
        forum.kind = ForumKind::protection_council;
    } else {
        forum.kind = ForumKind::other; // as it is said
        cells.note({"forum_kind_unknown", shortened(written, k_told), in_words(labels_of<ForumKind>())}, k_kind);
    }
}

void read_area(RowCells& cells, const ImportOptions& options, ForumReading& forum) {
    forum.area = shortened(cells.text(k_area), k_most_letters_of_a_name);
    const std::string layer = read_tie_layer(cells, k_layer);
    if (forum.area.empty()) {
        return;
    }
    forum.layer = !layer.empty() ? layer : options.layer.empty() ? std::string(k_default_layer) : options.layer;
}

/// The words say how often, or a number does, which goes before.
void read_cadence(RowCells& cells, ForumReading& forum) {
    forum.cadence = shortened(cells.free_text(k_cadence), k_most_letters_of_a_name);
    forum.times_per_year = times_per_year(forum.cadence);
    const auto figure = cells.take(parse_figure(cells.raw(k_times)), k_times);
    if (!figure || !figure->value) {
        return;
    }
    if (*figure->value > k_most_times) {
        cells.note({"figure_unreadable"}, k_times);
        return;
    }
    if (forum.times_per_year && std::abs(*forum.times_per_year - *figure->value) > 0.5) {
        cells.note({"forum_cadence_contradicts", forum.cadence, fmt::format("{:g}", *figure->value)}, k_times);
    }
    forum.times_per_year = figure->value;
}

/// The names of a cell as they are written: unlike parts_of(), brackets and letters stay as wide as they are.
std::vector<std::string> names_of(std::string_view written) {
    std::string cell(written);
    for (const auto* separator : {"；", "、", "\n"}) {
        cell = replaced(std::move(cell), separator, ";");
    }
    std::vector<std::string> names;
    for (const auto part : std::views::split(std::string_view{cell}, ';')) {
        if (auto name = clean_text(std::string_view(part.begin(), part.end())).text; !name.empty()) {
            names.push_back(std::move(name));
        }
    }
    return names;
}

/// "名前" or "市町村のコード:名前", by ; or 、.
void read_members(RowCells& cells, ForumReading& forum) {
    for (std::string part : names_of(cells.raw(k_members))) {
        directory::ForumMember member;
        const std::string text = replaced(part, "：", ":");
        const auto colon = text.find(':');
        if (colon == 5 && text.find_first_not_of("0123456789") == colon) {
            member.municipality = text.substr(0, colon);
            part = clean_text(std::string_view(text).substr(colon + 1)).text;
        }
        member.name = shortened(part, k_most_letters_of_a_name);
        if (member.name.empty()) {
            continue;
        }
        if (is_too_long(member.name)) {
            cells.note({"forum_member_too_long", std::to_string(k_most_letters_of_a_name)}, k_members);
            continue;
        }
        if (names_person(member.name)) {
            cells.note({"forum_member_person"}, k_members);
            continue;
        }
        const bool is_named = std::ranges::any_of(forum.members, [&](const directory::PartyReading& other) {
            return other.municipality == member.municipality &&
                   directory::fold(other.name) == directory::fold(member.name);
        });
        if (is_named) {
            continue;
        }
        if (forum.members.size() == k_most_members) {
            cells.note({"forum_members_many", std::to_string(k_most_members)}, k_members);
            break;
        }
        // A council is not kept from the public because a shelter belongs to it: the shelter is.
        if (names_protected_place(member.name)) {
            cells.note({"forum_member_protected"}, k_members);
            member.visibility = directory::Visibility::coordinator;
        }
        forum.members.push_back(std::move(member));
    }
}

/// Since when, or until when, the member belongs to it whom a decision names.
void read_member_day(RowCells& cells, ForumReading& forum) {
    const auto is = [&](std::string_view field) {
        return std::ranges::find(forum.decided.fields, field) != forum.decided.fields.end();
    };
    const bool has_left = is(directory::k_member_left);
    if (!has_left && !is(directory::k_member_joined) && !is(directory::k_member_never)) {
        return;
    }
    if (forum.members.size() != 1) {
        cells.note({"tie_member_one"}, k_tie_verdict);
        return;
    }
    const auto day = cells.take(parse_date_span(cells.raw(k_member_day)), k_member_day);
    if (day && day->is_rough) {
        cells.note({"date_rough"}, k_member_day);
    } else if (day) {
        (has_left ? forum.members.front().left_on : forum.members.front().joined_on) =
            has_left ? day->last : day->first;
    } else if (has_left && cells.text(k_member_day).empty()) {
        cells.note({"tie_member_day_missing"}, k_member_day);
    }
}

} // namespace

HeaderFit fit_forums(std::span<const std::string> header) { return fit_of(header, k_columns, k_required); }

std::optional<ForumReading> read_forum_row(RowCells& cells, const RelationsDesk& desk, const ImportOptions& options) {
    ForumReading forum;
    forum.name = shortened(cells.free_text(k_name), k_most_letters_of_a_name);
    if (forum.name.empty()) {
        cells.note({"forum_name_missing"}, k_name);
        return std::nullopt;
    }
    forum.municipality = read_tie_municipality(cells, k_municipality, desk, options.municipality);
    read_kind(cells, forum);
    read_area(cells, options, forum);
    read_cadence(cells, forum);
    read_members(cells, forum);
    const auto dates = read_tie_dates(cells);
    forum.valid_from = dates.from;
    forum.valid_to = dates.to;
    forum.source = shortened(cells.free_text(k_source), 2 * k_most_letters_of_a_name);
    forum.note = shortened(cells.free_text(k_note), k_most_letters_of_a_text);
    forum.visibility = read_tie_visibility(cells, names_protected_place(forum.name));
    forum.owner = options.owner;
    if (directory::visibility_of(forum) != directory::Visibility::everyone && directory::tie_owner_of(forum).empty()) {
        cells.note({"tie_owner_missing"}, k_municipality); // nobody's staff could be told
    }
    forum.confirmed_on = read_confirmed_on(cells);
    forum.decided = read_tie_decision(cells, k_decided);
    keep_protection(cells, forum.decided);
    read_member_day(cells, forum);
    const auto& fields = forum.decided.fields;
    const bool states_name = forum.decided.target.empty() || std::ranges::find(fields, "name") != fields.end();
    if (states_name && is_too_long(forum.name)) {
        cells.note({"tie_name_too_long", std::to_string(k_most_letters_of_a_name)}, k_name);
        return std::nullopt;
    }
    const bool is_taken =
        settle_audience(cells, desk.hidden, options, forum) && may_be_taken(cells, forum.decided, k_decided);
    return is_taken ? std::optional(std::move(forum)) : std::nullopt;
}

std::string key_of(const ForumReading& forum) {
    if (!forum.decided.target.empty()) {
        return directory::key_of_decision(forum.decided);
    }
    return fmt::format("forum|{}|{}|{}|{}", directory::fold(forum.name), forum.municipality, forum.layer,
                       directory::fold(forum.area));
}

} // namespace shirube::importers
