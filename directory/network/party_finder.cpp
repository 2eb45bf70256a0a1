#include "directory/network/party_finder.hpp"

#include "directory/coverage/municipality.hpp"
#include "directory/designated_city.hpp"
#include "directory/fold.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_set>

namespace shirube::directory {

namespace {

bool is_code(std::string_view text) noexcept {
    return text.size() == 5 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool names_somebody(const WantedParty& party) {
    return party.kind == PartyKind::organization || party.kind == PartyKind::site;
}

/// Every row once, ascending.
void tidy(std::vector<std::uint32_t>& rows) {
    std::ranges::sort(rows);
    rows.erase(std::ranges::unique(rows).begin(), rows.end());
}

} // namespace

WantedParty::WantedParty(const PartyReading& party, std::string_view other_municipality)
    : kind(party.kind),
      name(party.name),
      folded(fold(party.name)),
      municipality(
          designated_city_of(party.municipality.empty() ? other_municipality : std::string_view{party.municipality})),
      layer(party.layer),
      is_stated(!party.municipality.empty()) {}

PartyFinder::PartyFinder(const Reader& reader, const std::vector<WantedParty>& wanted) : reader_(reader) {
    find_names(wanted);
    find_areas(wanted);
}

void PartyFinder::find_names(const std::vector<WantedParty>& wanted) {
    std::unordered_set<std::string> names;
    std::set<std::string, std::less<>> municipalities;
    bool is_anywhere = false; // somebody of whom no row says where
    for (const auto& party : wanted) {
        if (names_somebody(party)) {
            names.insert(party.folded);
            municipalities.insert(party.municipality);
            is_anywhere = is_anywhere || !party.is_stated;
        }
    }
    for (std::uint32_t i = 0; i < reader_.forums().size(); ++i) {
        const auto& forum = reader_.forums()[i].reading;
        forums_[fold(forum.name)][std::string{designated_city_of(forum.municipality)}].push_back(i);
    }
    if (names.empty()) {
        return;
    }
    // Folding is what costs: only what lies where somebody is looked for is folded, and once.
    const auto sites = reader_.sites();
    const auto organizations = reader_.organizations();
    std::vector<std::string> of_site(sites.index_end());
    for (const std::uint32_t i : sites.indices()) {
        const auto& site = sites[i];
        of_site[i] = designated_city_of(site.municipality);
        if (of_site[i].empty() || !municipalities.contains(of_site[i])) {
            continue;
        }
        for (const auto* name : {&site.name, &site.official_name}) {
            if (auto key = fold(*name); !key.empty() && names.contains(key)) {
                sites_[std::move(key)][of_site[i]].push_back(i);
            }
            if (site.name == site.official_name) {
                break;
            }
        }
    }
    std::vector<std::set<std::string_view>> runs_in(organizations.index_end());
    std::vector<bool> may_be(organizations.index_end(), is_anywhere);
    for (const auto& service : reader_.services()) {
        if (service.organization == k_no_index || service.site == k_no_index) {
            continue;
        }
        const auto organization = organizations.standing(service.organization);
        const std::string& lies = of_site[sites.standing(service.site)];
        if (is_anywhere || municipalities.contains(lies)) {
            may_be[organization] = true;
            runs_in[organization].insert(lies);
        }
    }
    for (const std::uint32_t i : organizations.indices()) {
        if (!may_be[i]) {
            continue;
        }
        const auto key = fold(organizations[i].name);
        if (key.empty() || !names.contains(key)) {
            continue;
        }
        if (runs_in[i].empty()) {
            organizations_[key][{}].push_back(i);
        }
        for (const auto lies : runs_in[i]) {
            organizations_[key][std::string{lies}].push_back(i);
        }
    }
    for (auto* found : {&organizations_, &sites_}) {
        for (auto& [name, by_municipality] : *found) {
            for (auto& [municipality, rows] : by_municipality) {
                tidy(rows);
            }
        }
    }
}

void PartyFinder::find_areas(const std::vector<WantedParty>& wanted) {
    const auto asks = [&](PartyKind kind) {
        return std::ranges::find(wanted, kind, &WantedParty::kind) != wanted.end();
    };
    if (asks(PartyKind::district)) {
        std::vector<DistrictName> names;
        for (const auto& district : reader_.districts()) {
            names.push_back({.layer = district.layer,
                             .code = district.code,
                             .name = district.name,
                             .municipality = district.municipality,
                             .has_area = !district.geometry.empty()});
        }
        districts_.emplace(names);
    }
    if (asks(PartyKind::municipality)) {
        for (const auto& municipality : municipalities_of(reader_)) {
            municipality_names_.emplace(municipality.code, municipality.name);
            if (!municipality.name.empty()) {
                const auto [found, is_new] =
                    municipality_codes_.try_emplace(fold(municipality.name), municipality.code);
                if (!is_new) {
                    found->second.clear();
                }
            }
        }
    }
}

NetworkNode PartyFinder::organization_of(const WantedParty& party, std::vector<std::uint32_t> rows) const {
    const auto organizations = reader_.organizations();
    const auto first =
        std::ranges::min(rows, {}, [&](std::uint32_t row) -> const std::string& { return organizations[row].id; });
    return {.kind = PartyKind::organization,
            .key = fmt::format("organization:{}", organizations[first].id),
            .name = organizations[first].name,
            .municipality = party.municipality,
            .rows = std::move(rows)};
}

std::optional<NetworkNode> PartyFinder::organization(const WantedParty& party) const {
    const auto named = organizations_.find(party.folded);
    if (named == organizations_.end()) {
        return std::nullopt;
    }
    const auto here = named->second.find(party.municipality);
    return here == named->second.end() ? std::nullopt : std::optional(organization_of(party, here->second));
}

std::optional<NetworkNode> PartyFinder::organization_anywhere(const WantedParty& party) const {
    const auto named = organizations_.find(party.folded);
    if (named == organizations_.end() || party.is_stated) {
        return std::nullopt;
    }
    std::vector<std::uint32_t> rows;
    for (const auto& [municipality, of] : named->second) {
        rows.insert(rows.end(), of.begin(), of.end());
    }
    tidy(rows);
    // Two of one name in two towns are two.
    return rows.size() == 1 ? std::optional(organization_of(party, std::move(rows))) : std::nullopt;
}

std::optional<NetworkNode> PartyFinder::site(const WantedParty& party) const {
    const auto named = sites_.find(party.folded);
    if (named == sites_.end()) {
        return std::nullopt;
    }
    const auto here = named->second.find(party.municipality);
    if (here == named->second.end() || here->second.size() != 1) {
        return std::nullopt;
    }
    const auto& site = reader_.sites()[here->second.front()];
    return NetworkNode{.kind = PartyKind::site,
                       .key = fmt::format("site:{}", site.id),
                       .name = site.name,
                       .municipality = party.municipality,
                       .rows = here->second};
}

std::optional<NetworkNode> PartyFinder::forum(const WantedParty& party) const {
    const auto named = forums_.find(party.folded);
    if (named == forums_.end()) {
        return std::nullopt;
    }
    const auto here = named->second.find(party.municipality);
    if (here == named->second.end() || here->second.size() != 1) {
        return std::nullopt;
    }
    return node_of_forum(reader_, here->second.front());
}

NetworkNode node_of_forum(const Reader& reader, std::uint32_t row) {
    const auto& forum = reader.forums()[row];
    return {.kind = PartyKind::forum,
            .key = fmt::format("forum:{}", forum.id),
            .name = forum.reading.name,
            .municipality = std::string{designated_city_of(forum.reading.municipality)},
            .rows = {row}};
}

std::optional<std::uint32_t> PartyFinder::district_row(const WantedParty& party) const {
    return districts_ ? districts_->find(party.layer, party.name, party.name, party.municipality) : std::nullopt;
}

std::optional<NetworkNode> PartyFinder::district(const WantedParty& party) const {
    const auto row = district_row(party);
    if (!row) {
        return std::nullopt;
    }
    const auto& district = reader_.districts()[*row];
    return NetworkNode{.kind = PartyKind::district,
                       .key = fmt::format("district:{}:{}", district.layer, district.code),
                       .name = district.name,
                       .municipality = std::string{designated_city_of(district.municipality)},
                       .rows = {*row}};
}

std::optional<NetworkNode> PartyFinder::municipality(const WantedParty& party) const {
    std::string code = is_code(party.name) ? std::string{designated_city_of(party.name)} : std::string{};
    if (code.empty() && party.is_stated) {
        code = party.municipality;
    }
    if (code.empty()) {
        const auto found = municipality_codes_.find(party.folded);
        code = found == municipality_codes_.end() ? std::string{} : found->second;
    }
    if (code.empty()) {
        return std::nullopt;
    }
    const auto named = municipality_names_.find(code);
    const bool has_name = named != municipality_names_.end() && !named->second.empty();
    const std::string& written = party.name.empty() ? code : party.name;
    return NetworkNode{.kind = PartyKind::municipality,
                       .key = fmt::format("municipality:{}", code),
                       .name = has_name ? named->second : written,
                       .municipality = code};
}

NetworkNode PartyFinder::find(const WantedParty& party) const {
    std::optional<NetworkNode> found;
    switch (party.kind) {
        case PartyKind::organization:
            found = organization(party);
            found = found ? std::move(found) : site(party);
            found = found ? std::move(found) : organization_anywhere(party);
            break;
        case PartyKind::site:
            found = site(party);
            break;
        case PartyKind::forum:
            found = forum(party);
            break;
        case PartyKind::district:
            found = district(party);
            break;
        case PartyKind::municipality:
            found = municipality(party);
            break;
    }
    if (found) {
        return *std::move(found);
    }
    const std::string layer = party.layer.empty() ? std::string{} : party.layer + "|";
    return {.kind = party.kind,
            .key = fmt::format("name:{}:{}:{}{}", code_of(party.kind), party.municipality, layer, party.folded),
            .name = party.name,
            .municipality = party.municipality};
}

} // namespace shirube::directory
