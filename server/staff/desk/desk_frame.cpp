#include "server/staff/desk/desk_frame.hpp"

#include "server/numbers.hpp"
#include "server/pages/words.hpp"

#include <algorithm>
#include <cstdint>

namespace shirube::server {

void begin_desk_page(Page& page, std::string_view title) {
    page.style("styles/search.css");
    page.style("styles/service.css");
    page.style("styles/desk.css");
    page.title(page.texts().get(title));
    page.body().set("DESK", page.links().to("/staff/desk"));
}

void tell_of_desk(View body, const StaffCall& call, const NotKept* not_kept, const std::optional<KeptThing>& thing) {
    View notice = body.include("NOTICE", "staff-desk-notice.html");
    if (not_kept != nullptr) {
        View problem = notice.section("PROBLEM");
        for (const auto& sentence : not_kept->sentences) {
            problem.section("PROBLEM_SENTENCE").words("SENTENCE", sentence);
        }
        return;
    }
    if (const auto kept = parse_digits(call.request.parameter("kept").value_or("")); kept && *kept > 0) {
        View told = notice.section("KEPT");
        told.set("NUMBER", *kept);
        told.show_if(call.request.parameter("narrowed").has_value(), "NARROWED");
        if (thing) {
            View link = told.section("THING");
            link.set("HREF", thing->href);
            link.set("NAME", thing->name);
        }
    }
}

std::string kept_address(std::string_view path, const KeptRow& kept) {
    Query query{{"kept", std::to_string(kept.import_id)}};
    if (kept.narrowed) {
        query.emplace_back("narrowed", "1");
    }
    return address(path, query);
}

ShownPart fill_pages(View body, const Links& links, const Request& request, std::string_view path, std::size_t all,
                     std::size_t a_page, const Query& query) {
    body.show_if(all == 0, "NONE");
    if (all > 0) {
        body.section("SOME").set("N", grouped(static_cast<std::int64_t>(all)));
    }
    const std::size_t pages = std::max<std::size_t>(1, (all + a_page - 1) / a_page);
    const auto asked = parse_digits(request.parameter("page").value_or("")).value_or(1);
    const auto number = static_cast<std::size_t>(std::clamp<std::int64_t>(asked, 1, static_cast<std::int64_t>(pages)));
    View nav = body.include("PAGES", "staff-desk-pages.html");
    if (pages > 1) {
        View more = nav.section("MORE_PAGES");
        more.set("N", static_cast<std::int64_t>(number));
        more.set("OF", static_cast<std::int64_t>(pages));
        if (number > 1) {
            more.section("BEFORE").set("HREF", links.to(path, with(query, "page", std::to_string(number - 1))));
        }
        if (number < pages) {
            more.section("NEXT").set("HREF", links.to(path, with(query, "page", std::to_string(number + 1))));
        }
    }
    const std::size_t first = (number - 1) * a_page;
    return {first, std::min(a_page, all - std::min(all, first))};
}

} // namespace shirube::server
