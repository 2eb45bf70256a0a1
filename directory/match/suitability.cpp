#include "directory/match/suitability.hpp"

#include "directory/designated_city.hpp"
#include "directory/minutes.hpp"
#include "directory/use_terms.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace shirube::directory {

namespace {

constexpr int k_months_a_year = 12;

/// The stage of a child of whom the age alone is known, where only one has it.
std::optional<LifeStage> stage_of(const FamilyPerson& person) {
    if (person.kind == PersonKind::expecting) {
        return LifeStage::pregnancy;
    }
    if (person.stage || person.kind != PersonKind::child || !person.age_months) {
        return person.stage;
    }
    struct Years {
        int from;
        int to;
        LifeStage stage;
    };
    constexpr std::array<Years, 7> sure{{{0, 3, LifeStage::infant},
                                         {3, 6, LifeStage::preschool},
                                         {7, 12, LifeStage::elementary},
                                         {13, 15, LifeStage::junior_high},
                                         {16, 18, LifeStage::high},
                                         {19, 25, LifeStage::youth},
                                         {25, 40, LifeStage::young_adult}}};
    for (const auto& [from, to, stage] : sure) {
        if (*person.age_months >= from * k_months_a_year && *person.age_months < to * k_months_a_year) {
            return stage;
        }
    }
    return std::nullopt;
}

std::string_view city_of(const std::string& municipality) noexcept { return designated_city_of(municipality); }

ProgrammeSet set_of(const Taxonomy& taxonomy, const std::vector<ProgrammeIndex>& programmes) {
    ProgrammeSet set(taxonomy.programmes().size());
    for (const auto programme : programmes) {
        for (const auto below : taxonomy.with_descendants(programme)) {
            set[below] = true;
        }
    }
    return set;
}

bool names(const std::vector<std::string>& ids, const std::string& id) {
    return std::ranges::find(ids, id) != ids.end();
}

// ---- the tests, each with what it looks at --------------------------------------------------------------------------

struct Test {
    const Asked& asked;
    const AskedPair& pair;
    const Candidate& candidate;

