// What the network asks of the rest of the server: how a request is answered, and what is to be known of it before.
#pragma once

#include "directory/calendar.hpp"
#include "server/context.hpp"
#include "server/http.hpp"

#include <cstdint>
#include <functional>
#include <string_view>

namespace shirube::server {

class ReportBox;
class StaffDesk;

/// What is to be thought of a body that is longer than bodies may be, by its request's head.
enum class LongBody : std::uint8_t {
    refused, ///< no address for files
    file,    ///< a file that somebody has been given a form for
    unasked  ///< an address for files, and nobody awaits one from there
};

/// All of it is called from many threads at once.
struct Handling {
    std::function<Answer(const Request&, const Loaded*, directory::Instant)> route;

    /// Whether a request is answered by a thread of the slow pool, so that quick ones do not wait behind it.
    std::function<bool(const Request&)> takes_long;

    /// The pattern of the route that answers, as /services/*: what the access log says in place of the address. It
    /// holds nothing that came with the request.
    std::function<std::string_view(const Request&)> pattern;

    /// Asked on a worker, before the body is read: it waits for nothing.
    std::function<LongBody(const Request& head)> long_body;
};

/// As the router does it. \param desk what staff pages stand on; null: there are none
/// \param reports where reports of the public go; null: none are taken
Handling handling_of_router(StaffDesk* desk = nullptr, ReportBox* reports = nullptr);

} // namespace shirube::server
