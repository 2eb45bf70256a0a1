#include "server/staff/desk/file/file_pages.hpp"

#include "directory/batch.hpp"
#include "server/multipart.hpp"
#include "server/pages/page.hpp"
#include "server/pages/words.hpp"
#include "server/staff/desk/desk_frame.hpp"
#include "server/staff/desk/desk_writing.hpp"
#include "server/staff/desk/file/dropped_files.hpp"
#include "server/staff/desk/file/file_choice.hpp"
#include "server/staff/desk/file/file_passes.hpp"
#include "server/staff/desk/file/file_view.hpp"
#include "server/staff/refusal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace shirube::server {

namespace {

std::string count(std::size_t number) { return grouped(static_cast<std::int64_t>(number)); }

std::string address_of(std::string_view id) { return std::string(k_file_address) + "/" + std::string(id); }

std::string language_of_problems(const StaffCall& call) { return call.context.language == "en" ? "en" : "ja"; }

FileDesk desk_of(const StaffCall& call) {
    return {.owner = desk_owner(call), .municipality = desk_municipality(call), .language = language_of_problems(call)};
}

std::string_view name_of(FileStage stage) noexcept {
    constexpr std::array<std::string_view, 7> k_names{"waiting", "reading", "ready",  "failed",
                                                      "queued",  "writing", "written"};
    return k_names.at(static_cast<std::size_t>(stage));
}

/// Of the first page: the form, files that are looked at, and why one was not taken.
Answer form_with(const StaffCall& call, const std::string& problem, unsigned status, const Query& typed) {
    call.desk.file_passes().give(call.token);
    Page page(call.request, call.context, "staff-desk-file");
    begin_desk_page(page, "file.heading");
    page.never_keep();
    View& body = page.body();
    const NotKept refused{status, {problem}};
    tell_of_desk(body, call, problem.empty() ? nullptr : &refused);
    body.set("MUNICIPALITY", desk_municipality(call));
    body.set("ACTION", page.links().to(k_file_address));
    body.set("CSRF", call.who.csrf);
    body.set("TEMPLATES", page.links().to("/templates"));
    const auto choice = read_file_choice(typed).value_or(FileChoice{});
    fill_file_choice(body.include("CHOICE", "staff-desk-file-choice.html"), choice);
    if (const auto files = call.desk.dropped_files().of_account(call.who.account.id); !files.empty()) {
        View held = body.section("HELD");
        for (const auto& file : files) {
            View item = held.section("HELD_FILE");
            item.set("HREF", page.links().to(address_of(file.id)));
            item.set("NAME", file.name);
            item.words("STAGE", page.texts().get("file.stage_" + std::string(name_of(file.stage))));
        }
    }
    return page.finish(status);
}

/// What the multipart body's fault is called in a sentence, and the status.
std::pair<std::string_view, unsigned> told(MultipartFault fault) noexcept {
    switch (fault) {
        case MultipartFault::cut_short:
            return {"file.cut_short", 422};
        case MultipartFault::not_multipart:
            return {"file.none_chosen", 422};
        default:
            return {"file.form_malformed", 422};
    }
}

std::string sentence_of(const FileFault& fault, const Texts& texts) {
    const std::string& general = texts.get(fault.sentence.empty() ? "file.fault_file_failed" : "file.fault_not_read");
    return texts.get_or("file.fault_" + fault.code, texts.get_or("policies.store_" + fault.code, general));
}

std::string not_dropped(NotDropped reason, const Texts& texts) {
    switch (reason) {
        case NotDropped::too_many:
            return texts.with("file.too_many", {{"n", count(k_files_of_account)}});
        case NotDropped::too_many_of_all:
            return texts.get("file.too_many_of_all");
        case NotDropped::no_room:
            break;
    }
    return texts.get("file.no_room");
}

/// Of a file that is not there, or another's.
Answer gone(const StaffCall& call) {
    return refusal_page(call.request, &call.context, call.context.language,
                        {404, "error.not_found", "file.not_here", "file.another", std::string(k_file_address)});
}

void fill_progress(View body, const StaffCall& call, const Links& links, const DroppedFile& file) {
    View work = body.section("WORKING");
    const Texts& texts = work.texts();
    const bool waits = file.stage == FileStage::waiting || file.stage == FileStage::queued;
    work.words("STAGE", texts.get("file.stage_" + std::string(name_of(file.stage))));
    if (waits && file.ahead > 0) {
        work.section("AHEAD").set("N", count(file.ahead));
    }
    if (!waits && file.of > 0) {
        View bar = work.section("BAR");
        bar.words("STEP", texts.get(file.step == "rows"    ? "file.step_rows"
                                    : file.step == "store" ? "file.step_store"
                                                           : "file.step_files"));
        bar.set("DONE", file.done);
        bar.set("OF", file.of);
        bar.set("DONE_WORDS", count(file.done));
        bar.set("OF_WORDS", count(file.of));
    }
    work.set("HREF", links.to(address_of(file.id)));
    if (file.stage == FileStage::waiting || file.stage == FileStage::reading) {
        View cancel = work.section("CANCEL");
        cancel.set("ACTION", links.to(address_of(file.id)));
        cancel.set("CSRF", call.who.csrf);
    }
}

void fill_failed(View body, const StaffCall& call, const Links& links, const DroppedFile& file) {
    View failed = body.section("FAILED");
    failed.show_if(file.changed_meanwhile, "CHANGED_MEANWHILE");
    failed.words("SENTENCE", sentence_of(*file.fault, failed.texts()));
    if (!file.fault->sentence.empty()) {
        View detail = failed.section("DETAIL");
        detail.set("DETAIL_SENTENCE", file.fault->sentence);
        detail.set("DETAIL_LANG", file.language);
    }
    failed.set("ACTION", links.to(address_of(file.id)));
    failed.set("CSRF", call.who.csrf);
    failed.set("ANOTHER", links.to(k_file_address));
}

/// Which rows were turned away, and why.
void fill_left_out(View left, const DroppedFile& file) {
    const auto& preview = *file.preview;
    left.set("N", grouped(preview.rows.rejected));
    for (const PreviewRow& row : preview.shown) {
        const PreviewTable& table = preview.tables[row.table];
        View line = left.section("LEFT_ROW");
        line.set("ROW", row.row);
        line.set_if_any("SHEET", table.sheet);
        line.set_if_any("ROW_NAME", row.name);
        for (const CellProblem& problem : row.problems) {
            fill_problem(line.section("WHY"), problem, table, file.language);
        }
    }
    if (preview.rows.rejected > static_cast<std::int64_t>(preview.shown.size())) {
        left.section("MORE_LEFT").set("SHOWN_N", count(preview.shown.size()));
    }
}

void fill_written(View body, const StaffCall& call, const Links& links, const DroppedFile& file) {
    View done = body.section("WRITTEN");
    const auto& rows = file.preview->rows;
    done.set("NUMBER", file.import_id);
    for (const auto& list : file.preview->lists) {
        done.section("LIST").set("LIST_NAME", list);
    }
    done.set("TAKEN", grouped(rows.accepted + rows.flagged));
    if (rows.flagged > 0) {
        done.section("DOUBTFUL").set("N", grouped(rows.flagged));
    }
    if (rows.rejected > 0) {
        fill_left_out(done.section("LEFT_OUT"), file);
    }
    done.show_if(rows.rejected == 0, "ALL_TAKEN");
    done.set("ANOTHER", links.to(k_file_address));
    done.set("ACTION", links.to(address_of(file.id)));
    done.set("CSRF", call.who.csrf);
}

Answer page_of(const StaffCall& call, const DroppedFile& file, const std::string& problem) {
    Page page(call.request, call.context, "staff-desk-dropped");
    begin_desk_page(page, "file.heading");
    page.never_keep();
    View& body = page.body();
    const NotKept refused{422, {problem}};
    tell_of_desk(body, call, problem.empty() ? nullptr : &refused);
    body.set("NAME", file.name);
    body.set("FILES", page.links().to(k_file_address));
    bool is_working = false;
    switch (file.stage) {
        case FileStage::ready:
            fill_preview(body.section("READY"), call, page.links(), file);
            break;
        case FileStage::failed:
            fill_failed(body, call, page.links(), file);
            break;
        case FileStage::written:
            fill_written(body, call, page.links(), file);
            break;
        default:
            fill_progress(body, call, page.links(), file);
            page.script_for_all("scripts/file.js");
            is_working = true;
            break;
    }
    Answer answer = page.finish(problem.empty() ? 200 : refused.status);
    if (is_working && call.request.method != Method::post) {
        answer.headers.emplace_back("Refresh", "2"); // comes again by itself, without script
    }
    return answer;
}

} // namespace

