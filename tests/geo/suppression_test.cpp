#include "geo/suppression.hpp"

#include "tests/geo/made_land.hpp"

#include <catch2/catch.hpp>

#include <functional>
#include <numeric>
#include <set>

using namespace shirube::geo;

namespace {

using Counts = std::vector<std::optional<std::int64_t>>;

CountTable one_period(Counts counts) { return {counts.size(), 1, std::move(counts)}; }

std::vector<bool> withheld(const std::vector<ToldCount>& told) {
    std::vector<bool> out;
    for (const auto& count : told) {
        out.push_back(count.withheld);
    }
    return out;
}

/// Every value that each withheld cell could have, for somebody who knows the total and what is told: by trying all.
std::vector<std::set<std::int64_t>> possible_values(const CountTable& table, const std::vector<ToldCount>& told,
                                                    std::int64_t least) {
    std::int64_t left = 0;
    std::vector<std::size_t> hidden;
    for (std::size_t cell = 0; cell < table.cells; ++cell) {
        if (told[cell].withheld) {
            hidden.push_back(cell);
            left += *table.counts[cell];
        }
    }
    std::vector<std::set<std::int64_t>> possible(table.cells);
    std::vector<std::int64_t> tried(hidden.size());
    const std::function<void(std::size_t, std::int64_t)> try_from = [&](std::size_t at, std::int64_t rest) {
        if (at == hidden.size()) {
            // The rule is no secret: among what is withheld something is small.
            const bool fits =
                rest == 0 && std::ranges::any_of(tried, [&](auto count) { return count > 0 && count < least; });
            for (std::size_t i = 0; fits && i < hidden.size(); ++i) {
                possible[hidden[i]].insert(tried[i]);
            }
            return;
        }
        for (std::int64_t count = 0; count <= rest; ++count) {
            tried[at] = count;
            try_from(at + 1, rest - count);
        }
    };
    try_from(0, left);
    return possible;
}

} // namespace

TEST_CASE("a small count takes the smallest others with it until no sum gives it away") {
    CHECK(withheld(told_counts(one_period({12, 30, 9}), 5)) == std::vector{false, false, false});
    CHECK(withheld(told_counts(one_period({12, 30, 3}), 5)) == std::vector{true, false, true});
    CHECK(withheld(told_counts(one_period({12, 30, 0}), 5)) == std::vector{false, false, false}); // none is no secret
    CHECK(withheld(told_counts(one_period({1, 1, 30}), 5)) == std::vector{true, true, true}); // 2 could only be 1 and 1
    CHECK(withheld(told_counts(one_period({4, 4, 30}), 5)) == std::vector{true, true, false});
    CHECK(withheld(told_counts(one_period({3}), 5)) == std::vector{true});
    CHECK(withheld(told_counts(one_period({3, 0, 0}), 5)) ==
          std::vector{true, true, true}); // the total is all there is
    CHECK(withheld(told_counts(one_period({std::nullopt, 7, 8}), 5)) == std::vector{false, false, false});
    CHECK(told_counts({0, 0, {}}, 5).empty());
}

TEST_CASE("whoever knows the total and every count that is told cannot tell a withheld one, tried by force") {
    made_land::Maker maker(20261126);
    int with_small = 0;
    for (int trial = 0; trial < 1'500; ++trial) {
        Counts counts(static_cast<std::size_t>(maker.whole(1, 5)));
        for (auto& count : counts) {
            count = maker.whole(0, 3) == 0 ? maker.whole(0, 12) : maker.whole(0, 4);
        }
        const auto least = maker.whole(2, 5);
        const auto table = one_period(counts);
        const auto told = told_counts(table, least);
        const bool all = std::ranges::all_of(told, &ToldCount::withheld);
        const auto possible = possible_values(table, told, least);
        for (std::size_t cell = 0; cell < counts.size(); ++cell) {
            const bool small = *counts[cell] > 0 && *counts[cell] < least;
            with_small += small ? 1 : 0;
            REQUIRE((!small || told[cell].withheld));
            if (!told[cell].withheld) {
                REQUIRE(told[cell].value == counts[cell]);
            } else if (small && !all) {
                REQUIRE(possible[cell].size() >= static_cast<std::size_t>(least));
            }
        }
    }
    CHECK(with_small > 1'000);
}

TEST_CASE("between two periods nothing small happens: held over, or withheld in both") {
    made_land::Maker maker(7);
    for (int trial = 0; trial < 1'000; ++trial) {
        const auto cells = static_cast<std::size_t>(maker.whole(1, 6));
        const auto periods = static_cast<std::size_t>(maker.whole(2, 6));
        CountTable table{cells, periods, {}};
        for (std::size_t cell = 0; cell < cells; ++cell) {
            std::int64_t count = maker.whole(0, 40);
            for (std::size_t period = 0; period < periods; ++period) {
                count = std::max<std::int64_t>(0, count + maker.whole(-4, 4));
                table.counts.emplace_back(maker.whole(0, 9) == 0 ? std::nullopt : std::optional(count));
            }
        }
        const auto told = told_counts(table, 5);
        for (std::size_t cell = 0; cell < cells; ++cell) {
            std::optional<std::int64_t> last;
            for (std::size_t period = 0; period < periods; ++period) {
                const auto& one = told[cell * periods + period];
                REQUIRE(one.withheld == told[cell * periods].withheld);
                if (!one.value) {
                    continue;
                }
                REQUIRE(one.value == table.at(cell, one.period)); // it was true when it was counted
                REQUIRE(one.period <= period);
                REQUIRE((!last || *one.value == *last || std::abs(*one.value - *last) >= 5));
                last = one.value;
            }
        }
    }
    const auto held = told_counts({1, 4, {20, 22, 24, 26}}, 5);
    CHECK(held[1] == ToldCount{20, 0, false});
    CHECK(held[2] == ToldCount{20, 0, false});
    CHECK(held[3] == ToldCount{26, 3, false});
}
