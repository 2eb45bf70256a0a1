// What the pages of tables by municipality share.
#pragma once

#include "directory/coverage/municipality.hpp"
#include "directory/coverage/presence.hpp"
#include "server/pages/links.hpp"
#include "server/pages/templates.hpp"

#include <string>
#include <vector>

namespace shirube::server {

/// The name, or the code where no list names it.
std::string name_of(const directory::Municipality& municipality);

/// PRESENCE with the count and the link of a cell: sections SOME with MORE, POSSIBLE, NONE, UNKNOWN.
void fill_presence(View cell, directory::Presence presence, int surely, int possibly, const std::string& address);

/// LEGEND: every presence with how many cells say it.
void fill_presence_legend(View body, const directory::PresenceSum& sum);

/// The lists a table rests on: SOURCE, or NO_LISTS.
void fill_table_lists(View body, const directory::Reader& reader, const std::vector<std::uint32_t>& lists);

/// The search for a programme's services of a municipality on a day.
Query search_for(const directory::Taxonomy& taxonomy, directory::ProgrammeIndex programme,
                 std::string_view municipality, directory::Day day);

} // namespace shirube::server
