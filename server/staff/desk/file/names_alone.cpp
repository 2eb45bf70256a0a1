#include "server/staff/desk/file/names_alone.hpp"

#include "directory/network/party_finder.hpp"

#include <algorithm>
#include <cstddef>

namespace shirube::server {

std::vector<std::vector<NameAlone>> names_alone(const directory::Reader& reader, const FilePreview& preview) {
    std::vector<std::vector<NameAlone>> alone(preview.shown.size());
    std::vector<directory::WantedParty> wanted;
    for (const auto& row : preview.shown) {
        for (const auto& named : row.parties) {
            wanted.emplace_back(named.party, named.other_municipality);
        }
    }
    if (wanted.empty()) {
        return alone;
    }
    const directory::PartyFinder finder(reader, wanted);
    auto next = wanted.begin();
    for (std::size_t i = 0; i < preview.shown.size(); ++i) {
        for (const auto& named : preview.shown[i].parties) {
            const auto& party = *next++;
            const bool is_in_file =
                party.kind == directory::PartyKind::forum && preview.meetings.contains(party.folded);
            if (is_in_file || finder.find(party).is_known() ||
                std::ranges::find(alone[i], named.party.name, &NameAlone::name) != alone[i].end()) {
                continue;
            }
            alone[i].push_back({named.party.name, party.kind == directory::PartyKind::district});
        }
    }
    return alone;
}

} // namespace shirube::server