    [[nodiscard]] const ServiceRow& row() const { return *candidate.row; }
    [[nodiscard]] const FamilyPerson& person() const { return asked.family.people[pair.person]; }
};

Reason with_ages(ReasonCode code, const ServiceRow& row) {
    Reason reason{code};
    reason.value = row.from_age_months;
    reason.limit = row.to_age_months;
    return reason;
}

Reason by_stage(const ServiceRow& row, LifeStage stage) {
    switch (is_for(row, stage)) {
        case Openness::no:
            return {ReasonCode::stage_outside};
        case Openness::yes:
            return {ReasonCode::stage_fits};
        case Openness::maybe:
            break;
    }
    return {ReasonCode::stage_unsure};
}

Reason of_expecting(const ServiceRow& row) {
    switch (is_for(row, LifeStage::pregnancy)) {
        case Openness::no:
            return {ReasonCode::not_for_expecting};
        case Openness::yes:
            return {ReasonCode::for_expecting};
        case Openness::maybe:
            break;
    }
    return {ReasonCode::expecting_unstated};
}

/// Ages as stated; beside them, or instead, the school stages that a list names.
Reason age(const Test& test) {
    const ServiceRow& row = test.row();
    const FamilyPerson& person = test.person();
    if (person.kind == PersonKind::parent) {
        return {};
    }
    if (person.kind == PersonKind::expecting) {
        return of_expecting(row);
    }
    const bool states_ages = row.from_age_months || row.to_age_months;
    if (states_ages && person.age_months &&
        (*person.age_months < row.from_age_months.value_or(0) ||
         (row.to_age_months && *person.age_months >= *row.to_age_months))) {
        return with_ages(ReasonCode::age_outside, row);
    }
    const bool asks_stage = !row.stage.empty() || (states_ages && !person.age_months);
    if (asks_stage && test.pair.stage) {
        return by_stage(row, *test.pair.stage);
    }
    if (states_ages) {
        return with_ages(person.age_months ? ReasonCode::age_fits : ReasonCode::age_not_said, row);
    }
    if (row.stage.empty()) {
        return {ReasonCode::age_unstated};
    }
    return {person.age_months ? ReasonCode::stage_unsure : ReasonCode::age_not_said};
}

/// A list that names young carers alone may still take others in: nobody is turned away by it, it is told.
Reason whom(const Test& test) {
    constexpr unsigned special =
        bit_of(ForWhom::young_carer) | bit_of(ForWhom::foreign_roots) | bit_of(ForWhom::disability);
    constexpr unsigned grown = bit_of(ForWhom::parents) | bit_of(ForWhom::expecting);
    const unsigned named = test.row().for_whom;
    const bool is_met = (named & special & test.person().is) != 0;
    const bool is_for_grown = test.person().kind != PersonKind::child && (named & grown) != 0;
    return (named & special) == 0 || is_met || is_for_grown ? Reason{} : Reason{ReasonCode::for_others};
}

Reason standing(const Test& test) {
    if (test.asked.reader.status_on(test.candidate.service, test.asked.at.day) == Status::suspended) {
        return {ReasonCode::suspended};
    }
    Reason reason;
    if (test.row().certainty != Certainty::confirmed) {
        reason.code = test.row().certainty == Certainty::stale ? ReasonCode::stale : ReasonCode::unconfirmed;
        reason.on = test.row().last_confirmed_on;
    }
    return reason;
}

/// The same on some days of the week alone; what of a night is of the next day counts as that day's.
Openness open_on_days(std::span<const ScheduleRule> schedules, const TimeWindow& window, WeekdayMask days) {
    TimeWindow evening = window;
    evening.weekdays &= days;
    evening.to_minute = std::min(window.to_minute, k_minutes_a_day);
    Openness open = evening.weekdays == 0 ? Openness::no : open_in_window(schedules, evening);
    if (window.to_minute > k_minutes_a_day) {
        const unsigned next = (unsigned{window.weekdays} << 1U) | (unsigned{window.weekdays} >> 6U);
        const TimeWindow morning{static_cast<WeekdayMask>(next & days), 0, window.to_minute - k_minutes_a_day};
        open = morning.weekdays == 0 ? open : std::max(open, open_in_window(schedules, morning));
    }
    return open;
}

Reason hours(const Test& test) {
    if (!test.asked.family.when) {
        return {};
    }
    const auto schedules = test.asked.reader.rules(test.candidate.service);
    Openness open = open_in_window(schedules, *test.asked.family.when);
    const WeekdayMask days = days_for(test.row().use_terms, test.asked.municipality);
    if (open != Openness::no && days != k_every_weekday) {
        open = open_on_days(schedules, *test.asked.family.when, days);
        if (open == Openness::no) {
            Reason reason{ReasonCode::closed_for_residents};
            reason.terms = terms_for(test.row().use_terms, test.asked.municipality);
            return reason;
        }
    }
    switch (open) {
        case Openness::no:
            return {ReasonCode::closed_then};
        case Openness::yes:
            return {ReasonCode::open_then};
        case Openness::maybe:
            break;
    }
    return {ReasonCode::hours_unstated};
}

/// Whose residents may use it. Where a list does not say: one's own municipality's, and whatever one can walk into.
Reason residents(const Test& test) {
    const auto& usable_by = test.row().usable_by;
    const std::string& home = test.asked.municipality;
    if (!usable_by.empty()) {
        if (home.empty()) {
            return {ReasonCode::residents_unstated};
        }
        const bool is_named = std::ranges::any_of(
            usable_by, [&](const std::string& code) { return code == home || city_of(code) == home; });
        Reason reason{is_named ? ReasonCode::for_residents : ReasonCode::not_for_residents};
        if (is_named) {
            reason.terms = terms_for(test.row().use_terms, home);
        }
        return reason;
    }
    const std::string& lies = test.candidate.site->municipality;
    const bool is_own = lies.empty() || home.empty() || lies == home || city_of(lies) == home;
    return is_own || test.row().entry == Entry::drop_in ? Reason{} : Reason{ReasonCode::residents_unstated};
}

/// The districts a list says it is for.
Reason area(const Test& test) {
    if (test.row().serves.empty()) {
        return {};
    }
    const auto served = test.asked.reader.serves(test.candidate.service);
    const std::string& home = test.asked.municipality;
    if (served.empty() || home.empty()) {
        return {!home.empty() && names(test.row().serves, home) ? ReasonCode::area_served : ReasonCode::area_unsure};
    }
    if (std::ranges::any_of(served, [&](std::uint32_t district) {
            return std::ranges::binary_search(test.asked.home_districts, district);
        })) {
        return {ReasonCode::area_served};
    }
    const bool is_home_known = !test.asked.home_districts.empty();
    const auto districts = test.asked.reader.districts();
    const bool is_near = std::ranges::any_of(
        served, [&](std::uint32_t district) { return city_of(districts[district].municipality) == home; });
    return {is_home_known || !is_near ? ReasonCode::outside_area : ReasonCode::area_unsure};
}

bool brings(Transport transport) noexcept {
    return transport == Transport::provider || transport == Transport::municipality ||
           transport == Transport::coordinator;
}

Reason with_way(ReasonCode code, const MeasuredWay& way, std::optional<int> most) {
    Reason reason{code};
    reason.value = way.minutes;
    reason.limit = most;
    reason.from = way.from;
    return reason;
}

/// How far off both ends of a way may be together.
double accuracy_m(const Asked& asked, const Candidate& candidate, PlaceRole from) {
    double place_m = 0;
    for (const auto& place : asked.family.places) {
        place_m = place.role == from ? std::max(place_m, place.accuracy_m) : place_m;
    }
    return place_m + candidate.site->accuracy_m.value_or(0);
}

bool is_too_far(const Asked& asked, const AskedPair& pair, const Candidate& candidate, const MeasuredWay& way) {
    const double least_m = std::max(0.0, way.distance_m - accuracy_m(asked, candidate, way.from));
    return pair.most_minutes && travel_minutes(least_m, asked.family.mode) > *pair.most_minutes;
}

/// A place known to its town alone may be nearer or farther than its point.
Reason own_way(const Test& test, const MeasuredWay& way) {
    const auto most = test.pair.most_minutes;
    if (way.brought) {
        return with_way(ReasonCode::brought, way, most);
    }
    if (is_too_far(test.asked, test.pair, test.candidate, way)) {
        return with_way(ReasonCode::too_far, way, most);
    }
    const double most_m = way.distance_m + accuracy_m(test.asked, test.candidate, way.from);
    const bool is_sure = !most || travel_minutes(most_m, test.asked.family.mode) <= *most;
    return with_way(is_sure ? ReasonCode::within : ReasonCode::place_rough, way, most);
}

Reason way(const Test& test) {
    if (test.candidate.offer.comes_home) {
        return {ReasonCode::comes_home};
    }
    const auto measured = way_of(test.asked, test.pair, test.candidate);
    if (!measured) {
        const bool is_theirs_unknown = test.asked.family.places.empty() && test.candidate.site->position;
        return {is_theirs_unknown ? ReasonCode::no_place_given : ReasonCode::place_unknown};
    }
    const Reason own = own_way(test, *measured);
    const Transport transport = test.row().transport;
    if (test.asked.family.mode != TravelMode::fetched || own.code == ReasonCode::too_far) {
        return own;
    }
    if (brings(transport)) {
        return own.code == ReasonCode::within ? with_way(ReasonCode::brought, *measured, own.limit) : own;
    }
    return with_way(transport == Transport::unknown ? ReasonCode::transport_unstated : ReasonCode::no_transport,
                    *measured, own.limit);
}

/// The newest figure of free places; one without a day is older than any.
const StaffReading* newest_vacancy(const ServiceRow& row) {
    const StaffReading* newest = nullptr;
    if (row.staff) {
        for (const auto& says : row.staff->says) {
            if (says.vacancy && (newest == nullptr || newest->vacancy_on < says.vacancy_on)) {
                newest = &says;
            }
        }
    }
    return newest;
}

Reason capacity(const Test& test) {
    const StaffReading* told = newest_vacancy(test.row());
    if (told == nullptr) {
        Reason unknown;
        if (test.row().entry != Entry::drop_in) {
            unknown.code = ReasonCode::vacancy_unknown;
            unknown.value = test.row().capacity;
        }
        return unknown;
    }
    Reason reason;
    reason.value = told->vacancy;
    reason.on = told->vacancy_on;
    if (told->vacancy_on) {
        reason.limit = std::max(0, static_cast<int>((test.asked.at.day - *told->vacancy_on).count()));
    }
    const bool is_fresh = reason.limit && *reason.limit <= test.asked.rules.vacancy_fresh_days;
    if (*told->vacancy > 0) {
        reason.code = is_fresh ? ReasonCode::places_free : ReasonCode::free_then;
    } else {
        reason.code = is_fresh ? ReasonCode::full : ReasonCode::full_then;
    }
    return reason;
}

Reason wanted(const Test& test) {
    const bool is_refused =
        test.asked.refused[test.row().programme] || names(test.asked.family.refused_services, test.row().id);
    return {is_refused ? ReasonCode::refused : ReasonCode::none};
}

Reason used(const Test& test) {
    const bool was_used =
        test.asked.used[test.row().programme] || names(test.asked.family.used_services, test.row().id);
    return {was_used ? ReasonCode::used_before : ReasonCode::none};
}

Reason of_rules(const Test& test) {
    Reason reason;
    if (const auto objection = test.pair.rules.objection(test.candidate.offer)) {
        reason.code = ReasonCode::rule;
        reason.rule = objection;
    }
    return reason;
}

/// What decides most cheaply comes first: the first no ends a judgement.
constexpr std::array<Reason (*)(const Test&), 11> k_tests{age,      way,   wanted,   whom,     residents, area,
                                                          standing, hours, capacity, of_rules, used};

MatchSituation situation_of(const Family& family, const FamilyPerson& person, std::size_t need) {
    MatchSituation situation;
    situation.need = need;
    situation.kind = person.kind;
    situation.age_months = person.age_months;
    situation.stage = stage_of(person);
    situation.weekdays = family.when ? family.when->weekdays : WeekdayMask{0};
    situation.worries = family.worries;
    for (const auto& place : family.places) {
        situation.places = static_cast<std::uint8_t>(situation.places | bit_of(place.role));
    }
    situation.mode = family.mode;
    return situation;
}

} // namespace

