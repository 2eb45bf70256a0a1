#include "directory/minutes.hpp"
#include "directory/stage_ages.hpp"
#include "importers/cleaning/text.hpp"
#include "server/numbers.hpp"
#include "server/pages/search/typed_place.hpp"
#include "server/staff/match/match_fields.hpp"
#include "server/staff/match/match_form.hpp"
#include "server/staff/staff_call.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <type_traits>
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

/// What was typed, with digits, colons and commas of either width in one, without blanks around it.
std::string in_one_width(std::string_view text) { return importers::plain(importers::clean_text(text).text); }

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

    std::expected<AskedFamily, std::vector<MatchFault>> run() {
        for (std::size_t number = 1; number <= k_match_places; ++number) {
            read_place(number);
        }
        for (std::size_t number = 1; number <= k_match_people; ++number) {
            read_person(number);
        }
        if (family_.people.empty() && faults_.empty()) {
            fail(person_field(1, "kind"), "match.fault_nobody");
        } else if (!family_.people.empty() && !is_anybody_unknown_ &&
                   std::ranges::all_of(family_.people, [](const auto& person) { return person.needs.empty(); })) {
            fail(person_field(first_person_, "need"), "match.fault_no_need");
        }
        read_times();
        family_.mode = read_choice("mode", directory::parse_travel_mode).value_or(directory::TravelMode::walk);
        for (const auto& [name, value] : fields_) {
            if (name == "worry") {
                if (const auto worry = directory::parse_worry(value)) {
                    family_.worries = static_cast<std::uint8_t>(family_.worries | directory::bit_of(*worry));
                } else {
                    fail("worry", "match.fault_unknown");
                }
            }
        }
        read_programmes("refused", family_.refused);
        read_programmes("used", family_.used);
        if (faults_.empty()) {
            return AskedFamily{std::move(family_), std::move(places_)};
        }
        return std::unexpected(std::move(faults_));
    }

  private:
    void fail(std::string field, std::string_view text, std::vector<std::string> may_be = {}) {
        const bool is_told = std::ranges::any_of(
            faults_, [&](const auto& told) { return told.field == field && told.sentence == texts_.get(text); });
        if (!is_told) {
            faults_.push_back({std::move(field), texts_.get(text), std::move(may_be)});
        }
    }

    /// The value of a list to choose from; nothing where none was chosen.
    template <class Parse>
    std::invoke_result_t<Parse, std::string_view> read_choice(const std::string& field, Parse parse) {
        const auto text = field_of(fields_, field);
        const auto value = parse(text);
        if (!text.empty() && !value) {
            fail(field, "match.fault_unknown");
        }
        return value;
    }

    void add_place(PlaceRole role, geo::LonLat position, std::string name, double accuracy_m) {
        family_.places.push_back({role, position, accuracy_m});
        places_.push_back({role, std::move(name), accuracy_m});
    }

    void read_place(std::size_t number) {
        const std::string field = place_field(number);
        const std::string_view typed = field_of(fields_, field);
        if (typed.find_first_not_of(" \t") == std::string_view::npos) {
            return;
        }
        const auto role = read_choice(field + "_role", directory::parse_place_role).value_or(PlaceRole::home);
        if (const auto point = point_typed(in_one_width(typed))) {
            add_place(role, *point, fmt::format("{:.3f},{:.3f}", point->lon, point->lat), 0);
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
        const TypedPlace& place = places.front();
        add_place(role, place.position, place.detail + place.name, place.accuracy_m);
    }

    /// Years and months together; nothing where neither was filled in.
    std::optional<int> read_age(std::size_t number) {
        const std::string years = in_one_width(field_of(fields_, person_field(number, "years")));
        const std::string months = in_one_width(field_of(fields_, person_field(number, "months")));
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

    /// Whether anything of the person was filled in but who it is.
    bool is_begun(std::size_t number) {
        const std::string begin = person_field(number, "");
        return std::ranges::any_of(fields_, [&](const auto& field) {
            return field.first.starts_with(begin) && field.first != person_field(number, "kind") &&
                   field.second.find_first_not_of(" \t") != std::string::npos;
        });
    }

    void read_person(std::size_t number) {
        const auto kind = read_choice(person_field(number, "kind"), directory::parse_person_kind);
        if (!kind) {
            // Nobody disappears because the list above was passed over.
            if (field_of(fields_, person_field(number, "kind")).empty() && is_begun(number)) {
                fail(person_field(number, "kind"), "match.fault_no_kind");
                is_anybody_unknown_ = true;
            }
            return;
        }
        FamilyPerson person;
        person.kind = *kind;
        const auto age = read_age(number);
        const auto stage = read_choice(person_field(number, "stage"), directory::parse_life_stage);
        if (*kind == PersonKind::child) {
            person.age_months = age;
            person.stage = stage;
            if (age && stage && !directory::can_be_in(*stage, *age)) {
                fail(person_field(number, "stage"), "match.fault_stage");
            }
        } else if (age || stage) {
            fail(person_field(number, "years"), "match.fault_not_a_child");
        }
        read_whom(number, person);
        read_needs(number, person);
        first_person_ = family_.people.empty() ? number : first_person_;
        family_.people.push_back(std::move(person));
    }

    void read_whom(std::size_t number, FamilyPerson& person) {
        for (const auto& [name, value] : fields_) {
            if (name != person_field(number, "is")) {
                continue;
            }
            const auto whom = directory::parse_code<directory::ForWhom>(value);
            if (whom && std::ranges::find(k_match_whom, *whom) != k_match_whom.end()) {
                person.is = static_cast<std::uint8_t>(person.is | directory::bit_of(*whom));
            } else {
                fail(name, "match.fault_unknown");
            }
        }
    }

    void read_needs(std::size_t number, FamilyPerson& person) {
        for (const auto& [name, value] : fields_) {
            if (name != person_field(number, "need")) {
                continue;
            }
            const auto need = rules_.find_need(value);
            if (!need) { // ticked under other rules: what these do not have would be left out unseen
                fail(name, "match.fault_need_gone");
            } else if (std::ranges::find(person.needs, *need) == person.needs.end()) {
                person.needs.push_back(*need);
            }
        }
        std::ranges::sort(person.needs);
        if (person.needs.size() > directory::k_most_needs_each) {
            fail(person_field(number, "need"), "match.fault_needs");
        }
    }

    /// Minutes of a clock; nothing where the field is empty.
    std::optional<int> read_clock(std::string_view name) {
        const std::string text = in_one_width(field_of(fields_, name));
        if (text.empty()) {
            return std::nullopt;
        }
        const auto colon = text.find(':');
        const std::string_view whole = text;
        const auto hours = colon == std::string::npos ? std::nullopt : parse_digits(whole.substr(0, colon));
        const auto minutes = colon == std::string::npos ? std::nullopt : parse_digits(whole.substr(colon + 1));
        if (!hours || !minutes || *hours > 24 || *minutes > 59 || *hours * 60 + *minutes > directory::k_minutes_a_day) {
            fail(std::string(name), "match.fault_time");
            return std::nullopt;
        }
        return static_cast<int>(*hours * 60 + *minutes);
    }

    void read_times() {
        directory::TimeWindow window;
        directory::WeekdayMask days = 0;
        for (const auto& [name, value] : fields_) {
            if (name != "weekday") {
                continue;
            }
            const auto* const day = std::ranges::find(k_match_days, value);
            if (day == k_match_days.end()) {
                fail("weekday", "match.fault_unknown");
            } else {
                days =
                    static_cast<directory::WeekdayMask>(days | 1U << static_cast<unsigned>(day - k_match_days.begin()));
            }
        }
        const auto from = read_clock("from");
        const auto to = read_clock("to");
        if (days == 0 && !from && !to) {
            return;
        }
        window.weekdays = days == 0 ? directory::k_every_weekday : days;
        window.from_minute = from.value_or(0);
        window.to_minute = to.value_or(directory::k_minutes_a_day);
        if (window.to_minute == window.from_minute || window.from_minute == directory::k_minutes_a_day) {
            fail("to", "match.fault_same_time"); // as in the API
            return;
        }
        if (window.to_minute < window.from_minute) {
            window.to_minute += directory::k_minutes_a_day; // over midnight
        }
        family_.when = window;
    }

    void read_programmes(std::string_view name, std::vector<directory::ProgrammeIndex>& into) {
        for (const auto& [field, value] : fields_) {
            if (field != name) {
                continue;
            }
            const auto& taxonomy = context_.reader().taxonomy();
            const auto programme = taxonomy.by_code(value);
            if (!programme || taxonomy.at(*programme).visibility > context_.reader().audience().sees()) {
                fail(std::string(name), "match.fault_unknown");
            } else if (std::ranges::find(into, *programme) == into.end()) {
                into.push_back(*programme);
            }
        }
    }

    const Query& fields_;
    const Context& context_;
    const directory::MatchRules& rules_;
    const Texts& texts_;
    Family family_;
    std::vector<UnderstoodPlace> places_;
    std::size_t first_person_ = 1;    ///< the number of the form's part that the first person came from
    bool is_anybody_unknown_ = false; ///< something was written of somebody, and not who it is
    std::vector<MatchFault> faults_;
};

} // namespace

std::expected<AskedFamily, std::vector<MatchFault>> family_of(const Query& fields, const Context& context,
                                                              const directory::MatchRules& rules) {
    return Reading(fields, context, rules).run();
}

} // namespace shirube::server
