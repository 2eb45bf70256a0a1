// Which offers may answer a want, and which wants an offer: criterion by criterion, so that each can be said. What is
// unknown excludes nobody, and what does not fit is said and stands last; only another family of programmes is no
// match. Nothing is decided here.
#pragma once

#include "directory/reader.hpp"
#include "directory/seeds/seed.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace shirube::directory {

/// How the programmes of two stand to each other, the nearest of all pairs.
enum class ProgrammeFit : std::uint8_t {
    same,
    kind,  ///< one is a kind of the other
    family ///< both are of one family
};

enum class SeedFit : std::uint8_t { fits, partly, unknown, differs };

/// What is compared beside programme and area.
enum class SeedCriterion : std::uint8_t { contract, fee, amount, start, weekdays, nights, ages };
inline constexpr std::array k_seed_criteria{SeedCriterion::contract, SeedCriterion::fee,      SeedCriterion::amount,
                                            SeedCriterion::start,    SeedCriterion::weekdays, SeedCriterion::nights,
                                            SeedCriterion::ages};
std::string_view code_of(SeedCriterion) noexcept;
std::string_view code_of(SeedFit) noexcept;
std::string_view code_of(ProgrammeFit) noexcept;

struct SeedMatch {
    ProgrammeFit programme = ProgrammeFit::same;
    SeedFit area = SeedFit::unknown;  ///< what the offer's area, and how far it goes, say of the want's
    std::optional<double> distance_m; ///< from the offer's site to the nearest edge of the want's area; 0: within
    std::optional<double> accuracy_m; ///< of that; empty: the point is exact
    std::array<SeedFit, k_seed_criteria.size()> of{}; ///< by SeedCriterion

    [[nodiscard]] SeedFit fit(SeedCriterion criterion) const { return of.at(static_cast<std::size_t>(criterion)); }
};

/// Nothing where no programme of the one is of a family of the other's.
/// \param reader whose districts and places both are read by
std::optional<SeedMatch> match_of(const Seed& offer, const Seed& want, const Reader& reader);

/// Whether two may match at all.
bool share_a_family(const Seed& a, const Seed& b, const Taxonomy& taxonomy);

struct RankedSeed {
    std::size_t other = 0; ///< index into `others`
    SeedMatch match;
    bool declined = false;
};

/// Those of `others` that match, the best first: who has not declined; nearer programme; better area; fewer criteria
/// that differ, that fit in part, that are unknown; nearer; newer; id.
/// \param others of the other kind \param declined whether that pair was declined, by index
std::vector<RankedSeed> ranked(const Seed& seed, std::span<const Seed> others, const std::vector<bool>& declined,
                               const Reader& reader);

} // namespace shirube::directory
