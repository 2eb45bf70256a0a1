#include "directory/seeds/text_fields.hpp"

namespace shirube::directory {

std::expected<Asking, std::vector<SeedProblem>> read_asking(const SeedTexts& texts, Day today) {
    TextFields fields(texts);
    Asking asking;
    asking.organization = fields.needed_line("organization");
    asking.asked_by = fields.needed_line("asked_by");
    asking.asked_on = fields.day("asked_on").value_or(today);
    asking.answer = fields.choice("answer", SeedAnswer::waiting);
    asking.words = fields.words("words");
    if (asking.asked_on > today) {
        fields.wrong("asked_on", "ahead");
    }
    if (asking.answer != SeedAnswer::waiting) {
        asking.answered_on = fields.day("answered_on").value_or(today);
        if (*asking.answered_on > today) {
            fields.wrong("answered_on", "ahead");
        } else if (*asking.answered_on < asking.asked_on) {
            fields.wrong("answered_on", "order");
        }
    }
    if (asking.answer == SeedAnswer::declined) {
        asking.reason = parse_seed_code<DeclineReason>(on_one_line(fields.raw("reason")));
        if (!asking.reason) {
            fields.wrong("reason", fields.raw("reason").empty() ? "missing" : "no_choice");
        } else if (*asking.reason == DeclineReason::other && asking.words.empty() && !fields.is_wrong("words")) {
            fields.wrong("words", "missing");
        }
    }
    auto problems = fields.take_problems();
    return problems.empty() ? std::expected<Asking, std::vector<SeedProblem>>(std::move(asking))
                            : std::unexpected(std::move(problems));
}

} // namespace shirube::directory
