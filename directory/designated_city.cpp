#include "directory/designated_city.hpp"

#include <algorithm>
#include <array>

namespace shirube::directory {

namespace {

/// 地方自治法第252条の19第1項の指定都市, by JIS X 0402 code; wards follow their city's code within its prefecture.
constexpr std::array<std::string_view, 20> k_cities{"01100", "04100", "11100", "12100", "14100", "14130", "14150",
                                                    "15100", "22100", "22130", "23100", "26100", "27100", "27140",
                                                    "28100", "33100", "34100", "40100", "40130", "43100"};

} // namespace

std::string_view designated_city_of(std::string_view municipality) noexcept {
    constexpr char ward = '1'; // the third digit of wards and of their cities; 2 is a city, 3 and more a town
    if (municipality.size() != 5 || municipality[2] != ward) {
        return municipality;
    }
    const auto after = std::ranges::upper_bound(k_cities, municipality);
    if (after == k_cities.begin()) {
        return municipality;
    }
    const std::string_view city = *std::prev(after);
    return city.substr(0, 2) == municipality.substr(0, 2) ? city : municipality;
}

bool lies_in(std::string_view municipality, std::string_view area) noexcept {
    constexpr std::size_t k_prefecture_digits = 2;
    return !municipality.empty() && (area == municipality || area == designated_city_of(municipality) ||
                                     (area.size() == k_prefecture_digits && municipality.starts_with(area)));
}

} // namespace shirube::directory
