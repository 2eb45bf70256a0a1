// What the network asks of the rest of the server: how a request is answered, and what is to be known of it before.
#pragma once

#include "directory/calendar.hpp"
#include "server/context.hpp"
#include "server/http.hpp"

#include <functional>
#include <string_view>

namespace shirube::server {

class ReportBox;
class StaffDesk;

/// All of it is called from many threads at once.
struct Handling {
    std::function<Answer(const Request&, const Loaded*, directory::Instant)> route;

    /// Whether a request is answered by a thread of the slow pool, so that quick ones do not wait behind it.
    std::function<bool(const Request&)> takes_long;

    /// The pattern of the route that answers, as /services/*: what the access log says in place of the address. It
    /// holds nothing that came with the request.
    std::function<std::string_view(const Request&)> pattern;
};

/// As the router does it. \param desk what staff pages stand on; null: there are none
/// \param reports where reports of the public go; null: none are taken
Handling handling_of_router(StaffDesk* desk = nullptr, ReportBox* reports = nullptr);

} // namespace shirube::server
