// The rules (照会の決まり) by which a caseworker's search is answered: a document that a town's steward reads and
// edits, in versions. What is hard for a family leads to programmes; rules then leave out, prefer, measure and order,
// each with the sentence it comes from and a table of cases that it must answer.
#pragma once

#include "directory/match/family.hpp"
#include "directory/policy.hpp"
#include "directory/state.hpp"
#include "directory/taxonomy.hpp"

#include <nlohmann/json_fwd.hpp>

#include <array>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::directory {

/// By ProgrammeIndex.
using ProgrammeSet = std::vector<bool>;

/// What can be hard, and the programmes that may help.
struct MatchNeed {
    std::string code;
    Label label;
    std::string source;                     ///< the law or practice that leads from the one to the other
    std::vector<ProgrammeIndex> any_of;     ///< as written, families allowed
    std::vector<ProgrammeIndex> programmes; ///< with everything below, ascending
};

enum class MatchRuleKind : std::uint8_t {
    only_at,          ///< services of `programmes` only at places that also run one of `at`
    exclude,          ///< services of `programmes` (where `at` is stated: at such places) not at all
    prefer,           ///< services of `programmes` (likewise) before others
    near,             ///< which of the family's places the way is measured from first
    least_distance_m, ///< nothing nearer than this to places of these roles
    most_minutes,     ///< how far is too far, by the way of getting there
    order,            ///< programmes in the order in which help is easily accepted
    afterwards        ///< where one can go on to from a programme
};

std::string_view code_of(MatchRuleKind) noexcept;
std::optional<MatchRuleKind> parse_match_rule_kind(std::string_view) noexcept;

/// When a rule applies: all that is stated must hold. Of what the family does not say nothing holds.
struct MatchCondition {
    std::vector<std::size_t> needs;      ///< any of them
    std::uint8_t kinds = 0;              ///< bits of PersonKind, any of them; 0: whoever
    std::optional<int> age_from_months;  ///< inclusive
    std::optional<int> age_under_months; ///< exclusive
    std::vector<LifeStage> stages;       ///< any of them
    WeekdayMask weekdays = 0;            ///< all days that were asked for are among these; 0: whenever
    std::uint8_t worries = 0;            ///< bits of Worry, all of them
    std::uint8_t places = 0;             ///< bits of PlaceRole, all of them given
    std::uint8_t modes = 0;              ///< bits of TravelMode, any of them; 0: however
};

/// What a condition looks at: one person's one need, and what holds for the whole family.
struct MatchSituation {
    std::size_t need = 0;
    PersonKind kind = PersonKind::child;
    std::optional<int> age_months;
    std::optional<LifeStage> stage;
    WeekdayMask weekdays = 0; ///< that were asked for; 0: none were
    std::uint8_t worries = 0;
    std::uint8_t places = 0;
    TravelMode mode = TravelMode::walk;
};

/// Straight metres from the family's places, the nearest of each role; empty where none was given, or nobody knows.
using RoleDistances = std::array<std::optional<double>, k_place_roles>;

/// A service as rules see it.
struct MatchOffer {
    ProgrammeIndex programme = 0;
    std::vector<ProgrammeIndex> also_here; ///< programmes at the same place, its own among them
    RoleDistances distance_m{};
    bool comes_home = false; ///< nobody has to go there
};

/// One line of a rule's table: in this situation, with this offer, it says that.
struct MatchCase {
    MatchSituation situation;
    MatchOffer offer;
    std::string expects; ///< see effect_of()
    std::string pointer; ///< where it stands in the document (RFC 6901)
};

struct MatchRule {
    std::string code;
    MatchRuleKind kind = MatchRuleKind::exclude;
    Label label;
    std::string source; ///< why, in a sentence
    bool off = false;   ///< kept with its cases, and not applied
    MatchCondition when;
    ProgrammeSet programmes;
    ProgrammeSet at;                                             ///< empty: wherever
    std::vector<ProgrammeSet> steps;                             ///< of an order, each with everything below
    std::vector<int> step_of;                                    ///< of an order, by ProgrammeIndex; -1: not named
    std::vector<ProgrammeIndex> to;                              ///< of afterwards, as written
    std::vector<PlaceRole> roles;                                ///< of near in this order; of a least distance any of
    double metres = 0;                                           ///< of a least distance
    std::array<std::optional<int>, k_travel_modes> minutes_by{}; ///< of most_minutes
    std::vector<MatchCase> cases;
};

struct MatchRules {
    std::string id;
    int version = 1;
    Label name;
    Label description;
    std::string source;
    std::string municipality;    ///< whose staff keep it; empty: it comes with the program
    int vacancy_fresh_days = 30; ///< how long a figure of free places is believed
    ProgrammeSet comes_home;     ///< whose helpers come to the family, or bring something
    std::vector<MatchNeed> needs;
    std::vector<MatchRule> rules;

    [[nodiscard]] std::optional<std::size_t> find_need(std::string_view code) const noexcept;
};

/// Strictly: a word that is not understood, a rule without a case, and a case that its rule answers otherwise are
/// problems, each with the place in the document.
std::expected<MatchRules, PolicyProblem> parse_match_rules(const nlohmann::json& document, const Taxonomy& taxonomy);
/// The same, but for what cases expect: see failing_cases().
std::expected<MatchRules, PolicyProblem> read_match_rules(const nlohmann::json& document, const Taxonomy& taxonomy);

/// Those that come with the program (directory/data/match/default.json).
const std::shared_ptr<const MatchRules>& shipped_match_rules();

/// The kept ones in the order given, then the shipped. What of the kept ones this program does not understand, because
/// a newer one wrote it, is left out.
std::vector<std::shared_ptr<const MatchRules>> offered_match_rules(std::span<const PolicyRow> kept,
                                                                   const Taxonomy& taxonomy);

} // namespace shirube::directory
