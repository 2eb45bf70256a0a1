#include "server/pages/leaflet/leaflet_places.hpp"

#include <algorithm>

namespace shirube::server {

namespace {

/// Whether a list speaks of the service, whichever list is shown for it.
bool is_on(const directory::Reader& reader, const directory::ServiceRow& service, std::uint32_t list) {
    const auto is_it = [&](std::uint32_t other) {
        return other != directory::k_no_index && reader.lists().standing(other) == reader.lists().standing(list);
    };
    return is_it(service.list) || std::ranges::any_of(service.other_lists, is_it);
}

/// Whether it surely is of one of the districts: lies in it, or is meant for it.
bool is_surely_of(const directory::Reader& reader, std::uint32_t service, const std::vector<std::uint32_t>& districts) {
    const auto is_asked = [&](std::uint32_t district) { return std::ranges::binary_search(districts, district); };
    return districts.empty() ||
           std::ranges::any_of(
               reader.memberships(service),
               [&](const auto& membership) { return membership.sure && is_asked(membership.district); }) ||
           std::ranges::any_of(reader.serves(service), is_asked);
}

} // namespace

LeafletPlaces places_of(const LeafletQuestion& question, const directory::Reader& reader) {
    auto search = question.search;
    // A list is no condition of a search: everything is looked through.
    search.limit = question.list || !question.districts.empty() ? reader.services().size() : k_most_services;
    const auto found = reader.search(search);
    LeafletPlaces out;
    const auto take = [&](const std::vector<directory::Hit>& hits, std::vector<std::uint32_t>& into) {
        for (const auto& hit : hits) {
            if (!question.list || is_on(reader, reader.services()[hit.service], *question.list)) {
                into.push_back(hit.service);
            }
        }
    };
    take(found.hits, out.located);
    take(found.without_position, out.unlocated);
    std::ranges::stable_partition(
        out.located, [&](std::uint32_t service) { return is_surely_of(reader, service, question.districts); });
    // What the search's own page left out.
    out.more =
        found.number_matched - found.hits.size() + found.without_position_matched - found.without_position.size();
    const auto unlocated = std::min(out.unlocated.size(), k_most_unlocated);
    const auto located = std::min(out.located.size(), k_most_services - unlocated);
    out.more += out.located.size() - located + out.unlocated.size() - unlocated;
    out.located.resize(located);
    out.unlocated.resize(unlocated);
    return out;
}

Numbering number_places(const LeafletPlaces& places, const LeafletMap& map) {
    Numbering out;
    std::vector<bool> is_shown(places.located.size());
    int number = 0;
    for (const auto& pin : map.pins) {
        for (const auto item : pin.items) {
            is_shown[item] = true;
            out.numbered.push_back({places.located[item], ++number});
        }
    }
    for (std::size_t i = 0; i < places.located.size(); ++i) {
        if (!is_shown[i]) {
            out.beyond.push_back(places.located[i]);
        }
    }
    return out;
}

} // namespace shirube::server
