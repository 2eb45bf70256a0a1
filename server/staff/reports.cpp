#include "server/staff/reports.hpp"

#include "directory/audience.hpp"
#include "directory/desk/queues.hpp"
#include "directory/reports.hpp"
#include "server/numbers.hpp"
#include "server/pages/page.hpp"
#include "server/pages/search/card.hpp"
#include "server/pages/words.hpp"
#include "server/staff/desk/answers_owed.hpp"
#include "server/staff/desk/desk_frame.hpp"
#include "server/staff/permissions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace shirube::server {

namespace {

using directory::Report;
using directory::ServiceRow;

constexpr std::size_t k_most_open = 50;
constexpr std::size_t k_most_done = 200;

std::string owner_of_call(const StaffCall& call) { return directory::owner_of(call.who.account.municipality); }

std::string kind_in_words(directory::ReportKind kind, const Texts& texts) {
    return texts.get("report.kind_" + std::string{directory::code_of(kind)});
}

std::string outcome_in_words(directory::ReportOutcome outcome, const Texts& texts) {
    return texts.get("staff.report_outcome_" + std::string{directory::code_of(outcome)});
}

/// Where the id leads now: the service, or what it has become part of.
std::optional<std::uint32_t> service_of(const directory::Reader& reader, const std::string& id) {
    if (const auto index = reader.find_service(id)) {
        return index;
    }
    const auto* moved = reader.find_moved(id);
    return moved == nullptr ? std::nullopt : reader.find_service(moved->to);
}

void add_fact(View now, std::string_view term, const std::string& words) {
    View fact = now.section("NOW_FACT");
    fact.words("TERM", now.texts().get(term));
    fact.words_if_any("WORDS", words);
    fact.show_if(words.empty(), "UNKNOWN");
}

/// What the page says of that which people report.
void fill_now(View row, const StaffCall& call, std::uint32_t index) {
    const auto& reader = call.context.reader();
    const ServiceRow& service = reader.services()[index];
    const Texts& texts = row.texts();
    View now = row.section("NOW");
    add_fact(now, "staff.state", status_in_words(reader.status_on(index, call.context.now.day), texts));
    std::string when;
    for (const auto& schedule : service.schedules) {
        when += when.empty() ? "" : " / ";
        when += directory::in_words(schedule, texts.language());
        when += schedule.venue.empty() ? "" : " " + schedule.venue;
    }
    add_fact(now, "fact.when", when);
    add_fact(now, "report.kind_phone", service.phone);
    add_fact(now, "fact.address",
             service.site == directory::k_no_index ? std::string{} : reader.sites()[service.site].address);
    add_fact(now, "fact.whom", for_whom_in_words(service, texts));
}

void fill_report(View row, const StaffCall& call, const Links& links, const Report& report) {
    const auto& reader = call.context.reader();
    const Texts& texts = row.texts();
    row.set("ID", report.id);
    row.words("KIND", kind_in_words(report.said.kind, texts));
    row.words("ON", texts.with("staff.report_on", {{"date", date_in_words(report.said.day, texts)}}));
    row.set_if_any("TEXT", report.said.text);
    row.show_if(report.said.text.empty(), "NO_TEXT");
    const auto index = service_of(reader, report.said.service);
    if (index) {
        View link = row.section("SERVICE");
        link.set("HREF", links.service(reader.services()[*index].id));
        link.set("NAME", service_name(reader, reader.services()[*index], texts.language()));
        fill_now(row, call, *index);
        if (directory::is_own(reader, *index, desk_owner(call))) {
            View form = row.section("CORRECT");
            form.set("HREF", links.to("/staff/desk/services/" + percent_encode(reader.services()[*index].id),
                                      {{"from", "reports"}}));
            form.set("NAME", service_name(reader, reader.services()[*index], texts.language()));
        }
    } else {
        row.show("GONE");
    }
}

void fill_form(View row, const Links& links, std::string_view csrf) {
    row.set("ACTION", links.to("/staff/reports"));
    row.set("CSRF", csrf);
    row.set("MOST", static_cast<std::int64_t>(directory::k_longest_report_note));
    for (const auto outcome : directory::k_report_outcomes) {
        View choice = row.section("OUTCOME");
        choice.set("CODE", directory::code_of(outcome));
        choice.set("LABEL", outcome_in_words(outcome, row.texts()));
    }
}

void fill_done(View body, const StaffCall& call, const Links& links, const directory::Reports& reports) {
    const auto owner = owner_of_call(call);
    const Texts& texts = body.texts();
    const auto done = reports.done_ones(owner, k_most_done);
    const auto answers = answers_to_reports(call);
    if (!done.empty()) {
        View section = body.section("DONE");
        for (const Report& report : done) {
            View row = section.section("DONE_REPORT");
            fill_report(row, call, links, report);
            row.words("OUTCOME_WORDS",
                      outcome_in_words(report.outcome.value_or(directory::ReportOutcome::not_found_out), texts));
            row.set_if_any("NOTE", report.note);
            row.words("DONE_ON",
                      texts.with("staff.report_done_on",
                                 {{"date", date_in_words(report.done_on.value_or(report.said.day), texts)}}));
            if (const auto answer = answers.find(std::to_string(report.id)); answer != answers.end()) {
                row.words("ANSWER", !answer->second ? texts.get("desk.answer_owed")
                                                    : texts.with("desk.answered_on",
                                                                 {{"date", date_in_words(*answer->second, texts)}}));
                row.show("ANSWER_SHOWN");
            }
        }
    }
    const auto past = reports.past(owner);
    if (!past.empty()) {
        View section = body.section("PAST");
        for (const auto& count : past) {
            View row = section.section("PAST_ROW");
            row.set("YEAR", count.year);
            row.words("KIND", kind_in_words(count.kind, texts));
            row.words("OUTCOME_WORDS", outcome_in_words(count.outcome, texts));
            row.set("COUNT", grouped(count.count));
        }
    }
}

/// \param problem a text of the interface; empty: none
Answer page_with(const StaffCall& call, std::string_view problem, unsigned status) {
    Page page(call.request, call.context, "staff-reports");
    page.style("styles/search.css");
    page.style("styles/service.css");
    const Texts& texts = page.texts();
    page.title(texts.get("staff.reports"));
    View& body = page.body();
    tell_of_desk(body, call, nullptr);
    if (!problem.empty()) {
        body.section("PROBLEM").words("SENTENCE", texts.get(problem));
    }
    auto* reports = call.desk.reports();
    std::int64_t waiting = 0;
    if (reports != nullptr) {
        reports->forget_done(call.context.now.day);
        const auto owner = owner_of_call(call);
        waiting = reports->count_open(owner);
        for (const Report& report : reports->open_ones(owner, k_most_open)) {
            View row = body.section("REPORT");
            fill_report(row, call, page.links(), report);
            row.show_if(report.said.edition != call.desk.public_edition(), "CHANGED");
            fill_form(row, page.links(), call.who.csrf);
        }
        fill_done(body, call, page.links(), *reports);
    }
    body.show_if(waiting == 0, "NONE");
    if (waiting > 0) {
        body.section("WAITING").set("N", grouped(waiting));
    }
    if (waiting > static_cast<std::int64_t>(k_most_open)) {
        body.section("MORE").set("N", grouped(waiting - static_cast<std::int64_t>(k_most_open)));
    }
    return page.finish(status);
}

/// What a report was about, for whoever answers later.
std::string about_of(const StaffCall& call, const directory::Reports& reports, std::int64_t id) {
    const auto& reader = call.context.reader();
    const auto open = reports.open_ones(owner_of_call(call), directory::ReportLimits{}.open_in_all);
    const auto found = std::ranges::find(open, id, &Report::id);
    if (found == open.end()) {
        return {};
    }
    const auto service = service_of(reader, found->said.service);
    return (service ? service_name(reader, reader.services()[*service], "ja") + " " : std::string{}) +
           kind_in_words(found->said.kind, Texts::in("ja"));
}

} // namespace

