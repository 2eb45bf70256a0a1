// A caseworker's search against a naive one over the same rows, for random families in random towns.
#include "directory/embedded_file.hpp"
#include "directory/match/match.hpp"
#include "directory/snapshot/snapshot.hpp"
#include "match_naive.hpp"
#include "search_random_town.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

using namespace shirube;
using namespace shirube::directory;
using namespace shirube::directory::test;

namespace {

/// The random town with more that a family could use, and with figures of free places.
State town_of(std::uint64_t seed) {
    State state = random_town(seed);
    Dice dice(seed + 1);
    const Taxonomy& taxonomy = Taxonomy::shipped();
    std::vector<ProgrammeIndex> useful;
    for (const auto& need : shipped_match_rules()->needs) {
        useful.insert(useful.end(), need.programmes.begin(), need.programmes.end());
    }
    useful.push_back(taxonomy.by_code("nyujiin").value());
    for (auto& service : state.services) {
        if (!dice.one_in(3)) {
            service.programme = dice.of(useful);
        }
        if (dice.one_in(3)) {
            auto staff = std::make_shared<StaffRow>();
            for (std::size_t i = 1 + dice.below(2); i > 0; --i) {
                StaffReading says;
                if (!dice.one_in(4)) {
                    says.vacancy = static_cast<int>(dice.below(3));
                }
                if (!dice.one_in(4)) {
                    says.vacancy_on = *parse_day("2026-11-21") - std::chrono::days(dice.below(60));
                }
                staff->says.push_back(says);
            }
            service.staff = std::move(staff);
        }
        if (dice.one_in(6)) {
            service.certainty = dice.one_in(2) ? Certainty::reported : Certainty::stale;
        }
    }
    return state;
}

/// The shipped rules, and of the kinds that they have not.
MatchRules rules_of_a_town() {
    using nlohmann::json;
    json document;
    for (const auto& file : shirube::embedded_data()) {
        if (file.path == "match/default.json") {
            document = json::parse(file.content);
        }
    }
    const json label{{"ja", "町"}, {"ja_easy", "まち"}, {"en", "Town"}};
    const auto add = [&](const char* code, const char* kind, const json& members, const json& expected) {
        json rule = members;
        rule.update({{"code", code}, {"kind", kind}, {"label", label}, {"source", "町"}});
        rule["cases"] = json::array({expected});
        document["rules"].push_back(rule);
    };
    add("base_first", "prefer", {{"programmes", {"ikusei_kyoten", "short_stay"}}},
        {{"family", json::object()}, {"service", {{"programme", "short_stay"}}}, {"expects", "preferred"}});
    add("pantries_at_halls", "only_at", {{"programmes", {"food_pantry"}}, {"at", {"places"}}},
        {{"family", json::object()}, {"service", {{"programme", "food_pantry"}}}, {"expects", "excluded"}});
    add("clubs_for_pupils", "exclude", {{"when", {{"age_under_months", 72}}}, {"programmes", {"hokago_jido_club"}}},
        {{"family", {{"age_months", 71}}}, {"service", {{"programme", "hokago_jido_club"}}}, {"expects", "excluded"}});
    return parse_match_rules(document, Taxonomy::shipped()).value();
}

geo::LonLat somewhere(Dice& dice) {
    return {dice.between(k_land.west, k_land.east), dice.between(k_land.south, k_land.north)};
}

FamilyPerson person_of(Dice& dice, const MatchRules& rules) {
    FamilyPerson person;
    person.kind = dice.one_in(4) ? PersonKind::parent : dice.one_in(6) ? PersonKind::expecting : PersonKind::child;
    if (person.kind == PersonKind::child) {
        // Of each age the stage that it is surely in.
        constexpr std::array<std::pair<int, LifeStage>, 5> stages{{{0, LifeStage::infant},
                                                                   {3, LifeStage::preschool},
                                                                   {7, LifeStage::elementary},
                                                                   {13, LifeStage::junior_high},
                                                                   {16, LifeStage::high}}};
        const auto& [years, stage] = stages[dice.below(stages.size())];
        person.age_months = years * 12 + static_cast<int>(dice.below(24));
        person.stage = stage;
    }
    person.is = dice.one_in(5) ? bit_of(ForWhom::disability) : std::uint8_t{0};
    for (std::size_t i = 1 + dice.below(2); i > 0; --i) {
        const auto need = dice.below(rules.needs.size());
        if (std::ranges::find(person.needs, need) == person.needs.end()) {
            person.needs.push_back(need);
        }
    }
    return person;
}

Family family_of(Dice& dice, const State& state, const MatchRules& rules) {
    Family family;
    for (std::size_t i = dice.one_in(8) ? 0 : 1 + dice.below(3); i > 0; --i) { // who is in hiding gives none
        family.places.push_back({static_cast<PlaceRole>(dice.one_in(2) ? 0 : dice.below(4)), somewhere(dice)});
    }
    for (std::size_t i = 1 + dice.below(3); i > 0; --i) {
        family.people.push_back(person_of(dice, rules));
    }
    if (dice.one_in(2)) {
        const int from = static_cast<int>(dice.below(20)) * 60;
        family.when = TimeWindow{static_cast<WeekdayMask>(1 + dice.below(127)), from, from + 180};
    }
    family.mode = static_cast<TravelMode>(dice.below(4));
    family.municipality = dice.one_in(3) ? "13101" : "";
    family.worries = dice.one_in(4) ? bit_of(Worry::neighbours) : std::uint8_t{0};
    if (dice.one_in(4)) {
        family.refused.push_back(static_cast<ProgrammeIndex>(dice.below(Taxonomy::shipped().programmes().size())));
    }
    if (dice.one_in(4)) {
        family.refused_services.push_back(dice.of(state.services).id);
    }
    return family;
}

/// The first five; where all lie together the fifth gives way to the best that lies twice as far.
std::vector<std::uint32_t> first_choices(const NaiveMatch& naive, std::size_t pair) {
    auto ranked = naive.ranked(pair);
    const auto minutes = [&](std::uint32_t service) {
        return std::ranges::find(naive.services(), service, &NaiveService::service)->pairs.at(pair).minutes;
    };
    if (ranked.size() <= 5) {
        return ranked;
    }
    const int nearest = minutes(
        *std::min_element(ranked.begin(), ranked.begin() + 5, [&](auto a, auto b) { return minutes(a) < minutes(b); }));
    const auto is_farther = [&](std::uint32_t service) {
        return minutes(service) < 1'000'000 && minutes(service) >= 10 && minutes(service) >= 2 * nearest;
    };
    const auto far = std::find_if(ranked.begin(), ranked.end(), is_farther);
    if (far != ranked.end() && far - ranked.begin() >= 5) {
        ranked[4] = *far;
    }
    ranked.resize(5);
    return ranked;
}

/// Of all twos and threes of the shortlist those that meet most, need every part, and come first.
std::vector<std::vector<std::size_t>> naive_combinations(const NaiveMatch& naive, const State& state,
                                                         const MatchAnswer& answer) {
    const std::size_t count = answer.shortlist.size();
    std::vector<std::set<std::size_t>> meets(count);
    std::size_t most = 1;
    for (std::size_t i = 0; i < count; ++i) {
        const auto found = std::ranges::find(naive.services(), answer.shortlist[i].service, &NaiveService::service);
        for (const auto& [pair, fit] : found->pairs) {
            if (fit.no.empty()) {
                meets[i].insert(pair);
            }
        }
        most = std::max(most, meets[i].size());
    }
    const auto all_of = [&](const std::vector<std::size_t>& parts) {
        std::set<std::size_t> all;
        for (const auto part : parts) {
            all.insert(meets[part].begin(), meets[part].end());
        }
        return all;
    };
    std::vector<std::vector<std::size_t>> sets;
    for (std::size_t a = 0; a < count; ++a) {
        for (std::size_t b = a + 1; b < count; ++b) {
            sets.push_back({a, b});
            for (std::size_t c = b + 1; c < count; ++c) {
                sets.push_back({a, b, c});
            }
        }
    }
    for (const auto& parts : sets) {
        most = std::max(most, all_of(parts).size());
    }
    using Row = std::tuple<int, std::size_t, int, int, std::vector<std::size_t>>;
    std::vector<Row> rows;
    for (const auto& parts : sets) {
        bool is_needed = all_of(parts).size() == most;
        for (std::size_t left_out = 0; left_out < parts.size() && is_needed; ++left_out) {
            auto fewer = parts;
            fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(left_out));
            is_needed = all_of(fewer) != all_of(parts);
        }
        if (!is_needed) {
            continue;
        }
        std::set<std::uint32_t> sites;
        int open = 0;
        int minutes = 0;
        for (const auto part : parts) {
            const auto& entry = answer.shortlist[part];
            open += entry.key.open;
            if (!entry.comes_home && sites.insert(state.services[entry.service].site).second) {
                minutes += entry.way ? entry.way->minutes : 0;
            }
        }
        rows.emplace_back(static_cast<int>(sites.size()), parts.size(), open, minutes, parts);
    }
    std::ranges::sort(rows);
    std::vector<std::vector<std::size_t>> first;
    for (std::size_t i = 0; i < std::min<std::size_t>(rows.size(), 5); ++i) {
        first.push_back(std::get<4>(rows[i]));
    }
    return first;
}

