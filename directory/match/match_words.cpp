// The words of families and rules, each with its code.
#include "directory/match/family.hpp"
#include "directory/match/match_rules.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace shirube::directory {

namespace {

constexpr std::array<std::pair<PlaceRole, std::string_view>, k_place_roles> k_roles{
    {{PlaceRole::home, "home"}, {PlaceRole::school, "school"}, {PlaceRole::work, "work"}, {PlaceRole::other, "other"}}};
constexpr std::array<std::pair<PersonKind, std::string_view>, 3> k_kinds{
    {{PersonKind::child, "child"}, {PersonKind::parent, "parent"}, {PersonKind::expecting, "expecting"}}};
constexpr std::array<std::pair<Worry, std::string_view>, 1> k_worries{{{Worry::neighbours, "neighbours"}}};
constexpr std::array<std::pair<MatchRuleKind, std::string_view>, 8> k_rule_kinds{
    {{MatchRuleKind::only_at, "only_at"},
     {MatchRuleKind::exclude, "exclude"},
     {MatchRuleKind::prefer, "prefer"},
     {MatchRuleKind::near, "near"},
     {MatchRuleKind::least_distance_m, "least_distance_m"},
     {MatchRuleKind::most_minutes, "most_minutes"},
     {MatchRuleKind::order, "order"},
     {MatchRuleKind::afterwards, "afterwards"}}};

template <class List, class Code>
std::string_view code_in(const List& list, Code value) noexcept {
    for (const auto& [code, word] : list) {
        if (code == value) {
            return word;
        }
    }
    return {};
}

template <class List>
auto value_in(const List& list, std::string_view asked) noexcept {
    using Code = typename List::value_type::first_type;
    for (const auto& [code, word] : list) {
        if (word == asked) {
            return std::optional<Code>(code);
        }
    }
    return std::optional<Code>{};
}

} // namespace

std::string_view code_of(PlaceRole role) noexcept { return code_in(k_roles, role); }
std::string_view code_of(PersonKind kind) noexcept { return code_in(k_kinds, kind); }
std::string_view code_of(Worry worry) noexcept { return code_in(k_worries, worry); }
std::string_view code_of(MatchRuleKind kind) noexcept { return code_in(k_rule_kinds, kind); }
std::optional<PlaceRole> parse_place_role(std::string_view code) noexcept { return value_in(k_roles, code); }
std::optional<PersonKind> parse_person_kind(std::string_view code) noexcept { return value_in(k_kinds, code); }
std::optional<Worry> parse_worry(std::string_view code) noexcept { return value_in(k_worries, code); }
std::optional<MatchRuleKind> parse_match_rule_kind(std::string_view code) noexcept {
    return value_in(k_rule_kinds, code);
}

} // namespace shirube::directory
