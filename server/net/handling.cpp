#include "server/net/handling.hpp"

#include "server/router.hpp"

namespace shirube::server {

Handling handling_of_router(StaffDesk* desk, ReportBox* reports) {
    return {[desk, reports](const Request& request, const Loaded* loaded, directory::Instant now) {
                return route(request, loaded, now, desk, reports);
            },
            takes_long, route_pattern};
}

} // namespace shirube::server
