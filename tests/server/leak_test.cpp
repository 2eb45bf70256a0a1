// The leak oracle: a town with hidden records of every kind and the same town without them, its lists imported and
// taken back in any order. Every answer to the public is the same, byte for byte.
//
// SHIRUBE_LEAK_ROUNDS makes more towns than the few of every test run, SHIRUBE_LEAK_SEED begins with another.
#include "server/editions.hpp"
#include "tests/directory/store_batches.hpp"
#include "tests/server/support/every_answer.hpp"
#include "tests/server/support/leak_town.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <iterator>

namespace shirube::tests {

namespace {

namespace fs = std::filesystem;
using directory::OpenMode;
using directory::Store;
using directory::test::StoreFolder;

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
    const char* value = std::getenv(name);
    return value == nullptr ? otherwise : std::strtoull(value, nullptr, 10);
}

/// A store that shares its secret, and so its ids, with the one it was copied from.
Store copy_of(const fs::path& empty, const fs::path& path) {
    fs::copy_file(empty, path);
    return Store::open(path, OpenMode::write);
}

/// What differs between two answers, with what stands before and behind it.
std::string where_they_part(const std::string& without, const std::string& with) {
    constexpr std::size_t k_around = 300;
    const auto [a, b] = std::ranges::mismatch(without, with);
    const auto at = static_cast<std::size_t>(a - without.begin());
    const std::size_t from = at - std::min(at, k_around);
    return "\n--- without\n…" + without.substr(from, 2 * k_around) + "…\n--- with\n…" +
           with.substr(from, 2 * k_around) + "…";
}

/// The first difference between what the two towns answer, bodies before the headers that name editions.
std::string difference(const std::map<std::string, std::string>& without,
                       const std::map<std::string, std::string>& with) {
    std::string first;
    for (const auto& [asked, answer] : without) {
        const auto other = with.find(asked);
        if (other == with.end()) {
            return asked + " is asked of the town without hidden records alone";
        }
        if (other->second != answer && asked.starts_with("/api/v1/resources")) {
            return asked + where_they_part(answer, other->second);
        }
        if (other->second != answer && first.empty()) {
            first = asked + where_they_part(answer, other->second);
        }
    }
    return first.empty() && without.size() != with.size() ? "more is asked of the town with hidden records" : first;
}

/// Which places and services one of the towns has and the other has not, or has otherwise.
std::string records_that_differ(const directory::Reader& without, const directory::Reader& with) {
    const auto told = [](const directory::Reader& reader) {
        std::set<std::string> records;
        for (const auto& site : reader.sites()) {
            records.insert(fmt::format("site {} {} {} {} {}", site.id, site.name, site.address, site.building,
                                       site.position ? site.position->lon : 0.0));
        }
        for (std::uint32_t i = 0; i < reader.services().size(); ++i) {
            records.insert("service " + std::string(reader.feature_fragment(i)));
        }
        for (const auto& list : reader.lists()) {
            records.insert(fmt::format("list {} {} claims {}", list.name, list.as_of, list.claims.size()));
        }
        return records;
    };
    const auto a = told(without);
    const auto b = told(with);
    std::vector<std::string> differing;
    std::ranges::set_symmetric_difference(a, b, std::back_inserter(differing));
    std::string out;
    for (const auto& record : differing) {
        out += (a.contains(record) ? "without: " : "with:    ") + record + "\n";
    }
    return out;
}

struct Compared {
    std::size_t answers = 0;
    std::size_t hidden_ids = 0;
    std::string difference;
};

Compared compare(std::uint64_t seed) {
    const StoreFolder folder;
    const fs::path empty = folder / "empty";
    Store::open(empty, OpenMode::write_or_create);
    LeakTown town = make_leak_town(seed);
    {
        // Once through, for the ids that corrections speak of.
        auto whole = copy_of(empty, folder / "whole-first");
        auto shown = copy_of(empty, folder / "shown-first");
        const auto steps = make_steps(town, seed);
        apply(whole, town.whole, steps);
        apply(shown, town.shown, steps);
    }
    const auto all_ids = ids_in(folder / "whole-first");
    const auto shown_ids = ids_in(folder / "shown-first");
    std::set<std::string> hidden_ids;
    std::ranges::set_difference(all_ids, shown_ids, std::inserter(hidden_ids, hidden_ids.end()));
    add_corrections(town, shown_ids, hidden_ids, seed);

    const auto steps = make_steps(town, seed + 1'000'000);
    {
        auto whole = copy_of(empty, folder / "whole");
        auto shown = copy_of(empty, folder / "shown");
        apply(whole, town.whole, steps);
        apply(shown, town.shown, steps);
    }
    Probes probes{.words = town.secrets, .ids = {hidden_ids.begin(), hidden_ids.end()}};
    std::ranges::copy(shown_ids, std::back_inserter(probes.ids)); // ended, moved, and never shown
    const auto without = server::load_edition(folder / "shown");
    const auto with = server::load_edition(folder / "whole");
    const auto answers = every_answer(*without, probes);
    Compared compared{.answers = answers.size(),
                      .hidden_ids = hidden_ids.size(),
                      .difference = records_that_differ(without->reader, with->reader)};
    if (compared.difference.empty()) {
        compared.difference = difference(answers, every_answer(*with, probes));
    }
    return compared;
}

} // namespace

TEST_CASE("Hidden records leave no trace in any answer to the public") {
    const auto rounds = setting("SHIRUBE_LEAK_ROUNDS", 3);
    const auto seed = setting("SHIRUBE_LEAK_SEED", 1);
    for (std::uint64_t i = seed; i < seed + rounds; ++i) {
        const Compared compared = compare(i);
        INFO("SHIRUBE_LEAK_SEED=" << i << "\n" << compared.difference.substr(0, 4'000));
        CHECK(compared.answers > 1'000);
        CHECK(compared.hidden_ids > 10);
        REQUIRE(compared.difference.empty());
        if (const auto done = i - seed + 1; done % 20 == 0) {
            std::cout << done << " of " << rounds << " towns, " << compared.answers << " answers each" << std::endl;
        }
    }
}

} // namespace shirube::tests
