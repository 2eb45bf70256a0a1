#include "server/staff/match/match_words.hpp"

#include "server/pages/use_terms_words.hpp"
#include "server/pages/words.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace shirube::server {

namespace {

using directory::Reason;
using directory::ReasonCode;

/// What a reason's figures are, by their words. An age at which something ends is no longer of it.
std::string figure_in_words(std::string_view what, int value, const Texts& texts) {
    if (what == "to_months") {
        return texts.with("match.reason_under", {{"age", age_in_words(value, texts)}});
    }
    return what == "from_months" ? age_in_words(value, texts) : std::to_string(value);
}

} // namespace

std::string reason_in_words(const Reason& reason, const directory::MatchRules& rules,
                            const directory::ServiceRow& service, const Texts& texts, std::string_view minutes) {
    const auto& words = words_of(reason.code);
    if (reason.terms) {
        const bool names_terms_by_itself = reason.code == ReasonCode::closed_for_residents;
        return texts.with("match.reason_" + std::string(words.word) + (names_terms_by_itself ? "" : "_on_terms"),
                          {{"terms", terms_in_words(service.use_terms.at(*reason.terms), texts)}});
    }
    if (reason.code == ReasonCode::rule && reason.rule) {
        return texts.with("match.reason_rule", {{"rule", rules.rules.at(*reason.rule).label.in(texts.language())}});
    }
    const std::string key = "match.reason_" + std::string(words.word);
    if (words.value.empty()) {
        return texts.get(key);
    }
    const auto told = [&](std::string_view what, const std::optional<int>& value) {
        return value ? figure_in_words(what, *value, texts)
                     : texts.get(what == "to_months" ? "match.reason_open_end" : "fact.unknown");
    };
    const bool is_way = !minutes.empty() && words.value == "minutes";
    const auto from = reason.from.value_or(directory::PlaceRole::home);
    return texts.with(key, {{"value", is_way ? std::string{minutes} : told(words.value, reason.value)},
                            {"limit", told(words.limit, reason.limit)},
                            {"from", texts.get("match.role_" + std::string(code_of(from)))}});
}

std::string rank_in_words(const directory::RankKey& key, const directory::RankKey* next,
                          const directory::MatchRules& rules, const Texts& texts, bool is_way_rough) {
    using directory::Criterion;
    if (next == nullptr) {
        return {};
    }
    const Criterion criterion = directory::deciding(key, *next);
    const std::string text = "match.rank_" + std::string(code_of(criterion));
    if (criterion == Criterion::rule) {
        return texts.with(text, {{"rule", preference_in_words(key, rules, texts)}});
    }
    const auto told = [&](const directory::RankKey& of) {
        const auto value = of.value(criterion);
        // A step is counted from 1.
        return value ? std::to_string(*value + int{criterion == Criterion::step}) : texts.get("fact.unknown");
    };
    // What an order does not name is neither early nor late, and an unknown way neither near nor far: of two of which
    // one has a value that value alone is told.
    const bool is_alone = (criterion == Criterion::step || criterion == Criterion::minutes) && !next->value(criterion);
    if (criterion == Criterion::minutes && is_way_rough) {
        return texts.get(is_alone ? "match.rank_minutes_alone_roughly" : "match.rank_minutes_roughly");
    }
    return texts.with(is_alone ? text + "_alone" : text, {{"value", told(key)}, {"next", told(*next)}});
}

std::string preference_in_words(const directory::RankKey& key, const directory::MatchRules& rules, const Texts& texts) {
    const auto number = key.value(directory::Criterion::rule);
    return number ? rules.rules.at(static_cast<std::size_t>(*number)).label.in(texts.language()) : std::string{};
}

std::string_view icon_of(directory::Openness verdict) noexcept {
    return verdict == directory::Openness::yes ? "yes" : verdict == directory::Openness::maybe ? "maybe" : "no";
}

bool is_of_the_service_alone(ReasonCode code) noexcept {
    constexpr std::array k_codes{ReasonCode::age_unstated, ReasonCode::unconfirmed,    ReasonCode::stale,
                                 ReasonCode::suspended,    ReasonCode::hours_unstated, ReasonCode::residents_unstated,
                                 ReasonCode::places_free,  ReasonCode::free_then,      ReasonCode::full,
                                 ReasonCode::full_then,    ReasonCode::vacancy_unknown};
    return std::ranges::find(k_codes, code) != k_codes.end();
}

} // namespace shirube::server
