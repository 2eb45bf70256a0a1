#include "directory/coverage/municipal_index.hpp"

#include "directory/designated_city.hpp"

#include <algorithm>
#include <cassert>
#include <string>
#include <unordered_map>

namespace shirube::directory {

MunicipalIndex::MunicipalIndex(const Reader& reader)
    : municipalities_(municipalities_of(reader)), services_(municipalities_.size()) {
    std::unordered_map<std::string_view, std::size_t> places;
    for (std::size_t i = 0; i < municipalities_.size(); ++i) {
        places.emplace(municipalities_[i].code, i);
    }
    const auto services = reader.services();
    const auto sites = reader.sites();
    for (const std::uint32_t service : services.indices()) {
        const ServiceRow& row = services[service];
        const std::string_view lies =
            row.site == k_no_index ? std::string_view{} : std::string_view{sites[row.site].municipality};
        if (!lies.empty() && row.usable_by.empty() && row.serves.empty()) { // most are like this
            if (const auto found = places.find(designated_city_of(lies)); found != places.end()) {
                services_[found->second].push_back({service, true});
            }
            continue;
        }
        for (std::size_t i = 0; i < municipalities_.size(); ++i) {
            const ServiceFor stands = stands_to(reader, service, municipalities_[i].code);
            if (stands != ServiceFor::others) {
                services_[i].push_back({service, stands == ServiceFor::own});
            }
        }
    }
}

const Municipality* MunicipalIndex::with_most_services() const {
    const Municipality* most = nullptr;
    std::ptrdiff_t count = 0;
    for (std::size_t i = 0; i < municipalities_.size(); ++i) {
        const auto own = std::ranges::count(services_[i], true, &MunicipalService::is_own);
        if (own > count) {
            count = own;
            most = &municipalities_[i];
        }
    }
    return most;
}

const Municipality* MunicipalIndex::find(std::string_view code) const {
    const std::string_view city = designated_city_of(code);
    const auto found = std::ranges::lower_bound(municipalities_, city, {},
                                                [](const Municipality& one) -> std::string_view { return one.code; });
    return found == municipalities_.end() || found->code != city ? nullptr : &*found;
}

std::size_t MunicipalIndex::place_of(const Municipality& municipality) const {
    const Municipality* found = find(municipality.code);
    assert(found != nullptr);
    return static_cast<std::size_t>(found - municipalities_.data());
}

} // namespace shirube::directory
