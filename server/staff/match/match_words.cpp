#include "server/staff/match/match_words.hpp"

#include "server/pages/words.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace shirube::server {

namespace {

using directory::Reason;
using directory::ReasonCode;

/// What a reason's figures are, by their words.
std::string figure_in_words(std::string_view what, int value, const Texts& texts) {
    if (what == "from_months" || what == "to_months") {
        return age_in_words(value, texts);
    }
    return std::to_string(value);
}

/// Of the way: from where a family lives.
bool is_of_the_way(const Reason& reason) {
    const auto& words = words_of(reason.code);
    return words.value == "minutes" || words.limit == "most_minutes";
}

} // namespace

std::string reason_in_words(const Reason& reason, const directory::MatchRules& rules, const Texts& texts,
                            bool tells_family) {
    const auto& words = words_of(reason.code);
    if (reason.code == ReasonCode::rule && reason.rule) {
        return texts.with("match.reason_rule", {{"rule", rules.rules.at(*reason.rule).label.in(texts.language())}});
    }
    std::string key = "match.reason_" + std::string(words.word);
    if (!tells_family && is_of_the_way(reason)) {
        return texts.get(key + "_plain");
    }
    const auto told = [&](std::string_view what, const std::optional<int>& value) {
        return value ? figure_in_words(what, *value, texts) : texts.get("match.reason_open_end");
    };
    if (words.value.empty()) {
        return texts.get(key);
    }
    return texts.with(
        key,
        {{"value", told(words.value, reason.value)},
         {"limit", told(words.limit, reason.limit)},
         {"from", texts.get("match.role_" + std::string(code_of(reason.from.value_or(directory::PlaceRole::home))))},
         {"date", reason.on ? date_in_words(*reason.on, texts) : texts.get("fact.unknown")}});
}

} // namespace shirube::server
