#include "server/pages/edition_facts.hpp"

#include "directory/designated_city.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <mutex>
#include <set>

namespace shirube::server {

namespace {

using directory::k_no_index;

/// 児童福祉法第10条の3
constexpr std::string_view k_consultation_agency = "chiiki_sodan";

void count_row(EditionFacts& facts, const directory::Reader& reader, std::uint32_t list) {
    if (list != k_no_index) {
        ++facts.rows_by_list.at(reader.lists().standing(list));
    }
}

void name_municipality(EditionFacts& facts, const std::string& code, const std::string& name) {
    if (!code.empty() && !name.empty()) {
        facts.municipalities.try_emplace(code, name);
    }
}

void count_residents(EditionFacts& facts, const directory::Reader& reader) {
    std::set<std::string, std::less<>> named;
    std::set<directory::Contract> contracts;
    const auto services = reader.services();
    for (const std::uint32_t i : services.indices()) {
        named.insert(services[i].usable_by.begin(), services[i].usable_by.end());
        for (const auto& terms : services[i].use_terms) {
            contracts.insert(terms.contract);
        }
    }
    contracts.erase(directory::Contract::unknown);
    facts.use_contracts.assign(contracts.begin(), contracts.end());
    std::erase_if(named, [](const std::string& code) { return code.size() != 5; }); // prefectures are nobody's home
    for (const std::uint32_t i : services.indices()) {
        if (!named.empty() && services[i].site != k_no_index) {
            const std::string& lies = reader.sites()[services[i].site].municipality;
            if (!lies.empty()) {
                named.emplace(directory::designated_city_of(lies));
            }
        }
    }
    facts.residents.assign(named.begin(), named.end());
}

EditionFacts count(const directory::Reader& reader, directory::Day day) {
    EditionFacts facts;
    facts.offered.resize(reader.taxonomy().programmes().size());
    const auto agency = reader.taxonomy().by_code(k_consultation_agency);
    facts.rows_by_list.resize(reader.lists().index_end());
    std::vector<bool> site_in_use(reader.sites().index_end());
    const auto services = reader.services();
    for (const std::uint32_t i : services.indices()) {
        count_row(facts, reader, services[i].list);
        if (reader.status_on(i, day) == directory::Status::closed) {
            continue;
        }
        ++facts.services;
        if (services[i].programme == agency && reader.status_on(i, day) == directory::Status::active) {
            facts.agencies.push_back(i);
        }
        facts.offered.at(services[i].programme) = true;
        if (services[i].site != k_no_index) {
            site_in_use.at(services[i].site) = true;
        }
    }
    facts.sites = static_cast<std::size_t>(std::ranges::count(site_in_use, true));
    for (std::size_t i = 0; i < facts.offered.size(); ++i) {
        auto parent = reader.taxonomy().at(static_cast<directory::ProgrammeIndex>(i)).parent;
        for (; facts.offered[i] && parent; parent = reader.taxonomy().at(*parent).parent) {
            facts.offered.at(*parent) = true;
        }
    }
    count_residents(facts, reader);
    for (const auto& site : reader.sites()) {
        name_municipality(facts, site.municipality, site.municipality_name);
    }
    for (const auto& district : reader.districts()) {
        name_municipality(facts, district.municipality, district.municipality_name);
        count_row(facts, reader, district.list);
    }
    for (const auto& cell : reader.cells()) {
        count_row(facts, reader, cell.list);
    }
    for (const auto& list : reader.lists()) {
        if (list.kind == directory::ImportKind::resources) {
            ++facts.lists;
            facts.latest_as_of = std::max(facts.latest_as_of, list.as_of);
        }
    }
    return facts;
}

struct Kept {
    std::string edition;
    directory::Day day;
    std::shared_ptr<const EditionFacts> facts;
};

} // namespace

const std::string& EditionFacts::municipality_name(const std::string& code) const {
    const auto found = municipalities.find(code);
    return found == municipalities.end() ? code : found->second;
}

std::shared_ptr<const EditionFacts> facts_of(const directory::Reader& reader, directory::Day day) {
    static std::mutex guard;
    static std::array<Kept, 4> kept;
    static std::size_t oldest = 0;

    const std::lock_guard lock(guard);
    for (const auto& one : kept) {
        if (one.facts && one.day == day && one.edition == reader.edition()) {
            return one.facts;
        }
    }
    Kept& place = kept.at(oldest++ % kept.size());
    place = {reader.edition(), day, std::make_shared<const EditionFacts>(count(reader, day))};
    return place.facts;
}

} // namespace shirube::server
