// Ties that several lists tell count once: held against every pair of rows of a random town, and told one by one.
#include "directory/fold.hpp"
#include "directory/network/measures/referrals.hpp"
#include "directory/network/told_twice.hpp"
#include "directory/snapshot/snapshot.hpp"
#include "network_random_town.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace shirube;
using namespace shirube::directory;
using namespace shirube::directory::test;

namespace {

Reader reader_of(State state) {
    return Reader(Snapshot::build(std::move(state), Taxonomy::shipped(), Holidays::shipped()));
}

/// What is told of one tie, in each of the town's lists: relation by its place, or a meeting and the member's node.
struct Told {
    const NetworkEdge* edge = nullptr;
    std::uint32_t list = 0;
    std::string programme;
    std::string period;
    std::string from;
    std::string newness; ///< "YYYY-MM-DD by-hand list": sorts as text
};

/// Whether two rows tell one tie, in whichever lists.
bool is_one(const Told& a, const Told& b) {
    const bool has_own_day = a.period.empty() && a.edge->kind != RelationKind::member_of;
    return a.edge->from == b.edge->from && a.edge->to == b.edge->to && a.edge->kind == b.edge->kind &&
           a.programme == b.programme && a.period == b.period && (!has_own_day || a.from == b.from);
}

/// The random town with its ties dealt out to lists, many told in two of them.
State town_of_lists(std::uint64_t seed) {
    State state = tied_town(seed);
    Dice dice(seed + 5);
    state.lists.clear();
    for (const char* as_of : {"2024", "2025-06", "2025-06-30", "2026-01-10"}) {
        ListRow list;
        list.name = "一覧" + std::to_string(state.lists.size());
        list.as_of = as_of;
        list.kind = ImportKind::relations;
        state.lists.push_back(std::move(list));
    }
    const auto any_list = [&] { return static_cast<std::uint32_t>(dice.below(state.lists.size())); };
    for (auto& service : state.services) {
        service.list = any_list();
        service.other_lists.clear();
    }
    for (auto& district : state.districts) {
        district.list = any_list();
    }
    for (auto& row : state.forums) {
        row.list = any_list();
    }
    std::vector<RelationRow> more;
    for (auto& row : state.relations) {
        row.list = any_list();
        row.reading.period = dice.one_in(2) ? "令和7年度" : "";
        if (dice.one_in(2)) {
            RelationRow again = row;
            again.id += "b";
            again.list = any_list();
            if (dice.one_in(4)) {
                again.reading.programme = "jidokan";
            }
            if (dice.one_in(4)) {
                again.reading.period += dice.one_in(2) ? "　" : "年度末"; // a blank folds away
            }
            if (dice.one_in(4)) {
                again.reading.valid_from = parse_day("2024-05-01");
            }
            if (dice.one_in(4)) {
                again.reading.confirmed_on = parse_day("2026-02-01");
            }
            more.push_back(std::move(again));
        }
    }
    state.relations.insert(state.relations.end(), more.begin(), more.end());
    std::ranges::sort(state.relations, {}, &RelationRow::id);
    return state;
}

} // namespace

TEST_CASE("of ties that several lists tell the newest is left, as every pair of rows says", "[network]") {
    const auto seed = GENERATE(range(1, 6));
    const State state = town_of_lists(static_cast<std::uint64_t>(seed));
    State of_no_list = state; // nothing is folded there: each row is an edge, in its order
    for (auto& row : of_no_list.relations) {
        row.list = k_no_index;
    }
    for (auto& row : of_no_list.forums) {
        row.list = k_no_index;
    }
    const auto unfolded = reader_of(std::move(of_no_list));
    const auto reader = reader_of(state);
    REQUIRE(unfolded.network().edges().size() >= state.relations.size());

    const std::map<std::string, std::string> first_days{
        {"2024", "2024-01-01"}, {"2025-06", "2025-06-01"}, {"2025-06-30", "2025-06-30"}, {"2026-01-10", "2026-01-10"}};
    const auto day = [](const std::optional<Day>& of) { return of ? to_string(*of) : std::string{}; };
    std::vector<Told> told;
    for (const auto& edge : unfolded.network().edges()) {
        Told one;
        one.edge = &edge;
        std::string confirmed;
        if (edge.relation != k_no_index) {
            const auto& row = state.relations[edge.relation];
            one.list = row.list;
            one.programme = row.reading.programme;
            one.period = fold(row.reading.period);
            one.from = day(row.reading.valid_from);
            confirmed = day(row.reading.confirmed_on);
        } else {
            one.list = state.forums[edge.forum].list;
            one.from = day(edge.valid_from);
        }
        const auto& list = state.lists[one.list];
        const auto& listed = first_days.at(list.as_of);
        one.newness =
            std::max(listed, confirmed) + (!confirmed.empty() && confirmed >= listed ? " 1 " : " 0 ") + list.name;
        told.push_back(one);
    }
    // A row goes where another list's row of the same tie is newer, or where its own list's other row of it loses.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> left;
    std::size_t gone = 0;
    for (const auto& one : told) {
        std::string newest = one.newness;
        std::uint32_t of = one.list;
        for (const auto& other : told) {
            if (is_one(one, other) && other.newness > newest) {
                newest = other.newness;
                of = other.list;
            }
        }
        if (of == one.list) {
            left.emplace_back(one.edge->relation, one.edge->forum);
        } else {
            ++gone;
        }
    }
    std::vector<std::pair<std::uint32_t, std::uint32_t>> found;
    std::size_t also = 0;
    for (const auto& edge : reader.network().edges()) {
        found.emplace_back(edge.relation, edge.forum);
        also += edge.also_relations.size() + edge.also_forums.size();
    }
    CHECK(found == left);
    CHECK(also == gone);
    CHECK(gone > 20);
}

TEST_CASE("a referral that two lists count is added up once, by the newer", "[network]") {
    State state;
    for (const char* as_of : {"2026-04-01", "2025-04-01"}) {
        ListRow list;
        list.name = std::string("紹介") + as_of;
        list.as_of = as_of;
        list.kind = ImportKind::relations;
        state.lists.push_back(std::move(list));
    }
    const auto refers = [&](std::uint32_t list, std::int64_t informed, const std::string& period) {
        RelationRow row;
        row.id = "relation" + std::to_string(state.relations.size());
        row.list = list;
        row.reading.kind = RelationKind::refers;
        row.reading.from = {.name = "センター", .municipality = "99201", .layer = {}};
        row.reading.to = {.name = "食堂", .municipality = "99201", .layer = {}};
        row.reading.period = period;
        row.reading.referrals.informed = informed;
        state.relations.push_back(std::move(row));
    };
    refers(0, 359, "令和7年度");
    refers(1, 300, "２０２５年度"); // written otherwise, the same year
    refers(1, 20, "令和6年度");
    refers(1, 5, "令和6年度"); // two rows of one list are two
    const auto reader = reader_of(std::move(state));
    const auto found = referrals(reader, {.day = *parse_day("2026-11-27")});
    REQUIRE(found.periods.size() == 2);
    std::map<std::string, std::int64_t> sums;
    for (const auto& period : found.periods) {
        sums[period.period] = period.sums.informed.sum.value_or(-1);
    }
    CHECK(sums == std::map<std::string, std::int64_t>{{"令和7年度", 359}, {"令和6年度", 25}});
    const auto& edges = reader.network().edges();
    REQUIRE(edges.size() == 3);
    CHECK(other_lists_of(reader, edges[0]) == std::vector<std::uint32_t>{1});
    CHECK(other_lists_of(reader, edges[1]).empty());
}
