// What a caseworker counts when nothing was found: the four values that are kept, made of a family that is forgotten.
#pragma once

#include "directory/match/match.hpp"
#include "directory/unmet.hpp"
#include "server/context.hpp"
#include "server/pages/texts.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace shirube::server {

/// The district, of the default layer, is that of the family's home; unknown where no home was given.
directory::UnmetKey unmet_key_of(const Context& context, const directory::Family& family,
                                 const directory::MatchRules& rules, const directory::MatchPair& pair);

/// "2026年11月・東中学校・6〜11歳・食事": what is kept, for whoever presses. \param need in words
std::string unmet_in_words(const directory::UnmetKey& key, const Context& context, const std::string& need,
                           const Texts& texts);

/// The field's value for a person's need, "0:meals", and back; nothing where the family has no such need.
std::string unmet_field(const directory::MatchPair& pair, const directory::MatchRules& rules);
std::optional<directory::MatchPair> unmet_pair_of(std::string_view value, const directory::Family& family,
                                                  const directory::MatchRules& rules);

} // namespace shirube::server
