#include "tests/server/support/leak_round.hpp"

#include "directory/snapshot/snapshot.hpp"
#include "tests/server/support/small_town.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <set>

namespace shirube::tests {

namespace {

namespace fs = std::filesystem;
using directory::OpenMode;
using directory::Store;
using directory::Visibility;

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
    const char* value = std::getenv(name);
    return value == nullptr ? otherwise : std::strtoull(value, nullptr, 10);
}

/// A store that shares its secret, and so its ids, with the one it was copied from.
Store copy_of(const fs::path& empty, const fs::path& path) {
    fs::copy_file(empty, path);
    return Store::open(path, OpenMode::write);
}

/// What differs between two answers, with what stands before and behind it: in their content, where that differs, as
/// the lengths and ETags before it say nothing.
std::string where_they_part(const std::string& without, const std::string& with) {
    constexpr std::size_t k_around = 300;
    constexpr std::string_view k_end_of_head = "\r\n\r\n";
    const auto head = std::min(without.find(k_end_of_head), with.find(k_end_of_head));
    const bool has_content = head != std::string::npos;
    const auto first_after = [&](std::size_t skip_a, std::size_t skip_b) {
        const auto [a, b] =
            std::ranges::mismatch(std::string_view{without}.substr(skip_a), std::string_view{with}.substr(skip_b));
        return skip_a + static_cast<std::size_t>(a - std::string_view{without}.substr(skip_a).begin());
    };
    const auto in_content = has_content ? first_after(without.find(k_end_of_head), with.find(k_end_of_head)) : 0;
    const auto at = has_content && in_content < without.size() ? in_content : first_after(0, 0);
    const std::size_t from = at - std::min(at, k_around);
    return "\n--- without\n…" + without.substr(from, 2 * k_around) + "…\n--- with\n…" +
           with.substr(from, 2 * k_around) + "…";
}

/// The first difference between what two stores answer, records before all else.
std::string difference(const Answers& without, const Answers& with) {
    std::string first;
    for (const auto& [asked, answer] : without) {
        const auto other = with.find(asked);
        if (other == with.end()) {
            return asked + " is asked of the town without hidden records alone";
        }
        if (other->second != answer && asked.find("/resources") != std::string::npos) {
            return asked + where_they_part(answer, other->second);
        }
        if (other->second != answer && first.empty()) {
            first = asked + where_they_part(answer, other->second);
        }
    }
    return first.empty() && without.size() != with.size() ? "more is asked of the town with hidden records" : first;
}

/// Which places, services, lists and organizations one of the stores has for the reader and the other has not, or has
/// otherwise.
std::string records_that_differ(const fs::path& without, const fs::path& with, const LeakReader& reader) {
    const auto told = [&](const fs::path& path) {
        const auto store = Store::open(path, OpenMode::read);
        const directory::Reader open(directory::Snapshot::build(
            store.read_public_state(), directory::Taxonomy::shipped(), directory::Holidays::shipped()));
        const auto audience = store.audience_of(reader.municipality, reader.up_to, saturday_morning().day);
        const auto records = audience.is_public() ? open : open.overlaid(store.read_state(audience));
        std::set<std::string> lines;
        for (const auto& site : records.sites()) {
            lines.insert(fmt::format("site {} {} {} {} {} {}", site.id, site.name, site.official_name, site.address,
                                     site.building, site.position ? site.position->lon : 0.0));
        }
        for (const std::uint32_t i : records.services().indices()) {
            lines.insert("service " + std::string(records.feature_fragment(i)) + records.feature_for_staff(i));
        }
        for (const auto& list : records.lists()) {
            lines.insert(fmt::format("list {} {} claims {}", list.name, list.as_of, list.claims.size()));
        }
        for (const auto& organization : records.organizations()) {
            lines.insert(fmt::format("organization {} {} {}", organization.id, organization.name, organization.kind));
        }
        for (const auto& [id, tie, list, visibility, owner] : records.relations()) {
            lines.insert(fmt::format("tie {} {} {} ({}) to {} ({}) {} {}", id, directory::code_of(tie.kind),
                                     tie.from.name, tie.from.municipality, tie.to.name, tie.to.municipality,
                                     directory::code_of(visibility), owner));
        }
        for (const auto& [id, forum, list, visibility, owner] : records.forums()) {
            std::string members;
            for (const auto& member : forum.members) {
                members += fmt::format(", {} ({}) {}", member.name, member.municipality,
                                       directory::code_of(member.visibility));
            }
            lines.insert(
                fmt::format("meeting {} {} {} {}{}", id, forum.name, directory::code_of(visibility), owner, members));
        }
        return lines;
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

} // namespace

directory::Audience LeakReader::audience(const LeakTown& town) const {
    return municipality.empty() ? directory::Audience{}
                                : audience_in(town, municipality, up_to, saturday_morning().day);
}

fs::path LeakRound::part(const LeakReader& reader) const {
    return folder_ / fmt::format("part-{}-{}", reader.municipality, directory::code_of(reader.up_to));
}

LeakRound::LeakRound(std::uint64_t seed, const std::vector<LeakReader>& readers) : town_(make_leak_town(seed)) {
    const fs::path empty = folder_ / "empty";
    Store::open(empty, OpenMode::write_or_create);
    const auto today = saturday_morning().day;
    {
        // Once through, for the ids that corrections speak of.
        const auto steps = make_steps(town_, seed);
        {
            auto store = copy_of(empty, folder_ / "first");
            apply(store, town_, steps);
        }
        ids_ = ids_in(folder_ / "first");
        for (const LeakReader& reader : readers) {
            const fs::path path = part(reader).string() + "-first";
            {
                auto store = copy_of(empty, path);
                apply_part(store, town_, steps, reader.audience(town_), {}, today);
            }
            ids_of_[reader] = ids_in(path);
        }
    }
    const auto& shown = ids_of_[readers.front()];
    std::set<std::string> hidden;
    std::ranges::set_difference(ids_, shown, std::inserter(hidden, hidden.end()));
    add_corrections(town_, shown, hidden, seed);

    const auto steps = make_steps(town_, seed + 1'000'000);
    {
        auto store = copy_of(empty, whole());
        apply(store, town_, steps);
    }
    for (const LeakReader& reader : readers) {
        auto store = copy_of(empty, part(reader));
        apply_part(store, town_, steps, reader.audience(town_), ids_of_[reader], today);
    }
}

Probes LeakRound::probes() const {
    return {.words = town_.secrets, .ids = {ids_.begin(), ids_.end()}}; // shown, ended, moved, and never shown
}

std::size_t LeakRound::ids_hidden_from(const LeakReader& reader) const {
    return ids_.size() - ids_of_.at(reader).size();
}

void compare_rounds(const std::vector<LeakReader>& readers, std::uint64_t rounds_unless_told,
                    const std::function<Answers(const fs::path&, const LeakReader&, const Probes&)>& answers) {
    const auto rounds = setting("SHIRUBE_LEAK_ROUNDS", rounds_unless_told);
    const auto seed = setting("SHIRUBE_LEAK_SEED", 1);
    std::size_t compared = 0;
    std::size_t hidden = 0; // an agreement may share all there is in one town or another
    for (std::uint64_t i = seed; i < seed + rounds; ++i) {
        const LeakRound round(i, readers);
        for (const LeakReader& reader : readers) {
            INFO("SHIRUBE_LEAK_SEED=" << i << " reader " << reader.municipality << " "
                                      << directory::code_of(reader.up_to));
            hidden += round.ids_hidden_from(reader);
            const std::string records = records_that_differ(round.part(reader), round.whole(), reader);
            INFO(records.substr(0, 4'000));
            REQUIRE(records.empty());
            const auto without = answers(round.part(reader), reader, round.probes());
            const std::string differing = difference(without, answers(round.whole(), reader, round.probes()));
            INFO(differing.substr(0, 4'000));
            CHECK(without.size() > 500);
            REQUIRE(differing.empty());
            compared += without.size();
        }
        if (const auto done = i - seed + 1; done % 10 == 0) {
            std::cout << done << " of " << rounds << " towns, " << compared << " answers so far" << std::endl;
        }
    }
    CHECK(hidden > 10 * rounds);
}

} // namespace shirube::tests
