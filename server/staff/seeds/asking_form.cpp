#include "server/staff/seeds/asking_form.hpp"

#include "server/pages/words.hpp"
#include "server/staff/staff_call.hpp"

#include <algorithm>
#include <array>

namespace shirube::server {

namespace {

using directory::SeedAnswer;

constexpr std::array<std::string_view, 7> k_fields{"organization", "asked_by", "asked_on",   "answer",
                                                   "reason",       "words",    "answered_on"};

std::string upper(std::string_view field) {
    std::string name(field);
    std::ranges::transform(name, name.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return name;
}

std::string_view typed(const AskingForm& of, std::string_view field) {
    return of.typed == nullptr ? std::string_view{} : field_of(*of.typed, field);
}

void fill_common(View form, const AskingForm& of) {
    form.set("AT", of.suffix);
    form.set("CSRF", of.csrf);
    form.set("TODAY", directory::to_string(of.today));
    form.set("MOST_LINE", static_cast<std::int64_t>(directory::k_longest_seed_line));
    form.set("MOST_WORDS", static_cast<std::int64_t>(directory::k_longest_seed_words));
    for (const auto field : k_fields) {
        form.set(upper(field), typed(of, field));
    }
    if (of.typed == nullptr) {
        form.set("ASKED_ON", directory::to_string(of.today));
    }
    for (const auto reason : directory::k_decline_reasons) {
        View option = form.section("REASON_OPTION");
        option.set("VALUE", code_of(reason));
        option.set("WORDS", form.texts().get("seeds.reason_" + std::string(code_of(reason))));
        option.show_if(typed(of, "reason") == code_of(reason), "CHOSEN");
    }
    if (of.problems == nullptr) {
        return;
    }
    form.show("OPEN");
    for (const auto& problem : *of.problems) {
        View wrong = form.section("WRONG");
        wrong.words("FIELD_NAME", form.texts().get("seeds.field_" + problem.field));
        wrong.words("SENTENCE", seed_problem_in_words(problem, form.texts()));
        form.show(upper(problem.field) + "_WRONG");
    }
}

void fill_answers(View form, const AskingForm& of, SeedAnswer first) {
    for (const auto answer : directory::k_seed_answers) {
        if (answer < first) {
            continue;
        }
        View option = form.section("ANSWER_OPTION");
        option.set("VALUE", code_of(answer));
        option.set("WORDS", form.texts().get("seeds.answer_" + std::string(code_of(answer))));
        option.show_if(typed(of, "answer") == code_of(answer), "CHOSEN");
    }
}

} // namespace

void fill_asking_form(View form, const AskedPair& pair, const AskingForm& of) {
    fill_common(form, of);
    form.set("ACTION", of.links.to("/staff/seeds/askings"));
    form.set("OFFER", pair.offer);
    form.set("WANT", pair.want);
    form.set("FROM", pair.from);
    form.show(pair.offer.empty() ? "WHOM" : "PAIR");
    fill_answers(form, of, SeedAnswer::waiting);
}

void fill_answer_form(View form, const directory::Asking& asking, std::string_view from, const AskingForm& of) {
    fill_common(form, of);
    form.set("ACTION", of.links.to("/staff/seeds/askings/" + asking.id));
    form.set("FROM", from);
    fill_answers(form, of, SeedAnswer::yes);
}

directory::SeedTexts asking_texts(const Query& fields) {
    directory::SeedTexts texts;
    for (const auto field : k_fields) {
        texts.emplace(field, field_of(fields, field));
    }
    return texts;
}

std::string seed_problem_in_words(const directory::SeedProblem& problem, const Texts& texts) {
    return texts.with(
        "seeds.problem_" + problem.code,
        {{"value", problem.value},
         {"most", std::to_string(problem.field == "terms" || problem.field == "note" || problem.field == "words"
                                     ? directory::k_longest_seed_words
                                     : directory::k_longest_seed_line)}});
}

} // namespace shirube::server
