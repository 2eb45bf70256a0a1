// Districts as one speaks of them. A school's district goes by the school's name in its list (汐路中学校), and whoever
// reads that thinks of the school.
#pragma once

#include "directory/network/network.hpp"
#include "server/pages/texts.hpp"

#include <string>
#include <string_view>

namespace shirube::server {

/// "汐路中学校区" of a school's district; of other layers, and where the name says so already, the name as it is.
std::string district_in_words(std::string_view layer, std::string_view name, const Texts& texts);

/// What a node is called: a district as one speaks of it, others by their name.
std::string node_in_words(const directory::NetworkNode& node, const Texts& texts);

} // namespace shirube::server
