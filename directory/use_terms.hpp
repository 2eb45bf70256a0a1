// On what terms residents of a municipality use a service (広域利用の条件): which of the stated terms are theirs, on
// which days they may come, and by which contract.
#pragma once

#include "directory/schedule.hpp"
#include "directory/state.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace shirube::directory {

/// How many by Contract; unknown where the list states none.
using CountsByContract = std::array<std::uint16_t, static_cast<std::size_t>(Contract::independent) + 1>;

/// The place, in `terms`, of those for residents of `municipality`: stated for it, for the city of its ward or for its
/// prefecture; else for the only one of a city's wards that has any. Nothing where none are stated.
std::optional<std::size_t> terms_for(std::span<const UseTerms> terms, std::string_view municipality);

/// The days of the week on which residents of `municipality` may come. Where the terms name none, every one: what is
/// not stated limits nothing. \param municipality empty: nobody's residents were asked about
WeekdayMask days_for(std::span<const UseTerms> terms, std::string_view municipality);

/// What a service costs, and a list's own words for it.
struct Price {
    Fee fee = Fee::unknown;
    std::string_view text;
};

/// What residents of `municipality` pay: as the terms for them state, else as everybody.
/// \param municipality empty: nobody's residents were asked about. Refers to the row.
Price price_for(const ServiceRow& service, std::string_view municipality);

/// The contract of the terms for residents of `municipality`; unknown where nobody states it.
Contract contract_for(std::span<const UseTerms> terms, std::string_view municipality);

/// Whether the terms for residents of `municipality` state this contract; a contract that is not stated is none.
bool states_contract(std::span<const UseTerms> terms, std::string_view municipality, Contract contract);

} // namespace shirube::directory
