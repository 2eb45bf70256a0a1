#include "server/pages/page.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/refusal_pages.hpp"
#include "server/router.hpp"

#include <string>

namespace shirube::server {

namespace {

/// What happened and what to do, for a person.
std::string_view kind_of(unsigned status) {
    switch (status) {
        case 401:
        case 403:
            return "forbidden";
        case 404:
            return "not_found";
        case 410:
            return "ended";
        case 429:
        case 503:
            return "busy";
        default:
            return status >= 500 ? "our_fault" : "bad_request";
    }
}

} // namespace

void prepare_pages() {
    compile_templates();
    prepare_refusals();
}

Answer error_page(const Request& request, const Context* context, unsigned status, std::string_view sentence) {
    const bool is_of_staff = context != nullptr && context->staff != nullptr;
    Page page = is_of_staff ? Page(request, *context, "error")
                            : Page(request, context != nullptr ? context->language : language_of(request), "error");
    page.style("styles/search.css");
    View& body = page.body();
    const std::string kind(kind_of(status));
    page.title(page.texts().get("error." + kind));
    body.words("HEADING", page.texts().get("error." + kind));
    body.words("ADVICE", page.texts().get("error." + kind + "_advice"));
    body.set_if_any("SENTENCE", sentence);
    body.set("STATUS", status);
    body.set("HOME", page.links().to(is_of_staff ? "/search" : "/"));
    page.never_keep();
    return page.finish(status);
}

} // namespace shirube::server
