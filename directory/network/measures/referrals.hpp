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
    comes,  ///< the other refers too (and does not only say that it told nobody), or tells how it went on
    none,   ///< it does neither: every row says that nothing was fed back
    unknown ///< it does not refer, and whether it tells nobody says
};
std::string_view code_of(WayBack) noexcept;

/// All that one refers to another, and what is counted of its latest period: years are never added up.
struct ReferralPair {
    std::uint32_t from = 0; ///< into Network::nodes()
    std::uint32_t to = 0;
    std::vector<std::uint32_t> edges; ///< into Network::edges(), of every period
    std::string period;               ///< the latest, see period_key(); empty: no row states one
    ReferralSums sums;                ///< of the rows of `period` alone
    WayBack back = WayBack::unknown;  ///< by the latest period each way
};

/// What is counted of one period, however its rows write it.
struct ReferralPeriod {
    std::string period; ///< as the first of its rows writes it; empty: not stated
    ReferralSums sums;
};

struct Referrals {
    std::vector<ReferralPeriod> periods; ///< by period_key()
    std::vector<ReferralPair> pairs;     ///< by from, to
    std::uint32_t one_way = 0;           ///< pairs where nothing comes back
    std::uint32_t unknown = 0;           ///< pairs of which nobody knows
};

/// Whatever kinds of ties the scope asks for, see of_all_kinds.
Referrals referrals(const Reader& reader, const NetworkScope& scope);

} // namespace shirube::directory
