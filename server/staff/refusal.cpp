#include "server/staff/refusal.hpp"

#include "server/pages/page.hpp"

namespace shirube::server {

namespace {

Answer fill(Page& page, const Refusal& refusal, std::string_view language) {
    page.style("styles/search.css");
    const Texts& texts = page.texts();
    page.title(texts.get(refusal.heading));
    View& body = page.body();
    body.words("HEADING", texts.get(refusal.heading));
    if (!refusal.sentence.empty()) {
        body.section("SAID").words("SENTENCE", texts.get(refusal.sentence));
    }
    if (!refusal.link.empty()) {
        View on = body.section("ON");
        on.words("LABEL", texts.get(refusal.link));
        const auto parts = refusal.address.find('?');
        const auto query =
            parts == std::string::npos ? Query{} : parse_query(refusal.address.substr(parts + 1)).value_or(Query{});
        on.set("HREF", page.links().chosen_language().empty()
                           ? refusal.address
                           : address(refusal.address.substr(0, parts), with(query, "lang", language)));
    }
    return page.finish(refusal.status);
}

} // namespace

Answer refusal_page(const Request& request, const Context* context, std::string_view language, const Refusal& refusal) {
    if (context != nullptr) {
        Page page(request, *context, "staff-refused");
        return fill(page, refusal, language);
    }
    Page page(request, language, "staff-refused", true);
    return fill(page, refusal, language);
}

} // namespace shirube::server
