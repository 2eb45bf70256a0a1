// The short form that notes who was asked, and the one that notes what they answered.
#pragma once

#include "directory/seeds/seed.hpp"
#include "directory/seeds/seed_reading.hpp"
#include "server/http.hpp"
#include "server/pages/links.hpp"
#include "server/pages/templates.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace shirube::server {

struct AskingForm {
    const Links& links;
    std::string_view csrf;
    std::string suffix; ///< makes the labels of several forms of one page their own
    directory::Day today{};
    const Query* typed = nullptr; ///< null: nothing yet
    const std::vector<directory::SeedProblem>* problems = nullptr;
};

/// About which pair, and the page it is sent from: offer or want.
struct AskedPair {
    std::string_view offer; ///< empty: whom it asks is typed
    std::string_view want;
    std::string_view from;
};

/// Fills templates/staff-seed-ask.html.
void fill_asking_form(View form, const AskedPair& pair, const AskingForm& of);

/// Fills templates/staff-seed-answer.html. \param from offer or want
void fill_answer_form(View form, const directory::Asking& asking, std::string_view from, const AskingForm& of);

/// The fields of either form.
directory::SeedTexts asking_texts(const Query& fields);

/// The sentence of a problem with a field.
std::string seed_problem_in_words(const directory::SeedProblem& problem, const Texts& texts);

} // namespace shirube::server
