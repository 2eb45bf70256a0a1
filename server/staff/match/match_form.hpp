// A caseworker's question as a form's fields. They come in a body, are shown again on the page that answers, and are
// gone with it.
#pragma once

#include "directory/match/family.hpp"
#include "directory/match/match_rules.hpp"
#include "server/context.hpp"
#include "server/http.hpp"
#include "server/pages/templates.hpp"

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::server {

inline constexpr std::size_t k_match_places = directory::k_most_places;
inline constexpr std::size_t k_match_people = directory::k_most_people;

/// What cannot be taken, and at which field.
struct MatchFault {
    std::string field;
    std::string sentence;            ///< in the language of the page
    std::vector<std::string> may_be; ///< of a place: what may be meant
};

/// What was made of a place that was written or pointed at.
struct UnderstoodPlace {
    directory::PlaceRole role = directory::PlaceRole::home;
    std::string name;      ///< as the gazetteer calls it; of a point the point
    double accuracy_m = 0; ///< radius that holds it
};

struct AskedFamily {
    directory::Family family;
    std::vector<UnderstoodPlace> places;
};

/// The family that the fields describe. Faults: a place that nobody knows or that may be several, nobody in it, nothing
/// that is hard, an age that is none or none of the stage, hours that are none, and whatever the API refuses too.
std::expected<AskedFamily, std::vector<MatchFault>> family_of(const Query& fields, const Context& context,
                                                              const directory::MatchRules& rules);

/// Whether a field is one of the question's: others are not sent back with its answer.
bool is_match_field(std::string_view name);

/// \param form a View of templates/staff-match.html \param has_map whether a place may be pointed at
void fill_match_form(View form, const Query& fields, const Context& context, const directory::MatchRules& rules,
                     bool has_map);

/// "子ども1（3歳）": how a person of the form is called on the page; never on a sheet.
std::string person_in_words(const directory::FamilyPerson& person, std::size_t number, const Texts& texts);

} // namespace shirube::server
