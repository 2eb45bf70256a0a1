#include "server/staff/seeds/seed_titles.hpp"

#include "server/pages/words.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <utility>

namespace shirube::server {

using directory::Seed;

namespace {

enum class Distinction : std::uint8_t { starts, amount, as_of, key, id };

/// In the order in which they are tried.
constexpr std::array k_distinctions{Distinction::starts, Distinction::amount, Distinction::as_of, Distinction::key,
                                    Distinction::id};

std::string distinction_in_words(Distinction distinction, const Seed& seed, const SeedsWords& words) {
    const auto number = [&](const std::string& text) {
        return text.empty() ? std::string{} : words.texts.with("seeds.title_number", {{"number", text}});
    };
    switch (distinction) {
        case Distinction::starts:
            return words.starts(seed);
        case Distinction::amount:
            return words.amount(seed);
        case Distinction::as_of:
            return words.texts.with("seeds.title_as_of", {{"date", date_in_words(seed.as_of, words.texts)}});
        case Distinction::key:
            return number(seed.key);
        case Distinction::id:
            return number(seed.id);
    }
    return {};
}

} // namespace

SeedTitles::SeedTitles(const directory::SeenSeeds& seen, const SeedsWords& words) : words_(words) {
    add(seen.offers);
    add(seen.wants);
}

std::string SeedTitles::whole(const Seed& seed) const {
    return words_.texts.with("seeds.title", {{"who", words_.who(seed)}, {"what", what(seed)}});
}

void SeedTitles::add(const std::vector<Seed>& all) {
    std::map<std::pair<std::string, std::string>, Group> alike;
    for (const Seed& seed : all) {
        const std::string area = words_.area(seed);
        auto what = words_.texts.with("seeds.title_what",
                                      {{"programmes", words_.programmes(seed)},
                                       {"area", area.empty() ? words_.texts.get("seeds.area_not_stated") : area}});
        alike[{words_.who(seed), what}].push_back(&seed);
        what_.emplace(seed.id, std::move(what));
    }
    for (const auto& [title, group] : alike) {
        tell_apart(group, 0);
    }
}

void SeedTitles::tell_apart(const Group& group, std::size_t tried) {
    if (group.size() < 2 || tried == k_distinctions.size()) {
        return;
    }
    std::map<std::string, Group> alike;
    for (const Seed* seed : group) {
        alike[distinction_in_words(k_distinctions.at(tried), *seed, words_)].push_back(seed);
    }
    for (const auto& [words, still_alike] : alike) {
        for (const Seed* seed : still_alike) {
            if (alike.size() > 1 && !words.empty()) {
                std::string& what = what_.at(seed->id);
                what = words_.texts.with("seeds.title_more", {{"what", what}, {"more", words}});
            }
        }
        tell_apart(still_alike, tried + 1);
    }
}

} // namespace shirube::server
