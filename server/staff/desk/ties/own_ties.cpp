#include "server/staff/desk/ties/own_ties.hpp"

#include "directory/audience.hpp"
#include "directory/network/party_finder.hpp"
#include "directory/network/tie_visibility.hpp"
#include "importers/cleaning/municipality_cell.hpp"
#include "importers/files/input_file.hpp"
#include "server/network/district_words.hpp"
#include "server/pages/edition_facts.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <set>
#include <tuple>

namespace shirube::server {

namespace {

constexpr std::size_t k_letters_of_a_state = 16;

/// Whose it is: of what everybody sees as its row says, of what is hidden as the edition says.
template <class Row>
bool is_own(const Row& row, std::string_view owner) {
    return !owner.empty() && directory::tie_owner_of(row.reading) == owner;
}

template <class Row>
std::optional<std::uint32_t> own_of(std::span<const Row> rows, std::string_view owner, std::string_view id) {
    const auto found = std::ranges::lower_bound(rows, id, {}, [](const Row& row) { return std::string_view{row.id}; });
    return found != rows.end() && found->id == id && is_own(*found, owner)
               ? std::optional(static_cast<std::uint32_t>(found - rows.begin()))
               : std::nullopt;
}

template <class Row>
std::vector<std::uint32_t> all_own(std::span<const Row> rows, std::string_view owner) {
    std::vector<std::uint32_t> own;
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
        if (is_own(rows[i], owner)) {
            own.push_back(i);
        }
    }
    return own;
}

} // namespace

std::vector<std::uint32_t> own_relations(const directory::Reader& reader, std::string_view owner) {
    auto own = all_own(reader.relations(), owner);
    std::ranges::sort(own, {}, [&](std::uint32_t i) {
        const auto& row = reader.relations()[i];
        return std::tie(row.reading.from.name, row.reading.to.name, row.id);
    });
    return own;
}

std::vector<std::uint32_t> own_forums(const directory::Reader& reader, std::string_view owner) {
    auto own = all_own(reader.forums(), owner);
    std::ranges::sort(
        own, {}, [&](std::uint32_t i) { return std::tie(reader.forums()[i].reading.name, reader.forums()[i].id); });
    return own;
}

std::optional<std::uint32_t> own_relation(const directory::Reader& reader, std::string_view owner,
                                          std::string_view id) {
    return own_of(reader.relations(), owner, id);
}

std::optional<std::uint32_t> own_forum(const directory::Reader& reader, std::string_view owner, std::string_view id) {
    return own_of(reader.forums(), owner, id);
}

std::string state_of(const directory::RelationRow& row) {
    return importers::digest_of(row.id + directory::text_of(row.reading)).substr(0, k_letters_of_a_state);
}

std::string state_of(const directory::ForumRow& row) {
    return importers::digest_of(row.id + directory::text_of(row.reading)).substr(0, k_letters_of_a_state);
}

std::string end_in_words(const StaffCall& call, const directory::PartyReading& party, const Texts& texts) {
    if (party.name.empty() && !party.municipality.empty()) {
        return facts_of(call.context.reader(), call.context.now.day)->municipality_name(party.municipality);
    }
    return party.kind == directory::PartyKind::district ? district_in_words(party.layer, party.name, texts)
                                                        : party.name;
}

std::string audience_in_words(directory::Visibility visibility, const Texts& texts) {
    return texts.get("desk.audience_" + std::string(directory::code_of(visibility)));
}

directory::NetworkNode node_of_name(const directory::Reader& reader, const directory::PartyReading& party,
                                    std::string_view other_municipality) {
    const std::vector<directory::WantedParty> wanted{{party, other_municipality}};
    return directory::PartyFinder(reader, wanted).find(wanted.front());
}

std::vector<std::string> known_names(const directory::Reader& reader, std::string_view owner, std::size_t most) {
    std::set<std::string> names;
    const auto add = [&](const std::string& name) {
        if (!name.empty()) {
            names.insert(name);
        }
    };
    for (const auto& service : reader.services()) {
        if (service.site == directory::k_no_index ||
            directory::owner_of(reader.sites()[service.site].municipality) != owner) {
            continue;
        }
        add(reader.sites()[service.site].name);
        if (service.organization != directory::k_no_index) {
            add(reader.organizations()[service.organization].name);
        }
    }
    for (const auto& forum : reader.forums()) {
        if (directory::owner_of(forum.reading.municipality) == owner) {
            add(forum.reading.name);
        }
    }
    for (const auto& district : reader.districts()) {
        if (directory::owner_of(district.municipality) == owner) {
            add(district.name);
        }
    }
    std::vector<std::string> known;
    for (const auto& name : names) {
        if (known.size() == most) {
            break;
        }
        known.push_back(name);
    }
    return known;
}

directory::NearNames near_names(const directory::Reader& reader, std::string_view owner) {
    return directory::NearNames(known_names(reader, owner, std::numeric_limits<std::size_t>::max()));
}

std::optional<std::string> municipality_typed(const StaffCall& call, std::string_view typed) {
    if (typed.empty()) {
        return std::string{};
    }
    if (const auto read = importers::read_municipality(typed); read && *read) {
        return (*read)->code;
    }
    const auto found = call.context.loaded.locator->locate_municipality(typed, {});
    return found && !found->municipality.empty() ? std::optional(found->municipality) : std::nullopt;
}

} // namespace shirube::server
