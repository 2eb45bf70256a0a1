// Who could come, as JSON: visiting helpers counted by organization. Staff of their municipality alone have them.
#pragma once

#include "directory/match/helpers.hpp"
#include "directory/reader.hpp"

#include <nlohmann/json.hpp>

#include <functional>
#include <span>

namespace shirube::server {

/// \param pair of a place in MatchAnswer::pairs: `{person, need}`
nlohmann::ordered_json helpers_documents(const directory::Reader& reader,
                                         std::span<const directory::PossibleHelpers> helpers,
                                         const std::function<nlohmann::ordered_json(std::size_t)>& pair);

} // namespace shirube::server
