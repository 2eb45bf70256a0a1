// Referrals counted three ways (told, linked, fed back), and where nothing comes back.
#pragma once

#include "directory/network/network_view.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::directory {

/// A sum of what is known, and of how many rows nobody knows.
struct KnownSum {
    std::optional<std::int64_t> sum; ///< empty: no row tells
    std::uint32_t known = 0;         ///< rows that tell
    std::uint32_t unknown = 0;       ///< rows that do not

    void add(const std::optional<std::int64_t>& count);
    friend bool operator==(const KnownSum&, const KnownSum&) = default;
};

struct ReferralSums {
    KnownSum informed;
    KnownSum linked;
    KnownSum fed_back;
    friend bool operator==(const ReferralSums&, const ReferralSums&) = default;
};

enum class WayBack : std::uint8_t {
    comes,  ///< the other refers too, or tells how it went on
    none,   ///< it does neither: every row says that nothing was fed back
    unknown ///< it does not refer, and whether it tells nobody says
};
std::string_view code_of(WayBack) noexcept;

/// All that one refers to another.
struct ReferralPair {
    std::uint32_t from = 0; ///< into Network::nodes()
    std::uint32_t to = 0;
    std::vector<std::uint32_t> edges; ///< into Network::edges()
    ReferralSums sums;
    WayBack back = WayBack::unknown;
};

/// What is counted of one period, as its rows write it: years are never added up.
struct ReferralPeriod {
    std::string period; ///< empty: not stated
    ReferralSums sums;
};

struct Referrals {
    std::vector<ReferralPeriod> periods; ///< by their text
    std::vector<ReferralPair> pairs;     ///< by from, to
    std::uint32_t one_way = 0;           ///< pairs where nothing comes back
    std::uint32_t unknown = 0;           ///< pairs of which nobody knows
};

Referrals referrals(const Reader& reader, const NetworkScope& scope);

} // namespace shirube::directory
