#include "server/staff/desk/file/seen_by.hpp"

#include "directory/audience.hpp"
#include "directory/network/tie_visibility.hpp"
#include "directory/store/derive/resource_row.hpp"
#include "server/pages/words.hpp"
#include "server/staff/desk/ties/own_ties.hpp"

#include <algorithm>
#include <map>
#include <variant>

namespace shirube::server {

std::optional<directory::Visibility> seen_by(const directory::Reading& reading, const directory::Taxonomy& taxonomy,
                                             const directory::HiddenNames& hidden) {
    if (const auto* tie = std::get_if<directory::RelationReading>(&reading)) {
        return std::max(directory::visibility_of(*tie), hidden.floor_of(*tie));
    }
    if (const auto* forum = std::get_if<directory::ForumReading>(&reading)) {
        return directory::visibility_of(*forum);
    }
    const auto* resource = std::get_if<directory::ResourceReading>(&reading);
    if (resource == nullptr) {
        return std::nullopt;
    }
    std::optional<directory::Visibility> widest;
    for (const auto& service : resource->services) {
        if (const auto own = directory::visibility_by(taxonomy, service)) {
            widest = widest ? std::min(*widest, *own) : *own;
        }
    }
    return widest;
}

void fill_seen_by(View ready, const FilePreview& preview) {
    std::map<directory::Visibility, std::int64_t> rows;
    for (const auto& row : preview.shown) {
        if (row.seen_by) {
            ++rows[*row.seen_by];
        }
    }
    if (rows.empty()) {
        return;
    }
    View seen = ready.section("SEEN");
    for (const auto& [audience, number] : rows) {
        View figure = seen.section("SEEN_FIGURE");
        figure.set("NAME", directory::code_of(audience));
        figure.words("LABEL", audience_in_words(audience, figure.texts()));
        figure.set("N", grouped(number));
    }
}

} // namespace shirube::server
