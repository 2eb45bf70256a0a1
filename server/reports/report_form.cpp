// "/services/{id}/report": what is wrong here, by a form that needs no script and no account.
#include "server/pages/page.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/search/card.hpp"
#include "server/reports/report_box.hpp"
#include "server/reports/report_question.hpp"
#include "server/staff/staff_call.hpp"

#include <algorithm>
#include <array>

namespace shirube::server {

namespace {

/// Named so that what fills forms by itself fills it; no person sees it.
constexpr std::string_view k_trap = "website";

struct Sent {
    std::string kind;
    std::string text;
};

void fill_kinds(View form, const Sent& sent) {
    for (const auto kind : directory::k_report_kinds) {
        const std::string code{directory::code_of(kind)};
        View choice = form.section("KIND");
        choice.set("CODE", code);
        choice.words("WORDS", form.texts().get("report.kind_" + code));
        choice.show_if(code == sent.kind, "CHECKED");
    }
}

/// What a person is told who may send it again.
std::string sentence_of(const Problem& problem, const Texts& texts) {
    static constexpr std::array<std::string_view, 5> k_own{"reports_unavailable", "reports_of_service_full",
                                                           "reports_full", "too_many_requests", "form_stale"};
    if (std::ranges::find(k_own, problem.code) != k_own.end()) {
        return texts.get("report.problem_" + std::string{problem.code});
    }
    return texts.get(problem.parameter == "kind"           ? "report.problem_kind"
                     : problem.code == "missing_parameter" ? "report.problem_no_text"
                                                           : "report.problem_text");
}

Answer no_service(const Request& request, const Context& context, std::string_view id) {
    const auto& reader = context.reader();
    if (const auto* moved = reader.find_moved(id)) {
        return moved_to(Links(request.parameter("lang") ? context.language : std::string_view{})
                            .to("/services/" + percent_encode(moved->to) + "/report"));
    }
    return error_page(request, &context, reader.find_ended(id) != nullptr ? 410 : 404, {});
}

/// \pre the service is there
Answer form_page(const Request& request, const Context& context, std::uint32_t index, const Sent& sent,
                 const std::optional<Problem>& problem) {
    const auto& reader = context.reader();
    const auto& service = reader.services()[index];
    Page page(request, context, "report");
    page.style("styles/search.css");
    page.style("styles/service.css");
    const Texts& texts = page.texts();
    View& body = page.body();
    page.title(texts.get("report.heading"));
    body.set("NAME", service_name(reader, service, texts.language()));
    body.words("PROGRAMME", reader.taxonomy().at(service.programme).label.in(texts.language()));
    body.set("BACK", page.links().service(service.id));
    const bool takes = takes_reports(context);
    const bool was_sent = request.method != Method::post && request.parameter("sent");
    unsigned status = 200;
    if (problem) {
        status = status_of(*problem);
        body.section("PROBLEM").words("SENTENCE", sentence_of(*problem, texts));
    }
    if (was_sent) {
        body.show("SENT");
    } else if (!takes) {
        status = 503;
        body.show("UNAVAILABLE");
    } else {
        View form = body.section("FORM");
        form.set("ACTION", page.links().to("/services/" + percent_encode(service.id) + "/report"));
        form.set("TRAP", k_trap);
        form.set("MOST", static_cast<std::int64_t>(directory::k_longest_report));
        form.set("TEXT", sent.text);
        fill_kinds(form, sent);
    }
    if (problem || status != 200) {
        page.never_keep();
    } else {
        page.depends_on(on_this_day(context) + "|report");
    }
    Answer answer = page.finish(status);
    if (problem && is_to_come_back(status)) {
        answer.headers.emplace_back("Retry-After", std::to_string(problem->retry_after_s));
    }
    return answer;
}

} // namespace

Answer report_page(const Request& request, const Context& context, std::string_view id) {
    const auto index = context.reader().find_service(id);
    return index ? form_page(request, context, *index, {}, std::nullopt) : no_service(request, context, id);
}

Answer post_report_form(const Request& request, const Context& context, std::string_view id) {
    const auto index = context.reader().find_service(id);
    if (!index) {
        return no_service(request, context, id);
    }
    const auto fields = posted_fields(request).value_or(Query{});
    const ReportAsked asked{.service = std::string{id},
                            .kind = std::string{field_of(fields, "kind")},
                            .text = std::string{field_of(fields, "text")},
                            .filled_the_trap = !field_of(fields, k_trap).empty()};
    if (const auto problem = hand_in(request, context, asked)) {
        return form_page(request, context, *index, {asked.kind, directory::clean_report_text(asked.text)}, problem);
    }
    const Links links(request.parameter("lang") ? context.language : std::string_view{});
    return see_other(links.to("/services/" + percent_encode(id) + "/report", {{"sent", "1"}}));
}

} // namespace shirube::server