Answer staff_reports_page(const StaffCall& call) { return page_with(call, {}, 200); }

Answer post_staff_report(const StaffCall& call) {
    const auto fields = posted_fields(call.request).value_or(Query{});
    const auto id = parse_digits(field_of(fields, "report"));
    const auto outcome = directory::parse_report_outcome(field_of(fields, "outcome"));
    if (!id || !outcome) {
        return page_with(call, "staff.report_choose", 422);
    }
    auto* reports = call.desk.reports();
    const auto owner = owner_of_call(call);
    const bool is_owed = field_of(fields, "answer") == "1" && *outcome != directory::ReportOutcome::spam;
    const std::string about = is_owed && reports != nullptr ? about_of(call, *reports, *id) : std::string{};
    if (reports == nullptr || !reports->close(*id, owner, *outcome, field_of(fields, "note"), call.context.now.day)) {
        return page_with(call, "staff.report_not_open", 409);
    }
    call.accounts.audit(call.actor(), directory::AuditAction::report_closed,
                        fmt::format("{} #{}", directory::code_of(*outcome), *id), call.now_s);
    if (is_owed && !owe_answer(call, {.owner = owner,
                                      .kind = directory::ToldKind::report,
                                      .ref = std::to_string(*id),
                                      .about = about,
                                      .teller = {},
                                      .way = {},
                                      .day = call.context.now.day})) {
        return page_with(call, "desk.teller_not_kept", 409);
    }
    return see_other("/staff/reports");
}

std::int64_t reports_waiting(const StaffCall& call) {
    if (call.who.account.municipality.empty() || !may(call.who.account.role, Permission::steward)) {
        return 0;
    }
    auto* reports = call.desk.reports();
    return reports == nullptr ? 0 : reports->count_open(owner_of_call(call));
}

} // namespace shirube::server
