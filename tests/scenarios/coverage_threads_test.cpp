// Coverage asked by many at once: what an edition keeps for the next question is made while others ask.
#include "ascii_town.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <atomic>
#include <thread>

using namespace shirube::directory;
using namespace shirube::scenarios;

TEST_CASE("Many who ask at once are told what one is told") {
    constexpr std::string_view picture = "A1 A B B1 C C D D1 E E";
    constexpr std::string_view children = "11 12 13 14 15 16 17 18 19 20";
    const auto town = [&] {
        return AsciiTown(picture).mark('1', {}).children(children).complete_list("jidokan").reader();
    };
    const auto policy_for = [](int minutes) {
        Policy policy = policy_of({"jidokan"});
        policy.travel.minutes = minutes;
        // More ranges of age than an edition keeps: some are thrown out while others read them.
        policy.children_from_years = minutes % 3 == 0 ? 0 : minutes % 15;
        policy.children_to_years = 15;
        return policy;
    };
    constexpr int k_questions = 60;
    std::array<std::optional<std::int64_t>, k_questions> alone;
    {
        const auto reader = town();
        for (int i = 0; i < k_questions; ++i) {
            alone.at(static_cast<std::size_t>(i)) = ask(reader, policy_for(i + 1)).coverage.totals.children_covered;
        }
    }
    const auto reader = town();
    std::atomic<int> different{0};
    {
        std::vector<std::jthread> threads;
        for (int number = 0; number < 4; ++number) {
            threads.emplace_back([&, number] {
                for (int i = 0; i < k_questions; ++i) {
                    const int at = (i * 7 + number * 13) % k_questions;
                    const auto told = ask(reader, policy_for(at + 1)).coverage.totals.children_covered;
                    different += told == alone.at(static_cast<std::size_t>(at)) ? 0 : 1;
                }
            });
        }
    }
    CHECK(different == 0);
    CHECK(alone[2] == 11 + 14 + 18);                          // in three minutes, their own cells
    CHECK(alone[5] == 11 + 12 + 13 + 14 + 15 + 17 + 18 + 19); // in six, those beside
}
