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
void keep_own_municipality(std::span<const DistrictRow> districts, const Layer& layer, const SiteRow& site,
                           std::vector<std::uint32_t>& touched) {
    if (site.municipality.empty()) {
        return;
    }
    std::erase_if(touched, [&](std::uint32_t place) {
        const std::string& municipality = districts[layer.first + place].municipality;
        return !municipality.empty() && !lies_in(site.municipality, municipality) &&
               !lies_in(municipality, site.municipality);
    });
}

class ServedDistricts {
  public:
    explicit ServedDistricts(std::span<const DistrictRow> districts) : districts_(districts) {
        for (std::uint32_t i = 0; i < districts.size(); ++i) {
            const auto& district = districts[i];
            by_code_.emplace(district.layer + ":" + district.code, i);
            by_name_.emplace(district.layer + ":" + fold(district.name), i);
            by_municipality_[district.municipality].push_back(i);
        }
    }

    void add(const std::string& entry, const std::string& municipality, std::vector<std::uint32_t>& out) const {
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
        for (auto it = first; it != last; ++it) {
            if (districts_[it->second].municipality == municipality || std::next(first) == last) {
                out.push_back(it->second);
            }
        }
    }

  private:
    std::span<const DistrictRow> districts_;
    std::unordered_map<std::string, std::uint32_t> by_code_;
    std::multimap<std::string, std::uint32_t> by_name_;
    std::unordered_map<std::string, std::vector<std::uint32_t>> by_municipality_;
};

} // namespace

std::vector<LayerIndex> index_layers(std::span<const DistrictRow> districts) {
    std::vector<LayerIndex> layers;
    for (std::uint32_t i = 0; i < districts.size(); ++i) {
        if (layers.empty() || layers.back().layer.code != districts[i].layer) {
            layers.push_back({{districts[i].layer, i, 0}, {}, {}});
        }
        ++layers.back().layer.count;
    }
    for (auto& index : layers) {
        std::vector<geo::MultiPolygon> areas;
        areas.reserve(index.layer.count);
        for (std::uint32_t i = 0; i < index.layer.count; ++i) {
            areas.push_back(districts[index.layer.first + i].geometry);
        }
        index.areas = geo::AreaIndex(areas);
        index.addresses = AddressBook(districts, index.layer);
    }
    return layers;
}

void add_memberships(std::span<const DistrictRow> districts, const LayerIndex& index, const SiteRow& site,
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
        keep_own_municipality(districts, index.layer, site, scratch);
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

Lists<Membership> site_memberships(std::span<const SiteRow> sites, std::span<const DistrictRow> districts,
                                   std::span<const LayerIndex> layers) {
    Lists<Membership> by_site;
    std::vector<Membership> of_site;
    std::vector<std::uint32_t> scratch;
    for (const auto& site : sites) {
        of_site.clear();
        for (const auto& index : layers) {
            add_memberships(districts, index, site, scratch, of_site);
        }
        by_site.append(of_site);
    }
    return by_site;
}

Lists<std::uint32_t> served_districts(std::span<const ServiceRow> services, std::span<const DistrictRow> districts,
                                      const std::function<const std::string&(std::uint32_t)>& municipality_of) {
    std::vector<std::vector<std::uint32_t>> by_service(services.size());
    const bool any = std::ranges::any_of(services, [](const auto& service) { return !service.serves.empty(); });
    if (any) {
        const ServedDistricts served(districts);
        for (std::size_t i = 0; i < services.size(); ++i) {
            for (const auto& entry : services[i].serves) {
                served.add(entry, municipality_of(services[i].site), by_service[i]);
            }
            std::ranges::sort(by_service[i]);
            const auto [first, last] = std::ranges::unique(by_service[i]);
            by_service[i].erase(first, last);
        }
    }
    return Lists<std::uint32_t>(by_service);
}

} // namespace shirube::directory
