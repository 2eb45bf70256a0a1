// Where a request that came without a session leads back to once its person has signed in.
#pragma once

#include "server/http.hpp"

#include <string>

namespace shirube::server {

/// The page that was asked for; of a form its page, with what was typed into it as far as an address may hold it: never
/// a password, a code or a place.
std::string address_to_resume(const Request& request);

/// What an address_to_resume() brought back for a field of a form; empty where there is nothing. A link of another site
/// fills no form of ours.
std::string resumed_field(const Request& request, std::string_view name);

} // namespace shirube::server
