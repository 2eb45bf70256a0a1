#include "server/pages/planner/table_view.hpp"

#include "server/pages/service/service_facts.hpp"
#include "server/pages/words.hpp"

namespace shirube::server {

using directory::Presence;

std::string name_of(const directory::Municipality& municipality) {
    return municipality.name.empty() ? municipality.code : municipality.name;
}

void fill_presence(View cell, Presence presence, int surely, int possibly, const std::string& address) {
    cell.set("PRESENCE", directory::code_of(presence));
    if (presence == Presence::some) {
        View some = cell.section("SOME");
        some.set("HREF", address);
        some.set("SURELY", grouped(surely));
        if (possibly > 0) {
            some.section("MORE").set("POSSIBLY", grouped(possibly));
        }
    } else if (presence == Presence::possible) {
        View possible = cell.section("POSSIBLE");
        possible.set("HREF", address);
        possible.set("POSSIBLY", grouped(possibly));
    } else {
        cell.show(presence == Presence::none ? "NONE" : "UNKNOWN");
    }
}

void fill_presence_legend(View body, const directory::PresenceSum& sum) {
    for (const auto presence : directory::k_presences) {
        View item = body.section("LEGEND");
        item.set("PRESENCE", directory::code_of(presence));
        item.words("LABEL", directory::label_of(presence).in(body.texts().language()));
        item.set("COUNT", grouped(sum.of(presence)));
        item.set_if_any("SIGN", presence == Presence::some       ? "3"
                                : presence == Presence::possible ? "2?"
                                : presence == Presence::none     ? "×"
                                                                 : "–");
    }
}

void fill_table_lists(View body, const directory::Reader& reader, const std::vector<std::uint32_t>& lists) {
    body.show_if(lists.empty(), "NO_LISTS");
    fill_sources(body, reader, lists);
}

Query search_for(const directory::Taxonomy& taxonomy, directory::ProgrammeIndex programme,
                 std::string_view municipality, directory::Day day) {
    return {{"programme", taxonomy.at(programme).code},
            {"municipality", std::string(municipality)},
            {"at", directory::to_string(day)}};
}

} // namespace shirube::server
