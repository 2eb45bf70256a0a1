#include "directory/network/measures/council_gaps.hpp"

#include "directory/designated_city.hpp"
#include "directory/programme_tree.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

namespace shirube::directory {

namespace {

/// Whom the guideline for councils names beside schools and the police: consultation, alternative care, and the bases.
constexpr std::array<std::string_view, 5> k_expected{"consultation", "alternative_care", "ikusei_kyoten",
                                                     "shien_kyoten", "daisan_no_ibasho"};

bool is_expected(const Taxonomy& taxonomy, ProgrammeIndex programme) {
    return std::ranges::any_of(k_expected, [&](std::string_view code) {
        return is_within(taxonomy, programme, taxonomy.by_code(code).value());
    });
}

bool is_council(const Reader& reader, const NetworkNode& node) {
    return node.kind == PartyKind::forum && !node.rows.empty() &&
           reader.forums()[node.rows.front()].reading.kind == ForumKind::protection_council;
}

/// What is gathered of one municipality.
struct Gathered {
    std::vector<std::uint32_t> councils;
    std::set<std::uint32_t> members; ///< nodes
};

std::map<std::string, Gathered> councils_of(const Reader& reader, const NetworkScope& scope) {
    const Network& network = reader.network();
    std::map<std::string, Gathered> found;
    for (std::uint32_t i = 0; i < network.nodes().size(); ++i) {
        const auto& node = network.nodes()[i];
        if (!is_council(reader, node) || !network.stands_on(node, scope.day)) {
            continue;
        }
        Gathered& of = found[node.municipality];
        of.councils.push_back(i);
        for (const auto index : network.edges_of(i)) {
            const auto& edge = network.edges()[index];
            const bool belongs = edge.kind == RelationKind::member_of || edge.kind == RelationKind::hosts;
            if (belongs && edge.to == i && network.stands_on(edge, scope.day)) {
                of.members.insert(edge.from);
            }
        }
    }
    return found;
}

} // namespace

std::string_view code_of(CouncilKnown known) noexcept {
    switch (known) {
        case CouncilKnown::told:
            return "told";
        case CouncilKnown::no_members:
            return "no_members";
        case CouncilKnown::no_council:
            break;
    }
    return "no_council";
}

std::vector<CouncilGaps> council_gaps(const Reader& reader, const NetworkScope& scope) {
    const auto councils = councils_of(reader, scope);
    std::map<std::string, CouncilGaps> found;
    std::map<std::string, std::map<std::uint32_t, std::vector<std::uint32_t>>> runs; // by municipality, organization
    if (!scope.municipality.empty()) {
        found[std::string{designated_city_of(scope.municipality)}];
    }
    for (const auto& [municipality, of] : councils) {
        if (scope.municipality.empty()) {
            found[municipality];
        }
    }
    for (const auto service : services_in(reader, scope)) {
        const auto municipality = municipality_of(reader, service);
        if (!is_expected(reader.taxonomy(), reader.services()[service].programme) ||
            !(found.contains(municipality) || reader.network().speaks_of(municipality))) {
            continue;
        }
        const auto organization = reader.services()[service].organization;
        runs[municipality][organization == k_no_index ? k_no_index : reader.organizations().standing(organization)]
            .push_back(service);
        found[municipality];
    }
    std::vector<CouncilGaps> gaps;
    for (auto& [municipality, gap] : found) {
        gap.municipality = municipality;
        const auto council = councils.find(municipality);
        const std::set<std::uint32_t> none;
        const auto& members = council == councils.end() ? none : council->second.members;
        if (council != councils.end()) {
            gap.councils = council->second.councils;
            gap.members = static_cast<std::uint32_t>(members.size());
            gap.known = members.empty() ? CouncilKnown::no_members : CouncilKnown::told;
        }
        const auto belongs = [&](std::uint32_t service) {
            return std::ranges::any_of(nodes_of_service(reader, service),
                                       [&](std::uint32_t node) { return members.contains(node); });
        };
        for (auto& [organization, services] : runs[municipality]) {
            gap.expected += organization == k_no_index ? 0 : 1;
            if (gap.known != CouncilKnown::told) {
                continue;
            }
            if (organization == k_no_index) {
                std::ranges::copy_if(services, std::back_inserter(gap.run_by_nobody_known),
                                     [&](std::uint32_t service) { return !belongs(service); });
            } else if (std::ranges::none_of(services, belongs)) {
                gap.missing.push_back({.organization = organization, .services = std::move(services)});
            }
        }
        std::ranges::sort(gap.missing, {}, [&](const CouncilMissing& missing) -> const std::string& {
            return reader.organizations()[missing.organization].id;
        });
        gaps.push_back(std::move(gap));
    }
    return gaps;
}

} // namespace shirube::directory
