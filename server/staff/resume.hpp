// Where a request that came without a session leads back to once its person has signed in.
#pragma once

#include "server/http.hpp"
#include "server/staff/staff_call.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace shirube::server {

/// The page that was asked for; of a form its page, with what was typed into it as far as an address may hold it: never
/// a password, a code or a place.
std::string address_to_resume(const Request& request);

/// The key of the sentence that says what of a form, which came without a session, is still there.
std::string_view what_was_kept(const Request& request);

/// The same with a word for what an address is too short to hold, where the form is one that memory may keep.
std::string address_to_resume(const Request& request, StaffDesk& desk);

/// What memory kept for the page that is asked for; nothing where there is none.
std::optional<Query> kept_fields(const StaffCall& call);

/// What an address_to_resume() brought back for a field of a form; empty where there is nothing. A link of another site
/// fills no form of ours.
std::string resumed_field(const Request& request, std::string_view name);

} // namespace shirube::server
