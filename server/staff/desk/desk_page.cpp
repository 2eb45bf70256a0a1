#include "server/staff/desk/desk_page.hpp"

#include "directory/desk/queues.hpp"
#include "directory/store/doubts_of_owner.hpp"
#include "server/pages/page.hpp"
#include "server/pages/words.hpp"
#include "server/staff/desk/answers_owed.hpp"
#include "server/staff/desk/desk_writing.hpp"
#include "server/staff/reports.hpp"

#include <string_view>

namespace shirube::server {

namespace {

void add_queue(View body, const Links& links, std::string_view path, std::string_view name, std::size_t waiting) {
    View queue = body.section("QUEUE");
    queue.set("HREF", links.to(path));
    queue.set("NAME", name);
    queue.words("LABEL", body.texts().get("desk." + std::string(name)));
    queue.words("LEAD", body.texts().get("desk." + std::string(name) + "_lead"));
    queue.set("N", grouped(static_cast<std::int64_t>(waiting)));
    queue.show_if(waiting > 0, "WAITS");
}

} // namespace

Answer desk_page(const StaffCall& call) {
    const auto& reader = call.context.reader();
    const auto today = call.context.now.day;
    const auto owner = desk_owner(call);
    Page page(call.request, call.context, "staff-desk");
    page.style("styles/desk.css");
    page.title(page.texts().get("desk.heading"));
    View& body = page.body();
    body.set("MUNICIPALITY", desk_municipality(call));
    const Links& links = page.links();
    add_queue(body, links, "/staff/desk/stale", "stale", directory::stale_services(reader, owner, today).size());
    add_queue(body, links, "/staff/desk/unlocated", "unlocated",
              directory::unlocated_sites(reader, owner, today).size());
    add_queue(body, links, "/staff/desk/links", "links", directory::doubts_of_owner(call.desk.store(), owner).size());
    add_queue(body, links, "/staff/desk/finds", "finds", directory::finds_awaiting(reader, owner, today).size());
    add_queue(body, links, "/staff/reports", "reports", static_cast<std::size_t>(reports_waiting(call)));
    add_queue(body, links, "/staff/month", "answers", static_cast<std::size_t>(answers_owed(call)));
    body.set("MONTH", links.to("/staff/month"));
    body.set("SEEDS", links.to("/staff/seeds"));
    body.set("TIES", links.to("/staff/desk/ties"));
    body.set("FILE", links.to("/staff/desk/file"));
    return page.finish();
}

} // namespace shirube::server
