#include "directory/match/rule_effects.hpp"

#include <algorithm>
#include <string>

namespace shirube::directory {

namespace {

template <class Code>
bool has(std::uint8_t bits, Code code) noexcept {
    return (bits & bit_of(code)) != 0;
}

bool ages_hold(const MatchCondition& condition, const MatchSituation& situation) noexcept {
    if (!condition.age_from_months && !condition.age_under_months) {
        return true;
    }
    if (situation.kind != PersonKind::child || !situation.age_months) {
        return false;
    }
    return *situation.age_months >= condition.age_from_months.value_or(0) &&
           (!condition.age_under_months || *situation.age_months < *condition.age_under_months);
}

/// Whether a rule's `programmes` and `at` speak of the offer.
bool speaks_of(const MatchRule& rule, const MatchOffer& offer) {
    return rule.programmes[offer.programme] &&
           (rule.at.empty() ||
            std::ranges::any_of(offer.also_here, [&](ProgrammeIndex programme) { return rule.at[programme]; }));
}

bool leaves_out(const MatchRule& rule, const MatchOffer& offer) {
    switch (rule.kind) {
        case MatchRuleKind::only_at:
            return rule.programmes[offer.programme] && !speaks_of(rule, offer);
        case MatchRuleKind::exclude:
            return speaks_of(rule, offer);
        case MatchRuleKind::least_distance_m:
            return !offer.comes_home && std::ranges::any_of(rule.roles, [&](PlaceRole role) {
                const auto& distance_m = offer.distance_m[static_cast<std::size_t>(role)];
                return distance_m && *distance_m < rule.metres;
            });
        default:
            return false;
    }
}

std::optional<std::size_t> step_in(const MatchRule& rule, ProgrammeIndex programme) {
    const int step = rule.step_of[programme];
    return step < 0 ? std::nullopt : std::optional(static_cast<std::size_t>(step));
}

std::string way_in_words(const MatchRule& rule, const MatchSituation& situation, const MatchOffer& offer) {
    const auto most = rule.minutes_by[static_cast<std::size_t>(situation.mode)];
    const auto way = way_to(offer.distance_m,
                            rule.kind == MatchRuleKind::near ? std::span(rule.roles) : std::span<const PlaceRole>{},
                            situation.mode, most);
    if (rule.kind == MatchRuleKind::near) {
        return way ? std::string{code_of(way->from)} : "any";
    }
    return way && most && !offer.comes_home && way->minutes > *most ? "excluded" : "kept";
}

} // namespace

bool holds(const MatchCondition& condition, const MatchSituation& situation) noexcept {
    const bool whom =
        (condition.kinds == 0 || has(condition.kinds, situation.kind)) && ages_hold(condition, situation) &&
        (condition.stages.empty() ||
         (situation.stage && std::ranges::find(condition.stages, *situation.stage) != condition.stages.end()));
    const bool need =
        condition.needs.empty() || std::ranges::find(condition.needs, situation.need) != condition.needs.end();
    const bool days = condition.weekdays == 0 ||
                      (situation.weekdays != 0 && (situation.weekdays & ~condition.weekdays & k_every_weekday) == 0);
    return whom && need && days && (condition.worries & ~situation.worries) == 0 &&
           (condition.places & ~situation.places) == 0 &&
           (condition.modes == 0 || has(condition.modes, situation.mode));
}

ApplyingRules::ApplyingRules(const MatchRules& rules, const MatchSituation& situation)
    : rules_(rules), mode_(situation.mode) {
    for (std::size_t i = 0; i < rules.rules.size(); ++i) {
        const MatchRule& rule = rules.rules[i];
        if (rule.off || !holds(rule.when, situation)) {
            continue;
        }
        applying_.push_back(i);
        if (rule.kind == MatchRuleKind::near && near_.empty()) {
            near_ = rule.roles;
        } else if (rule.kind == MatchRuleKind::order && order_ == nullptr) {
            order_ = &rule;
        }
    }
}

std::optional<int> ApplyingRules::most_minutes() const noexcept {
    for (const auto i : applying_) {
        const auto& rule = rules_.rules[i];
        if (rule.kind == MatchRuleKind::most_minutes && rule.minutes_by[static_cast<std::size_t>(mode_)]) {
            return rule.minutes_by[static_cast<std::size_t>(mode_)];
        }
    }
    return std::nullopt;
}

bool ApplyingRules::asks_what_else_is_there(ProgrammeIndex programme) const {
    return std::ranges::any_of(applying_, [&](std::size_t i) {
        const auto& rule = rules_.rules[i];
        return !rule.at.empty() && rule.programmes[programme];
    });
}

std::optional<std::size_t> ApplyingRules::objection(const MatchOffer& offer) const {
    for (const auto i : applying_) {
        if (leaves_out(rules_.rules[i], offer)) {
            return i;
        }
    }
    return std::nullopt;
}

std::optional<std::size_t> ApplyingRules::preference(const MatchOffer& offer) const {
    for (const auto i : applying_) {
        if (rules_.rules[i].kind == MatchRuleKind::prefer && speaks_of(rules_.rules[i], offer)) {
            return i;
        }
    }
    return std::nullopt;
}

std::optional<std::size_t> ApplyingRules::step(ProgrammeIndex programme) const {
    return order_ == nullptr ? std::nullopt : step_in(*order_, programme);
}

std::vector<ProgrammeIndex> ApplyingRules::afterwards(ProgrammeIndex programme) const {
    std::vector<ProgrammeIndex> to;
    for (const auto i : applying_) {
        const auto& rule = rules_.rules[i];
        if (rule.kind != MatchRuleKind::afterwards || !rule.programmes[programme]) {
            continue;
        }
        std::ranges::copy_if(rule.to, std::back_inserter(to),
                             [&](ProgrammeIndex next) { return std::ranges::find(to, next) == to.end(); });
    }
    return to;
}

std::optional<MeasuredWay> way_to(const RoleDistances& distance_m, std::span<const PlaceRole> near, TravelMode mode,
                                  std::optional<int> most) {
    std::optional<MeasuredWay> nearest;
    std::optional<MeasuredWay> within;
    for (std::size_t role = 0; role < k_place_roles; ++role) {
        if (!distance_m[role]) {
            continue;
        }
        const auto from = static_cast<PlaceRole>(role);
        const MeasuredWay way{*distance_m[role], travel_minutes(*distance_m[role], mode), from,
                              static_cast<std::size_t>(std::ranges::find(near, from) - near.begin())};
        if (!nearest || way.distance_m < nearest->distance_m) {
            nearest = way;
        }
        if ((!most || way.minutes <= *most) &&
            (!within || way.rank < within->rank || (way.rank == within->rank && way.distance_m < within->distance_m))) {
            within = way;
        }
    }
    return within ? within : nearest;
}

std::string effect_of(const MatchRules& rules, std::size_t rule, const MatchSituation& situation,
                      const MatchOffer& offer, const Taxonomy& taxonomy) {
    const MatchRule& asked = rules.rules[rule];
    if (!holds(asked.when, situation)) {
        return "not_asked";
    }
    switch (asked.kind) {
        case MatchRuleKind::only_at:
        case MatchRuleKind::exclude:
        case MatchRuleKind::least_distance_m:
            return leaves_out(asked, offer) ? "excluded" : "kept";
        case MatchRuleKind::prefer:
            return speaks_of(asked, offer) ? "preferred" : "as_others";
        case MatchRuleKind::near:
        case MatchRuleKind::most_minutes:
            return way_in_words(asked, situation, offer);
        case MatchRuleKind::order: {
            const auto step = step_in(asked, offer.programme);
            return step ? std::to_string(*step + 1) : "none";
        }
        case MatchRuleKind::afterwards: {
            std::string codes;
            if (asked.programmes[offer.programme]) {
                for (const auto programme : asked.to) {
                    codes += (codes.empty() ? "" : " ") + taxonomy.at(programme).code;
                }
            }
            return codes.empty() ? "none" : codes;
        }
    }
    return {};
}

std::vector<FailingCase> failing_cases(const MatchRules& rules, const Taxonomy& taxonomy) {
    std::vector<FailingCase> failing;
    for (std::size_t i = 0; i < rules.rules.size(); ++i) {
        for (const auto& told : rules.rules[i].cases) {
            auto says = effect_of(rules, i, told.situation, told.offer, taxonomy);
            if (says != told.expects) {
                failing.push_back({rules.rules[i].code, told.pointer, told.expects, std::move(says)});
            }
        }
    }
    return failing;
}

} // namespace shirube::directory
