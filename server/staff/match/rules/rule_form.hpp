// One rule of matching as a form's fields, for people who do not write JSON: on or off, its words, its condition, its
// figures and choices, its table of cases. What the fields cannot say stays as it is in the document.
#pragma once

#include "directory/match/match_rules.hpp"
#include "server/http.hpp"
#include "server/staff/match/rules/rule_words.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace shirube::server {

/// The fields that rule_from() makes the same rule of. Programmes are written as they are called, one a line.
Query rule_fields(const RuleDocument& rule, const RuleWords& words, const Texts& texts);

/// The rule with what the fields say. A figure that is none stays as it was typed, so that the document is refused
/// with it.
RuleDocument rule_from(const RuleDocument& rule, const Query& fields, const RuleWords& words,
                       const directory::Reader& reader, const Texts& texts);

/// The name of a field of a case: case_field(2, "expects") is "case2_expects".
std::string case_field(std::size_t number, std::string_view part);

/// Metres by place of a case; an empty object where it states none.
RuleDocument distances_of(const RuleDocument& told);

/// Rows of the form that rule_from() keeps as cases, in their order: their numbers, and k_new_case for the one that is
/// added.
inline constexpr std::size_t k_new_case = static_cast<std::size_t>(-1);
std::vector<std::size_t> rows_kept(const RuleDocument& rule, const Query& fields);

/// Where in the form of a rule a place of it is written. \param pointer below the rule: "/metres", "/cases/3/expects"
std::string field_of_rule(std::string_view pointer, const std::vector<std::size_t>& rows);

/// What a case of a rule of this kind may expect, of a closed list; empty: a number, or programmes.
std::vector<std::string_view> effects_of(directory::MatchRuleKind kind);

} // namespace shirube::server
