#include "tied_town.hpp"

#include "directory/network/network.hpp"
#include "directory/snapshot/snapshot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace shirube::scenarios {

using namespace directory;

namespace {

std::string joined(std::vector<std::string> words) {
    std::ranges::sort(words);
    std::string all;
    for (const auto& word : words) {
        all += (all.empty() ? "" : " ") + word;
    }
    return all;
}

} // namespace

TiedTown& TiedTown::runs(const std::string& organization, const std::string& place) {
    auto found = std::ranges::find(state_.organizations, organization, &OrganizationRow::name);
    if (found == state_.organizations.end()) {
        state_.organizations.push_back(
            {fmt::format("organization{:04}", state_.organizations.size()), organization, "任意団体"});
        found = state_.organizations.end() - 1;
    }
    const auto site = std::ranges::find(state_.sites, place, &SiteRow::name);
    if (site == state_.sites.end()) {
        throw std::logic_error("no place is called " + place);
    }
    for (auto& service : state_.services) {
        if (service.site == static_cast<std::uint32_t>(site - state_.sites.begin())) {
            service.organization = static_cast<std::uint32_t>(found - state_.organizations.begin());
        }
    }
    return *this;
}

TiedTown& TiedTown::tie(RelationKind kind, const std::string& from, const std::string& to, const Change& change) {
    RelationRow row;
    row.id = fmt::format("relation{:04}", state_.relations.size());
    row.reading.kind = kind;
    row.reading.from = {.name = from, .municipality = AsciiTown::k_municipality, .layer = {}};
    row.reading.to = {.name = to, .municipality = AsciiTown::k_municipality, .layer = {}};
    if (kind == RelationKind::member_of) {
        row.reading.to.kind = PartyKind::forum;
    }
    if (kind == RelationKind::coordinates) {
        row.reading.to.kind = PartyKind::district;
        row.reading.to.layer = "chugakkoku";
    }
    if (change) {
        change(row.reading);
    }
    state_.relations.push_back(std::move(row));
    return *this;
}

TiedTown& TiedTown::refers(const std::string& from, const std::string& to, ReferralCounts counts,
                           const std::string& period) {
    return tie(RelationKind::refers, from, to, [&](RelationReading& reading) {
        reading.referrals = counts;
        reading.period = period;
    });
}

TiedTown& TiedTown::meets(ForumKind kind, const std::string& name, std::initializer_list<std::string> members,
                          const std::function<void(ForumReading&)>& change) {
    ForumRow row;
    row.id = fmt::format("forum{:04}", state_.forums.size());
    row.reading.kind = kind;
    row.reading.name = name;
    row.reading.municipality = AsciiTown::k_municipality;
    for (const auto& member : members) {
        row.reading.members.emplace_back(directory::PartyReading{.name = member, .municipality = {}, .layer = {}});
    }
    if (change) {
        change(row.reading);
    }
    state_.forums.push_back(std::move(row));
    return *this;
}

Reader TiedTown::reader() const { return Reader(Snapshot::build(state_, Taxonomy::shipped(), Holidays::shipped())); }

NetworkScope whole(std::string_view day) { return {.day = parse_day(day).value()}; }

std::string names_of(const Reader& reader, const std::vector<std::uint32_t>& nodes) {
    std::vector<std::string> names;
    for (const auto node : nodes) {
        names.push_back(reader.network().nodes()[node].name);
    }
    return joined(std::move(names));
}

std::string ties_of(const Reader& reader, const std::vector<std::uint32_t>& edges) {
    std::vector<std::string> ties;
    for (const auto index : edges) {
        const auto& edge = reader.network().edges()[index];
        ties.push_back(fmt::format("{}-{}-{}", reader.network().nodes()[edge.from].name, code_of(edge.kind),
                                   reader.network().nodes()[edge.to].name));
    }
    return joined(std::move(ties));
}

std::string places_of(const Reader& reader, const std::vector<std::uint32_t>& services) {
    std::vector<std::string> names;
    for (const auto service : services) {
        names.push_back(reader.sites()[reader.services()[service].site].name);
    }
    return joined(std::move(names));
}

} // namespace shirube::scenarios
