#include "directory/snapshot/snapshot.hpp"

#include "directory/district_book.hpp"
#include "directory/fold.hpp"
#include "directory/snapshot/edition.hpp"
#include "directory/text_order.hpp"

#include <algorithm>
#include <thread>

namespace shirube::directory {

namespace {

LocatedServices index_points(std::vector<std::uint32_t> services, const State& state) {
    std::vector<geo::LonLat> points;
    points.reserve(services.size());
    for (const auto service : services) {
        points.push_back(*state.sites[state.services[service].site].position);
    }
    return {std::move(services), geo::PointIndex(points)};
}

/// The state's own holidays go before the shipped ones.
Holidays holidays_of(const State& state, const Holidays& shipped) {
    if (state.holidays.empty()) {
        return shipped;
    }
    std::vector<Day> days;
    days.reserve(state.holidays.size());
    for (const auto& holiday : state.holidays) {
        days.push_back(holiday.day);
    }
    return Holidays::of_days(days);
}

/// Folds once a text that many services share (the municipality, an organization).
class FoldOnce {
  public:
    std::string_view operator()(const std::string& text) {
        const auto [found, is_new] = folded_.try_emplace(text);
        if (is_new) {
            found->second = fold(text);
        }
        return found->second;
    }

  private:
    std::unordered_map<std::string, std::string> folded_;
};

} // namespace

Snapshot::Snapshot(State taken, const Taxonomy& taken_taxonomy, const Holidays& taken_holidays)
    : state(std::move(taken)), taxonomy(taken_taxonomy), holidays(holidays_of(state, taken_holidays)), columns(state) {}

std::shared_ptr<const Snapshot> Snapshot::build(State state, const Taxonomy& taxonomy, const Holidays& holidays) {
    std::shared_ptr<Snapshot> snapshot(new Snapshot(std::move(state), taxonomy, holidays));
    // Text and the edition's name stand on their own; the rest is a chain from districts to fragments.
    std::jthread beside([&] {
        snapshot->index_text();
        snapshot->edition = edition_name(snapshot->state);
    });
    snapshot->index_positions();
    snapshot->index_districts();
    snapshot->index_needs();
    snapshot->fragments = Fragments(snapshot->state, taxonomy, snapshot->memberships);
    beside.join();
    return snapshot;
}

void Snapshot::index_positions() {
    std::vector<std::uint32_t> all;
    std::vector<std::vector<std::uint32_t>> programmes(taxonomy.programmes().size());
    std::vector<std::uint32_t> site_of_service;
    site_of_service.reserve(state.services.size());
    for (std::uint32_t i = 0; i < state.services.size(); ++i) {
        const ServiceRow& service = state.services[i];
        site_of_service.push_back(service.site);
        if (!state.sites[service.site].position) {
            unlocated.push_back(i);
            continue;
        }
        all.push_back(i);
        programmes[service.programme].push_back(i);
    }
    services_of_site = Lists<std::uint32_t>::by_key(state.sites.size(), site_of_service);
    located = index_points(std::move(all), state);
    by_programme.reserve(programmes.size());
    for (auto& services : programmes) {
        by_programme.push_back(index_points(std::move(services), state));
    }
}

void Snapshot::index_text() {
    FoldOnce shared;
    std::vector<std::string> names;
    names.reserve(state.sites.size());
    std::vector<std::string> places;
    places.reserve(state.sites.size());
    for (const auto& site : state.sites) {
        names.push_back(fold(site.name));
        places.push_back(fold(site.address));
    }
    for (const auto& service : state.services) {
        const SiteRow& site = state.sites[service.site];
        text.add({names[service.site], site.kana.empty() ? std::string_view{} : std::string_view{fold(site.kana)},
                  service.organization == k_no_index ? std::string_view{}
                                                     : shared(state.organizations[service.organization].name),
                  places[service.site], shared(site.municipality_name)});
    }
    text.build();

    for (const auto& programme : taxonomy.programmes()) {
        programme_text.push_back(fold(programme.label.ja));
    }
    for (const auto& alias : taxonomy.aliases()) {
        programme_text[alias.programme] += '\x1f' + fold(alias.name);
    }

    town_text.reserve(state.towns.size());
    for (const auto& town : state.towns) {
        town_text.push_back(fold(town.town + town.koaza));
    }

    std::vector<std::string_view> name_of_service;
    name_of_service.reserve(state.services.size());
    for (const auto& service : state.services) {
        name_of_service.emplace_back(names[service.site]);
    }
    const std::vector<std::uint32_t> order = text_order(name_of_service);
    columns.name_rank.resize(order.size());
    for (std::uint32_t rank = 0; rank < order.size(); ++rank) {
        columns.name_rank[order[rank]] = rank;
    }
}

void Snapshot::index_districts() {
    layer_indexes = index_layers(state);
    for (const auto& index : layer_indexes) {
        layers.push_back(index.layer);
    }
    cell_boxes = boxes_of_cells(state.cells);
    for (const auto& index : layer_indexes) {
        cell_shares.push_back(share_cells(state, index, cell_boxes));
    }
    memberships = site_memberships(state, layer_indexes);
    served = served_districts(state);
    std::vector<std::vector<std::uint32_t>> in_district(state.districts.size());
    for (std::uint32_t i = 0; i < state.services.size(); ++i) {
        for (const auto& membership : memberships[state.services[i].site]) {
            in_district[membership.district].push_back(i);
        }
    }
    services_of_district = Lists<std::uint32_t>(in_district);
}

void Snapshot::index_needs() {
    need_districts.assign(state.needs.size(), k_no_index);
    std::vector<std::vector<std::uint32_t>> of_district(state.districts.size());
    if (!state.needs.empty()) {
        std::vector<DistrictName> known;
        known.reserve(state.districts.size());
        for (const auto& district : state.districts) {
            known.push_back({district.layer, district.code, district.name, district.municipality, true});
        }
        const DistrictBook names(known);
        for (std::uint32_t i = 0; i < state.needs.size(); ++i) {
            const NeedReading& need = state.needs[i].reading;
            if (const auto district = names.find(need.layer, need.code, need.name, need.municipality)) {
                need_districts[i] = *district;
                of_district[*district].push_back(i);
            }
        }
    }
    needs_of_district = Lists<std::uint32_t>(of_district);
}

} // namespace shirube::directory
