#include "server/net/handling.hpp"

#include "server/cookies.hpp"
#include "server/router.hpp"
#include "server/staff/desk/file/file_passes.hpp"
#include "server/staff/staff_call.hpp"
#include "server/staff/staff_desk.hpp"

namespace shirube::server {

Handling handling_of_router(StaffDesk* desk, ReportBox* reports) {
    return {[desk, reports](const Request& request, const Loaded* loaded, directory::Instant now) {
                return route(request, loaded, now, desk, reports);
            },
            takes_long, route_pattern,
            [desk](const Request& head) {
                const bool is_for_files = head.method == Method::post && head.path == k_file_address;
                if (desk == nullptr || !is_for_files) {
                    return LongBody::refused;
                }
                return desk->file_passes().has(cookie_of(head.cookie, k_session_cookie)) ? LongBody::file
                                                                                         : LongBody::unasked;
            }};
}

} // namespace shirube::server
