// What is kept of a day's coverage is what would be worked out anew, and another day's or another threshold's is not
// given for it.
#include "directory/coverage/kept_coverages.hpp"

#include "directory/reader.hpp"
#include "directory/snapshot/snapshot.hpp"
#include "search_random_town.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <thread>
#include <vector>

using namespace shirube::directory;
using namespace shirube::directory::test;

namespace {

void check_same(const Coverage& kept, const Coverage& anew) {
    CHECK(kept.policy->id == anew.policy->id);
    CHECK(kept.layer == anew.layer);
    CHECK(kept.at.day == anew.at.day);
    CHECK(kept.totals == anew.totals);
    REQUIRE(kept.districts.size() == anew.districts.size());
    for (std::size_t i = 0; i < kept.districts.size(); ++i) {
        const auto& a = kept.districts[i];
        const auto& b = anew.districts[i];
        CHECK(a.district == b.district);
        CHECK(a.tier == b.tier);
        CHECK(a.services == b.services);
        CHECK(a.services_possible == b.services_possible);
        CHECK(a.children == b.children);
        CHECK(a.nearest_m_median == b.nearest_m_median);
    }
}

} // namespace

TEST_CASE("Coverage that is kept is that of its policy, layer, day and threshold", "[coverage]") {
    const Reader reader(Snapshot::build(random_town(20'261'127), Taxonomy::shipped(), Holidays::shipped()));
    const Day first = *parse_day("2026-04-01");
    std::size_t compared = 0;
    for (const Day day : {first, first + std::chrono::days{400}, first}) {
        for (const auto& layer : reader.layers()) {
            for (const auto& offered : reader.policies()) {
                for (const std::int64_t least : {std::int64_t{0}, k_least_children_told}) {
                    const auto kept = reader.kept_coverages().of(reader, offered, layer, day, least);
                    check_same(*kept, compute_coverage(reader, offered.policy, layer, {day, 0}, least));
                    CHECK(reader.kept_coverages().of(reader, offered, layer, day, least) == kept);
                    ++compared;
                }
            }
        }
    }
    CHECK(compared > 20);
}

TEST_CASE("Many may ask for coverage at once, of whatever days", "[coverage]") {
    const Reader reader(Snapshot::build(random_town(3), Taxonomy::shipped(), Holidays::shipped()));
    const auto& layer = reader.layers().front();
    const auto& offered = reader.policies().front();
    const Day first = *parse_day("2026-04-01");
    const std::array days{first, first + std::chrono::days{1}};
    std::array<CoverageTotals, 2> totals;
    for (std::size_t i = 0; i < days.size(); ++i) {
        totals.at(i) = compute_coverage(reader, offered.policy, layer, {days.at(i), 0}).totals;
    }
    std::array<bool, 4> same{true, true, true, true};
    {
        std::vector<std::jthread> threads;
        for (std::size_t number = 0; number < same.size(); ++number) {
            threads.emplace_back([&, number] {
                for (std::size_t i = 0; i < 50; ++i) {
                    const std::size_t which = (i + number) % days.size();
                    const auto kept =
                        reader.kept_coverages().of(reader, offered, layer, days.at(which), k_least_children_told);
                    same.at(number) = same.at(number) && kept->totals == totals.at(which);
                }
            });
        }
    }
    CHECK(same == std::array<bool, 4>{true, true, true, true});
}
