#include "server/staff/desk/answers_owed.hpp"

#include "server/numbers.hpp"
#include "server/pages/words.hpp"
#include "server/staff/desk/desk_writing.hpp"
#include "server/staff/desk/month_page.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace shirube::server {

namespace {

using directory::Told;
using directory::ToldBook;

constexpr std::size_t k_most_shown = 50;
constexpr std::size_t k_most_answered = 20;

/// Nothing while nobody has told us anything.
std::optional<ToldBook> book_of(const StaffCall& call) {
    const auto path = directory::told_beside(call.desk.store());
    std::error_code ignored;
    return std::filesystem::exists(path, ignored) ? std::optional(ToldBook::open(path)) : std::nullopt;
}

void fill_told(View item, const Told& told) {
    const Texts& texts = item.texts();
    item.set("ABOUT", told.said.about);
    item.words("KIND", texts.get("desk.told_" + std::string(directory::code_of(told.said.kind))));
    item.words("ON", texts.with("desk.told_on", {{"date", date_in_words(told.said.day, texts)}}));
    item.set_if_any("TELLER", told.said.teller);
    item.set_if_any("WAY", told.said.way);
}

} // namespace

std::int64_t answers_owed(const StaffCall& call) {
    const auto book = book_of(call);
    return book ? book->count_waiting(desk_owner(call)) : 0;
}

bool owe_answer(const StaffCall& call, const directory::NewTold& told) {
    try {
        return ToldBook::open_or_create(directory::told_beside(call.desk.store())).add(told);
    } catch (const directory::ToldError&) {
        return false;
    }
}

void fill_answers(View body, const StaffCall& call, const Links& links) {
    auto book = book_of(call);
    if (!book) {
        body.show("NO_ANSWERS");
        return;
    }
    book->forget_answered(call.context.now.day);
    const auto owner = desk_owner(call);
    const auto waiting = book->waiting(owner, k_most_shown);
    body.show_if(waiting.empty(), "NO_ANSWERS");
    for (const Told& told : waiting) {
        View item = body.section("OWED");
        fill_told(item, told);
        item.set("ID", told.id);
        item.set("ACTION", links.to("/staff/month/answers"));
        item.set("CSRF", call.who.csrf);
    }
    const auto answered = book->answered(owner, k_most_answered);
    if (!answered.empty()) {
        View section = body.section("ANSWERED");
        for (const Told& told : answered) {
            View item = section.section("ANSWERED_ITEM");
            item.set("ABOUT", told.said.about);
            item.words("ON", body.texts().with(
                                 "desk.answered_on",
                                 {{"date", date_in_words(told.answered_on.value_or(told.said.day), body.texts())}}));
        }
    }
}

std::map<std::string, std::optional<directory::Day>> answers_to_reports(const StaffCall& call) {
    std::map<std::string, std::optional<directory::Day>> answers;
    const auto book = book_of(call);
    if (!book) {
        return answers;
    }
    const auto owner = desk_owner(call);
    for (const auto& all :
         {book->waiting(owner, directory::k_most_waiting), book->answered(owner, directory::k_most_waiting)}) {
        for (const Told& told : all) {
            if (told.said.kind == directory::ToldKind::report) {
                answers.emplace(told.said.ref, told.answered_on);
            }
        }
    }
    return answers;
}

Answer post_answer(const StaffCall& call) {
    const auto fields = posted_fields(call.request).value_or(Query{});
    const auto id = parse_digits(field_of(fields, "told"));
    auto book = book_of(call);
    if (!id || !book || !book->answer(*id, desk_owner(call), call.context.now.day)) {
        const NotKept problem{409, {Texts::in(call.context.language).get("desk.not_waiting")}};
        return month_page_with(call, &problem, {});
    }
    return see_other("/staff/month");
}

} // namespace shirube::server
