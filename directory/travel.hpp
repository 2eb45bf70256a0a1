// How fast people get about, wherever minutes are told without a road network: one definition.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace shirube::directory {

/// Roads are about this much longer than the straight line; stated with every way in minutes.
inline constexpr double k_detour = 1.3;
/// 80 m of road a minute (不動産の表示に関する公正競争規約施行規則), rounded up as there.
inline constexpr double k_walk_m_per_minute = 80;
/// 12 km/h, as the policies' way by bicycle.
inline constexpr double k_bicycle_m_per_minute = 200;
/// 24 km/h: a car in town, with its lights and its parking.
inline constexpr double k_car_m_per_minute = 400;

/// How a family gets about. Who is fetched cannot come alone: somebody has to bring them.
enum class TravelMode : std::uint8_t { walk, bicycle, car, fetched };
inline constexpr std::size_t k_travel_modes = 4;

struct TravelWords {
    TravelMode mode;
    std::string_view code;
    double m_per_minute; ///< of road
};
inline constexpr std::array<TravelWords, k_travel_modes> k_travel_words{
    {{TravelMode::walk, "walk", k_walk_m_per_minute},
     {TravelMode::bicycle, "bicycle", k_bicycle_m_per_minute},
     {TravelMode::car, "car", k_car_m_per_minute},
     {TravelMode::fetched, "fetched", k_car_m_per_minute}}};

[[nodiscard]] constexpr const TravelWords& words_of(TravelMode mode) noexcept {
    return k_travel_words[static_cast<std::size_t>(mode)];
}
[[nodiscard]] constexpr std::optional<TravelMode> parse_travel_mode(std::string_view code) noexcept {
    for (const auto& words : k_travel_words) {
        if (words.code == code) {
            return words.mode;
        }
    }
    return std::nullopt;
}

/// Whole minutes for a straight distance, at least 1.
[[nodiscard]] inline int travel_minutes(double distance_m, TravelMode mode) noexcept {
    return std::max(1, static_cast<int>(std::ceil(distance_m * k_detour / words_of(mode).m_per_minute)));
}

/// How far, in a straight line, one gets in so many minutes: travel_minutes() of a distance is at most `minutes` just
/// where it is at most this.
[[nodiscard]] inline double reach_m(int minutes, TravelMode mode) noexcept {
    return minutes * words_of(mode).m_per_minute / k_detour;
}

} // namespace shirube::directory
