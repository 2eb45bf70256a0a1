#include "directory/reader.hpp"

#include "directory/snapshot/snapshot.hpp"
#include "geo/distance.hpp"

#include <algorithm>

namespace shirube::directory {

Reader::Reader(std::shared_ptr<const Snapshot> snapshot) noexcept : snapshot_(std::move(snapshot)) {}

const std::string& Reader::edition() const noexcept { return snapshot_->edition; }
const Taxonomy& Reader::taxonomy() const noexcept { return snapshot_->taxonomy; }
const Audience& Reader::audience() const noexcept { return snapshot_->state.audience; }
std::span<const ServiceRow> Reader::services() const noexcept { return snapshot_->state.services; }
std::span<const SiteRow> Reader::sites() const noexcept { return snapshot_->state.sites; }
std::span<const OrganizationRow> Reader::organizations() const noexcept { return snapshot_->state.organizations; }
Rows<ListRow> Reader::lists() const noexcept { return Rows<ListRow>(snapshot_->state.lists); }
std::span<const DistrictRow> Reader::districts() const noexcept { return snapshot_->state.districts; }
std::span<const CellRow> Reader::cells() const noexcept { return snapshot_->state.cells; }
std::span<const AgeProfile> Reader::age_profiles() const noexcept { return snapshot_->state.age_profiles; }
std::span<const TownReading> Reader::towns() const noexcept { return snapshot_->state.towns; }
std::span<const NeedRow> Reader::needs() const noexcept { return snapshot_->state.needs; }
std::span<const HolidayRow> Reader::holidays() const noexcept { return snapshot_->state.holidays; }
std::span<const Layer> Reader::layers() const noexcept { return snapshot_->layers; }

namespace {

/// In rows sorted by their ids.
template <class Row>
std::optional<std::uint32_t> place_of(const std::vector<Row>& rows, std::string_view id) {
    const auto found = std::ranges::lower_bound(rows, id, {}, [](const Row& row) { return std::string_view{row.id}; });
    return found == rows.end() || found->id != id ? std::nullopt
                                                  : std::optional(static_cast<std::uint32_t>(found - rows.begin()));
}

template <class Row>
const Row* find_by_id(const std::vector<Row>& rows, std::string_view id) {
    const auto place = place_of(rows, id);
    return place ? &rows[*place] : nullptr;
}

} // namespace

std::optional<std::uint32_t> Reader::find_service(std::string_view id) const {
    return place_of(snapshot_->state.services, id);
}

std::optional<std::uint32_t> Reader::find_site(std::string_view id) const {
    return place_of(snapshot_->state.sites, id);
}

const MovedId* Reader::find_moved(std::string_view id) const { return find_by_id(snapshot_->state.moved, id); }

const EndedId* Reader::find_ended(std::string_view id) const { return find_by_id(snapshot_->state.ended, id); }
const EndedId* Reader::find_ended_site(std::string_view id) const {
    return find_by_id(snapshot_->state.ended_sites, id);
}

std::span<const geo::Box> Reader::cell_boxes() const noexcept { return snapshot_->cell_boxes; }

std::span<const geo::CellShare> Reader::cell_shares(const Layer& layer, std::uint32_t cell) const {
    return snapshot_->cell_shares[static_cast<std::size_t>(&layer - snapshot_->layers.data())][cell];
}

std::span<const std::uint32_t> Reader::services_at(std::uint32_t site) const {
    return snapshot_->services_of_site[site];
}

std::span<const std::uint32_t> Reader::services_in(std::uint32_t district) const {
    return snapshot_->services_of_district[district];
}

std::vector<std::uint32_t> Reader::located_services_of(ProgrammeIndex programme) const {
    return snapshot_->by_programme[programme].services;
}

std::vector<std::uint32_t> Reader::unlocated_services() const { return snapshot_->unlocated; }

std::optional<double> Reader::nearest_m(ProgrammeIndex programme, geo::LonLat from, double at_most_m,
                                        const std::function<bool(std::uint32_t)>& accept) const {
    thread_local std::vector<geo::Neighbour> nearest;
    const LocatedServices& tree = snapshot_->by_programme[programme];
    tree.points.nearest(
        from, 1, std::min(at_most_m, geo::LocalMetric::k_reach_m),
        [&](std::uint32_t item) { return accept(tree.services[item]); }, nearest);
    return nearest.empty() ? std::nullopt : std::optional(nearest.front().distance_m);
}

std::uint32_t Reader::district_of_need(std::uint32_t need) const { return snapshot_->need_districts[need]; }

std::span<const std::uint32_t> Reader::needs_of(std::uint32_t district) const {
    return snapshot_->needs_of_district[district];
}

const Layer* Reader::find_layer(std::string_view code) const {
    const auto found = std::ranges::find(snapshot_->layers, code, &Layer::code);
    return found == snapshot_->layers.end() ? nullptr : &*found;
}

std::optional<std::uint32_t> Reader::find_district(std::string_view layer_code, std::string_view code) const {
    const Layer* layer = find_layer(layer_code);
    if (layer == nullptr) {
        return std::nullopt;
    }
    const auto of_layer = districts().subspan(layer->first, layer->count);
    const auto found = std::ranges::lower_bound(
        of_layer, code, {}, [](const DistrictRow& district) { return std::string_view{district.code}; });
    if (found == of_layer.end() || found->code != code) {
        return std::nullopt;
    }
    return layer->first + static_cast<std::uint32_t>(found - of_layer.begin());
}

std::vector<std::uint32_t> Reader::districts_at(const Layer& layer, geo::LonLat point) const {
    std::vector<std::uint32_t> found;
    for (const auto& index : snapshot_->layer_indexes) {
        if (index.layer.code != layer.code) {
            continue;
        }
        index.areas.areas_at(point, found);
        for (auto& area : found) {
            area += index.layer.first;
        }
    }
    return found;
}

std::vector<Membership> Reader::memberships_of(const SiteRow& place) const {
    std::vector<std::uint32_t> scratch;
    std::vector<Membership> found;
    for (const auto& index : snapshot_->layer_indexes) {
        add_memberships(snapshot_->state, index, place, scratch, found);
    }
    return found;
}

std::span<const Membership> Reader::memberships(std::uint32_t service) const {
    return snapshot_->memberships[snapshot_->state.services[service].site];
}

std::span<const std::uint32_t> Reader::serves(std::uint32_t service) const { return snapshot_->served[service]; }

std::span<const ScheduleRule> Reader::rules(std::uint32_t service) const { return snapshot_->columns.rules(service); }

Status Reader::status_on(std::uint32_t service, Day day) const {
    return snapshot_->columns.status_on(service, day_number(day));
}

std::string_view Reader::feature_fragment(std::uint32_t service) const { return snapshot_->fragments.of(service); }

void Reader::fetch_ahead(std::span<const Hit> hits) const noexcept {
    // A long page would drive out what it asked for first before that is read.
    const auto near = hits.first(std::min<std::size_t>(hits.size(), 32));
    for (const auto& hit : near) {
        snapshot_->fragments.fetch_place(hit.service);
    }
    for (const auto& hit : near) {
        snapshot_->fragments.fetch(hit.service);
    }
}

} // namespace shirube::directory
