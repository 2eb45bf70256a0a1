#include "server/staff/seeds/seeds_words.hpp"

#include "directory/seeds/seed_area.hpp"
#include "server/pages/use_terms_words.hpp"
#include "server/pages/words.hpp"

#include <algorithm>

namespace shirube::server {

using directory::Seed;
using directory::SeedCriterion;
using directory::SeedFit;
using directory::SeedKind;
using directory::SeedMatch;

std::string SeedsWords::join(const std::vector<std::string>& words) const {
    std::string all;
    for (const auto& word : words) {
        all += (all.empty() ? "" : texts.get("seeds.joint")) + word;
    }
    return all;
}

std::string SeedsWords::programmes(const Seed& seed) const {
    std::vector<std::string> names;
    for (const auto& code : seed.programmes) {
        const auto programme = reader.taxonomy().by_code(code);
        names.push_back(programme ? reader.taxonomy().at(*programme).label.in(texts.language()) : code);
    }
    return join(names);
}

std::string SeedsWords::who(const Seed& seed) const {
    return seed.kind == SeedKind::offer ? seed.organization : facts.municipality_name(seed.owner);
}

std::string SeedsWords::area(const Seed& seed) const {
    std::vector<std::string> names;
    for (const auto& area : seed.areas) {
        if (const auto district = directory::district_of_area(reader, area)) {
            names.push_back(reader.districts()[*district].name);
        } else {
            names.push_back(facts.municipality_name(area));
        }
    }
    if (names.empty() && seed.kind == SeedKind::want) {
        names.push_back(texts.get("seeds.whole_municipality"));
    }
    if (seed.within_m) {
        names.push_back(
            texts.with("seeds.within", {{"distance", distance_in_words(static_cast<double>(*seed.within_m))}}));
    }
    return join(names);
}

std::string SeedsWords::amount(const Seed& seed) const {
    return seed.amount ? texts.with("seeds.amount_words",
                                    {{"count", grouped(seed.amount->count)},
                                     {"unit", texts.get("unit." + std::string(code_of(seed.amount->unit)))}})
                       : std::string{};
}

std::string SeedsWords::starts(const Seed& seed) const {
    return seed.from ? texts.with("seeds.from_words", {{"date", date_in_words(*seed.from, texts)}}) : std::string{};
}

std::string SeedsWords::weekdays(const Seed& seed) const {
    constexpr int k_days = 7;
    std::string words;
    for (int day = 0; day < k_days; ++day) {
        if ((seed.weekdays >> static_cast<unsigned>(day) & 1U) != 0) {
            words += (words.empty() ? "" : texts.get("condition.day_joint")) + weekday_in_words(day, texts);
        }
    }
    return words;
}

std::string SeedsWords::nights(const Seed& seed) const {
    return seed.nights == directory::SeedNights::unknown
               ? std::string{}
               : texts.get("seeds.nights_" + std::string(code_of(seed.nights)));
}

std::string SeedsWords::ages(const Seed& seed) const {
    const auto years = [](const std::optional<int>& age) { return std::to_string(age.value_or(0)); };
    if (seed.from_age && seed.to_age) {
        return texts.with("seeds.ages_both", {{"from", years(seed.from_age)}, {"to", years(seed.to_age)}});
    }
    if (seed.from_age) {
        return texts.with("seeds.ages_from", {{"from", years(seed.from_age)}});
    }
    return seed.to_age ? texts.with("seeds.ages_to", {{"to", years(seed.to_age)}}) : std::string{};
}

std::string SeedsWords::contracts(const Seed& seed) const {
    std::vector<std::string> names;
    for (const auto contract : seed.contracts) {
        names.push_back(contract_in_words(contract, texts));
    }
    return join(names);
}

std::string SeedsWords::fee(const Seed& seed) const {
    return seed.fee
               ? texts.with("seeds.fee_words", {{"yen", grouped(seed.fee->yen)},
                                                {"per", texts.get("seeds.per_" + std::string(code_of(seed.fee->per)))}})
               : std::string{};
}

std::string SeedsWords::site(const Seed& seed) const {
    const auto site = directory::site_of_offer(reader, seed);
    return site ? reader.sites()[*site].name : std::string{};
}

std::vector<std::pair<std::string, std::string>> SeedsWords::facts_of(const Seed& seed) const {
    const bool is_offer = seed.kind == SeedKind::offer;
    std::vector<std::pair<std::string, std::string>> all{
        {texts.get("seeds.field_programmes"), programmes(seed)},
        {texts.get(is_offer ? "seeds.field_areas_offer" : "seeds.field_areas_want"), area(seed)}};
    if (is_offer) {
        all.emplace_back(texts.get("seeds.field_site"), site(seed));
    }
    all.insert(all.end(),
               {{texts.get(is_offer ? "seeds.field_amount_offer" : "seeds.field_amount_want"), amount(seed)},
                {texts.get("seeds.field_from"), starts(seed)},
                {texts.get("seeds.field_weekdays"), weekdays(seed)},
                {texts.get("seeds.field_nights"), nights(seed)},
                {texts.get("seeds.field_ages"), ages(seed)},
                {texts.get("seeds.field_contracts"), contracts(seed)},
                {texts.get("seeds.field_fee"), fee(seed)},
                {texts.get("seeds.field_until"), seed.until ? date_in_words(*seed.until, texts) : std::string{}}});
    return all;
}

std::string SeedsWords::programme_fit(const SeedMatch& match) const {
    return texts.get("seeds.programme_" + std::string(code_of(match.programme)));
}

std::string SeedsWords::area_fit(const SeedMatch& match) const {
    return texts.get("seeds.area_" + std::string(code_of(match.area)));
}

std::string SeedsWords::distance(const SeedMatch& match) const {
    if (!match.distance_m) {
        return texts.get("seeds.distance_unknown");
    }
    if (*match.distance_m <= 0) {
        return texts.get("seeds.distance_within");
    }
    return texts.with(match.accuracy_m ? "seeds.distance_about" : "seeds.distance",
                      {{"distance", distance_in_words(*match.distance_m)}});
}

std::string SeedsWords::criterion(SeedCriterion criterion) const {
    return texts.get("seeds.criterion_" + std::string(code_of(criterion)));
}

std::string SeedsWords::of_criterion(SeedCriterion criterion, const Seed& seed) const {
    switch (criterion) {
        case SeedCriterion::contract:
            return contracts(seed);
        case SeedCriterion::fee:
            return fee(seed);
        case SeedCriterion::amount:
            return amount(seed);
        case SeedCriterion::start:
            return starts(seed);
        case SeedCriterion::weekdays:
            return weekdays(seed);
        case SeedCriterion::nights:
            return nights(seed);
        case SeedCriterion::ages:
            return ages(seed);
    }
    return {};
}

std::string SeedsWords::fit(SeedCriterion criterion, SeedFit fit, const Seed& offer, const Seed& want) const {
    const auto said = [&](const Seed& seed) {
        const std::string words = of_criterion(criterion, seed);
        return words.empty() ? texts.get("seeds.not_stated") : words;
    };
    return texts.with("seeds.fit_words", {{"criterion", this->criterion(criterion)},
                                          {"fit", texts.get("seeds.fit_" + std::string(code_of(fit)))},
                                          {"offer", said(offer)},
                                          {"want", said(want)}});
}

std::string SeedsWords::reason(directory::DeclineReason reason) const {
    return texts.get("seeds.reason_" + std::string(code_of(reason)));
}

std::string SeedsWords::answer(const directory::Asking& asking) const {
    std::string words = texts.get("seeds.answer_" + std::string(code_of(asking.answer)));
    if (asking.reason) {
        words = texts.with("seeds.answer_reason", {{"answer", words}, {"reason", reason(*asking.reason)}});
    }
    return words;
}

} // namespace shirube::server
