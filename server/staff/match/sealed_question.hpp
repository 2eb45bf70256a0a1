// A caseworker's question as a word that only this process can read: a paper leads back to its answer by it, and says
// nothing of the family to whoever is sent the page as a file. The key is in memory alone and gone with the process.
#pragma once

#include "server/http.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace shirube::server {

/// \param session whose question it is: with another's word it does not open
std::string sealed(const Query& fields, std::string_view session);

/// Nothing where it was sealed for another session or by another process, or is none.
std::optional<Query> opened(std::string_view word, std::string_view session);

} // namespace shirube::server
