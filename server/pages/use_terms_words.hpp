// On what terms residents of another municipality use a service, in words.
#pragma once

#include "directory/codes.hpp"
#include "directory/reading.hpp"
#include "directory/use_terms.hpp"
#include "server/pages/edition_facts.hpp"
#include "server/pages/texts.hpp"

#include <string>
#include <string_view>

namespace shirube::server {

std::string contract_in_words(directory::Contract contract, const Texts& texts);

/// "相互利用 2;不明 1": those of which there are any.
std::string contract_counts_in_words(const directory::CountsByContract& counts, const Texts& texts,
                                     std::string_view separator);

/// "相互利用・1日500円・火・木曜日": what is stated of them; the text as written where nothing else is known.
std::string terms_in_words(const directory::UseTerms& terms, const Texts& texts);

/// The same with whose they are: "隣町の方：相互利用・1日500円".
std::string terms_of_in_words(const directory::UseTerms& terms, const EditionFacts& facts, const Texts& texts);

} // namespace shirube::server
