#include "directory/whose_service.hpp"

#include "directory/designated_city.hpp"

#include <algorithm>

namespace shirube::directory {

bool is_of(std::string_view municipality, std::string_view lies, const ServiceRow& service,
           std::span<const std::uint32_t> served, std::span<const DistrictRow> districts) {
    if (!lies.empty()) {
        return designated_city_of(lies) == municipality;
    }
    const auto is_here = [&](std::string_view area) { return designated_city_of(area) == municipality; };
    return std::ranges::any_of(service.serves, is_here) ||
           std::ranges::any_of(served, [&](std::uint32_t index) { return is_here(districts[index].municipality); });
}

} // namespace shirube::directory
