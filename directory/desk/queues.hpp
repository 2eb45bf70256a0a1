// What a steward has to look after in her own municipality, and in which order: services that nobody has confirmed for
// a year, addresses that nobody could place, places found in the field of which nobody has agreed that they are told.
#pragma once

#include "directory/reader.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::directory {

/// What was confirmed longer ago is to be asked again.
inline constexpr std::chrono::years k_confirmed_holds_for{1};

/// Whether a service is the municipality's own: what is hidden by its owner, what everybody sees by where it lies, or,
/// lying nowhere, by what it is for.
/// \param owner see owner_of(); not empty
bool is_own(const Reader& reader, std::uint32_t service, std::string_view owner);

/// The day on which somebody last said that a service is as it is told: its own date, else the last day that the date
/// of the newest of its lists can mean. Empty where nobody knows, which is not today.
std::optional<Day> confirmed_on(const Reader& reader, const ServiceRow& service);

/// Whether a service is to be asked again on a day: it was confirmed over a year ago, or its list no longer has it. One
/// of which no date is known is asked for too, and one that has ended is not.
bool is_stale(const Reader& reader, std::uint32_t service, Day today);

/// The municipality's stale services, what most needs asking first: what everybody sees before what is for staff, what
/// its list no longer has before the rest, then the longest ago; those without any date stand last.
std::vector<std::uint32_t> stale_services(const Reader& reader, std::string_view owner, Day today);

/// Places of the municipality that have an address and no position, nor one that is kept back, by index into sites();
/// those of more services first, then by name. Where all has ended there is nothing to look for.
std::vector<std::uint32_t> unlocated_sites(const Reader& reader, std::string_view owner, Day today);

/// Services found in the field that only staff see: written on a page, or in a list that asks who agreed, and nobody
/// has. What a list keeps for staff of its own accord waits for nothing. By name of their place.
std::vector<std::uint32_t> finds_awaiting(const Reader& reader, std::string_view owner, Day today);

/// Whether a list keeps the value from the public. A correction of it would be told to everybody: it is mended in the
/// list that keeps it back.
bool keeps_back(const ServiceRow& service, CorrectedField field);

/// Whether a service's list is one of a place found in the field.
bool is_find(const Reader& reader, const ServiceRow& service);

} // namespace shirube::directory