Asked::Asked(const Reader& of, const MatchRules& by, const Family& asking, Instant when)
    : reader(of),
      rules(by),
      family(asking),
      at(when),
      municipality(city_of(asking.municipality)),
      refused(set_of(of.taxonomy(), asking.refused)),
      used(set_of(of.taxonomy(), asking.used)) {
    for (std::size_t person = 0; person < family.people.size(); ++person) {
        for (const auto need : family.people[person].needs) {
            const auto situation = situation_of(family, family.people[person], need);
            ApplyingRules applying(rules, situation);
            const auto most = applying.most_minutes();
            pairs.push_back({person, need, situation.stage, std::move(applying), most});
        }
    }
    asked_what_else.resize(reader.taxonomy().programmes().size());
    for (std::size_t i = 0; i < asked_what_else.size(); ++i) {
        asked_what_else[i] = std::ranges::any_of(pairs, [&](const AskedPair& pair) {
            return pair.rules.asks_what_else_is_there(static_cast<ProgrammeIndex>(i));
        });
    }
    for (const auto& place : family.places) {
        metrics.emplace_back(place.position);
        if (place.role != PlaceRole::home) {
            continue;
        }
        for (const auto& layer : reader.layers()) {
            for (const auto district : reader.districts_at(layer, place.position)) {
                home_districts.push_back(district);
                if (municipality.empty()) {
                    municipality = city_of(reader.districts()[district].municipality);
                }
            }
        }
    }
    std::ranges::sort(home_districts);
    if (family.places.empty()) {
        const auto& owners = reader.audience().owners;
        looked_at = !municipality.empty() ? municipality
                    : owners.empty()      ? std::string{}
                                          : std::string{city_of(owners.front().owner)};
    }
}

