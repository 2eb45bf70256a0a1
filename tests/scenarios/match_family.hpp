// A family drawn beside a town, and what the search answers, in words short enough for a test.
#pragma once

#include "ascii_town.hpp"
#include "directory/match/match.hpp"

#include <nlohmann/json.hpp>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::scenarios {

/// The shipped rules, or what a town's steward made of them.
const directory::MatchRules& shipped_rules();
nlohmann::json shipped_rules_document();
/// Throws where the document is refused.
directory::MatchRules rules_from(const nlohmann::json& document);
/// A town's own rules, which go before the shipped ones.
directory::MatchRules with_rules(const std::vector<nlohmann::json>& rules);
/// Rules of needs alone.
directory::MatchRules without_rules();
/// A rule with a label and a source nobody reads.
nlohmann::json rule(std::string_view code, std::string_view kind, const nlohmann::json& members,
                    const nlohmann::json& cases);

class FamilyOf {
  public:
    explicit FamilyOf(const directory::MatchRules& rules = shipped_rules()) : rules_(rules) {}

    FamilyOf& lives(geo::LonLat point);
    FamilyOf& learns(geo::LonLat point);
    FamilyOf& works(geo::LonLat point);
    FamilyOf& child(int age_months, std::initializer_list<std::string_view> needs);
    FamilyOf& pupil(int age_months, directory::LifeStage stage, std::initializer_list<std::string_view> needs);
    FamilyOf& parent(std::initializer_list<std::string_view> needs);
    FamilyOf& expecting(std::initializer_list<std::string_view> needs);
    FamilyOf& on(directory::WeekdayMask weekdays, int from_hour = 0, int to_hour = 24);
    FamilyOf& goes(directory::TravelMode mode);
    FamilyOf& minds_neighbours();

    directory::Family family;

    [[nodiscard]] directory::MatchAnswer ask(const directory::Reader& reader,
                                             std::string_view at = "2026-11-21T14:00") const;

  private:
    FamilyOf& person(directory::FamilyPerson person, std::initializer_list<std::string_view> needs);

    const directory::MatchRules& rules_;
};

/// The names of a pair's choices in their order: "館1 館2".
std::string choices(const directory::Reader& reader, const directory::MatchAnswer& answer, std::size_t pair = 0);
/// "館1: too_far, 館2: age_outside", nearest first: what was left out and the first reason of each.
std::string left_out(const directory::Reader& reader, const directory::MatchAnswer& answer);
/// The codes of the reasons for which a shortlisted place fits its first pair.
std::string reasons(const directory::Reader& reader, const directory::MatchAnswer& answer, std::string_view name);
/// "館1+訪問, 館2+訪問"
std::string combinations(const directory::Reader& reader, const directory::MatchAnswer& answer);

} // namespace shirube::scenarios
