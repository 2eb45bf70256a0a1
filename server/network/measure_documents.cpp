#include "directory/network/measures/council_gaps.hpp"
#include "directory/network/measures/district_forums.hpp"
#include "directory/network/measures/hubs.hpp"
#include "directory/network/measures/lone_bases.hpp"
#include "directory/network/measures/network_change.hpp"
#include "directory/network/measures/referrals.hpp"
#include "directory/network/measures/untied_places.hpp"
#include "server/api/answers.hpp"
#include "server/network/network_documents.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace shirube::server {

namespace {

using directory::Company;
using directory::k_no_index;
using directory::KnownSum;
using directory::Reader;
using nlohmann::ordered_json;

/// Of a list behind a figure; the figure itself counts all of it.
constexpr std::size_t k_most_listed = 1000;

std::string key_of(const Reader& reader, std::uint32_t node) { return reader.network().nodes()[node].key; }

ordered_json keys_of(const Reader& reader, const std::vector<std::uint32_t>& nodes) {
    ordered_json out = ordered_json::array();
    for (const auto node : nodes) {
        out.push_back(key_of(reader, node));
    }
    return out;
}

ordered_json service_document(const Reader& reader, std::uint32_t service) {
    const auto& row = reader.services()[service];
    return {{"id", row.id},
            {"name", row.site == k_no_index ? ordered_json(nullptr) : ordered_json(reader.sites()[row.site].name)},
            {"programme", reader.taxonomy().at(row.programme).code}};
}

ordered_json service_documents(const Reader& reader, const std::vector<std::uint32_t>& services) {
    ordered_json out = ordered_json::array();
    for (std::size_t i = 0; i < std::min(services.size(), k_most_listed); ++i) {
        out.push_back(service_document(reader, services[i]));
    }
    return out;
}

ordered_json untied_document(const Reader& reader, const directory::UntiedPlaces& places) {
    ordered_json families = ordered_json::array();
    for (const auto& family : places.families) {
        families.push_back({{"family", reader.taxonomy().at(family.family).code},
                            {"tied", family.tied},
                            {"untied", family.untied.size()},
                            {"unknown", family.unknown.size()},
                            {"services", service_documents(reader, family.untied)}});
    }
    return {{"tied", places.tied},
            {"untied", places.untied},
            {"unknown", places.unknown},
            {"families", std::move(families)}};
}

ordered_json companions_document(const Reader& reader, const std::vector<directory::Companion>& companions) {
    const auto id_or_null = [&](std::uint32_t service) {
        return service == k_no_index ? ordered_json(nullptr) : service_document(reader, service);
    };
    ordered_json list = ordered_json::array();
    for (std::size_t i = 0; i < std::min(companions.size(), k_most_listed); ++i) {
        const auto& of = companions[i];
        list.push_back({{"service", service_document(reader, of.service)},
                        {"company", directory::code_of(of.company)},
                        {"linked", id_or_null(of.linked)},
                        {"nearest", id_or_null(of.nearest)},
                        {"nearest_m", of.nearest_m ? ordered_json(std::round(*of.nearest_m)) : ordered_json(nullptr)}});
    }
    ordered_json out = ordered_json::object();
    for (const Company company : {Company::linked, Company::near, Company::alone, Company::unknown}) {
        out[std::string{directory::code_of(company)}] = directory::count_of(companions, company);
    }
    out["list"] = std::move(list);
    return out;
}

ordered_json sum_document(const KnownSum& sum) {
    return {{"sum", sum.sum ? ordered_json(*sum.sum) : ordered_json(nullptr)},
            {"known", sum.known},
            {"unknown", sum.unknown}};
}

void add_sums(ordered_json& out, const directory::ReferralSums& sums) {
    out["informed"] = sum_document(sums.informed);
    out["linked"] = sum_document(sums.linked);
    out["fed_back"] = sum_document(sums.fed_back);
}

ordered_json referrals_document(const Reader& reader, const directory::Referrals& referrals) {
    ordered_json periods = ordered_json::array();
    for (const auto& period : referrals.periods) {
        ordered_json& out = periods.emplace_back(ordered_json{{"period", text_or_null(period.period)}});
        add_sums(out, period.sums);
    }
    ordered_json pairs = ordered_json::array();
    for (std::size_t i = 0; i < std::min(referrals.pairs.size(), k_most_listed); ++i) {
        const auto& pair = referrals.pairs[i];
        ordered_json edges = ordered_json::array();
        for (const auto edge : pair.edges) {
            edges.push_back(edge_id(reader, edge));
        }
        ordered_json& out = pairs.emplace_back(ordered_json{{"from", key_of(reader, pair.from)},
                                                            {"to", key_of(reader, pair.to)},
                                                            {"back", directory::code_of(pair.back)},
                                                            {"edges", std::move(edges)},
                                                            {"period", text_or_null(pair.period)}});
        add_sums(out, pair.sums);
    }
    return {{"one_way", referrals.one_way},
            {"unknown", referrals.unknown},
            {"periods", std::move(periods)},
            {"pairs", std::move(pairs)}};
}

ordered_json hubs_document(const Reader& reader, const directory::Hubs& hubs) {
    constexpr double k_digits = 1e6;
    ordered_json list = ordered_json::array();
    for (std::size_t i = 0; i < std::min(hubs.hubs.size(), k_most_listed); ++i) {
        const auto& hub = hubs.hubs[i];
        list.push_back(
            {{"node", key_of(reader, hub.node)},
             {"ties", hub.ties},
             {"betweenness", hub.betweenness ? ordered_json(std::round(*hub.betweenness * k_digits) / k_digits)
                                             : ordered_json(nullptr)},
             {"parts", hub.parts}});
    }
    return {{"nodes", hubs.nodes},
            {"edges", hubs.edges},
            {"groups", hubs.groups},
            {"asked", hubs.asked},
            {"articulations", hubs.articulations},
            {"hubs", std::move(list)}};
}

ordered_json districts_document(const Reader& reader, const std::vector<directory::DistrictLayerForums>& layers) {
    ordered_json out = ordered_json::array();
    for (const auto& layer : layers) {
        ordered_json districts = ordered_json::array();
        for (const auto& of : layer.districts) {
            const auto& row = reader.districts()[of.district];
            districts.push_back({{"code", row.code},
                                 {"name", text_or_null(row.name)},
                                 {"coordinators", keys_of(reader, of.coordinators)},
                                 {"forums", keys_of(reader, of.forums)}});
        }
        out.push_back({{"municipality", layer.municipality},
                       {"layer", layer.layer},
                       {"without_coordinator", layer.without_coordinator},
                       {"without_forum", layer.without_forum},
                       {"without_either", layer.without_either},
                       {"districts", std::move(districts)}});
    }
    return out;
}

ordered_json councils_document(const Reader& reader, const std::vector<directory::CouncilGaps>& gaps) {
    ordered_json out = ordered_json::array();
    for (const auto& gap : gaps) {
        const bool is_told = gap.known == directory::CouncilKnown::told;
        ordered_json missing = ordered_json::array();
        for (const auto& of : gap.missing) {
            const auto& organization = reader.organizations()[of.organization];
            missing.push_back({{"organization", "organization:" + organization.id},
                               {"name", organization.name},
                               {"services", service_documents(reader, of.services)}});
        }
        out.push_back({{"municipality", gap.municipality},
                       {"known", directory::code_of(gap.known)},
                       {"councils", keys_of(reader, gap.councils)},
                       {"members", is_told ? ordered_json(gap.members) : ordered_json(nullptr)},
                       {"expected", gap.expected},
                       {"missing", is_told ? std::move(missing) : ordered_json(nullptr)},
                       {"run_by_nobody_known", service_documents(reader, gap.run_by_nobody_known)}});
    }
    return out;
}

ordered_json change_document(const Reader& reader, const directory::NetworkChange& change) {
    const auto ties = [&](const std::vector<std::uint32_t>& edges) {
        ordered_json out = ordered_json::array();
        for (std::size_t i = 0; i < std::min(edges.size(), k_most_listed); ++i) {
            const auto& edge = reader.network().edges()[edges[i]];
            out.push_back({{"id", edge_id(reader, edges[i])},
                           {"kind", directory::code_of(edge.kind)},
                           {"from", party_document(reader, edge.from)},
                           {"to", party_document(reader, edge.to)}});
        }
        return out;
    };
    const auto parties = [&](const std::vector<std::uint32_t>& nodes) {
        ordered_json out = ordered_json::array();
        for (std::size_t i = 0; i < std::min(nodes.size(), k_most_listed); ++i) {
            out.push_back(party_document(reader, nodes[i]));
        }
        return out;
    };
    return {{"since", directory::to_string(change.before)},
            {"edges_before", change.edges_before},
            {"edges_after", change.edges_after},
            {"nodes_before", change.nodes_before},
            {"nodes_after", change.nodes_after},
            {"edges_came", change.came.size()},
            {"edges_ended", change.ended.size()},
            {"nodes_came", change.nodes_came.size()},
            {"nodes_left", change.nodes_left.size()},
            {"undated", change.undated},
            {"came", ties(change.came)},
            {"ended", ties(change.ended)},
            {"came_nodes", parties(change.nodes_came)},
            {"left_nodes", parties(change.nodes_left)}};
}

} // namespace

ordered_json measures_document(const Reader& reader, const NetworkQuestion& question) {
    const auto& scope = question.scope;
    const auto bases = directory::lone_bases(reader, scope, question.reach_m);
    return {{"untied", untied_document(reader, directory::untied_places(reader, scope))},
            {"company",
             {{"reach_m", question.reach_m},
              {"bases", companions_document(reader, bases.bases)},
              {"places", companions_document(reader, bases.places)}}},
            {"referrals", referrals_document(reader, directory::referrals(reader, scope))},
            {"hubs", hubs_document(reader, directory::hubs(reader, scope))},
            {"districts", districts_document(reader, directory::district_forums(reader, scope))},
            {"councils", councils_document(reader, directory::council_gaps(reader, scope))},
            {"change", change_document(reader, directory::network_change(reader, scope, question.since))}};
}

} // namespace shirube::server