void compare_excluded(const NaiveMatch& naive, const MatchAnswer& answer) {
    std::vector<const NaiveService*> excluded;
    for (const auto& service : naive.services()) {
        if (service.covers() == 0) {
            excluded.push_back(&service);
        }
    }
    std::size_t counted = 0;
    for (const auto& [code, count] : answer.excluded_by_reason) {
        counted += count;
    }
    CHECK(counted == excluded.size());
    CHECK(answer.excluded.size() == std::min<std::size_t>(excluded.size(), 20));
    std::ranges::stable_sort(excluded, {}, [](const NaiveService* of) {
        return std::pair(!of->distance_m.has_value(), of->distance_m.value_or(0));
    });
    for (std::size_t i = 0; i < answer.excluded.size(); ++i) {
        REQUIRE(answer.excluded[i].service == excluded[i]->service);
        for (const auto& [pair, reasons] : answer.excluded[i].reasons) {
            std::set<std::string> codes;
            for (const auto& reason : reasons) {
                codes.insert(std::string{words_of(reason.code).word});
            }
            CHECK(codes == excluded[i]->pairs.at(pair).no);
        }
    }
}

} // namespace

TEST_CASE("A match and a naive search of all services agree for random families in random towns") {
    const auto rules = rules_of_a_town();
    std::size_t choices = 0;
    std::size_t farther = 0;
    std::size_t combined = 0;
    std::size_t excluded = 0;
    for (const std::uint64_t seed : {11, 12}) {
        const State state = town_of(seed);
        const Reader reader(Snapshot::build(state, Taxonomy::shipped(), Holidays::shipped()));
        Dice dice(seed + 100);
        for (int i = 0; i < 30; ++i) {
            CAPTURE(seed, i);
            const Family family = family_of(dice, state, rules);
            const Instant at = *parse_instant("2026-11-21T14:00");
            const auto answer = match(reader, rules, family, at);
            const NaiveMatch naive(state, rules, family, at);
            REQUIRE(answer.considered == naive.services().size());
            REQUIRE(answer.choices.size() == naive.pairs().size());
            for (std::size_t pair = 0; pair < answer.choices.size(); ++pair) {
                std::vector<std::uint32_t> chosen;
                for (const auto& choice : answer.choices[pair]) {
                    chosen.push_back(answer.shortlist[choice.entry].service);
                    farther += int{choice.is_farther};
                }
                CHECK(chosen == first_choices(naive, pair));
                choices += chosen.size();
            }
            std::vector<std::vector<std::size_t>> combinations;
            for (const auto& combination : answer.combinations) {
                combinations.push_back(combination.parts);
            }
            CHECK(combinations == naive_combinations(naive, state, answer));
            combined += combinations.size();
            compare_excluded(naive, answer);
            excluded += answer.excluded.size();
        }
    }
    // It was about something.
    CHECK(choices > 250);
    CHECK(farther > 3);
    CHECK(combined > 50);
    CHECK(excluded > 300);
}
