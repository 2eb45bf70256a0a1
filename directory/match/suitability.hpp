// Whether a service could be used by one person of a family for one need: a fixed table of tests, each of which answers
// yes, maybe or no with its reason. What a list does not say is never a no.
#pragma once

#include "directory/match/family.hpp"
#include "directory/match/match_rules.hpp"
#include "directory/match/reasons.hpp"
#include "directory/match/rule_effects.hpp"
#include "directory/reader.hpp"
#include "geo/distance.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace shirube::directory {

/// One person's one need, with the rules that apply to it.
struct AskedPair {
    std::size_t person = 0;
    std::size_t need = 0; ///< by its place in the rules
    std::optional<LifeStage> stage;
    ApplyingRules rules;
    std::optional<int> most_minutes;
};

/// A family's question as the tests look at it: what does not depend on a service is found out once.
struct Asked {
    Asked(const Reader& reader, const MatchRules& rules, const Family& family, Instant at);

    const Reader& reader;
    const MatchRules& rules;
    const Family& family;
    Instant at;
    std::vector<AskedPair> pairs; ///< by person, each as its needs stand
    std::string municipality;     ///< of residence, of a ward its city's; empty: nobody knows
    /// The municipality whose services are looked at where the family names no place: its own, else that of whoever
    /// asks; empty where there is a place.
    std::string looked_at;
    std::vector<std::uint32_t> home_districts; ///< of every layer, ascending; empty: nobody knows
    ProgrammeSet refused;                      ///< with everything below
    ProgrammeSet used;
    ProgrammeSet asked_what_else;          ///< of which a rule asks what else there is at their places
    std::vector<geo::LocalMetric> metrics; ///< of the family's places
};

/// A service that may be offered, as it stands to the family's places.
struct Candidate {
    std::uint32_t service = 0; ///< index into Reader::services()
    const ServiceRow* row = nullptr;
    const SiteRow* site = nullptr;
    MatchOffer offer;
};

Candidate candidate_of(const Asked& asked, std::uint32_t service);

/// The way that counts for a pair; nothing where there is none to go, or nobody knows it.
std::optional<MeasuredWay> way_of(const Asked& asked, const AskedPair& pair, const Candidate& candidate);

/// What the tests came to: how many of them left something open, or that one says no.
struct Judgement {
    bool fits = true;
    int open = 0;
    ReasonCode first_no = ReasonCode::none;
};

Judgement judge(const Asked& asked, const AskedPair& pair, const Candidate& candidate);

/// Whether it could be what comes afterwards: neither refused, nor against a rule, nor for others alone. How old they
/// are then, and whether it is open now, is not asked.
bool may_come_afterwards(const Asked& asked, const AskedPair& pair, const Candidate& candidate);

/// Every reason, in the order of the tests.
std::vector<Reason> explain(const Asked& asked, const AskedPair& pair, const Candidate& candidate);

} // namespace shirube::directory
