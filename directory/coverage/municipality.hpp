// The municipalities an edition speaks of, and how a service stands to one: its own, or a neighbour's that its
// residents may use.
#pragma once

#include "directory/reader.hpp"
#include "directory/schedule.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::directory {

struct Municipality {
    std::string code;                  ///< 5 digits; wards of a designated city are the city
    std::string name;                  ///< as lists write it; empty where none does
    std::uint32_t region = k_no_index; ///< the first district of layer ken_iki that holds it, into Reader::districts()
    /// Every region that holds it: it is of several, by purpose. What a region is for stands in its name, or in its
    /// layer's code (ken_iki_…).
    std::vector<std::uint32_t> regions{};
};

/// Of which there is a district, a place with a service, or a claim of a list; by code. With regions where a layer
/// ken_iki is drawn.
std::vector<Municipality> municipalities_of(const Reader& reader);

/// How a service stands to a municipality.
enum class ServiceFor : std::uint8_t {
    others, ///< it lies elsewhere and says nothing of this one's residents
    across, ///< it lies elsewhere, and residents may use it (利用可能住民, 対象区域)
    own     ///< see directory/whose_service.hpp
};

/// \param municipality a code of municipalities_of()
ServiceFor stands_to(const Reader& reader, std::uint32_t service, std::string_view municipality);

/// Whether a service stood on a day: surely where a list confirms it, maybe where none does. One that states no first
/// day may not have stood yet in a year (from 1 April) before its list's.
Openness stood_on(const Reader& reader, std::uint32_t service, Day day);

/// The programme by which tables count: kinds of a programme (小型児童館) count as it.
ProgrammeIndex counted_as(const Taxonomy& taxonomy, ProgrammeIndex programme);

/// Those programmes that the audience may see, by family, in the taxonomy's order. Not who could host one some day
/// (担い手): that is no help yet.
std::vector<ProgrammeIndex> counted_programmes(const Reader& reader);

} // namespace shirube::directory
