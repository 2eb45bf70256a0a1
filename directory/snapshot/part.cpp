#include "directory/snapshot/part.hpp"

#include "directory/fold.hpp"
#include "directory/text_order.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace shirube::directory {

namespace {

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

template <class Row>
std::uint32_t first_after(const Part* below, const std::vector<Row> Part::* rows) {
    return below == nullptr ? 0 : static_cast<std::uint32_t>((below->*rows).size());
}

} // namespace

Part::Part(PartRows rows, std::shared_ptr<const Part> lower)
    : below(std::move(lower)),
      lists(std::move(rows.lists)),
      organizations(std::move(rows.organizations)),
      sites(std::move(rows.sites)),
      services(std::move(rows.services)),
      first_list(first_after(below.get(), &Part::lists)),
      first_organization(first_after(below.get(), &Part::organizations)),
      first_site(first_after(below.get(), &Part::sites)),
      first_service(first_after(below.get(), &Part::services)),
      columns(services) {}

void Part::index_places(const Taxonomy& taxonomy, const Ground& ground) {
    index_positions(taxonomy);
    index_districts(ground);
    fragments = Fragments(*this, taxonomy, ground.districts);
}

LocatedServices Part::index_points(std::vector<std::uint32_t> chosen) const {
    std::vector<geo::LonLat> points;
    points.reserve(chosen.size());
    for (const auto service : chosen) {
        points.push_back(*site_of(service).position);
    }
    return {std::move(chosen), geo::PointIndex(points)};
}

void Part::index_positions(const Taxonomy& taxonomy) {
    std::vector<std::uint32_t> all;
    std::vector<std::vector<std::uint32_t>> programmes(taxonomy.programmes().size());
    std::vector<std::uint32_t> site_of_service;
    site_of_service.reserve(services.size());
    has_position.reserve(services.size());
    for (std::uint32_t i = 0; i < services.size(); ++i) {
        site_of_service.push_back(services[i].site);
        has_position.push_back(site_of(i).position ? 1 : 0);
        if (has_position.back() == 0) {
            unlocated.push_back(i);
            continue;
        }
        all.push_back(i);
        programmes[services[i].programme].push_back(i);
    }
    if (below == nullptr) {
        services_of_site_ = Lists<std::uint32_t>::by_key(sites.size(), site_of_service);
    } else {
        services_by_site_.resize(services.size());
        std::iota(services_by_site_.begin(), services_by_site_.end(), 0U);
        std::ranges::stable_sort(services_by_site_, {}, [&](std::uint32_t i) { return services[i].site; });
    }
    located = index_points(std::move(all));
    by_programme.reserve(programmes.size());
    for (auto& of : programmes) {
        by_programme.push_back(index_points(std::move(of)));
    }
}

std::span<const std::uint32_t> Part::services_at(std::uint32_t index) const {
    if (below == nullptr) {
        return index < sites.size() ? services_of_site_[index] : std::span<const std::uint32_t>{};
    }
    const auto found = std::ranges::equal_range(services_by_site_, index, {},
                                                [&](std::uint32_t service) { return services[service].site; });
    return {found.begin(), found.end()};
}

void Part::index_words() {
    FoldOnce shared;
    std::vector<std::string> names;
    names.reserve(sites.size());
    std::vector<std::string> places;
    places.reserve(sites.size());
    for (const auto& site : sites) {
        names.push_back(fold(site.name));
        places.push_back(fold(site.address));
    }
    std::vector<std::string_view> name_of_service;
    name_of_service.reserve(services.size());
    for (const auto& service : services) {
        const SiteRow& at = site(service.site);
        const bool is_own = service.site >= first_site;
        const std::string_view name = is_own ? names[service.site - first_site] : shared(at.name);
        name_of_service.push_back(name);
        text.add(
            {name, at.kana.empty() ? std::string_view{} : std::string_view{fold(at.kana)},
             service.organization == k_no_index ? std::string_view{} : shared(organization(service.organization).name),
             is_own ? places[service.site - first_site] : shared(at.address), shared(at.municipality_name)});
    }
    text.build();

    const std::vector<std::uint32_t> order = text_order(name_of_service);
    columns.name_rank.resize(order.size());
    for (std::uint32_t rank = 0; rank < order.size(); ++rank) {
        columns.name_rank[order[rank]] = rank;
    }
}

void Part::index_districts(const Ground& ground) {
    site_memberships = directory::site_memberships(sites, ground.districts, ground.layer_indexes);
    served = served_districts(services, ground.districts,
                              [&](std::uint32_t index) -> const std::string& { return site(index).municipality; });
    std::vector<std::vector<std::uint32_t>> in_district(ground.districts.size());
    for (std::uint32_t i = 0; i < services.size(); ++i) {
        for (const auto& membership : memberships(i)) {
            in_district[membership.district].push_back(i);
        }
    }
    services_of_district = Lists<std::uint32_t>(in_district);
}

} // namespace shirube::directory
