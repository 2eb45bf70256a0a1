#include "server/staff/desk/ties/added_tie.hpp"

#include "directory/desk/page_lists.hpp"
#include "server/staff/desk/ties/own_ties.hpp"

#include <algorithm>
#include <string_view>

namespace shirube::server {

namespace {

/// What is added is a list of its own, whose name ends with a word that no other of the day ends with.
std::string_view mark_of(std::string_view list) { return list.substr(list.rfind(' ') + 1); }

/// Whether a row stands in a list of that mark that was written on a page.
bool is_marked(const directory::Reader& reader, std::uint32_t list, std::string_view mark) {
    if (list == directory::k_no_index) {
        return false;
    }
    const std::string_view name = reader.lists()[list].name;
    return name.starts_with(directory::k_list_of_ties) && mark_of(name) == mark;
}

} // namespace

std::string added_address(const KeptRow& kept) {
    const std::string path = kept_address("/staff/desk/ties", kept);
    return path + "&added=" + percent_encode(mark_of(kept.list));
}

std::optional<KeptThing> added_thing(const StaffCall& call, const Links& links, const Texts& texts) {
    const auto& reader = call.context.reader();
    const auto mark = call.request.parameter("added").value_or("");
    if (mark.empty()) {
        return std::nullopt;
    }
    for (const auto i : own_relations(reader, desk_owner(call))) {
        const auto& row = reader.relations()[i];
        if (is_marked(reader, row.list, mark)) {
            return KeptThing{
                .name = end_in_words(call, row.reading.from, texts) + " → " + end_in_words(call, row.reading.to, texts),
                .href = links.to("/staff/desk/ties/" + percent_encode(row.id))};
        }
    }
    for (const auto i : own_forums(reader, desk_owner(call))) {
        const auto& row = reader.forums()[i];
        if (is_marked(reader, row.list, mark)) {
            return KeptThing{.name = row.reading.name,
                             .href = links.to("/staff/desk/forums/" + percent_encode(row.id))};
        }
    }
    return std::nullopt;
}

} // namespace shirube::server
