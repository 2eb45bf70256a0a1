#include "server/staff/sign_in.hpp"

#include "server/pages/page.hpp"
#include "server/pages/pages.hpp"

#include <string>

namespace shirube::server {

namespace {

using directory::LoggedIn;
using directory::LogInWait;

Answer ask_for_name(const StaffVisit& visit, const std::string& sentence, std::string_view next, unsigned status) {
    Page page(visit.request, visit.language, "staff-sign-in", true);
    page.style("styles/search.css");
    page.title(page.texts().get("staff.sign_in"));
    View& body = page.body();
    body.set("ACTION", page.links().to("/staff/sign-in"));
    body.set("NEXT", next_address(next));
    if (!sentence.empty()) {
        body.section("PROBLEM").words("SENTENCE", sentence);
    }
    return page.finish(status);
}

Answer ask_for_code(const StaffCall& call, const std::string& sentence, std::string_view next, unsigned status) {
    Page page(call.request, call.context, "staff-code");
    page.style("styles/search.css");
    page.title(page.texts().get("staff.code"));
    View& body = page.body();
    body.set("ACTION", page.links().to("/staff/code"));
    body.set("CSRF", call.who.csrf);
    body.set("NEXT", next_address(next));
    if (!sentence.empty()) {
        body.section("PROBLEM").words("SENTENCE", sentence);
    }
    return page.finish(status);
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
    return session.must_change_password ? "/staff/password" : next_address(next);
}

} // namespace

Answer sign_in_page(const StaffVisit& visit) {
    return ask_for_name(visit, {}, visit.request.parameter("next").value_or(""), 200);
}

Answer post_sign_in(const StaffVisit& visit) {
    const Texts& texts = Texts::in(visit.language);
    const auto fields = posted_fields(visit.request);
    if (!fields) {
        return ask_for_name(visit, texts.get("staff.refused"), {}, 400);
    }
    const auto next = field_of(*fields, "next");
    const auto result = visit.accounts.log_in(field_of(*fields, "name"), field_of(*fields, "password"),
                                              visit.request.client, visit.now_s, visit.token);
    if (const auto* session = std::get_if<LoggedIn>(&result)) {
        return see_other_with_session(step_after(*session, next), session->token);
    }
    if (const auto* wait = std::get_if<LogInWait>(&result)) {
        return with_retry(ask_for_name(visit, wait_sentence(texts, *wait), next, 429), *wait);
    }
    return ask_for_name(visit, texts.get("staff.refused"), next, 401);
}

Answer code_page(const StaffCall& call) {
    const auto next = call.request.parameter("next").value_or("");
    return call.who.second_factor_pending ? ask_for_code(call, {}, next, 200) : see_other(next_address(next));
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
        return with_retry(ask_for_code(call, wait_sentence(texts, *wait), next, 429), *wait);
    }
    return ask_for_code(call, texts.get("staff.code_refused"), next, 401);
}

Answer post_sign_out(const StaffCall& call) {
    call.accounts.log_out(call.token, call.now_s);
    return see_other_with_session("/staff/sign-in", {});
}

} // namespace shirube::server
