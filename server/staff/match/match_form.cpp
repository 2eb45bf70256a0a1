#include "server/staff/match/match_form.hpp"

#include "server/pages/words.hpp"
#include "server/staff/match/match_fields.hpp"
#include "server/staff/staff_call.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace shirube::server {

namespace {

using directory::FamilyPerson;
using directory::PersonKind;

/// So many people have a part of the form before anybody is written into it, and so many more than are.
constexpr std::size_t k_people_at_first = 6;
constexpr std::size_t k_people_more = 2;

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
        for (std::size_t i = 0; i < k_match_roles.size(); ++i) {
            const auto code = code_of(k_match_roles.at(i));
            offer(row, "ROLE", code, texts.get("match.role_" + std::string(code)),
                  chosen.empty() ? i + 1 == number : chosen == code);
        }
    }
}

void fill_people(View form, const Query& fields, const directory::MatchRules& rules) {
    const Texts& texts = form.texts();
    const std::string_view language = texts.language();
    bool is_open = true;
    const auto is_filled = [&](std::size_t number) {
        const std::string begin = person_field(number, "");
        return std::ranges::any_of(
            fields, [&](const auto& field) { return field.first.starts_with(begin) && !field.second.empty(); });
    };
    std::size_t last = 0;
    for (std::size_t number = 1; number <= k_match_people; ++number) {
        last = is_filled(number) ? number : last;
    }
    last = std::min(std::max(last + k_people_more, k_people_at_first), k_match_people);
    for (std::size_t number = 1; number <= last; ++number) {
        View row = form.section("PERSON");
        row.set("NUMBER", number);
        const std::string_view kind = field_of(fields, person_field(number, "kind"));
        for (const auto each : k_match_kinds) {
            const auto code = code_of(each);
            const bool is_first = number == 1 && kind.empty() && each == PersonKind::child;
            offer(row, "KIND", code, texts.get("match.kind_" + std::string(code)), kind == code || is_first);
        }
        row.set("YEARS", field_of(fields, person_field(number, "years")));
        row.set("MONTHS", field_of(fields, person_field(number, "months")));
        for (const auto stage : k_match_stages) {
            const auto& words = directory::words_of(stage);
            offer(row, "STAGE", words.code, words.label.in(language),
                  field_of(fields, person_field(number, "stage")) == words.code);
        }
        for (const auto& need : rules.needs) {
            View box = row.section("NEED");
            box.set("VALUE", need.code);
            box.set("FIELD", person_field(number, "need"));
            box.words("WORDS", need.label.in(language));
            box.show_if(has_field(fields, person_field(number, "need"), need.code), "CHOSEN");
        }
        for (const auto whom : k_match_whom) {
            const auto code = directory::code_of(whom);
            View box = row.section("WHOM");
            box.set("VALUE", code);
            box.set("FIELD", person_field(number, "is"));
            box.words("WORDS", texts.get("for." + std::string(code)));
            box.show_if(has_field(fields, person_field(number, "is"), code), "CHOSEN");
        }
        // The next person's part is offered open only once there is somebody before it.
        row.show_if(is_open || is_filled(number), "OPENED");
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
        row.show_if(has_field(fields, "refused", taxonomy.at(i).code), "REFUSED");
        row.show_if(has_field(fields, "used", taxonomy.at(i).code), "USED");
    }
}

} // namespace

bool is_match_field(std::string_view name) {
    constexpr std::array<std::string_view, 10> k_whole{"weekday", "from", "to",    "mode",    "worry",
                                                       "refused", "used", "rules", "counted", "once"};
    constexpr std::array<std::string_view, 6> k_of_person{"kind", "years", "months", "stage", "is", "need"};
    if (std::ranges::find(k_whole, name) != k_whole.end()) {
        return true;
    }
    for (std::size_t number = 1; number <= k_match_people; ++number) {
        const std::string place = place_field(number);
        if (number <= k_match_places && (name == place || name == place + "_role")) {
            return true;
        }
        if (std::ranges::any_of(k_of_person, [&](auto part) { return name == person_field(number, part); })) {
            return true;
        }
    }
    return false;
}

void fill_match_form(View form, const Query& fields, const Context& context, const directory::MatchRules& rules,
                     bool has_map) {
    const Texts& texts = form.texts();
    fill_places(form, fields, has_map);
    fill_people(form, fields, rules);
    for (int day = 0; day < 7; ++day) {
        const auto code = k_match_days.at(static_cast<std::size_t>(day));
        offer(form, "WEEKDAY", code, weekday_in_words(day, texts), has_field(fields, "weekday", code));
    }
    form.set("FROM", field_of(fields, "from"));
    form.set("TO", field_of(fields, "to"));
    const std::string_view mode = field_of(fields, "mode");
    for (const auto& words : directory::k_travel_words) {
        offer(form, "MODE", words.code, texts.get("match.mode_" + std::string(words.code)),
              mode.empty() ? words.mode == directory::TravelMode::walk : mode == words.code);
    }
    form.show_if(has_field(fields, "worry", "neighbours"), "WORRY_CHOSEN");
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
