#include "directory/reader.hpp"

#include "directory/coverage/layer_children.hpp"
#include "directory/coverage/municipal_index.hpp"
#include "directory/snapshot/snapshot.hpp"
#include "directory/who_runs.hpp"
#include "geo/distance.hpp"

#include <algorithm>
#include <iterator>

namespace shirube::directory {

Reader::Reader(std::shared_ptr<const Snapshot> snapshot) noexcept : snapshot_(std::move(snapshot)) {}

Reader Reader::overlaid(State state) const { return Reader(Snapshot::over(snapshot_, std::move(state))); }

const std::string& Reader::edition() const noexcept { return snapshot_->edition; }
const Taxonomy& Reader::taxonomy() const noexcept { return snapshot_->taxonomy; }
const Audience& Reader::audience() const noexcept { return snapshot_->audience; }

namespace {

/// Rows of one kind of both parts.
template <class Row>
Rows<Row> rows_of(const Snapshot& snapshot, const std::vector<Row> Part::* rows, RowOrder RowOrders::* order) {
    const std::vector<Row>& base = (*snapshot.base).*rows;
    return snapshot.overlay == nullptr ? Rows<Row>(base)
                                       : Rows<Row>(base, snapshot.overlay->part.*rows, snapshot.overlay->orders.*order);
}

} // namespace

Rows<ServiceRow> Reader::services() const noexcept {
    return rows_of(*snapshot_, &Part::services, &RowOrders::services);
}
Rows<SiteRow> Reader::sites() const noexcept { return rows_of(*snapshot_, &Part::sites, &RowOrders::sites); }
Rows<OrganizationRow> Reader::organizations() const noexcept {
    return rows_of(*snapshot_, &Part::organizations, &RowOrders::organizations);
}
Rows<ListRow> Reader::lists() const noexcept { return rows_of(*snapshot_, &Part::lists, &RowOrders::lists); }
std::span<const DistrictRow> Reader::districts() const noexcept { return snapshot_->ground->districts; }
std::span<const CellRow> Reader::cells() const noexcept { return snapshot_->ground->cells; }
std::span<const AgeProfile> Reader::age_profiles() const noexcept { return snapshot_->ground->age_profiles; }
std::span<const TownReading> Reader::towns() const noexcept { return snapshot_->ground->towns; }
std::span<const NeedRow> Reader::needs() const noexcept { return snapshot_->needs->rows; }
std::span<const HolidayRow> Reader::holidays() const noexcept { return snapshot_->ground->holiday_rows; }
const MunicipalIndex& Reader::municipal_index() const {
    std::call_once(snapshot_->municipal_index_asked,
                   [&] { snapshot_->municipal_index = std::make_shared<const MunicipalIndex>(*this); });
    return *snapshot_->municipal_index;
}
const WhoRuns& Reader::who_runs() const {
    std::call_once(snapshot_->who_runs_asked, [&] { snapshot_->who_runs = std::make_shared<const WhoRuns>(*this); });
    return *snapshot_->who_runs;
}
const KeptCoverages& Reader::kept_coverages() const noexcept { return snapshot_->kept_coverages; }
const Network& Reader::network() const noexcept { return *snapshot_->network; }
std::span<const RelationRow> Reader::relations() const noexcept { return snapshot_->ties->relations; }
std::span<const ForumRow> Reader::forums() const noexcept { return snapshot_->ties->forums; }
std::span<const HelperCountRow> Reader::helper_counts() const noexcept { return snapshot_->ties->helper_counts; }
std::span<const LandmarkRow> Reader::landmarks() const noexcept { return snapshot_->ground->landmarks.rows(); }
const Holidays& Reader::calendar() const noexcept { return snapshot_->ground->holidays; }
std::span<const Layer> Reader::layers() const noexcept { return snapshot_->ground->layers; }

namespace {

/// In rows sorted by their ids.
template <class Row>
std::optional<std::uint32_t> place_of(std::span<const Row> rows, std::string_view id) {
    const auto found = std::ranges::lower_bound(rows, id, {}, [](const Row& row) { return std::string_view{row.id}; });
    return found == rows.end() || found->id != id ? std::nullopt
                                                  : std::optional(static_cast<std::uint32_t>(found - rows.begin()));
}

template <class Row>
const Row* find_by_id(const std::vector<Row>& rows, std::string_view id) {
    const auto place = place_of(std::span(rows), id);
    return place ? &rows[*place] : nullptr;
}

/// Of both parts. What is masked is not there, whatever stands for it.
template <class Row>
std::optional<std::uint32_t> index_of(const Snapshot& snapshot, const std::vector<Row> Part::* rows,
                                      RowOrder RowOrders::* order, std::string_view id) {
    const auto in_base = place_of(std::span((*snapshot.base).*rows), id);
    if (snapshot.overlay == nullptr) {
        return in_base;
    }
    const RowOrder& stands = snapshot.overlay->orders.*order;
    if (in_base && !stands.masked[*in_base]) {
        return in_base;
    }
    const auto own = place_of(std::span(snapshot.overlay->part.*rows), id);
    return own ? std::optional(stands.base_count + *own) : std::nullopt;
}

} // namespace

std::span<const OfferedPolicy> Reader::policies() const noexcept { return snapshot_->policies; }

const OfferedPolicy* Reader::find_policy(std::string_view id) const noexcept {
    const auto found = std::ranges::find(
        snapshot_->policies, id, [](const OfferedPolicy& offered) -> std::string_view { return offered.policy.id; });
    return found == snapshot_->policies.end() ? nullptr : &*found;
}

std::span<const std::shared_ptr<const MatchRules>> Reader::match_rules() const noexcept {
    return snapshot_->match_rules;
}

std::optional<std::uint32_t> Reader::find_service(std::string_view id) const {
    return index_of(*snapshot_, &Part::services, &RowOrders::services, id);
}

std::optional<std::uint32_t> Reader::find_site(std::string_view id) const {
    return index_of(*snapshot_, &Part::sites, &RowOrders::sites, id);
}

const MovedId* Reader::find_moved(std::string_view id) const { return find_by_id(snapshot_->former->moved, id); }

const EndedId* Reader::find_ended(std::string_view id) const { return find_by_id(snapshot_->former->ended, id); }
const EndedId* Reader::find_ended_site(std::string_view id) const {
    return find_by_id(snapshot_->former->ended_sites, id);
}

std::shared_ptr<const LayerChildren> Reader::children_of(const Layer& layer, const CountedChildren& counted) const {
    const Ground& ground = *snapshot_->ground;
    const auto place = static_cast<std::size_t>(&layer - ground.layers.data());
    return ground.kept_children.of(place, counted, [&] {
        return std::make_shared<const LayerChildren>(children_of_layer(*this, layer, counted));
    });
}
std::optional<geo::LonLat> Reader::label_point(std::uint32_t district) const {
    const Ground& ground = *snapshot_->ground;
    const auto& area = ground.districts[district].geometry;
    return area.empty() ? std::nullopt : std::optional(ground.kept_labels.of(district, area));
}
std::span<const geo::Box> Reader::cell_boxes() const noexcept { return snapshot_->ground->cell_boxes; }

std::span<const geo::CellShare> Reader::cell_shares(const Layer& layer, std::uint32_t cell) const {
    return snapshot_->ground->cell_shares[static_cast<std::size_t>(&layer - snapshot_->ground->layers.data())][cell];
}

namespace {

/// What each part has, `of(part)`, together.
template <class Of>
std::vector<std::uint32_t> of_both(const Snapshot& snapshot, Of&& of) {
    return snapshot.merged(of(*snapshot.base),
                           snapshot.overlay == nullptr ? std::span<const std::uint32_t>{} : of(snapshot.overlay->part));
}

} // namespace

std::vector<std::uint32_t> Reader::services_at(std::uint32_t site) const {
    return of_both(*snapshot_, [&](const Part& part) { return part.services_at(site); });
}

std::vector<std::uint32_t> Reader::services_in(std::uint32_t district) const {
    return of_both(*snapshot_, [&](const Part& part) { return part.services_of_district[district]; });
}

std::vector<std::uint32_t> Reader::located_services_of(ProgrammeIndex programme) const {
    return of_both(*snapshot_, [&](const Part& part) {
        return std::span<const std::uint32_t>(part.by_programme[programme].services);
    });
}

std::vector<std::uint32_t> Reader::unlocated_services() const {
    return of_both(*snapshot_, [&](const Part& part) { return std::span<const std::uint32_t>(part.unlocated); });
}

void Reader::add_services_within(ProgrammeIndex programme, geo::LonLat point, double radius_m,
                                 std::vector<NearService>& found) const {
    const geo::LocalMetric metric(point);
    const auto add = [&](const Part& part, const std::vector<bool>* masked) {
        const LocatedServices& tree = part.by_programme[programme];
        tree.points.for_each_within(metric, radius_m, [&](std::uint32_t item, double distance_m) {
            const auto service = tree.services[item];
            if (masked == nullptr || !(*masked)[service]) {
                found.push_back({part.first_service + service, distance_m});
            }
        });
    };
    if (snapshot_->overlay == nullptr) {
        add(*snapshot_->base, nullptr);
    } else {
        add(*snapshot_->base, &snapshot_->overlay->orders.services.masked);
        add(snapshot_->overlay->part, nullptr);
    }
}

std::vector<std::uint32_t> Reader::unlocated_services_of(std::span<const ProgrammeIndex> programmes) const {
    std::vector<bool> wanted(snapshot_->taxonomy.programmes().size());
    for (const auto programme : programmes) {
        wanted[programme] = true;
    }
    const auto chosen = [&](const Part& part) {
        std::vector<std::uint32_t> services;
        std::ranges::copy_if(part.unlocated, std::back_inserter(services),
                             [&](std::uint32_t service) { return wanted[part.columns.programme[service]]; });
        return services;
    };
    const auto of_base = chosen(*snapshot_->base);
    return snapshot_->merged(
        of_base, snapshot_->overlay == nullptr ? std::vector<std::uint32_t>{} : chosen(snapshot_->overlay->part));
}

std::uint32_t Reader::district_of_need(std::uint32_t need) const { return snapshot_->needs->districts[need]; }

std::span<const std::uint32_t> Reader::needs_of(std::uint32_t district) const {
    return snapshot_->needs->of_district[district];
}

const Layer* Reader::find_layer(std::string_view code) const {
    const auto found = std::ranges::find(snapshot_->ground->layers, code, &Layer::code);
    return found == snapshot_->ground->layers.end() ? nullptr : &*found;
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

std::vector<std::uint32_t> Reader::landmarks_called(std::string_view name) const {
    return snapshot_->ground->landmarks.called(name);
}

std::optional<NearLandmark> Reader::nearest_landmark(LandmarkKind kind, geo::LonLat point, double within_m) const {
    return snapshot_->ground->landmarks.nearest(kind, point, within_m);
}

std::vector<std::uint32_t> Reader::districts_within(const Layer& layer, geo::LonLat point, double radius_m) const {
    std::vector<std::uint32_t> found;
    for (const auto& index : snapshot_->ground->layer_indexes) {
        if (index.layer.code != layer.code) {
            continue;
        }
        index.areas.areas_within(point, radius_m, found);
        for (auto& area : found) {
            area += index.layer.first;
        }
    }
    return found;
}

std::vector<std::uint32_t> Reader::districts_at(const Layer& layer, geo::LonLat point) const {
    std::vector<std::uint32_t> found;
    for (const auto& index : snapshot_->ground->layer_indexes) {
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
    for (const auto& index : snapshot_->ground->layer_indexes) {
        add_memberships(snapshot_->ground->districts, index, place, scratch, found);
    }
    return found;
}

std::span<const Membership> Reader::memberships(std::uint32_t service) const {
    const auto [part, place] = snapshot_->kept(service);
    return part.memberships(place);
}

std::span<const std::uint32_t> Reader::serves(std::uint32_t service) const {
    const auto [part, place] = snapshot_->kept(service);
    return part.served[place];
}

std::span<const ScheduleRule> Reader::rules(std::uint32_t service) const {
    const auto [part, place] = snapshot_->kept(service);
    return part.columns.rules(place);
}

Status Reader::status_on(std::uint32_t service, Day day) const {
    const auto [part, place] = snapshot_->kept(service);
    return part.columns.status_on(place, day_number(day));
}

std::string_view Reader::feature_fragment(std::uint32_t service) const {
    const auto [part, place] = snapshot_->kept(service);
    return part.fragments.of(place);
}

std::string Reader::feature_for_staff(std::uint32_t service) const {
    if (snapshot_->audience.is_public()) {
        return {};
    }
    const auto [part, place] = snapshot_->kept(service);
    return staff_fragment(part.site_of(place), part.services[place]);
}

void Reader::fetch_ahead(std::span<const Hit> hits) const noexcept {
    // A long page would drive out what it asked for first before that is read.
    const auto near = hits.first(std::min<std::size_t>(hits.size(), 32));
    for (const auto& hit : near) {
        const auto [part, place] = snapshot_->kept(hit.service);
        part.fragments.fetch_place(place);
    }
    for (const auto& hit : near) {
        const auto [part, place] = snapshot_->kept(hit.service);
        part.fragments.fetch(place);
    }
}

} // namespace shirube::directory