Answer file_page(const StaffCall& call) { return form_with(call, {}, 200, {}); }

Answer post_file(const StaffCall& call) {
    const Texts& texts = Texts::in(call.context.language);
    const auto typed = posted_fields(call.request).value_or(Query{});
    const auto refused = [&](const std::string& sentence, unsigned status = 422) {
        return form_with(call, sentence, status, typed);
    };
    const auto parts = parse_multipart(call.request.content_type, call.request.body);
    if (!parts) {
        const auto [key, status] = told(parts.error());
        return refused(texts.get(key), status);
    }
    const auto is_file = [](const FormPart& part) { return part.name == "file" && part.file_name; };
    const auto file = std::ranges::find_if(*parts, is_file);
    if (file == parts->end() || (file->file_name->empty() && file->content.empty())) {
        return refused(texts.get("file.none_chosen"));
    }
    if (std::ranges::count_if(*parts, is_file) > 1) {
        return refused(texts.get("file.one_at_a_time"));
    }
    if (file->content.empty()) {
        return refused(texts.get("file.fault_file_empty"));
    }
    auto choice = read_file_choice(typed);
    if (!choice) {
        return refused(texts.get(choice.error()));
    }
    auto name = plain_file_name(*file->file_name);
    if (name.empty()) {
        name = texts.get("file.no_name");
    }
    const auto id = call.desk.dropped_files().take(call.who.account.id, desk_of(call), std::move(name), file->content,
                                                   std::move(*choice));
    if (!id) {
        return refused(not_dropped(id.error(), texts), 409);
    }
    return see_other(address_of(*id));
}

