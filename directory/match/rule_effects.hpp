// What single rules say of a situation and an offer: functions of their parameters alone, so that a document's cases
// and a search over 200,000 services ask the same.
#pragma once

#include "directory/match/match_rules.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace shirube::directory {

bool holds(const MatchCondition& condition, const MatchSituation& situation) noexcept;

/// The rules of a kind that apply, by their places in the document: the first goes before the others.
class ApplyingRules {
  public:
    ApplyingRules(const MatchRules& rules, const MatchSituation& situation);

    /// Which of the family's places the way is measured from, the first that counts before the others; empty: any.
    [[nodiscard]] std::span<const PlaceRole> near() const noexcept { return near_; }
    /// Nothing where no rule says how far is too far.
    [[nodiscard]] std::optional<int> most_minutes() const noexcept;
    /// Whether one of them asks what else there is at a place where this programme is.
    [[nodiscard]] bool asks_what_else_is_there(ProgrammeIndex programme) const;
    /// The rule that leaves the offer out, by its place in the document; nothing where none does.
    [[nodiscard]] std::optional<std::size_t> objection(const MatchOffer& offer) const;
    /// The preference that the offer meets, by its place in the document.
    [[nodiscard]] std::optional<std::size_t> preference(const MatchOffer& offer) const;
    /// Which step of the order a programme is, from 0; nothing where the order does not name it.
    [[nodiscard]] std::optional<std::size_t> step(ProgrammeIndex programme) const;
    /// Where one can go on to from a programme, as written, none twice.
    [[nodiscard]] std::vector<ProgrammeIndex> afterwards(ProgrammeIndex programme) const;

  private:
    const MatchRules& rules_;
    TravelMode mode_;
    std::vector<std::size_t> applying_;
    // The first of their kinds that apply: asked for every service.
    std::span<const PlaceRole> near_;
    const MatchRule* order_ = nullptr;
};

/// A way, as the rules measure it.
struct MeasuredWay {
    double distance_m = 0;
    int minutes = 0;
    PlaceRole from = PlaceRole::home;
    std::size_t rank = 0; ///< how many roles go before this one
    bool brought = false; ///< too far for them, but they are brought: minutes are those of a car
};

/// From the first role, in the order that counts, from which the offer is within `most` minutes; where it is from none,
/// from the nearest place. Roles that the order does not name come last and together, the nearest of them. Nothing
/// where no distance is known.
std::optional<MeasuredWay> way_to(const RoleDistances& distance_m, std::span<const PlaceRole> near, TravelMode mode,
                                  std::optional<int> most);

/// What one rule alone says, in the words of its cases: "excluded" or "kept"; "preferred" or "as_others"; a role, or
/// "any" (near); a number from 1, or "none" (order); codes by blanks, or "none" (afterwards); "not_asked" where its
/// condition does not hold.
std::string effect_of(const MatchRules& rules, std::size_t rule, const MatchSituation& situation,
                      const MatchOffer& offer, const Taxonomy& taxonomy);

struct FailingCase {
    std::string rule; ///< code
    std::string pointer;
    std::string expects;
    std::string says;
};

/// Every case of the document that its rule answers otherwise.
std::vector<FailingCase> failing_cases(const MatchRules& rules, const Taxonomy& taxonomy);

} // namespace shirube::directory
