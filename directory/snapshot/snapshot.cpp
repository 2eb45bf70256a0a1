#include "directory/snapshot/snapshot.hpp"

#include "directory/district_book.hpp"
#include "directory/fold.hpp"
#include "directory/text_order.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <thread>

namespace shirube::directory {

namespace {

/// The digest that names an edition: fed with everything an answer could show, in the state's own order.
class EditionDigest {
  public:
    EditionDigest() { crypto_generichash_init(&state_, nullptr, 0, k_bytes); }

    void add(std::string_view part) {
        const std::uint64_t size = part.size();
        crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(&size), sizeof size);
        crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(part.data()), part.size());
    }
    template <class T>
        requires std::is_arithmetic_v<T>
    void add(T value) {
        crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(&value), sizeof value);
    }
    template <class T>
    void add(const std::optional<T>& value) {
        add(static_cast<std::uint8_t>(value.has_value()));
        if (value) {
            add(*value);
        }
    }
    void add(const geo::LonLat& point) {
        add(point.lon);
        add(point.lat);
    }
    void add(const std::vector<std::string>& texts) {
        add(std::uint64_t{texts.size()});
        for (const auto& text : texts) {
            add(text);
        }
    }
    void add(const geo::Ring& ring) {
        add(std::uint64_t{ring.size()});
        for (const auto& point : ring) {
            add(point);
        }
    }
    std::string hex() {
        std::array<unsigned char, k_bytes> hash{};
        crypto_generichash_final(&state_, hash.data(), hash.size());
        std::string out;
        for (std::size_t i = 0; i < 8; ++i) {
            out += fmt::format("{:02x}", hash[i]);
        }
        return out;
    }

  private:
    static constexpr std::size_t k_bytes = 32;
    crypto_generichash_state state_{};
};

void add_service(EditionDigest& digest, const ServiceRow& service) {
    digest.add(static_cast<std::uint8_t>(service.status));
    digest.add(static_cast<std::uint8_t>(service.contract));
    digest.add(service.entry_text);
    digest.add(service.for_whom_text);
    digest.add(service.note);
    digest.add(service.valid_from ? std::optional(day_number(*service.valid_from)) : std::nullopt);
    digest.add(service.valid_to ? std::optional(day_number(*service.valid_to)) : std::nullopt);
    digest.add(service.serves);
    digest.add(service.usable_by);
    digest.add(std::uint64_t{service.other_lists.size()});
    for (const auto list : service.other_lists) {
        digest.add(std::uint64_t{list});
    }
    digest.add(std::uint64_t{service.schedules.size()});
    for (const auto& schedule : service.schedules) {
        const ScheduleRule& rule = schedule.rule;
        digest.add(static_cast<std::uint8_t>(rule.state));
        digest.add(rule.weekdays);
        digest.add(rule.ordinals);
        digest.add(rule.months);
        digest.add(rule.days_of_month);
        digest.add(rule.from_minute);
        digest.add(rule.to_minute);
        digest.add(static_cast<std::uint8_t>(rule.holidays));
        digest.add(static_cast<std::uint8_t>(rule.usually));
        digest.add(schedule.venue);
        digest.add(schedule.text);
    }
}

/// What the fragments leave out of a place, or round.
void add_site(EditionDigest& digest, const SiteRow& site) {
    digest.add(site.id);
    digest.add(site.official_name);
    digest.add(site.kana);
    digest.add(site.position);
    digest.add(site.accuracy_m);
}

void add_rule(EditionDigest& digest, const AddressRule& rule) {
    digest.add(rule.municipality);
    digest.add(rule.town);
    digest.add(rule.text);
    digest.add(rule.chome);
    digest.add(static_cast<std::uint8_t>(rule.all_but));
    digest.add(static_cast<std::uint8_t>(rule.understood));
    digest.add(std::uint64_t{rule.numbers.size()});
    for (const auto& range : rule.numbers) {
        digest.add(range.from);
        digest.add(range.to);
        digest.add(static_cast<std::uint8_t>(range.parity));
    }
}

void add_district(EditionDigest& digest, const DistrictRow& district) {
    for (const auto& text :
         {district.layer, district.code, district.name, district.municipality, district.municipality_name}) {
        digest.add(text);
    }
    digest.add(static_cast<std::uint8_t>(district.status));
    digest.add(district.list);
    digest.add(district.valid_from ? std::optional(day_number(*district.valid_from)) : std::nullopt);
    digest.add(district.valid_to ? std::optional(day_number(*district.valid_to)) : std::nullopt);
    digest.add(std::uint64_t{district.addresses.size()});
    for (const auto& rule : district.addresses) {
        add_rule(digest, rule);
    }
    digest.add(std::uint64_t{district.geometry.size()});
    for (const auto& polygon : district.geometry) {
        digest.add(polygon.outer);
        digest.add(std::uint64_t{polygon.holes.size()});
        for (const auto& hole : polygon.holes) {
            digest.add(hole);
        }
    }
}

