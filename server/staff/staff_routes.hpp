// Everything below /staff and /api/v1/staff: one table of addresses, each with who may come there.
#pragma once

#include "directory/calendar.hpp"
#include "server/http.hpp"
#include "server/staff/permissions.hpp"
#include "server/staff/staff_desk.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace shirube::server {

/// Who is let through to an address.
enum class Gate : std::uint8_t {
    anyone,       ///< the way in itself
    any_session,  ///< also one that waits for its second step or a new password
    new_password, ///< also one that must choose a new password first
    permission    ///< whose role has the permission, and nothing is asked of them
};

/// What the table says of an address, for the tests that try every role at every one.
struct StaffRouteFacts {
    Method method = Method::get;
    std::string_view pattern; ///< segments, * for a part: "/staff/services/*"
    Gate gate = Gate::permission;
    std::optional<Permission> permission; ///< where the gate asks for one; empty: whoever is signed in
};
std::vector<StaffRouteFacts> staff_routes();

/// Whether an address belongs to staff: it is answered by route_staff() and nobody else.
bool is_staff_path(std::string_view path) noexcept;

/// The pattern of the address, or "/staff" where there is none: holds nothing that came with the request.
std::string_view staff_pattern(std::string_view path) noexcept;

/// Answers any request of staff. Reads accounts and builds editions: not for a worker's thread.
/// \param now_s Unix seconds
Answer route_staff(const Request& request, StaffDesk& desk, directory::Instant now, std::int64_t now_s,
                   std::string_view language);

} // namespace shirube::server
