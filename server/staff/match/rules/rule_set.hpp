// A set of rules of matching as its page shows it: the one that comes with the program, or a version of one that the
// staff of a municipality keep.
#pragma once

#include "directory/kept_document.hpp"
#include "directory/match/match_rules.hpp"
#include "directory/match/rule_effects.hpp"
#include "server/staff/match/rules/rule_words.hpp"
#include "server/staff/staff_call.hpp"

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::server {

inline constexpr std::string_view k_rules_home = "/staff/match/rules";

struct RuleSet {
    std::string id;
    std::optional<directory::KeptDocument> kept; ///< empty: it comes with the program
    int version = 1;                             ///< that is shown
    RuleDocument document;
    /// Whether or not its cases are answered as they expect.
    std::expected<directory::MatchRules, directory::PolicyProblem> rules;

    [[nodiscard]] bool is_newest() const { return !kept || version == kept->newest().version; }
    [[nodiscard]] bool may_change() const { return kept && !kept->retired; }
    [[nodiscard]] std::string name(std::string_view language) const;
};

std::string rules_address(std::string_view id);
std::string rule_address(std::string_view id, std::string_view rule);

/// As the document is kept under its id and version.
std::expected<directory::MatchRules, directory::PolicyProblem> rules_in(const RuleDocument& document,
                                                                        const directory::Taxonomy& taxonomy);

RuleSet shipped_rule_set(const StaffCall& call);

/// The sets of whoever's staff asks, retired ones too, the oldest id first; those that name what they may not see are
/// left out.
std::vector<RuleSet> kept_rule_sets(const StaffCall& call);

/// \param version empty: the newest
std::optional<RuleSet> find_rule_set(const StaffCall& call, std::string_view id,
                                     std::optional<int> version = std::nullopt);

/// What is wrong, and where in the page: an anchor.
struct RuleFault {
    std::string anchor; ///< empty: nowhere in particular
    std::string sentence;
};

/// The document where it may be kept: it is understood, every case is answered as it expects, and it names nothing that
/// whoever keeps it may not see. Faults: all cases that fail, or the first thing that is not understood.
std::vector<RuleFault> faults_of(const RuleDocument& document, const StaffCall& call);

/// "「学校に通う子は…」の例2は「学校」ではなく「家」になります"
std::string failing_in_words(const directory::FailingCase& failing, const directory::MatchRules& rules,
                             const RuleWords& words, const Texts& texts);
/// Of a case the places of its rule in the document and of itself in the rule.
std::pair<std::size_t, std::size_t> place_of_case(std::string_view pointer);

/// Keeps the document as a version over `over`, writes it into the log, and says what is wrong where it could not.
std::optional<std::string> keep_version(const StaffCall& call, const RuleSet& set, int over,
                                        const RuleDocument& document, int& kept_version);
void note_rules(const StaffCall& call, std::string_view id, std::string_view what, int version);

} // namespace shirube::server
