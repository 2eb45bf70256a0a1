#include "told_answers.hpp"

#include "directory/coverage.hpp"
#include "directory/needs.hpp"
#include "directory/policy.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <utility>

namespace shirube::directory::test {

namespace {

std::string told(const Reader& reader, const std::vector<std::uint32_t>& services) {
    std::string out;
    for (const auto service : services) {
        out += reader.services()[service].id + " ";
    }
    return out;
}

std::string told(const Reader& reader, const std::vector<Hit>& hits) {
    std::string out;
    for (const Hit& hit : hits) {
        out += fmt::format("{} {} {} | ", reader.services()[hit.service].id, hit.distance_m, code_of(hit.open));
    }
    return out;
}

std::string told(const Reader& reader, const Coverage& coverage) {
    const auto known = [](const auto& value) { return value ? fmt::format("{}", *value) : std::string("?"); };
    const CoverageTotals& totals = coverage.totals;
    std::string out = fmt::format("{} {} {} {} {} {} {} {} {} {} {} {}\n", totals.districts, totals.services,
                                  totals.services_assigned, totals.services_possible, totals.services_unlocated,
                                  totals.services_outside, known(totals.share_with_any),
                                  known(totals.share_with_any_at_most), known(totals.places_per_district),
                                  known(totals.children), known(totals.children_covered), coverage.children_basis);
    for (const BlankArea& area : coverage.blank_areas) {
        out += fmt::format("blank {} {}\n", area.district, known(area.children));
    }
    for (const auto list : coverage.lists) {
        out += reader.lists()[list].name + fmt::format(" {}\n", reader.lists()[list].claims.size());
    }
    for (const DistrictCoverage& of : coverage.districts) {
        out += fmt::format("{} {} {} {} {} {} {} {} {} {} {} {} {}", of.district, code_of(of.tier), of.services,
                           of.services_possible, of.services_outreach, of.services_planned, known(of.children),
                           known(of.children_covered), known(of.nearest_m_median), known(of.per_1000_children),
                           known(of.supply_ratio), known(of.need), of.functions_missing.size());
        for (const auto& note : of.notes) {
            out += " " + note;
        }
        out += "\n";
    }
    return out;
}

} // namespace

std::string told(const Reader& reader, const SearchQuery& query) {
    const SearchResult result = reader.search(query);
    return fmt::format("{} {} / {} {}", result.number_matched, told(reader, result.hits),
                       result.without_position_matched, told(reader, result.without_position));
}

std::vector<std::string> services_told(const Reader& reader, Day day) {
    std::vector<std::string> out;
    for (const std::uint32_t i : reader.services().indices()) {
        const ServiceRow& service = reader.services()[i];
        std::string line(reader.feature_fragment(i));
        line += reader.feature_for_staff(i);
        line += fmt::format(" {} {} at {}", code_of(reader.status_on(i, day)), reader.rules(i).size(),
                            told(reader, reader.services_at(service.site)));
        for (const auto& membership : reader.memberships(i)) {
            line += fmt::format(" {}{}", membership.district, membership.sure ? "" : "?");
        }
        for (const auto district : reader.serves(i)) {
            line += fmt::format(" serves {}", district);
        }
        line += " " + reader.lists()[service.list].name;
        for (const auto list : service.other_lists) {
            line += " and " + reader.lists()[list].name;
        }
        line += service.organization == k_no_index ? "" : reader.organizations()[service.organization].name;
        line += reader.find_service(service.id) == i ? "" : " not found by its id";
        out.push_back(std::move(line));
    }
    return out;
}

std::vector<std::string> rows_told(const Reader& reader, Day day) {
    std::vector<std::string> out;
    for (const std::uint32_t i : reader.sites().indices()) {
        const SiteRow& site = reader.sites()[i];
        out.push_back(fmt::format("site {} {} {} {} {} {}", site.id, site.name, site.official_name, site.address,
                                  site.position.has_value(), reader.find_site(site.id) == i));
    }
    for (const OrganizationRow& organization : reader.organizations()) {
        out.push_back("organization " + organization.id + organization.name);
    }
    for (const ListRow& list : reader.lists()) {
        out.push_back(fmt::format("list {} {}", list.name, list.claims.size()));
    }
    for (std::uint32_t district = 0; district < reader.districts().size(); ++district) {
        out.push_back(
            fmt::format("in {}: {}", reader.districts()[district].code, told(reader, reader.services_in(district))));
        for (const auto need : needs_of_district(reader, district, day)) {
            const NeedRow& row = reader.needs()[need];
            out.back() += fmt::format(" {} {}", row.reading.value.value_or(-1),
                                      row.list == k_no_index ? "of nobody" : reader.lists()[row.list].name);
        }
    }
    out.push_back(fmt::format("{} {} {} {}", reader.services().size(), reader.sites().size(),
                              reader.organizations().size(), reader.lists().size()));
    out.push_back(reader.find_ended("ended1") == nullptr ? "not ended" : "ended");
    out.push_back("without a position " + told(reader, reader.unlocated_services()));
    for (std::uint32_t i = 0; i < reader.landmarks().size(); ++i) {
        const LandmarkRow& landmark = reader.landmarks()[i];
        out.push_back(fmt::format("landmark {} of {}, called {} times", landmark.reading.name,
                                  reader.lists()[landmark.list].name,
                                  reader.landmarks_called(landmark.reading.name).size()));
        if (landmark.reading.position) {
            const auto near = reader.nearest_landmark(landmark.reading.kind, *landmark.reading.position, 5000);
            out.back() += near ? fmt::format(" near {}", near->landmark) : "";
        }
    }
    return out;
}

std::vector<std::string> words_told(const Reader& reader, const std::vector<std::string>& words) {
    std::vector<std::string> out;
    for (const std::string& word : words) {
        for (const std::size_t most : {std::size_t{3}, std::size_t{50}}) {
            std::string line = word;
            for (const Suggestion& suggestion : reader.suggest(word, most)) {
                line += fmt::format(" | {} {} {}", suggestion.label, suggestion.detail, suggestion.id);
            }
            out.push_back(std::move(line));
        }
    }
    return out;
}

std::vector<std::string> coverage_told(const Reader& reader, Day day) {
    std::vector<std::string> out;
    for (const Policy& policy : shipped_policies()) {
        for (const Layer& layer : reader.layers()) {
            out.push_back(told(reader, compute_coverage(reader, policy, layer, Instant{day, 600})));
        }
    }
    return out;
}

} // namespace shirube::directory::test
