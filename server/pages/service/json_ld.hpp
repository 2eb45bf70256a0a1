// A service in the words of schema.org, for programs that read pages: what is known, and nothing else.
#pragma once

#include "directory/occurrences.hpp"
#include "server/context.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace shirube::server {

/// \param calendar of the service, see fill_calendar(): its sure days at the service's own place become its hours
/// \param origin see public_origin(); empty: without addresses
nlohmann::ordered_json service_in_schema_org(const Context& context, std::uint32_t service,
                                             std::span<const directory::CalendarDay> calendar, std::string_view origin);

/// As a data block of a page: no character that could end its script element or begin a comment stands in it.
std::string in_data_block(const nlohmann::ordered_json& document);

} // namespace shirube::server
