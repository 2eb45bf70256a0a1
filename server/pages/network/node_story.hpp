// The story of one of the network beside its pictures: who it is and with whom it is tied on the day.
#pragma once

#include "directory/network/network_view.hpp"
#include "directory/reader.hpp"
#include "server/pages/links.hpp"
#include "server/pages/templates.hpp"

#include <string_view>

namespace shirube::server {

/// What the script writes a story with: TIE_WORDS, MORE_WORDS, NODE_NAMES.
/// \param whole the view of every day
void fill_story_words(View pictures, const directory::Network& network, const directory::NetworkView& whole);

/// CHOSEN, its ties of the view; NOT_CHOSEN where nobody is. Who has no tie of the view on any day is told to be
/// elsewhere, and who is nobody to be nobody.
/// \param key of the one that is asked for; empty: of nobody
void fill_story(View pictures, const Links& links, const directory::Network& network,
                const directory::NetworkView& view, const directory::NetworkView& whole, std::string_view key);

} // namespace shirube::server
