#include "match_naive.hpp"

#include "geo/area.hpp"
#include "geo/distance.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <tuple>

namespace shirube::directory::test {

namespace {

constexpr int k_last = 1'000'000;

bool stands(const ServiceRow& row, Day day) {
    const bool is_over = row.status == Status::closed || (row.valid_to && *row.valid_to < day);
    const bool is_to_come =
        (row.valid_from && day < *row.valid_from) || (row.status == Status::planned && !row.valid_from);
    return !is_over && !is_to_come;
}

int minutes_of(double distance_m, TravelMode mode) {
    const double pace = mode == TravelMode::walk ? 80 : mode == TravelMode::bicycle ? 200 : 400;
    return std::max(1, static_cast<int>(std::ceil(distance_m * 1.3 / pace)));
}

bool within(const Taxonomy& taxonomy, ProgrammeIndex programme, ProgrammeIndex family) {
    for (std::optional<ProgrammeIndex> at = programme; at; at = taxonomy.at(*at).parent) {
        if (*at == family) {
            return true;
        }
    }
    return false;
}

bool has(std::uint8_t bits, unsigned number) { return (bits >> number & 1U) != 0; }

/// The days on which residents may come, where the service's terms name some.
std::optional<std::uint8_t> days_of_residents(const ServiceRow& row, const std::string& home) {
    for (const auto& terms : row.use_terms) {
        if (!home.empty() && terms.municipality == home && terms.weekdays != 0) {
            return terms.weekdays;
        }
    }
    return std::nullopt;
}

/// An hour at a time, each of the day on which it falls.
Openness open_on(std::span<const ScheduleRule> rules, const TimeWindow& window, std::uint8_t days) {
    Openness best = Openness::no;
    for (unsigned day = 0; day < 7; ++day) {
        for (int minute = window.from_minute; minute < window.to_minute && has(window.weekdays, day); minute += 60) {
            const unsigned falls_on = (day + static_cast<unsigned>(minute / 1440)) % 7;
            const int to = std::min({minute + 60, window.to_minute, (minute / 1440 + 1) * 1440});
            if (has(days, falls_on)) {
                const int from_midnight = minute % 1440;
                best = std::max(best, open_in_window(rules, {static_cast<WeekdayMask>(1U << falls_on), from_midnight,
                                                             from_midnight + (to - minute)}));
            }
        }
    }
    return best;
}

} // namespace

std::size_t NaiveService::covers() const {
    return static_cast<std::size_t>(std::ranges::count_if(pairs, [](const auto& of) { return of.second.no.empty(); }));
}

NaiveMatch::NaiveMatch(const State& state, const MatchRules& rules, const Family& family, Instant at)
    : state_(state), rules_(rules), family_(family), at_(at), home_(family.municipality) {
    for (std::size_t person = 0; person < family.people.size(); ++person) {
        for (const auto need : family.people[person].needs) {
            pairs_.emplace_back(person, need);
        }
    }
    for (const auto& place : family.places) {
        for (std::uint32_t i = 0; i < state.districts.size() && place.role == PlaceRole::home; ++i) {
            if (geo::covers(state.districts[i].geometry, place.position)) {
                home_districts_.insert(i);
                home_ = home_.empty() ? state.districts[i].municipality : home_;
            }
        }
    }
    for (std::uint32_t service = 0; service < state.services.size(); ++service) {
        if (!is_looked_at(service)) {
            continue;
        }
        NaiveService looked{service, {}, {}};
        for (const auto role : {PlaceRole::home, PlaceRole::school, PlaceRole::work, PlaceRole::other}) {
            if (const auto distance_m = metres(state.services[service], role)) {
                looked.distance_m = std::min(looked.distance_m.value_or(*distance_m), *distance_m);
            }
        }
        for (std::size_t pair = 0; pair < pairs_.size(); ++pair) {
            const auto& wanted = rules.needs[pairs_[pair].second].any_of;
            if (std::ranges::any_of(wanted, [&](ProgrammeIndex of) {
                    return within(Taxonomy::shipped(), state.services[service].programme, of);
                })) {
                looked.pairs.emplace(pair, fit(service, pair));
            }
        }
        services_.push_back(std::move(looked));
    }
}

std::optional<double> NaiveMatch::metres(const ServiceRow& row, PlaceRole role) const {
    const auto& position = state_.sites[row.site].position;
    std::optional<double> nearest;
    for (const auto& place : family_.places) {
        if (position && place.role == role) {
            const double this_m = geo::LocalMetric(place.position).distance_m(*position);
            nearest = nearest ? std::min(*nearest, this_m) : this_m;
        }
    }
    return nearest;
}

bool NaiveMatch::comes_home(const ServiceRow& row) const {
    const bool by_word = has(row.features, static_cast<unsigned>(Feature::visiting)) ||
                         has(row.features, static_cast<unsigned>(Feature::online));
    return rules_.comes_home[row.programme] || (by_word && !state_.sites[row.site].position);
}

std::set<std::uint32_t> NaiveMatch::served(const ServiceRow& row) const {
    std::set<std::uint32_t> districts;
    for (std::uint32_t i = 0; i < state_.districts.size(); ++i) {
        const auto& district = state_.districts[i];
        for (const auto& word : row.serves) {
            if (word == district.municipality || word == district.layer + ":" + district.code) {
                districts.insert(i);
            }
        }
    }
    return districts;
}

/// In force, of a programme that somebody's need leads to, and near enough to be asked about, or nowhere and for them.
bool NaiveMatch::is_looked_at(std::uint32_t service) const {
    const ServiceRow& row = state_.services[service];
    const SiteRow& site = state_.sites[row.site];
    double radius_m = -1;
    for (std::size_t pair = 0; pair < pairs_.size(); ++pair) {
        const auto& wanted = rules_.needs[pairs_[pair].second].any_of;
        if (std::ranges::any_of(wanted,
                                [&](ProgrammeIndex of) { return within(Taxonomy::shipped(), row.programme, of); })) {
            const int most = most_minutes(pair).value_or(60);
            const double pace = family_.mode == TravelMode::walk ? 80 : family_.mode == TravelMode::bicycle ? 200 : 400;
            radius_m = std::max({radius_m, most * pace / 1.3 * 1.5, most * 400 / 1.3,
                                 rules_.comes_home[row.programme] ? 20'000.0 : 0.0});
        }
    }
    if (radius_m < 0 || !stands(row, at_.day)) {
        return false;
    }
    if (site.position && !family_.places.empty()) {
        return std::ranges::any_of(family_.places, [&](const FamilyPlace& place) {
            return geo::LocalMetric(place.position).distance_m(*site.position) <= radius_m;
        });
    }
    const auto here = [&](const std::string& code) { return !home_.empty() && code == home_; };
    if (site.position && !site.municipality.empty() && !here(site.municipality)) {
        // It lies elsewhere: its list alone can say that they may come.
        return std::ranges::any_of(row.usable_by, here) || std::ranges::any_of(row.serves, here);
    }
    return here(site.municipality) || std::ranges::any_of(row.usable_by, here) ||
           std::ranges::any_of(row.serves, here) ||
           std::ranges::any_of(served(row), [&](std::uint32_t i) { return here(state_.districts[i].municipality); });
}

bool NaiveMatch::holds(const MatchCondition& when, std::size_t pair) const {
    const FamilyPerson& person = family_.people[pairs_[pair].first];
    const bool is_child = person.kind == PersonKind::child;
    if (!when.needs.empty() && std::ranges::count(when.needs, pairs_[pair].second) == 0) {
        return false;
    }
    if (when.kinds != 0 && !has(when.kinds, static_cast<unsigned>(person.kind))) {
        return false;
    }
    if (when.age_from_months && (!is_child || person.age_months.value_or(-1) < *when.age_from_months)) {
        return false;
    }
    if (when.age_under_months && (!is_child || person.age_months.value_or(k_last) >= *when.age_under_months)) {
        return false;
    }
    // The random families say the stage of whoever is at school.
    if (!when.stages.empty() && (!person.stage || std::ranges::count(when.stages, *person.stage) == 0)) {
        return false;
    }
    if (when.modes != 0 && !has(when.modes, static_cast<unsigned>(family_.mode))) {
        return false;
    }
    return when.worries == 0 || family_.worries != 0; // there is one worry
}

std::optional<int> NaiveMatch::most_minutes(std::size_t pair) const {
    for (const auto& rule : rules_.rules) {
        const auto most = rule.minutes_by[static_cast<std::size_t>(family_.mode)];
        if (rule.kind == MatchRuleKind::most_minutes && most && holds(rule.when, pair)) {
            return most;
        }
    }
    return std::nullopt;
}

std::vector<PlaceRole> NaiveMatch::near(std::size_t pair) const {
    for (const auto& rule : rules_.rules) {
        if (rule.kind == MatchRuleKind::near && holds(rule.when, pair)) {
            return rule.roles;
        }
    }
    return {};
}

std::set<ProgrammeIndex> NaiveMatch::programmes_at(std::uint32_t site) const {
    std::set<ProgrammeIndex> programmes;
    for (const auto& other : state_.services) {
        if (other.site == site && stands(other, at_.day)) {
            programmes.insert(other.programme);
        }
    }
    return programmes;
}

void NaiveMatch::add_way(NaiveFit& fit, const ServiceRow& row, std::size_t pair) const {
    if (comes_home(row)) {
        return;
    }
    const auto most = most_minutes(pair);
    const auto order = near(pair);
    // rank of the role, metres, role
    std::vector<std::tuple<int, double, int>> ways;
    for (int role = 0; role < 4; ++role) {
        if (const auto distance_m = metres(row, static_cast<PlaceRole>(role))) {
            const auto rank = std::ranges::find(order, static_cast<PlaceRole>(role)) - order.begin();
            ways.emplace_back(static_cast<int>(rank), *distance_m, role);
        }
    }
    if (ways.empty()) {
        fit.open += 1; // place_unknown
        fit.minutes = k_last;
        return;
    }
    std::ranges::sort(ways);
    auto way = std::ranges::find_if(
        ways, [&](const auto& of) { return !most || minutes_of(std::get<1>(of), family_.mode) <= *most; });
    if (way == ways.end()) {
        way = std::ranges::min_element(ways, {}, [](const auto& of) { return std::get<1>(of); });
    }
    const double distance_m = std::get<1>(*way);
    const double accuracy_m = state_.sites[row.site].accuracy_m.value_or(0);
    fit.place = std::get<0>(*way);
    fit.minutes = minutes_of(distance_m, family_.mode);
    const bool brings = row.transport == Transport::provider || row.transport == Transport::municipality ||
                        row.transport == Transport::coordinator;
    const bool is_too_far = most && minutes_of(std::max(0.0, distance_m - accuracy_m), family_.mode) > *most;
    const bool is_rough = most && !is_too_far && minutes_of(distance_m + accuracy_m, family_.mode) > *most;
    if (is_too_far) {
        const bool by_their_car =
            family_.mode != TravelMode::fetched && brings && minutes_of(distance_m, TravelMode::car) <= *most;
        if (by_their_car) {
            fit.minutes = minutes_of(distance_m, TravelMode::car);
        } else {
            fit.no.insert("too_far");
        }
    } else if (family_.mode == TravelMode::fetched && !brings) {
        if (row.transport == Transport::unknown) {
            fit.open += 1;
        } else {
            fit.no.insert("no_transport");
        }
    } else if (is_rough) {
        fit.open += 1;
    }
}

void NaiveMatch::add_rules(NaiveFit& fit, const ServiceRow& row, std::size_t pair) const {
    fit.rule = k_last;
    fit.step = k_last;
    bool has_order = false;
    for (std::size_t i = 0; i < rules_.rules.size(); ++i) {
        const auto& rule = rules_.rules[i];
        if (!holds(rule.when, pair)) {
            continue;
        }
        const bool is_named = !rule.programmes.empty() && rule.programmes[row.programme];
        const bool is_at =
            rule.at.empty() || std::ranges::any_of(is_named ? programmes_at(row.site) : std::set<ProgrammeIndex>{},
                                                   [&](auto other) { return rule.at[other]; });
        switch (rule.kind) {
            case MatchRuleKind::only_at:
                if (is_named && !is_at) {
                    fit.no.insert("rule");
                }
                break;
            case MatchRuleKind::exclude:
                if (is_named && is_at) {
                    fit.no.insert("rule");
                }
                break;
            case MatchRuleKind::least_distance_m:
                for (const auto role : rule.roles) {
                    if (!comes_home(row) && metres(row, role).value_or(rule.metres) < rule.metres) {
                        fit.no.insert("rule");
                    }
                }
                break;
            case MatchRuleKind::prefer:
                if (is_named && is_at) {
                    fit.rule = std::min(fit.rule, static_cast<int>(i));
                }
                break;
            case MatchRuleKind::order:
                for (std::size_t step = 0; step < rule.steps.size() && !has_order; ++step) {
                    if (rule.steps[step][row.programme]) {
                        fit.step = std::min(fit.step, static_cast<int>(step));
                    }
                }
                has_order = true;
                break;
            default:
                break;
        }
    }
}

NaiveFit NaiveMatch::fit(std::uint32_t service, std::size_t pair) const {
    const ServiceRow& row = state_.services[service];
    const SiteRow& site = state_.sites[row.site];
    const FamilyPerson& person = family_.people[pairs_[pair].first];
    NaiveFit fit;
    if (person.kind == PersonKind::child) {
        const bool is_outside = *person.age_months < row.from_age_months.value_or(0) ||
                                *person.age_months >= row.to_age_months.value_or(k_last);
        if (is_outside) {
            fit.no.insert("age_outside");
        } else if (!row.from_age_months && !row.to_age_months) {
            fit.open += 1;
        }
    } else if (person.kind == PersonKind::expecting && !has(row.for_whom, static_cast<unsigned>(ForWhom::expecting))) {
        if (row.from_age_months || row.to_age_months) {
            fit.no.insert("not_for_expecting");
        } else {
            fit.open += 1;
        }
    }
    const auto special = static_cast<std::uint8_t>(row.for_whom & 0b11100U);
    const bool for_grown = person.kind != PersonKind::child && (row.for_whom & 0b11U) != 0;
    fit.open += int{special != 0 && (special & person.is) == 0 && !for_grown};
    if (row.status == Status::suspended) {
        fit.no.insert("suspended");
    } else {
        fit.open += int{row.certainty != Certainty::confirmed};
    }
    if (family_.when) {
        std::vector<ScheduleRule> rules;
        for (const auto& schedule : row.schedules) {
            rules.push_back(schedule.rule);
        }
        auto open = open_in_window(rules, *family_.when);
        if (open == Openness::no) {
            fit.no.insert("closed_then");
        } else if (const auto days = days_of_residents(row, home_)) {
            open = open_on(rules, *family_.when, *days);
            if (open == Openness::no) {
                fit.no.insert("closed_for_residents");
            }
        }
        fit.open += int{open == Openness::maybe};
    }
    if (!row.usable_by.empty()) {
        if (home_.empty()) {
            fit.open += 1;
        } else if (std::ranges::count(row.usable_by, home_) == 0) {
            fit.no.insert("not_for_residents");
        }
    } else if (!site.municipality.empty() && !home_.empty() && site.municipality != home_ &&
               row.entry != Entry::drop_in) {
        fit.open += 1;
    }
    if (!row.serves.empty()) {
        const auto districts = served(row);
        const bool is_served = std::ranges::any_of(districts, [&](auto i) { return home_districts_.contains(i); });
        const bool is_near =
            std::ranges::any_of(districts, [&](auto i) { return state_.districts[i].municipality == home_; });
        if (home_.empty() || districts.empty()) {
            fit.open += 1;
        } else if (!is_served && (!home_districts_.empty() || !is_near)) {
            fit.no.insert("outside_area");
        } else if (!is_served) {
            fit.open += 1;
        }
    }
    add_way(fit, row, pair);
    std::optional<StaffReading> newest;
    for (const auto& says : row.staff ? row.staff->says : std::vector<StaffReading>{}) {
        if (says.vacancy && (!newest || says.vacancy_on.value_or(Day{}) > newest->vacancy_on.value_or(Day{}))) {
            newest = says;
        }
    }
    if (newest && *newest->vacancy == 0) {
        if (newest->vacancy_on && (at_.day - *newest->vacancy_on).count() <= 30) {
            fit.no.insert("full");
        } else {
            fit.open += 1;
        }
    }
    for (const auto programme : family_.refused) {
        if (within(Taxonomy::shipped(), row.programme, programme)) {
            fit.no.insert("refused");
        }
    }
    if (std::ranges::count(family_.refused_services, row.id) > 0) {
        fit.no.insert("refused");
    }
    add_rules(fit, row, pair);
    return fit;
}

std::vector<std::uint32_t> NaiveMatch::ranked(std::size_t pair) const {
    std::vector<std::tuple<std::size_t, int, int, int, int, int, std::string, std::uint32_t>> fitting;
    for (const auto& service : services_) {
        const auto found = service.pairs.find(pair);
        if (found != service.pairs.end() && found->second.no.empty()) {
            const auto& fit = found->second;
            fitting.emplace_back(pairs_.size() - service.covers(), fit.rule, fit.step, fit.open, fit.place, fit.minutes,
                                 state_.services[service.service].id, service.service);
        }
    }
    std::ranges::sort(fitting);
    std::vector<std::uint32_t> services;
    for (const auto& of : fitting) {
        services.push_back(std::get<7>(of));
    }
    return services;
}

} // namespace shirube::directory::test
