#include "directory/coverage/municipality.hpp"

#include "directory/coverage/lists_in_force.hpp"
#include "directory/designated_city.hpp"
#include "directory/whose_service.hpp"
#include "geo/area.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

namespace shirube::directory {

namespace {

constexpr std::string_view k_region_layer = "ken_iki";
constexpr std::string_view k_municipality_layer = "shikuchoson";
constexpr std::string_view k_carriers = "carriers";
constexpr std::size_t k_code_digits = 5;

/// The layer ken_iki, and those of one purpose each: ken_iki_satooya.
bool is_of_regions(std::string_view layer) noexcept {
    return layer == k_region_layer ||
           (layer.starts_with(k_region_layer) && layer.substr(k_region_layer.size()).starts_with('_'));
}

bool is_code(std::string_view text) noexcept {
    return text.size() == k_code_digits && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// What is gathered of one before it is told.
struct Gathered {
    std::string name;
    std::uint32_t drawn = k_no_index; ///< a district of it with an area, itself before a part
    bool is_drawn_whole = false;
};

using Found = std::map<std::string, Gathered, std::less<>>;

/// A ward's name is not its city's.
Gathered& note(Found& found, std::string_view code, const std::string& name) {
    const std::string_view city = designated_city_of(code);
    Gathered& of = found[std::string{city}];
    if (of.name.empty() && code == city) {
        of.name = name;
    }
    return of;
}

void note_districts(Found& found, const Reader& reader) {
    const auto districts = reader.districts();
    for (std::uint32_t i = 0; i < districts.size(); ++i) {
        const DistrictRow& district = districts[i];
        if (is_of_regions(district.layer) || !is_code(district.municipality)) {
            continue;
        }
        Gathered& of = note(found, district.municipality, district.municipality_name);
        const bool is_whole = district.layer == k_municipality_layer;
        if (!district.geometry.empty() && (of.drawn == k_no_index || (is_whole && !of.is_drawn_whole))) {
            of.drawn = i;
            of.is_drawn_whole = is_whole;
        }
    }
}

void note_places(Found& found, const Reader& reader) {
    const auto sites = reader.sites();
    std::vector<bool> in_use(sites.index_end());
    for (const auto& service : reader.services()) {
        if (service.site != k_no_index) {
            in_use[sites.standing(service.site)] = true;
        }
    }
    for (const std::uint32_t i : sites.indices()) {
        if (in_use[i] && is_code(sites[i].municipality)) {
            note(found, sites[i].municipality, sites[i].municipality_name);
        }
    }
}

void note_regions(Municipality& municipality, const Reader& reader, geo::LonLat inside) {
    for (const auto& layer : reader.layers()) {
        if (!is_of_regions(layer.code)) {
            continue;
        }
        const auto holding = reader.districts_at(layer, inside);
        if (layer.code == k_region_layer && !holding.empty()) {
            municipality.region = holding.front();
        }
        municipality.regions.insert(municipality.regions.end(), holding.begin(), holding.end());
    }
}

bool names(const std::vector<std::string>& areas, std::string_view municipality) {
    return std::ranges::any_of(areas, [&](const std::string& area) { return lies_in(municipality, area); });
}

} // namespace

std::vector<Municipality> municipalities_of(const Reader& reader) {
    Found found;
    note_districts(found, reader);
    note_places(found, reader);
    for (const auto& list : reader.lists()) {
        for (const auto& claim : list.claims) {
            if (is_code(claim.municipality)) {
                note(found, claim.municipality, {});
            }
        }
    }
    std::vector<Municipality> municipalities;
    for (const auto& [code, of] : found) {
        Municipality one{code, of.name};
        if (of.drawn != k_no_index) {
            note_regions(one, reader, geo::point_inside(reader.districts()[of.drawn].geometry));
        }
        municipalities.push_back(std::move(one));
    }
    return municipalities;
}

ServiceFor stands_to(const Reader& reader, std::uint32_t service, std::string_view municipality) {
    const ServiceRow& row = reader.services()[service];
    const std::string_view lies =
        row.site == k_no_index ? std::string_view{} : std::string_view{reader.sites()[row.site].municipality};
    if (is_of(municipality, lies, row, reader.serves(service), reader.districts())) {
        return ServiceFor::own;
    }
    return names(row.usable_by, municipality) || names(row.serves, municipality) ? ServiceFor::across
                                                                                 : ServiceFor::others;
}

Openness stood_on(const Reader& reader, std::uint32_t service, Day day) {
    const ServiceRow& row = reader.services()[service];
    // What a list of today calls closed (廃止) stood until its last day, where it says which.
    const bool stood_then = row.status == Status::closed && row.valid_to && day <= *row.valid_to &&
                            (!row.valid_from || *row.valid_from <= day);
    const Status status = reader.status_on(service, day);
    if (!stood_then && (status == Status::closed || status == Status::suspended || status == Status::planned)) {
        return Openness::no;
    }
    if (row.certainty != Certainty::confirmed) {
        return Openness::maybe;
    }
    // It may have begun since.
    return may_have_begun_since(reader, row, day) ? Openness::maybe : Openness::yes;
}

ProgrammeIndex counted_as(const Taxonomy& taxonomy, ProgrammeIndex programme) {
    ProgrammeIndex at = programme;
    while (taxonomy.at(at).parent && !taxonomy.is_family(*taxonomy.at(at).parent)) {
        at = *taxonomy.at(at).parent;
    }
    return at;
}

std::vector<ProgrammeIndex> counted_programmes(const Reader& reader) {
    const Taxonomy& taxonomy = reader.taxonomy();
    const auto is_seen = [&](ProgrammeIndex programme) {
        return taxonomy.at(programme).visibility <= reader.audience().sees();
    };
    std::vector<ProgrammeIndex> programmes;
    for (ProgrammeIndex family = 0; family < taxonomy.programmes().size(); ++family) {
        if (!taxonomy.is_family(family) || !is_seen(family) || taxonomy.at(family).code == k_carriers) {
            continue;
        }
        for (const auto below : taxonomy.with_descendants(family)) {
            if (taxonomy.at(below).parent == family && is_seen(below)) {
                programmes.push_back(below);
            }
        }
    }
    return programmes;
}

} // namespace shirube::directory
