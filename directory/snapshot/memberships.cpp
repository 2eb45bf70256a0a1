#include "directory/snapshot/memberships.hpp"

#include "directory/designated_city.hpp"
#include "directory/fold.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>

namespace shirube::directory {

namespace {

/// A place known by its town lies in no other municipality, however far the circle around its town reaches. One of
/// unknown municipality may lie in all that the circle touches.
void keep_own_municipality(const State& state, const Layer& layer, const SiteRow& site,
                           std::vector<std::uint32_t>& touched) {
    if (site.municipality.empty()) {
        return;
    }
    std::erase_if(touched, [&](std::uint32_t place) {
        const std::string& municipality = state.districts[layer.first + place].municipality;
        return !municipality.empty() && !lies_in(site.municipality, municipality) &&
               !lies_in(municipality, site.municipality);
    });
}

class ServedDistricts {
  public:
    explicit ServedDistricts(const State& state) : state_(state) {
        for (std::uint32_t i = 0; i < state.districts.size(); ++i) {
            const auto& district = state.districts[i];
            by_code_.emplace(district.layer + ":" + district.code, i);
            by_name_.emplace(district.layer + ":" + fold(district.name), i);
            by_municipality_[district.municipality].push_back(i);
        }
    }

    void add(const ServiceRow& service, const std::string& entry, std::vector<std::uint32_t>& out) const {
        if (const auto found = by_municipality_.find(entry); found != by_municipality_.end()) {
            out.insert(out.end(), found->second.begin(), found->second.end());
            return;
        }
        if (const auto found = by_code_.find(entry); found != by_code_.end()) {
            out.push_back(found->second);
            return;
        }
        const auto colon = entry.find(':');
        if (colon == std::string::npos) {
            return;
        }
        // 第一中学校 recurs across wards: of several districts of the name the service's own municipality decides.
        const auto [first, last] =
            by_name_.equal_range(entry.substr(0, colon + 1) + fold(std::string_view{entry}.substr(colon + 1)));
        const auto& municipality = service.site == k_no_index ? std::string{} : state_.sites[service.site].municipality;
        for (auto it = first; it != last; ++it) {
            if (state_.districts[it->second].municipality == municipality || std::next(first) == last) {
                out.push_back(it->second);
            }
        }
    }

  private:
    const State& state_;
    std::unordered_map<std::string, std::uint32_t> by_code_;
    std::multimap<std::string, std::uint32_t> by_name_;
    std::unordered_map<std::string, std::vector<std::uint32_t>> by_municipality_;
};

} // namespace

std::vector<LayerIndex> index_layers(const State& state) {
    std::vector<LayerIndex> layers;
    for (std::uint32_t i = 0; i < state.districts.size(); ++i) {
        if (layers.empty() || layers.back().layer.code != state.districts[i].layer) {
            layers.push_back({{state.districts[i].layer, i, 0}, {}, {}});
        }
        ++layers.back().layer.count;
    }
    for (auto& index : layers) {
        std::vector<geo::MultiPolygon> areas;
        areas.reserve(index.layer.count);
        for (std::uint32_t i = 0; i < index.layer.count; ++i) {
            areas.push_back(state.districts[index.layer.first + i].geometry);
        }
        index.areas = geo::AreaIndex(areas);
        index.addresses = AddressBook(state, index.layer);
    }
    return layers;
}

void add_memberships(const State& state, const LayerIndex& index, const SiteRow& site,
                     std::vector<std::uint32_t>& scratch, std::vector<Membership>& out) {
    if (const auto by_address = index.addresses.districts_of(site); !by_address.empty()) {
        out.insert(out.end(), by_address.begin(), by_address.end());
        return;
    }
    if (!site.position) {
        return;
    }
    const bool is_area = site.accuracy_m && *site.accuracy_m > 0;
    if (is_area) {
        index.areas.areas_within(*site.position, *site.accuracy_m, scratch);
        keep_own_municipality(state, index.layer, site, scratch);
    } else {
        index.areas.areas_at(*site.position, scratch);
    }
    // A circle within which no other district of its municipality lies; where it reaches is the sea, or the
    // neighbours'.
    const bool sure = !is_area || (scratch.size() == 1 && !site.municipality.empty());
    for (const auto place : scratch) {
        out.push_back({index.layer.first + place, sure});
    }
}

Lists<Membership> site_memberships(const State& state, std::span<const LayerIndex> layers) {
    Lists<Membership> by_site;
    std::vector<Membership> of_site;
    std::vector<std::uint32_t> scratch;
    for (const auto& site : state.sites) {
        of_site.clear();
        for (const auto& index : layers) {
            add_memberships(state, index, site, scratch, of_site);
        }
        by_site.append(of_site);
    }
    return by_site;
}

Lists<std::uint32_t> served_districts(const State& state) {
    std::vector<std::vector<std::uint32_t>> by_service(state.services.size());
    const bool any = std::ranges::any_of(state.services, [](const auto& service) { return !service.serves.empty(); });
    if (any) {
        const ServedDistricts served(state);
        for (std::size_t i = 0; i < state.services.size(); ++i) {
            for (const auto& entry : state.services[i].serves) {
                served.add(state.services[i], entry, by_service[i]);
            }
            std::ranges::sort(by_service[i]);
            const auto [first, last] = std::ranges::unique(by_service[i]);
            by_service[i].erase(first, last);
        }
    }
    return Lists<std::uint32_t>(by_service);
}

} // namespace shirube::directory
