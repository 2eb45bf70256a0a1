#include "server/staff/sign_in.hpp"

#include "server/pages/page.hpp"
#include "server/pages/pages.hpp"
#include "server/staff/resume.hpp"

#include <string>

namespace shirube::server {

namespace {

using directory::LoggedIn;
using directory::LogInWait;

/// What is told above a form: something that happened, or something wrong with what was typed.
struct Told {
    std::string note{};
    std::string problem{};
    unsigned status = 200;
};

void tell(View& body, const Told& told) {
    if (!told.note.empty()) {
        body.section("NOTICE").words("SENTENCE", told.note);
    }
    if (!told.problem.empty()) {
        body.section("PROBLEM").words("SENTENCE", told.problem);
        body.show("WRONG");
    }
}

Answer ask_for_name(const StaffVisit& visit, const Told& told, std::string_view next, std::string_view name = {}) {
    Page page(visit.request, visit.language, "staff-sign-in", true);
    page.style("styles/search.css");
    page.title(page.texts().get("staff.sign_in"));
    View& body = page.body();
    page.offer_languages_at("/staff/sign-in", carried(next));
    body.set("ACTION", page.links().to("/staff/sign-in"));
    body.set("NEXT", next_address(next));
    body.set("TYPED", name);
    tell(body, told);
    return page.finish(told.status);
}

Answer ask_for_code(const StaffCall& call, const Told& told, std::string_view next) {
    Page page(call.request, call.context, "staff-code");
    page.style("styles/search.css");
    page.title(page.texts().get("staff.code"));
    View& body = page.body();
    page.offer_languages_at("/staff/code", carried(next));
    body.set("ACTION", page.links().to("/staff/code"));
    body.set("CSRF", call.who.csrf);
    body.set("NEXT", next_address(next));
    tell(body, told);
    return page.finish(told.status);
}

std::string wait_sentence(const Texts& texts, const LogInWait& wait) {
    return texts.with("staff.wait", {{"seconds", std::to_string(wait.seconds)}});
}

Answer with_retry(Answer answer, const LogInWait& wait) {
    answer.headers.emplace_back("Retry-After", std::to_string(wait.seconds));
    return answer;
}

std::string step_after(const LoggedIn& session, std::string_view next) {
    if (session.second_factor_pending) {
        return "/staff/code?next=" + percent_encode(next_address(next));
    }
    if (session.must_change_password) {
        const auto after = next_address(next);
        return after == k_first_address ? "/staff/password" : "/staff/password?next=" + percent_encode(after);
    }
    return next_address(next);
}

/// Whether the browser still has the token of a session that is no more.
bool had_a_session(const StaffVisit& visit) {
    return !visit.token.empty() && !visit.accounts.session_of(visit.token, visit.now_s);
}

} // namespace

Answer sign_in_page(const StaffVisit& visit) {
    const Texts& texts = Texts::in(visit.language);
    return ask_for_name(visit, {.note = had_a_session(visit) ? texts.get("staff.signed_out") : std::string{}},
                        visit.request.parameter("next").value_or(""));
}

Answer sign_in_to_resume(const StaffVisit& visit, std::string_view next) {
    return ask_for_name(visit, {.note = Texts::in(visit.language).get(what_was_kept(visit.request)), .status = 401},
                        next);
}

Answer post_sign_in(const StaffVisit& visit) {
    const Texts& texts = Texts::in(visit.language);
    const auto fields = posted_fields(visit.request);
    if (!fields) {
        return ask_for_name(visit, {.problem = texts.get("staff.refused"), .status = 400}, {});
    }
    const auto next = field_of(*fields, "next");
    const auto name = field_of(*fields, "name");
    const auto result =
        visit.accounts.log_in(name, field_of(*fields, "password"), visit.request.client, visit.now_s, visit.token);
    if (const auto* session = std::get_if<LoggedIn>(&result)) {
        return see_other_with_session(step_after(*session, next), session->token);
    }
    if (const auto* wait = std::get_if<LogInWait>(&result)) {
        return with_retry(ask_for_name(visit, {.problem = wait_sentence(texts, *wait), .status = 429}, next, name),
                          *wait);
    }
    return ask_for_name(visit, {.problem = texts.get("staff.refused"), .status = 401}, next, name);
}

Answer code_page(const StaffCall& call) {
    const auto next = call.request.parameter("next").value_or("");
    return call.who.second_factor_pending ? ask_for_code(call, {}, next) : see_other(next_address(next));
}

Answer post_code(const StaffCall& call) {
    const Texts& texts = Texts::in(call.context.language);
    const auto fields = posted_fields(call.request).value_or(Query{});
    const auto next = field_of(fields, "next");
    if (!call.who.second_factor_pending) {
        return see_other(next_address(next));
    }
    const auto result =
        call.accounts.second_factor(call.token, field_of(fields, "code"), call.request.client, call.now_s);
    if (const auto* session = std::get_if<LoggedIn>(&result)) {
        return see_other_with_session(step_after(*session, next), session->token);
    }
    if (const auto* wait = std::get_if<LogInWait>(&result)) {
        return with_retry(ask_for_code(call, {.problem = wait_sentence(texts, *wait), .status = 429}, next), *wait);
    }
    return ask_for_code(call, {.problem = texts.get("staff.code_refused"), .status = 401}, next);
}

Answer post_sign_out(const StaffCall& call) {
    call.accounts.log_out(call.token, call.now_s);
    return see_other_with_session("/staff/sign-in", {});
}

} // namespace shirube::server
