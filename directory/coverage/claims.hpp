// What the lists say they cover: whether anything is known, and whether absence is.
#pragma once

#include "directory/coverage/layer_municipalities.hpp"
#include "directory/policy.hpp"
#include "directory/reader.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace shirube::directory {

/// What the lists know of a policy's programmes in one municipality.
struct ListCover {
    bool any = false;           ///< some list speaks of one of the programmes
    bool absence_known = false; ///< complete lists in force speak for every standing programme
    bool partial = false;       ///< a list that is not complete is among them
    bool expired = false;       ///< a complete list was too old to speak for absence
    bool later = false;         ///< a list is of a later fiscal year: of the day itself it does not speak
    bool undated = false;       ///< a complete list has no date: it is taken as in force, and said so
};

class Claims {
  public:
    Claims(const Reader& reader, const Policy& policy, const LayerMunicipalities& municipalities, Day day);

    /// \param municipality a place in the municipalities
    [[nodiscard]] const ListCover& in(std::uint32_t municipality) const { return by_municipality_[municipality]; }

    /// The lists that speak of the policy's programmes anywhere, in the order of Reader::lists().
    [[nodiscard]] const std::vector<std::uint32_t>& lists() const noexcept { return lists_; }

  private:
    std::vector<ListCover> by_municipality_;
    std::vector<std::uint32_t> lists_;
};

/// The last day a date of any precision can mean: "2011" is 2011-12-31, "2011-10" is 2011-10-31.
std::optional<Day> end_of_date(std::string_view text);

} // namespace shirube::directory