Answer dropped_file_page(const StaffCall& call) {
    const auto file = call.desk.dropped_files().find(call.who.account.id, call.parts[0]);
    return file ? page_of(call, *file, {}) : gone(call);
}

Answer post_dropped_file(const StaffCall& call) {
    auto& files = call.desk.dropped_files();
    const auto account = call.who.account.id;
    const auto id = call.parts[0];
    const auto file = files.find(account, id);
    if (!file) {
        return gone(call);
    }
    const Texts& texts = Texts::in(call.context.language);
    const auto fields = posted_fields(call.request).value_or(Query{});
    const auto what = field_of(fields, "do");
    if (what == "cancel") {
        return files.cancel(account, id) ? see_other(std::string(k_file_address)) : see_other(address_of(id));
    }
    if (what == "again") {
        auto choice = read_file_choice(fields);
        if (!choice) {
            return page_of(call, *file, texts.get(choice.error()));
        }
        files.try_again(account, id, std::move(*choice), language_of_problems(call));
        return see_other(address_of(id));
    }
    if (what == "accept") {
        const bool must_be_sure = file->preview && file->preview->changes.loses_much();
        if (must_be_sure && field_of(fields, "sure") != "yes") {
            return page_of(call, *file, texts.get("file.not_sure"));
        }
        auto* const accounts = &call.accounts;
        const auto rows = file->preview ? file->preview->of_rows : directory::ImportKind::resources;
        const auto written = [accounts, rows, actor = call.actor(), now_s = call.now_s](std::int64_t import_id) {
            accounts->audit(actor, directory::AuditAction::import,
                            fmt::format("{} #{}", directory::code_of(rows), import_id), now_s);
        };
        const bool is_queued = files.accept(account, id, field_of(fields, "seen"), written);
        return is_queued ? see_other(address_of(id)) : page_of(call, *file, texts.get("file.look_again"));
    }
    return page_of(call, *file, texts.get("file.form_malformed"));
}

} // namespace shirube::server
