#include "directory/seeds/seed_matching.hpp"

#include "directory/programme_tree.hpp"
#include "directory/seeds/seed_area.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <tuple>

namespace shirube::directory {

namespace {

std::optional<ProgrammeFit> programme_fit(const Seed& offer, const Seed& want, const Taxonomy& taxonomy) {
    std::optional<ProgrammeFit> best;
    for (const auto& offered_code : offer.programmes) {
        for (const auto& wanted_code : want.programmes) {
            const auto offered = taxonomy.by_code(offered_code);
            const auto wanted = taxonomy.by_code(wanted_code);
            if (!offered || !wanted || taxonomy.family_of(*offered) != taxonomy.family_of(*wanted)) {
                continue;
            }
            const bool is_kind = is_within(taxonomy, *offered, *wanted) || is_within(taxonomy, *wanted, *offered);
            const auto fit = *offered == *wanted ? ProgrammeFit::same
                             : is_kind           ? ProgrammeFit::kind
                                                 : ProgrammeFit::family;
            best = best ? std::min(*best, fit) : fit;
        }
    }
    return best;
}

SeedFit contract_fit(const Seed& offer, const Seed& want) {
    if (offer.contracts.empty() || want.contracts.empty()) {
        return SeedFit::unknown;
    }
    const bool shared = std::ranges::any_of(offer.contracts, [&](Contract contract) {
        return std::ranges::find(want.contracts, contract) != want.contracts.end();
    });
    return shared ? SeedFit::fits : SeedFit::differs;
}

SeedFit fee_fit(const Seed& offer, const Seed& want) {
    if (!offer.fee || !want.fee || offer.fee->per != want.fee->per) {
        return SeedFit::unknown;
    }
    return want.fee->yen >= offer.fee->yen ? SeedFit::fits : SeedFit::differs;
}

SeedFit amount_fit(const Seed& offer, const Seed& want) {
    if (!offer.amount || !want.amount || offer.amount->unit != want.amount->unit) {
        return SeedFit::unknown;
    }
    if (offer.amount->count >= want.amount->count) {
        return SeedFit::fits;
    }
    return offer.amount->count > 0 ? SeedFit::partly : SeedFit::differs;
}

SeedFit start_fit(const Seed& offer, const Seed& want) {
    if (!offer.from || !want.from) {
        return SeedFit::unknown;
    }
    return *offer.from <= *want.from ? SeedFit::fits : SeedFit::differs;
}

SeedFit weekday_fit(const Seed& offer, const Seed& want) {
    if (offer.weekdays == 0 || want.weekdays == 0) {
        return SeedFit::unknown;
    }
    const unsigned both = unsigned{offer.weekdays} & want.weekdays;
    return both == want.weekdays ? SeedFit::fits : both != 0 ? SeedFit::partly : SeedFit::differs;
}

SeedFit night_fit(const Seed& offer, const Seed& want) {
    if (want.nights == SeedNights::no) {
        return SeedFit::fits; // days alone are wanted: whoever takes nights too takes them
    }
    if (want.nights == SeedNights::unknown || offer.nights == SeedNights::unknown) {
        return SeedFit::unknown;
    }
    return offer.nights == SeedNights::yes ? SeedFit::fits : SeedFit::differs;
}

/// What two stated ends leave open is unknown, unless the others tell already that no age is shared.
SeedFit age_fit(const Seed& offer, const Seed& want) {
    const bool is_apart = (offer.to_age && want.from_age && *offer.to_age < *want.from_age) ||
                          (want.to_age && offer.from_age && *want.to_age < *offer.from_age);
    if (is_apart) {
        return SeedFit::differs;
    }
    if (!offer.from_age || !offer.to_age || !want.from_age || !want.to_age) {
        return SeedFit::unknown;
    }
    return *offer.from_age <= *want.from_age && *want.to_age <= *offer.to_age ? SeedFit::fits : SeedFit::partly;
}

std::size_t count_of(const SeedMatch& match, SeedFit fit) {
    return static_cast<std::size_t>(std::ranges::count(match.of, fit));
}

} // namespace

std::string_view code_of(SeedCriterion criterion) noexcept {
    constexpr std::array<std::string_view, k_seed_criteria.size()> k_codes{"contract", "fee",    "amount", "start",
                                                                           "weekdays", "nights", "ages"};
    return k_codes.at(static_cast<std::size_t>(criterion));
}

std::string_view code_of(SeedFit fit) noexcept {
    constexpr std::array<std::string_view, 4> k_codes{"fits", "partly", "unknown", "differs"};
    return k_codes.at(static_cast<std::size_t>(fit));
}

std::string_view code_of(ProgrammeFit fit) noexcept {
    constexpr std::array<std::string_view, 3> k_codes{"same", "kind", "family"};
    return k_codes.at(static_cast<std::size_t>(fit));
}

std::optional<SeedMatch> match_of(const Seed& offer, const Seed& want, const Reader& reader) {
    const auto programme = programme_fit(offer, want, reader.taxonomy());
    if (!programme) {
        return std::nullopt;
    }
    const auto area = area_fit(offer, want, reader);
    return SeedMatch{
        .programme = *programme,
        .area = area.fit,
        .distance_m = area.distance_m,
        .accuracy_m = area.accuracy_m,
        .of = {contract_fit(offer, want), fee_fit(offer, want), amount_fit(offer, want), start_fit(offer, want),
               weekday_fit(offer, want), night_fit(offer, want), age_fit(offer, want)}};
}

bool share_a_family(const Seed& a, const Seed& b, const Taxonomy& taxonomy) {
    return programme_fit(a, b, taxonomy).has_value();
}

std::vector<RankedSeed> ranked(const Seed& seed, std::span<const Seed> others, const std::vector<bool>& declined,
                               const Reader& reader) {
    std::vector<RankedSeed> all;
    for (std::size_t i = 0; i < others.size(); ++i) {
        const bool is_offer = seed.kind == SeedKind::offer;
        if (auto match = match_of(is_offer ? seed : others[i], is_offer ? others[i] : seed, reader)) {
            all.push_back({i, *match, i < declined.size() && declined[i]});
        }
    }
    const auto key = [&](const RankedSeed& one) {
        return std::tuple(one.declined, one.match.programme, one.match.area, count_of(one.match, SeedFit::differs),
                          count_of(one.match, SeedFit::partly), count_of(one.match, SeedFit::unknown),
                          one.match.distance_m.value_or(std::numeric_limits<double>::infinity()),
                          -others[one.other].as_of.time_since_epoch().count());
    };
    std::ranges::sort(all, [&](const RankedSeed& a, const RankedSeed& b) {
        const auto of_a = key(a);
        const auto of_b = key(b);
        return of_a != of_b ? of_a < of_b : others[a.other].id < others[b.other].id;
    });
    return all;
}

} // namespace shirube::directory