void add_cell(EditionDigest& digest, const CellRow& cell) {
    digest.add(cell.mesh);
    digest.add(cell.total);
    digest.add(cell.suppressed_into);
    digest.add(static_cast<std::uint8_t>(cell.carrier_missing));
    digest.add(cell.town);
    digest.add(cell.town_code);
    digest.add(cell.municipality);
    digest.add(cell.position);
    digest.add(cell.accuracy_m);
    digest.add(cell.list);
    digest.add(std::uint64_t{cell.bands.size()});
    for (const auto& band : cell.bands) {
        digest.add(band.from_age_years);
        digest.add(band.to_age_years);
        digest.add(band.count);
    }
}

void add_need(EditionDigest& digest, const NeedRow& need) {
    const NeedReading& reading = need.reading;
    for (const auto& text : {reading.indicator, reading.layer, reading.code, reading.name, reading.municipality,
                             reading.source, reading.note}) {
        digest.add(text);
    }
    digest.add(static_cast<std::uint8_t>(reading.unit));
    digest.add(reading.from ? std::optional(day_number(*reading.from)) : std::nullopt);
    digest.add(reading.to ? std::optional(day_number(*reading.to)) : std::nullopt);
    digest.add(reading.value);
    digest.add(static_cast<std::uint8_t>(reading.suppressed));
    digest.add(need.list);
}

void add_holiday(EditionDigest& digest, const HolidayRow& holiday) {
    digest.add(day_number(holiday.day));
    digest.add(holiday.name);
    digest.add(holiday.list);
}

void add_organization(EditionDigest& digest, const OrganizationRow& organization) {
    digest.add(organization.id);
    digest.add(organization.name);
    digest.add(organization.kind);
}

void add_town(EditionDigest& digest, const TownReading& town) {
    for (const auto& text : {town.prefecture, town.municipality, town.municipality_name, town.town, town.koaza}) {
        digest.add(text);
    }
    digest.add(town.position);
    digest.add(town.accuracy_m);
}

void add_list(EditionDigest& digest, const ListRow& list) {
    for (const auto& text : {list.name, list.profile, list.publisher, list.source, list.licence, list.as_of}) {
        digest.add(text);
    }
    digest.add(static_cast<std::uint8_t>(list.kind));
    digest.add(std::uint64_t{list.claims.size()});
    for (const auto& claim : list.claims) {
        digest.add(claim.programme);
        digest.add(claim.municipality);
        digest.add(static_cast<std::uint8_t>(claim.complete));
    }
}

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
    // Text stands on its own; the rest is a chain from districts to fragments to the edition's name.
    std::jthread text([&] { snapshot->index_text(); });
    snapshot->index_positions();
    snapshot->index_districts();
    snapshot->index_needs();
    snapshot->fragments = Fragments(snapshot->state, taxonomy, snapshot->memberships);
    snapshot->name_edition();
    text.join();
    return snapshot;
}

void Snapshot::index_positions() {
    std::vector<std::uint32_t> all;
    std::vector<std::vector<std::uint32_t>> programmes(taxonomy.programmes().size());
    std::vector<std::vector<std::uint32_t>> at_site(state.sites.size());
    service_by_id.reserve(state.services.size());
    for (std::uint32_t i = 0; i < state.services.size(); ++i) {
        const ServiceRow& service = state.services[i];
        service_by_id.emplace(service.id, i);
        at_site[service.site].push_back(i);
        if (!state.sites[service.site].position) {
            unlocated.push_back(i);
            continue;
        }
        all.push_back(i);
        programmes[service.programme].push_back(i);
    }
    for (std::uint32_t i = 0; i < state.sites.size(); ++i) {
        site_by_id.emplace(state.sites[i].id, i);
    }
    services_of_site = Lists<std::uint32_t>(at_site);
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

void Snapshot::name_edition() {
    EditionDigest digest;
    const auto add_all = [&](const auto& rows, const auto& add_one) {
        digest.add(std::uint64_t{rows.size()});
        for (const auto& row : rows) {
            add_one(digest, row);
        }
    };
    for (const auto& part : fragments.digests()) {
        digest.add(std::string_view{reinterpret_cast<const char*>(part.data()), part.size()});
    }
    add_all(state.services, add_service);
    add_all(state.sites, add_site);
    add_all(state.organizations, add_organization);
    add_all(state.districts, add_district);
    add_all(state.cells, add_cell);
    add_all(state.needs, add_need);
    add_all(state.holidays, add_holiday);
    add_all(state.towns, add_town);
    add_all(state.lists, add_list);
    edition = digest.hex();
}

} // namespace shirube::directory
