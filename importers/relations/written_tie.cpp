#include "importers/relations/written_tie.hpp"

#include "importers/cleaning/cadence.hpp"
#include "importers/relations/decision_cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace shirube::importers {

namespace {

std::string cell_of(const std::optional<directory::Day>& day) {
    return day ? directory::to_string(*day) : std::string{};
}

std::string cell_of(const std::optional<std::int64_t>& count) { return count ? std::to_string(*count) : std::string{}; }

std::string cell_of(const std::optional<directory::Visibility>& visibility) {
    return visibility ? std::string(directory::label_of(*visibility)) : std::string{};
}

/// Only where the words of the cadence do not tell it.
std::string times_of(const directory::ForumReading& forum) {
    const auto told = times_per_year(forum.cadence);
    const bool is_told = told && forum.times_per_year && std::abs(*told - *forum.times_per_year) < 1e-9;
    return forum.times_per_year && !is_told ? fmt::format("{}", *forum.times_per_year) : std::string{};
}

} // namespace

WrittenCells cells_of(const directory::RelationReading& relation) {
    return {{"つながり", std::string(directory::label_of(relation.kind))},
            {"から", relation.from.name},
            {"からの市町村", relation.from.municipality},
            {"へ", relation.to.name},
            {"への種類", std::string(directory::label_of(relation.to.kind))},
            {"への市町村", relation.to.municipality},
            {"区域の層", relation.to.layer},
            {"事業", relation.programme},
            {"開始日", cell_of(relation.valid_from)},
            {"終了日", cell_of(relation.valid_to)},
            {"情報提供", cell_of(relation.referrals.informed)},
            {"つなぎ", cell_of(relation.referrals.linked)},
            {"結果の共有", cell_of(relation.referrals.fed_back)},
            {"期間", relation.period},
            {"条件", relation.terms.text},
            {"出典", relation.source},
            {"備考", relation.note},
            {"公開範囲", cell_of(relation.visibility)},
            {std::string(k_tie_confirmed_on), cell_of(relation.confirmed_on)}};
}

WrittenCells cells_of(const directory::ForumReading& forum) {
    std::string members;
    for (const auto& member : forum.members) {
        if (!member.left_on) {
            members += (members.empty() ? "" : "; ") + cell_of_member(member);
        }
    }
    return {{"会議体", forum.name},
            {"種類", std::string(directory::label_of(forum.kind))},
            {"市町村", forum.municipality},
            {"区域の層", forum.layer},
            {"区域", forum.area},
            {"開催", forum.cadence},
            {"年間回数", times_of(forum)},
            {"構成員", std::move(members)},
            {"開始日", cell_of(forum.valid_from)},
            {"終了日", cell_of(forum.valid_to)},
            {"出典", forum.source},
            {"備考", forum.note},
            {"公開範囲", cell_of(forum.visibility)},
            {std::string(k_tie_confirmed_on), cell_of(forum.confirmed_on)}};
}

std::string cell_of_member(const directory::PartyReading& member) {
    return member.municipality.empty() ? member.name : member.municipality + ":" + member.name;
}

std::string_view cell_at(const WrittenCells& cells, std::string_view column) {
    const auto found = std::ranges::find(cells, column, &WrittenCells::value_type::first);
    return found == cells.end() ? std::string_view{} : std::string_view{found->second};
}

} // namespace shirube::importers
