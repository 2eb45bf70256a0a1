// Bases left alone: without a certified place to be or a children's cafeteria linked to them or within reach; and the
// reverse. A base that nobody works with wears out.
#pragma once

#include "directory/network/network_view.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace shirube::directory {

inline constexpr double k_usual_reach_m = 1200; ///< fifteen minutes on foot

enum class Company : std::uint8_t {
    linked, ///< a tie leads to one, or one organization runs both; of an organization that runs several, none is meant
    near,   ///< none is linked, and one lies within reach, wherever each of them stands in the circle it is known by
    alone,  ///< lists speak of ties and of such places here, and there is neither, nor may one lie within reach
    unknown ///< no list does, or nobody knows where it lies, or not well enough to say whether one lies within reach
};
std::string_view code_of(Company) noexcept;

struct Companion {
    std::uint32_t service = 0; ///< into Reader::services()
    Company company = Company::unknown;
    std::uint32_t linked = k_no_index;  ///< the one linked to it, the nearest where distances are known; none where the
                                        ///< tie leads to an organization that runs several
    std::uint32_t nearest = k_no_index; ///< the nearest surely within reach, else the nearest that may be
    std::optional<double> nearest_m{};  ///< of `nearest`, between the points that are known
};

struct LoneBases {
    std::vector<Companion> bases;  ///< in the order of their ids
    std::vector<Companion> places; ///< certified places and cafeterias, whether a base is with them
};

/// Bases are 児童育成支援拠点, 地域子育て支援拠点 and 子ども第三の居場所; places are 認定居場所 and こども食堂.
/// A place known roughly (SiteRow::accuracy_m) may stand anywhere in its circle. Ties count whatever their kind, see
/// of_all_kinds.
/// \param reach_m metres in a straight line
LoneBases lone_bases(const Reader& reader, const NetworkScope& scope, double reach_m = k_usual_reach_m);

/// How many of them are in such company.
std::uint32_t count_of(const std::vector<Companion>& of, Company company);

} // namespace shirube::directory
