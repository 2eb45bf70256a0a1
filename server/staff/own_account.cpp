#include "server/staff/own_account.hpp"

#include "server/accounts/totp.hpp"
#include "server/pages/page.hpp"
#include "server/qr_code.hpp"

#include <string>
#include <variant>
#include <vector>

namespace shirube::server {

namespace {

constexpr std::size_t k_secret_bytes = 20;

Page& styled(Page& page, std::string_view title) {
    page.style("styles/search.css");
    page.title(page.texts().get(title));
    return page;
}

void show_problem(View body, const std::string& sentence) {
    if (!sentence.empty()) {
        body.section("PROBLEM").words("SENTENCE", sentence);
        body.show("WRONG");
    }
}

Answer password_page_with(const StaffCall& call, const std::string& sentence, std::string_view next, unsigned status) {
    Page page(call.request, call.context, "staff-password");
    View& body = styled(page, "staff.change_password").body();
    const auto after = next_address(next);
    const bool is_done = status == 200 && !call.who.must_change_password && call.request.parameter("done");
    if (is_done) {
        // An address that was carried has its query already.
        const auto query = after.find('?');
        body.section("DONE").set(
            "ON", page.links().to(
                      after.substr(0, query),
                      query == std::string::npos ? Query{} : parse_query(after.substr(query + 1)).value_or(Query{})));
        return page.finish(status);
    }
    page.offer_languages_at("/staff/password", carried(next));
    View form = body.section("FORM");
    form.set("ACTION", page.links().to("/staff/password"));
    form.set("CSRF", call.who.csrf);
    form.set("NEXT", after);
    form.set("NAME", call.who.account.name);
    form.show_if(call.who.must_change_password, "MUST");
    show_problem(form, sentence);
    return page.finish(status);
}

/// A group of four letters is easier to type than thirty-two.
std::string in_groups(const std::string& text) {
    std::string groups;
    for (std::size_t i = 0; i < text.size(); i += 4) {
        groups += (i == 0 ? "" : " ") + text.substr(i, 4);
    }
    return groups;
}

Answer totp_page_with(const StaffCall& call, const std::string& sentence, unsigned status) {
    Page page(call.request, call.context, "staff-totp");
    View& body = styled(page, "staff.totp").body();
    body.show("LEAD");
    View state = body.section(call.who.account.has_totp ? "ON" : "OFF");
    show_problem(state, sentence);
    state.set("CSRF", call.who.csrf);
    state.set("NAME", call.who.account.name);
    state.set(call.who.account.has_totp ? "REMOVE" : "BEGIN",
              page.links().to(call.who.account.has_totp ? "/staff/totp/remove" : "/staff/totp/begin"));
    if (call.who.account.has_totp) {
        state.set("CODES_LEFT", call.who.account.recovery_codes_left);
    }
    return page.finish(status);
}

/// The secret to be scanned, and the field for what the authenticator shows then.
Answer totp_setup(const StaffCall& call, const directory::TotpSecret& secret, const std::string& sentence,
                  unsigned status) {
    Page page(call.request, call.context, "staff-totp");
    page.offer_no_languages();
    View setup = styled(page, "staff.totp").body().section("SETUP");
    show_problem(setup, sentence);
    if (const auto code = qr_code(otpauth_uri("Shirube", call.who.account.name, secret))) {
        View picture = setup.section("QR");
        picture.set("SIZE", code->size);
        picture.set("PATH", code->path);
    }
    setup.set("SECRET", in_groups(base32(secret)));
    setup.set("CONFIRM", page.links().to("/staff/totp/confirm"));
    setup.set("BEGIN", page.links().to("/staff/totp/begin"));
    setup.set("CSRF", call.who.csrf);
    return page.finish(status);
}

} // namespace

Answer password_page(const StaffCall& call) {
    return password_page_with(call, {}, call.request.parameter("next").value_or(""), 200);
}

Answer post_password(const StaffCall& call) {
    const Texts& texts = Texts::in(call.context.language);
    const auto fields = posted_fields(call.request).value_or(Query{});
    const auto next = next_address(field_of(fields, "next"));
    if (field_of(fields, "new") != field_of(fields, "again")) {
        return password_page_with(call, texts.get("staff.password_differ"), next, 422);
    }
    const auto changed = call.accounts.change_password(call.token, field_of(fields, "old"), field_of(fields, "new"),
                                                       call.request.client, call.now_s);
    if (!changed) {
        return password_page_with(call, sentence_of(changed.error(), call.context.language), next,
                                  changed.error().code == "wait" ? 429 : 422);
    }
    return see_other_with_session(
        next == k_first_address ? "/staff/password?done=1" : "/staff/password?done=1&next=" + percent_encode(next),
        changed->token);
}

Answer totp_page(const StaffCall& call) { return totp_page_with(call, {}, 200); }

Answer post_totp_begin(const StaffCall& call) {
    const auto secret = call.accounts.begin_totp(call.who.account.id);
    if (!secret) {
        return totp_page_with(call, sentence_of(secret.error(), call.context.language), 409);
    }
    return totp_setup(call, *secret, {}, 200);
}

Answer post_totp_confirm(const StaffCall& call) {
    const auto fields = posted_fields(call.request).value_or(Query{});
    const auto codes =
        call.accounts.confirm_totp(call.who.account.id, field_of(fields, "code"), call.actor(), call.now_s);
    if (!codes) {
        // A slip of the fingers: the same secret again, as the form brought it, and nothing to scan anew.
        const auto secret = from_base32(field_of(fields, "secret"));
        if (codes.error().code == "totp_wrong" && secret.size() == k_secret_bytes) {
            return totp_setup(call, secret, sentence_of(codes.error(), call.context.language), 422);
        }
        return totp_page_with(call, sentence_of(codes.error(), call.context.language), 422);
    }
    Page page(call.request, call.context, "staff-totp");
    page.offer_no_languages();
    View kept = styled(page, "staff.totp").body().section("CODES");
    kept.set("HOME", page.links().to("/staff"));
    for (const std::string& code : *codes) {
        kept.section("CODE").set("TEXT", code);
    }
    return page.finish();
}

Answer post_totp_remove(const StaffCall& call) {
    const Texts& texts = Texts::in(call.context.language);
    const auto fields = posted_fields(call.request).value_or(Query{});
    // As a log-in of its own: it counts failures and waits as any other.
    const auto known =
        call.accounts.log_in(call.who.account.name, field_of(fields, "password"), call.request.client, call.now_s);
    if (const auto* wait = std::get_if<directory::LogInWait>(&known)) {
        return totp_page_with(call, texts.with("staff.wait", {{"seconds", std::to_string(wait->seconds)}}), 429);
    }
    const auto* session = std::get_if<directory::LoggedIn>(&known);
    if (session == nullptr) {
        return totp_page_with(call, texts.get("staff.problem_password_wrong"), 422);
    }
    call.accounts.log_out(session->token, call.now_s);
    const auto removed = call.accounts.remove_totp(call.who.account.id, call.actor(), call.now_s);
    return removed ? see_other("/staff/totp")
                   : totp_page_with(call, sentence_of(removed.error(), call.context.language), 409);
}

} // namespace shirube::server
