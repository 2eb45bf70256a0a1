// Those missing from the protection council (要保護児童対策地域協議会): who runs consultation, alternative care or a
// base in a municipality and belongs to none of its councils.
#pragma once

#include "directory/network/network_view.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace shirube::directory {

struct CouncilMissing {
    std::uint32_t organization = k_no_index; ///< into Reader::organizations()
    std::vector<std::uint32_t> services;     ///< that it runs and for which it would belong there, by id
};

enum class CouncilKnown : std::uint8_t {
    told,       ///< a council stands, and its list names members
    no_members, ///< a council stands, and no row says who belongs to it
    no_council  ///< no row speaks of one that stands: whether there is one nobody knows
};
std::string_view code_of(CouncilKnown) noexcept;

struct CouncilGaps {
    std::string municipality;
    CouncilKnown known = CouncilKnown::no_council;
    std::vector<std::uint32_t> councils;            ///< into Network::nodes()
    std::uint32_t members = 0;                      ///< who belongs to one of them, however they are called
    std::uint32_t expected = 0;                     ///< organizations that would belong there
    std::vector<CouncilMissing> missing;            ///< by organization's id; empty unless `known` is told
    std::vector<std::uint32_t> run_by_nobody_known; ///< such services whose list does not say who runs them, and whose
                                                    ///< place is no member either
};

/// By municipality: those that ties speak of, or the scope's alone.
std::vector<CouncilGaps> council_gaps(const Reader& reader, const NetworkScope& scope);

} // namespace shirube::directory
