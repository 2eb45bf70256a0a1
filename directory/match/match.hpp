// A caseworker's search: what a family could use, alone and together, why, and why not. A function of an edition, the
// rules, the question and an instant. It chooses nothing for anybody: of every need there are several to choose from
// where there are, some of them farther away.
#pragma once

#include "directory/match/combinations.hpp"
#include "directory/match/family.hpp"
#include "directory/match/match_rules.hpp"
#include "directory/match/ranking.hpp"
#include "directory/match/reasons.hpp"
#include "directory/match/rule_effects.hpp"
#include "directory/reader.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace shirube::directory {

/// One person's one need, by their places in the question and in the rules.
struct MatchPair {
    std::size_t person = 0;
    std::size_t need = 0;

    friend bool operator==(const MatchPair&, const MatchPair&) = default;
};

/// Why a service fits one pair, or does not.
struct PairReasons {
    std::size_t pair = 0; ///< into MatchAnswer::pairs
    std::vector<Reason> reasons;
};

struct ShortlistEntry {
    std::uint32_t service = 0; ///< index into Reader::services()
    RankKey key;
    std::optional<MeasuredWay> way; ///< to go there; nothing where somebody comes or nobody knows
    bool comes_home = false;
    std::vector<PairReasons> fits;     ///< at least one
    std::vector<PairReasons> fits_not; ///< whose needs the programme might meet, and this service does not
};

/// A choice for one pair: where it stands in the shortlist, and by what it is ranked for this pair.
struct PairChoice {
    std::size_t entry = 0;
    RankKey key;
    bool is_farther = false; ///< told on purpose beside nearer ones: nearest is not best
};

struct ExcludedEntry {
    std::uint32_t service = 0;
    std::optional<double> distance_m; ///< from the nearest of the family's places
    std::vector<PairReasons> reasons;
};

/// Where one can go on to.
struct OnwardStep {
    ProgrammeIndex from = 0;
    ProgrammeIndex to = 0;                ///< as the rules write it
    std::optional<std::uint32_t> service; ///< the nearest within reach; nothing where none is known
    std::optional<MeasuredWay> way;
};

struct MatchAnswer {
    std::vector<MatchPair> pairs;
    std::vector<ShortlistEntry> shortlist;        ///< best first
    std::vector<std::vector<PairChoice>> choices; ///< by pair, best first
    std::vector<Combination> combinations;        ///< parts are places in the shortlist
    bool combinations_cover_all = false;          ///< all pairs for which there is any choice
    std::vector<ExcludedEntry> excluded;          ///< nearest first
    /// How many were left out, by the first reason of the first pair, those that are told above among them.
    std::vector<std::pair<ReasonCode, std::size_t>> excluded_by_reason;
    std::vector<OnwardStep> afterwards;
    std::size_t considered = 0;
    std::string residence; ///< the municipality whose residents they were taken for; empty: nobody knows
};

inline constexpr std::size_t k_choices_each = 5;
inline constexpr std::size_t k_most_excluded_told = 20;

/// \pre family.people's needs are below rules.needs.size(), and the limits of family.hpp are kept
MatchAnswer match(const Reader& reader, const MatchRules& rules, const Family& family, Instant at);

} // namespace shirube::directory
