#include "server/pages/search/ask_form.hpp"

#include "server/numbers.hpp"
#include "server/pages/edition_facts.hpp"
#include "server/pages/use_terms_words.hpp"
#include "server/pages/words.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

namespace shirube::server {

namespace {

using directory::ProgrammeIndex;
using directory::Taxonomy;

constexpr int k_last_age = 18;
struct Months {
    std::string_view value; ///< of `age`: a month in the middle
    int from;
    int to; ///< inclusive
};
constexpr std::array k_months{Months{"1m", 0, 2}, Months{"4m", 3, 5}, Months{"7m", 6, 8}, Months{"10m", 9, 11}};
constexpr std::array<std::string_view, 7> k_days{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr std::array<std::string_view, 5> k_times{"10:00", "13:00", "16:00", "18:00", "20:00"};
constexpr std::array<std::string_view, 3> k_radii{"1000", "2000", "5000"};
/// The form's checkboxes that stand for one parameter and one value.
struct Tick {
    std::string_view parameter;
    std::string_view value;
    std::string_view text;
};
/// Whoever brings a child, as long as somebody does.
constexpr std::string_view k_transport = "provider,municipality,coordinator";
constexpr std::array k_how{
    Tick{"entry", "drop_in", "ask.drop_in"},         Tick{"fee", "free", "ask.free"},
    Tick{"transport", k_transport, "ask.transport"}, Tick{"phone", "not_needed", "ask.without_phone"},
    Tick{"feature", "line", "feature.line"},         Tick{"feature", "online", "feature.online"},
    Tick{"feature", "visiting", "feature.visiting"}};
constexpr std::array k_equipment{
    Tick{"feature", "step_free", "feature.step_free"}, Tick{"feature", "stroller", "feature.stroller"},
    Tick{"feature", "parking", "feature.parking"}, Tick{"feature", "private_room", "feature.private_room"}};
constexpr std::array k_whom{Tick{"for", "parents", "for.parents"}, Tick{"for", "young_carer", "for.young_carer"},
                            Tick{"for", "foreign_roots", "for.foreign_roots"},
                            Tick{"for", "disability", "for.disability"}};

/// A plain word for a time, and what it asks for.
struct When {
    std::string_view code;
    std::string_view text;
    std::string_view open;
    std::string_view day;
    std::string_view time;
};
/// School is out between three and four nearly everywhere.
constexpr std::array k_whens{When{"now", "ask.when_now", "now", "", ""},
                             When{"after_school", "ask.when_after_school", "", "mon,tue,wed,thu,fri", "16:00"},
                             When{"evening", "ask.when_evening", "", "", "18:00"},
                             When{"sat", "ask.when_sat", "", "sat", ""}, When{"sun", "ask.when_sun", "", "sun", ""}};
/// The choice that leaves it to date, day and time, and the one of no time at all.
constexpr std::string_view k_when_date = "date";
constexpr std::string_view k_when_any = "any";
/// Asked by a link or a step before; the form carries them on.
constexpr std::array<std::string_view, 8> k_carried{"near",  "within", "q",  "municipality",
                                                    "stage", "sort",   "at", "bbox"};
constexpr std::array<std::string_view, 14> k_asked{"age",       "day",   "time",         "open",        "radius",
                                                   "entry",     "fee",   "feature",      "for",         "programme",
                                                   "transport", "phone", "residents_of", "use_contract"};
constexpr std::array<std::string_view, 3> k_lists{"programme", "for", "feature"};

std::string first_value(const Query& query, std::string_view name) {
    const auto found = std::ranges::find(query, name, &Query::value_type::first);
    return found == query.end() ? std::string{} : found->second;
}

/// Whether a comma list holds a value, or is it.
bool holds(const Query& query, std::string_view name, std::string_view value) {
    return std::ranges::any_of(query, [&](const auto& pair) {
        return pair.first == name &&
               ("," + pair.second + ",").find("," + std::string(value) + ",") != std::string::npos;
    });
}

void fill_option(View list, std::string_view section, std::string_view value, std::string_view label, bool selected) {
    View option = list.section(section);
    option.set("VALUE", value);
    option.set("LABEL", label);
    option.show_if(selected, "SELECTED");
}

void fill_ages(View form, const Query& asked) {
    const Texts& texts = form.texts();
    const std::string age = first_value(asked, "age");
    fill_option(form, "AGE", "expecting", texts.get("ask.expecting"), holds(asked, "for", "expecting"));
    // In the first year a month is what a year is later: check-ups and visits come by months.
    for (const auto& [value, from, to] : k_months) {
        fill_option(form, "AGE", value,
                    texts.with("age.month_range", {{"from", std::to_string(from)}, {"to", std::to_string(to)}}),
                    age == value);
    }
    if (age == "0") {
        fill_option(form, "AGE", age, age_in_words(0, texts), true);
    }
    for (int years = 1; years <= k_last_age; ++years) {
        const std::string value = std::to_string(years);
        fill_option(form, "AGE", value, age_in_words(years * 12, texts), age == value);
    }
}

/// The plain word that asks for the times of the query, `date` where it asks for others, `any` where for none.
std::string_view when_of(const Query& asked) {
    const std::string open = first_value(asked, "open");
    const std::string day = first_value(asked, "day");
    const std::string time = first_value(asked, "time");
    if (open.empty() && day.empty() && time.empty()) {
        return k_when_any;
    }
    const auto found = std::ranges::find_if(
        k_whens, [&](const When& when) { return when.open == open && when.day == day && when.time == time; });
    return found == k_whens.end() ? k_when_date : found->code;
}

void fill_when(View form, const Query& asked) {
    const std::string_view chosen = when_of(asked);
    const auto add = [&](std::string_view code, std::string_view text) {
        View when = form.section("WHEN");
        when.set("VALUE", code);
        when.words("LABEL", form.texts().get(text));
        when.show_if(code == chosen, "CHECKED");
    };
    add(k_when_any, "ask.when_any");
    for (const When& when : k_whens) {
        add(when.code, when.text);
    }
    if (chosen == k_when_date) {
        add(k_when_date, "ask.when_date"); // the fields below need no word of their own to be chosen
    }
    form.set("WHEN_WAS", chosen);
    form.show_if(chosen == k_when_date, "FINER_OPENED");
    const std::string open = first_value(asked, "open");
    form.set("DATE", directory::parse_day(open) ? open : std::string{});
}

void fill_times(View form, const Query& asked) {
    const Texts& texts = form.texts();
    const bool is_finer = when_of(asked) == k_when_date;
    for (int day = 0; day < 7; ++day) {
        const auto code = k_days.at(static_cast<std::size_t>(day));
        fill_option(form, "DAY", code, weekday_in_words(day, texts), is_finer && first_value(asked, "day") == code);
    }
    for (const auto time : k_times) {
        fill_option(form, "TIME", time, texts.with("ask.about_time", {{"time", std::string(time)}}),
                    is_finer && first_value(asked, "time") == time);
    }
    for (const auto radius : k_radii) {
        const auto label = texts.with("ask.within_km", {{"km", std::string(1, radius.front())}});
        fill_option(form, "RADIUS", radius, label, first_value(asked, "radius") == radius);
    }
    fill_when(form, asked);
}

void carry_on(View form, std::string_view name, const std::string& value) {
    if (!value.empty()) {
        View hidden = form.section("CARRIED");
        hidden.set("NAME", name);
        hidden.set("VALUE", value);
    }
}

/// Whose residents may use it, and by which contract: a choice where lists say so of several municipalities; else what
/// was asked is carried on.
void fill_residents(View form, const Context& context, const Query& asked) {
    const auto facts = facts_of(context.reader(), context.now.day);
    const std::string chosen = first_value(asked, "residents_of");
    const std::string contract = first_value(asked, "use_contract");
    constexpr std::size_t k_most = 300; // more is no list to choose from
    const auto& known = facts->residents;
    const bool is_known = chosen.empty() || std::ranges::find(known, chosen) != known.end();
    if (!is_known || known.size() < 2 || known.size() > k_most) {
        carry_on(form, "residents_of", chosen);
        carry_on(form, "use_contract", contract);
        return;
    }
    View choice = form.section("RESIDENTS");
    for (const std::string& code : known) {
        fill_option(choice, "OF", code, facts->municipality_name(code), code == chosen);
    }
    const auto& contracts = facts->use_contracts;
    const auto is_offered = [&](directory::Contract of) { return directory::code_of(of) == contract; };
    if (contracts.empty() || (!contract.empty() && std::ranges::none_of(contracts, is_offered))) {
        carry_on(form, "use_contract", contract);
        return;
    }
    View terms = choice.section("TERMS");
    for (const auto of : contracts) {
        fill_option(terms, "CONTRACT", directory::code_of(of), contract_in_words(of, form.texts()), is_offered(of));
    }
}

void fill_ticks(View form, std::string_view section, std::span<const Tick> ticks, const Query& asked) {
    for (const auto& tick : ticks) {
        View choice = form.section(section);
        choice.set("NAME", tick.parameter);
        choice.set("VALUE", tick.value);
        choice.words("LABEL", form.texts().get(tick.text));
        choice.show_if(holds(asked, tick.parameter, tick.value), "CHECKED");
    }
}

/// \param checked the section to show where it was asked for; inner sections inherit outer ones, so each level has its
/// own
void fill_programme(View choice, const Taxonomy& taxonomy, ProgrammeIndex index, const Query& asked,
                    std::string_view checked) {
    const auto& programme = taxonomy.at(index);
    choice.set("CODE", programme.code);
    choice.words("LABEL", programme.public_label.in(choice.texts().language()));
    choice.show_if(holds(asked, "programme", programme.code), checked);
}

void fill_families(View form, const Context& context, const Query& asked) {
    const Taxonomy& taxonomy = context.reader().taxonomy();
    const auto facts = facts_of(context.reader(), context.now.day);
    const auto count = static_cast<ProgrammeIndex>(taxonomy.programmes().size());
    for (ProgrammeIndex index = 0; index < count; ++index) {
        // Carriers are who could host a service one day, nothing a family can go to.
        if (!taxonomy.is_family(index) || !facts->offered.at(index) || taxonomy.at(index).code == "carriers") {
            continue;
        }
        View family = form.section("FAMILY");
        fill_programme(family, taxonomy, index, asked, "FAMILY_CHECKED");
        family.icon("ICON", family_icon(taxonomy, index));
        std::optional<View> kinds;
        for (const ProgrammeIndex below : taxonomy.with_descendants(index)) {
            if (below == index || !facts->offered.at(below)) {
                continue;
            }
            if (!kinds) {
                kinds = family.section("KINDS");
            }
            fill_programme(kinds->section("KIND"), taxonomy, below, asked, "KIND_CHECKED");
            if (holds(asked, "programme", taxonomy.at(below).code)) {
                kinds->show("OPENED");
            }
        }
    }
}

/// What the radio buttons and the finer fields say together. A plain word says what it says, and the fields what it
/// leaves open: an evening of a Saturday, a Saturday of a date. `any` empties them where they were what was asked until
/// now; a date goes before a weekday, and `now` before both.
void apply_when(Query& search, std::string_view when, std::string_view was, const std::string& date) {
    const auto ask_no_time = [&] { search = without(without(without(search, "open"), "day"), "time"); };
    if (when == k_when_any && was == k_when_date) {
        ask_no_time();
        return;
    }
    const auto found = std::ranges::find(k_whens, when, &When::code);
    // The word that stood there already, and fields that were empty: who fills them means them.
    const bool is_refined = when == was && (!date.empty() || !first_value(search, "day").empty());
    if (found != k_whens.end() && !(is_refined && found->time.empty())) {
        if (!found->open.empty()) {
            ask_no_time();
        }
        for (const auto& [name, value] :
             {std::pair{"open", found->open}, std::pair{"day", found->day}, std::pair{"time", found->time}}) {
            if (!value.empty()) {
                search = with(search, name, value);
            }
        }
    }
    if (!date.empty() && first_value(search, "open").empty()) {
        search = without(with(search, "open", date), "day");
    } else if (!first_value(search, "open").empty()) {
        search = without(without(search, "day"), "time");
    }
}

/// The point rounded to 0.001°, whatever sent it; as it is where it is none.
std::string rounded_point(const std::string& text) {
    const auto comma = text.find(',');
    const auto lon = comma == std::string::npos ? std::nullopt : parse_number(std::string_view(text).substr(0, comma));
    const auto lat = comma == std::string::npos ? std::nullopt : parse_number(std::string_view(text).substr(comma + 1));
    return lon && lat ? decimal(*lon, 3) + "," + decimal(*lat, 3) : text;
}

} // namespace

Query with_rounded_point(const Query& query) {
    const std::string near = first_value(query, "near");
    return near.empty() ? query : with(query, "near", rounded_point(near));
}

void fill_ask_form(View page, const Context& context, const Links& links, const Query& asked) {
    View form = page.include("ASK", "ask.html");
    // A family's place is not for an address: staff ask for one elsewhere, in a body.
    if (context.staff == nullptr) {
        View field = page.include("ASK_PLACE", "ask-place.html").section("ASKS_PLACE");
        field.set("SUGGEST", "/api/v1/suggest");
        field.show(first_value(asked, "near").empty() ? "NO_PLACE" : "PLACE_KEPT");
        form.show("ASKS_PLACE");
    }
    form.set("ACTION", links.to("/search"));
    for (const auto name : k_carried) {
        const std::string value = first_value(asked, name);
        if (!value.empty()) {
            View hidden = form.section("CARRIED");
            hidden.set("NAME", name);
            hidden.set("VALUE", value);
        }
    }
    fill_families(form, context, asked);
    fill_ages(form, asked);
    fill_times(form, asked);
    fill_residents(form, context, asked);
    fill_ticks(form, "WHOM", k_whom, asked);
    fill_ticks(form, "HOW", k_how, asked);
    fill_ticks(form, "EQUIPMENT", k_equipment, asked);
    const bool asks_further =
        std::ranges::any_of(std::array{"entry", "fee", "transport", "phone", "feature", "radius", "residents_of"},
                            [&](auto name) { return !first_value(asked, name).empty(); });
    form.show_if(asks_further, "FURTHER_OPENED");
}

std::expected<PostedForm, std::string> read_posted_form(std::string_view body) {
    const auto posted = parse_query(body);
    if (!posted) {
        return std::unexpected(posted.error());
    }
    const auto is_known = [](std::string_view name) {
        return std::ranges::find(k_carried, name) != k_carried.end() ||
               std::ranges::find(k_asked, name) != k_asked.end();
    };
    PostedForm form;
    std::string when;
    std::string was;
    std::string date;
    for (const auto& [name, value] : *posted) {
        if (name == "place") {
            form.place = value;
        } else if (name == "when") {
            when = value;
        } else if (name == "was") {
            was = value;
        } else if (name == "date") {
            date = value;
        } else if (name == "age" && value == "expecting") {
            form.search = with(form.search, "for", value);
        } else if (value.empty() || !is_known(name)) {
            continue;
        } else if (std::ranges::find(k_lists, name) != k_lists.end()) {
            std::string values = first_value(form.search, name);
            if (!holds(form.search, name, value)) {
                values += values.empty() ? "" : ",";
                values += value;
            }
            form.search = with(form.search, name, values);
        } else {
            form.search = with(form.search, name, name == "near" ? rounded_point(value) : value);
        }
    }
    if (first_value(form.search, "residents_of").empty()) {
        form.search = without(form.search, "use_contract"); // it says on what terms these may come
    }
    apply_when(form.search, when, was, date);
    return form;
}

} // namespace shirube::server
