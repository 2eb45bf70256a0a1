#include "server/staff/match/match_form.hpp"

#include "server/numbers.hpp"
#include "server/pages/search/typed_place.hpp"
#include "server/pages/words.hpp"
#include "server/staff/staff_call.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace shirube::server {

namespace {

using directory::Family;
using directory::FamilyPerson;
using directory::PersonKind;
using directory::PlaceRole;

constexpr std::size_t k_longest_place = 300;
constexpr int k_months = 12;
constexpr int k_oldest_years = 39;
constexpr std::array<std::string_view, 7> k_days{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr std::array k_roles{PlaceRole::home, PlaceRole::school, PlaceRole::work, PlaceRole::other};
constexpr std::array k_kinds{PersonKind::child, PersonKind::parent, PersonKind::expecting};
constexpr std::array k_stages{directory::LifeStage::preschool, directory::LifeStage::elementary,
                              directory::LifeStage::junior_high, directory::LifeStage::high};

std::string place_field(std::size_t number) { return fmt::format("place{}", number); }
std::string person_field(std::size_t number, std::string_view part) { return fmt::format("person{}_{}", number, part); }

bool has(const Query& fields, std::string_view name, std::string_view value) {
    return std::ranges::any_of(fields, [&](const auto& field) { return field.first == name && field.second == value; });
}

/// "137.05,33.20", as the map writes it; the other way round too, for in Japan the two cannot be confused.
std::optional<geo::LonLat> point_typed(std::string_view text) {
    const auto comma = text.find_first_of(", ");
    if (comma == std::string_view::npos) {
        return std::nullopt;
    }
    const auto number = [](std::string_view part) -> std::optional<double> {
        const auto first = part.find_first_not_of(", ");
        const auto last = part.find_last_not_of(' ');
        return first == std::string_view::npos ? std::nullopt : parse_number(part.substr(first, last - first + 1));
    };
    const auto a = number(text.substr(0, comma));
    const auto b = number(text.substr(comma));
    if (!a || !b) {
        return std::nullopt;
    }
    const geo::LonLat point{std::max(*a, *b), std::min(*a, *b)};
    constexpr double k_west = 122;
    constexpr double k_east = 154.1;
    constexpr double k_south = 20.3;
    constexpr double k_north = 45.7;
    const bool is_in_japan = point.lon >= k_west && point.lon <= k_east && point.lat >= k_south && point.lat <= k_north;
    return is_in_japan ? std::optional(point) : std::nullopt;
}

/// Reads the fields; what cannot be taken is gathered, so that everything is told at once.
class Reading {
  public:
    Reading(const Query& fields, const Context& context, const directory::MatchRules& rules)
        : fields_(fields), context_(context), rules_(rules), texts_(Texts::in(context.language)) {}

    std::expected<Family, std::vector<MatchFault>> run() {
        for (std::size_t number = 1; number <= k_match_places; ++number) {
            read_place(number);
        }
        for (std::size_t number = 1; number <= k_match_people; ++number) {
            read_person(number);
        }
        if (family_.people.empty() && faults_.empty()) {
            fail(person_field(1, "kind"), "match.fault_nobody");
        }
        read_times();
        family_.mode = directory::parse_travel_mode(field_of(fields_, "mode")).value_or(directory::TravelMode::walk);
        if (has(fields_, "worry", "neighbours")) {
            family_.worries = directory::bit_of(directory::Worry::neighbours);
        }
        read_programmes("refused", family_.refused);
        read_programmes("used", family_.used);
        if (faults_.empty()) {
            return std::move(family_);
        }
        return std::unexpected(std::move(faults_));
    }

  private:
    void fail(std::string field, std::string_view text, std::vector<std::string> may_be = {}) {
        faults_.push_back({std::move(field), texts_.get(text), std::move(may_be)});
    }

    void read_place(std::size_t number) {
        const std::string field = place_field(number);
        const std::string_view typed = field_of(fields_, field);
        if (typed.find_first_not_of(" \t") == std::string_view::npos) {
            return;
        }
        const auto role = directory::parse_place_role(field_of(fields_, field + "_role")).value_or(PlaceRole::home);
        if (const auto point = point_typed(typed)) {
            family_.places.push_back({role, *point});
            return;
        }
        auto places = typed.size() > k_longest_place ? std::vector<TypedPlace>{} : places_typed(typed, context_);
        if (places.empty()) {
            fail(field, "match.fault_place_unknown");
            return;
        }
        if (places.size() > 1) {
            std::vector<std::string> names;
            for (const auto& place : places) {
                names.push_back(place.detail + place.name);
            }
            fail(field, "match.fault_place_several", std::move(names));
            return;
        }
        family_.places.push_back({role, places.front().position});
    }

    /// Years and months together; nothing where neither was filled in.
    std::optional<int> read_age(std::size_t number) {
        const std::string years = std::string(field_of(fields_, person_field(number, "years")));
        const std::string months = std::string(field_of(fields_, person_field(number, "months")));
        if (years.empty() && months.empty()) {
            return std::nullopt;
        }
        const auto whole = years.empty() ? std::optional<std::int64_t>(0) : parse_whole(years);
        const auto rest = months.empty() ? std::optional<std::int64_t>(0) : parse_whole(months);
        if (!whole || !rest || *whole < 0 || *whole > k_oldest_years || *rest < 0 || *rest >= k_months) {
            fail(person_field(number, "years"), "match.fault_age");
            return std::nullopt;
        }
        return static_cast<int>(*whole * k_months + *rest);
    }

    void read_person(std::size_t number) {
        const auto kind = directory::parse_person_kind(field_of(fields_, person_field(number, "kind")));
        if (!kind) {
            return;
        }
        FamilyPerson person;
        person.kind = *kind;
        if (*kind == PersonKind::child) {
            person.age_months = read_age(number);
            person.stage = directory::parse_life_stage(field_of(fields_, person_field(number, "stage")));
        }
        for (std::size_t need = 0; need < rules_.needs.size(); ++need) {
            const bool is_wanted = has(fields_, person_field(number, "need"), rules_.needs[need].code);
            if (is_wanted && person.needs.size() < directory::k_most_needs_each) {
                person.needs.push_back(need);
            }
        }
        const bool asks_others = std::ranges::any_of(fields_, [&](const auto& field) {
            return field.first == person_field(number, "need") && !rules_.find_need(field.second);
        });
        if (asks_others) { // ticked under other rules: what these do not have would be left out unseen
            fail(person_field(number, "need"), "match.fault_need_gone");
            return;
        }
        if (person.needs.empty()) {
            fail(person_field(number, "need"), "match.fault_no_need");
            return;
        }
        family_.people.push_back(std::move(person));
    }

    /// Minutes of a clock; nothing where the field is empty.
    std::optional<int> read_clock(std::string_view name) {
        const std::string_view text = field_of(fields_, name);
        if (text.empty()) {
            return std::nullopt;
        }
        const auto colon = text.find(':');
        const auto hours = colon == std::string_view::npos ? std::nullopt : parse_digits(text.substr(0, colon));
        const auto minutes = colon == std::string_view::npos ? std::nullopt : parse_digits(text.substr(colon + 1));
        if (!hours || !minutes || *hours > 24 || *minutes > 59) {
            fail(std::string(name), "match.fault_time");
            return std::nullopt;
        }
        return static_cast<int>(*hours * 60 + *minutes);
    }

    void read_times() {
        directory::TimeWindow window;
        directory::WeekdayMask days = 0;
        for (std::size_t day = 0; day < k_days.size(); ++day) {
            if (has(fields_, "weekday", k_days.at(day))) {
                days = static_cast<directory::WeekdayMask>(days | 1U << day);
            }
        }
        const auto from = read_clock("from");
        const auto to = read_clock("to");
        if (days == 0 && !from && !to) {
            return;
        }
        constexpr int k_day_minutes = 24 * 60;
        window.weekdays = days == 0 ? directory::k_every_weekday : days;
        window.from_minute = from.value_or(0);
        window.to_minute = to.value_or(k_day_minutes);
        if (window.to_minute <= window.from_minute) {
            window.to_minute += k_day_minutes; // over midnight
        }
        if (window.from_minute >= k_day_minutes) {
            fail("from", "match.fault_time");
            return;
        }
        family_.when = window;
    }

    void read_programmes(std::string_view name, std::vector<directory::ProgrammeIndex>& into) {
        for (const auto& [field, value] : fields_) {
            const auto programme = field == name ? context_.reader().taxonomy().by_code(value) : std::nullopt;
            if (programme && std::ranges::find(into, *programme) == into.end()) {
                into.push_back(*programme);
            }
        }
    }

    const Query& fields_;
    const Context& context_;
    const directory::MatchRules& rules_;
    const Texts& texts_;
    Family family_;
    std::vector<MatchFault> faults_;
};

void offer(View list, std::string_view section, std::string_view value, std::string_view words, bool is_chosen) {
    View option = list.section(section);
    option.set("VALUE", value);
    option.set("WORDS", words);
    option.show_if(is_chosen, "CHOSEN");
}

void fill_places(View form, const Query& fields, bool has_map) {
    const Texts& texts = form.texts();
    for (std::size_t number = 1; number <= k_match_places; ++number) {
        View row = form.section("PLACE");
        const std::string field = place_field(number);
        row.set("NUMBER", number);
        row.set("FIELD", field);
        row.set("TEXT", field_of(fields, field));
        row.show_if(has_map, "MAP_OFFERED");
        // On a phone three empty places would have to be gone past: all but the first are opened by whoever needs them.
        if (number > 1) {
            View more = row.section("MORE");
            more.show_if(!field_of(fields, field).empty(), "OPENED");
        }
        const std::string_view chosen = field_of(fields, field + "_role");
        for (std::size_t i = 0; i < k_roles.size(); ++i) {
            const auto code = code_of(k_roles.at(i));
            offer(row, "ROLE", code, texts.get("match.role_" + std::string(code)),
                  chosen.empty() ? i + 1 == number : chosen == code);
        }
    }
}

void fill_people(View form, const Query& fields, const directory::MatchRules& rules) {
    const Texts& texts = form.texts();
    const std::string_view language = texts.language();
    bool is_open = true;
    for (std::size_t number = 1; number <= k_match_people; ++number) {
        View row = form.section("PERSON");
        row.set("NUMBER", number);
        const std::string_view kind = field_of(fields, person_field(number, "kind"));
        for (const auto each : k_kinds) {
            const auto code = code_of(each);
            const bool is_first = number == 1 && kind.empty() && each == PersonKind::child;
            offer(row, "KIND", code, texts.get("match.kind_" + std::string(code)), kind == code || is_first);
        }
        row.set("YEARS", field_of(fields, person_field(number, "years")));
        row.set("MONTHS", field_of(fields, person_field(number, "months")));
        for (const auto stage : k_stages) {
            const auto& words = directory::words_of(stage);
            offer(row, "STAGE", words.code, words.label.in(language),
                  field_of(fields, person_field(number, "stage")) == words.code);
        }
        for (const auto& need : rules.needs) {
            View box = row.section("NEED");
            box.set("VALUE", need.code);
            box.set("FIELD", person_field(number, "need"));
            box.words("WORDS", need.label.in(language));
            box.show_if(has(fields, person_field(number, "need"), need.code), "CHOSEN");
        }
        // The next person's part is offered open only once there is somebody before it.
        row.show_if(is_open || !kind.empty(), "OPENED");
        is_open = !kind.empty();
    }
}

void fill_programmes(View form, const Query& fields, const Context& context, const directory::MatchRules& rules) {
    const auto& taxonomy = context.reader().taxonomy();
    std::vector<bool> is_named(taxonomy.programmes().size());
    for (const auto& need : rules.needs) {
        for (const auto programme : need.any_of) {
            is_named[programme] = true;
        }
    }
    for (directory::ProgrammeIndex i = 0; i < is_named.size(); ++i) {
        if (!is_named[i] || taxonomy.at(i).visibility > context.reader().audience().sees()) {
            continue;
        }
        View row = form.section("PROGRAMME");
        row.set("CODE", taxonomy.at(i).code);
        row.words("LABEL", taxonomy.at(i).label.in(form.texts().language()));
        row.show_if(has(fields, "refused", taxonomy.at(i).code), "REFUSED");
        row.show_if(has(fields, "used", taxonomy.at(i).code), "USED");
    }
}

} // namespace

std::expected<Family, std::vector<MatchFault>> family_of(const Query& fields, const Context& context,
                                                         const directory::MatchRules& rules) {
    return Reading(fields, context, rules).run();
}

void fill_match_form(View form, const Query& fields, const Context& context, const directory::MatchRules& rules,
                     bool has_map) {
    const Texts& texts = form.texts();
    fill_places(form, fields, has_map);
    fill_people(form, fields, rules);
    for (int day = 0; day < 7; ++day) {
        const auto code = k_days.at(static_cast<std::size_t>(day));
        offer(form, "WEEKDAY", code, weekday_in_words(day, texts), has(fields, "weekday", code));
    }
    form.set("FROM", field_of(fields, "from"));
    form.set("TO", field_of(fields, "to"));
    const std::string_view mode = field_of(fields, "mode");
    for (const auto& words : directory::k_travel_words) {
        offer(form, "MODE", words.code, texts.get("match.mode_" + std::string(words.code)),
              mode.empty() ? words.mode == directory::TravelMode::walk : mode == words.code);
    }
    form.show_if(has(fields, "worry", "neighbours"), "WORRY_CHOSEN");
    fill_programmes(form, fields, context, rules);
}

std::string person_in_words(const FamilyPerson& person, std::size_t number, const Texts& texts) {
    const std::string kind = texts.get("match.kind_" + std::string(code_of(person.kind)));
    return person.age_months
               ? texts.with(
                     "match.person_aged",
                     {{"kind", kind}, {"n", std::to_string(number)}, {"age", age_in_words(*person.age_months, texts)}})
               : texts.with("match.person", {{"kind", kind}, {"n", std::to_string(number)}});
}

} // namespace shirube::server
