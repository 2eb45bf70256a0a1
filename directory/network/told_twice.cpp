#include "directory/network/told_twice.hpp"

#include "directory/calendar.hpp"
#include "directory/network/period.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <utility>

namespace shirube::directory {

namespace {

/// What else than ends and kind makes a tie the one it is.
struct About {
    std::string programme;
    std::string period; ///< folded
    std::optional<Day> from;

    friend auto operator<=>(const About&, const About&) = default;
};

About about(const Reader& reader, const NetworkEdge& edge) {
    if (edge.relation == k_no_index) {
        return {};
    }
    const RelationReading& tie = reader.relations()[edge.relation].reading;
    About of{.programme = tie.programme, .period = period_key(tie.period), .from = tie.valid_from};
    // Counts are of their period; and whoever belongs to a meeting does so whether or not a list says since when.
    if (!of.period.empty() || edge.kind == RelationKind::member_of) {
        of.from.reset();
    }
    return of;
}

std::uint32_t list_of(const Reader& reader, const NetworkEdge& edge) {
    return edge.relation == k_no_index ? reader.forums()[edge.forum].list : reader.relations()[edge.relation].list;
}

/// How new a row is: the day it is of, which for a list is the first that its date can mean ("2026" was written in the
/// course of that year, and says nothing against what was decided later in it); of one day what somebody confirmed or
/// decided; then the name of its list, so that which was imported first does not matter.
using Newness = std::tuple<std::optional<Day>, bool, std::string_view>;

Newness newness_of(const Reader& reader, const NetworkEdge& edge) {
    const auto list = list_of(reader, edge);
    const ListRow* of = list == k_no_index ? nullptr : &reader.lists()[list];
    const auto listed = of == nullptr ? std::nullopt : first_day_of(of->as_of);
    const auto newness = [&](const auto& reading) {
        const auto by_hand = std::max(reading.confirmed_on, reading.decided.on);
        return Newness{std::max(listed, by_hand), by_hand && by_hand >= listed,
                       of == nullptr ? std::string_view{} : std::string_view{of->name}};
    };
    return edge.relation == k_no_index ? newness(reader.forums()[edge.forum].reading)
                                       : newness(reader.relations()[edge.relation].reading);
}

/// Of edges that are one tie those of the newest list stay.
void fold_one(const Reader& reader, std::vector<NetworkEdge>& edges, std::span<const std::uint32_t> same,
              std::vector<bool>& goes) {
    const auto newest =
        *std::ranges::max_element(same, {}, [&](std::uint32_t edge) { return newness_of(reader, edges[edge]); });
    const auto stays = list_of(reader, edges[newest]);
    for (const auto edge : same) {
        if (list_of(reader, edges[edge]) == stays) {
            continue;
        }
        goes[edge] = true;
        if (edges[edge].relation == k_no_index) {
            edges[newest].also_forums.push_back(edges[edge].forum);
        } else {
            edges[newest].also_relations.push_back(edges[edge].relation);
        }
    }
}

} // namespace

void fold_told_twice(const Reader& reader, std::vector<NetworkEdge>& edges) {
    const auto ends_of = [&](std::uint32_t edge) {
        return std::tie(edges[edge].from, edges[edge].to, edges[edge].kind);
    };
    std::vector<std::uint32_t> order(edges.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::stable_sort(order, {}, ends_of);
    std::vector<bool> goes(edges.size());
    // Most ties stand alone between their ends: of the others alone it is looked at what they are about.
    for (auto begin = order.begin(); begin != order.end();) {
        const auto end =
            std::find_if(begin, order.end(), [&](std::uint32_t e) { return ends_of(e) != ends_of(*begin); });
        if (end - begin > 1) {
            std::map<About, std::vector<std::uint32_t>> same;
            for (auto edge = begin; edge != end; ++edge) {
                same[about(reader, edges[*edge])].push_back(*edge);
            }
            for (const auto& [_, those] : same) {
                fold_one(reader, edges, those, goes);
            }
        }
        begin = end;
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < edges.size(); ++i) {
        if (!goes[i]) {
            if (kept != i) {
                edges[kept] = std::move(edges[i]);
            }
            ++kept;
        }
    }
    edges.resize(kept);
}

std::vector<std::uint32_t> told_with(const Reader& reader, std::string_view relation) {
    const auto is_it = [&](std::uint32_t row) { return row != k_no_index && reader.relations()[row].id == relation; };
    for (const NetworkEdge& edge : reader.network().edges()) {
        if (!is_it(edge.relation) && std::ranges::none_of(edge.also_relations, is_it)) {
            continue;
        }
        std::vector<std::uint32_t> others = edge.also_relations;
        if (edge.relation != k_no_index) {
            others.push_back(edge.relation);
        }
        std::erase_if(others, is_it);
        std::ranges::sort(others);
        return others;
    }
    return {};
}

std::vector<std::uint32_t> other_lists_of(const Reader& reader, const NetworkEdge& edge) {
    std::vector<std::uint32_t> lists;
    const auto add = [&](std::uint32_t list) {
        if (list != k_no_index && std::ranges::find(lists, list) == lists.end()) {
            lists.push_back(list);
        }
    };
    for (const auto relation : edge.also_relations) {
        add(reader.relations()[relation].list);
    }
    for (const auto forum : edge.also_forums) {
        add(reader.forums()[forum].list);
    }
    return lists;
}

} // namespace shirube::directory