Candidate candidate_of(const Asked& asked, std::uint32_t service) {
    const ServiceRow& row = asked.reader.services()[service];
    Candidate candidate{service, &row, &asked.reader.sites()[row.site], {}};
    candidate.offer.programme = row.programme;
    // What visits or answers from afar beside its house is still a house that one goes to.
    candidate.offer.comes_home =
        asked.rules.comes_home[row.programme] ||
        (!candidate.site->position && (row.features & (bit_of(Feature::visiting) | bit_of(Feature::online))) != 0);
    if (candidate.site->position) {
        for (std::size_t i = 0; i < asked.metrics.size(); ++i) {
            auto& distance_m = candidate.offer.distance_m[static_cast<std::size_t>(asked.family.places[i].role)];
            const double this_m = asked.metrics[i].distance_m(*candidate.site->position);
            distance_m = distance_m ? std::min(*distance_m, this_m) : this_m;
        }
    }
    if (asked.asked_what_else[row.programme]) {
        for (const auto other : asked.reader.services_at(row.site)) {
            const auto status = asked.reader.status_on(other, asked.at.day);
            if (status != Status::closed && status != Status::planned) {
                candidate.offer.also_here.push_back(asked.reader.services()[other].programme);
            }
        }
    }
    return candidate;
}

std::optional<MeasuredWay> way_of(const Asked& asked, const AskedPair& pair, const Candidate& candidate) {
    if (candidate.offer.comes_home) {
        return std::nullopt;
    }
    auto way = way_to(candidate.offer.distance_m, pair.rules.near(), asked.family.mode, pair.most_minutes);
    if (way && asked.family.mode != TravelMode::fetched && brings(candidate.row->transport) &&
        is_too_far(asked, pair, candidate, *way)) {
        const int by_car = travel_minutes(way->distance_m, TravelMode::fetched);
        if (by_car <= *pair.most_minutes) {
            way->minutes = by_car;
            way->brought = true;
        }
    }
    return way;
}

bool may_come_afterwards(const Asked& asked, const AskedPair& pair, const Candidate& candidate) {
    const Test test{asked, pair, candidate};
    return std::ranges::none_of(std::array{wanted, residents, area, of_rules},
                                [&](const auto& of) { return of(test).verdict() == Openness::no; });
}

Judgement judge(const Asked& asked, const AskedPair& pair, const Candidate& candidate) {
    Judgement judgement;
    for (const auto& test : k_tests) {
        const auto code = test({asked, pair, candidate}).code;
        const auto& words = words_of(code);
        judgement.open += int{words.is_open};
        if (words.verdict == Openness::no) {
            judgement.fits = false;
            judgement.first_no = code;
            return judgement;
        }
    }
    return judgement;
}

std::vector<Reason> explain(const Asked& asked, const AskedPair& pair, const Candidate& candidate) {
    std::vector<Reason> reasons;
    for (const auto& test : k_tests) {
        if (auto reason = test({asked, pair, candidate}); reason.code != ReasonCode::none) {
            reasons.push_back(reason);
        }
    }
    return reasons;
}

} // namespace shirube::directory
