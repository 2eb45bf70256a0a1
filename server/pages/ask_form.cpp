#include "server/pages/ask_form.hpp"

#include "server/pages/edition_facts.hpp"
#include "server/pages/words.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace shirube::server {

namespace {

using directory::ProgrammeIndex;
using directory::Taxonomy;

constexpr int k_last_age = 18;
constexpr std::array<std::string_view, 7> k_days{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr std::array<std::string_view, 5> k_times{"10:00", "13:00", "16:00", "18:00", "20:00"};
constexpr std::array<std::string_view, 3> k_radii{"1000", "2000", "5000"};
/// The form's checkboxes that stand for one parameter and one value.
struct Choice {
    std::string_view parameter;
    std::string_view value;
    std::string_view text;
};
constexpr std::array k_conditions{
    Choice{"entry", "drop_in", "ask.drop_in"},           Choice{"fee", "free", "ask.free"},
    Choice{"feature", "step_free", "feature.step_free"}, Choice{"feature", "stroller", "feature.stroller"},
    Choice{"feature", "parking", "feature.parking"},     Choice{"feature", "private_room", "feature.private_room"}};
/// Asked by a link or a step before; the form carries them on.
constexpr std::array<std::string_view, 10> k_carried{"near",  "within", "q",         "residents_of", "municipality",
                                                     "stage", "sort",   "transport", "at",           "bbox"};
constexpr std::array<std::string_view, 10> k_asked{"age",   "day", "time",    "open", "radius",
                                                   "entry", "fee", "feature", "for",  "programme"};
constexpr std::array<std::string_view, 3> k_lists{"programme", "for", "feature"};

std::string first_value(const Query& query, std::string_view name) {
    const auto found = std::ranges::find(query, name, &Query::value_type::first);
    return found == query.end() ? std::string{} : found->second;
}

/// Whether a comma list holds a value.
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
    for (int years = 0; years <= k_last_age; ++years) {
        const std::string value = std::to_string(years);
        fill_option(form, "AGE", value, age_in_words(years * 12, texts), age == value);
    }
}

void fill_times(View form, const Query& asked) {
    const Texts& texts = form.texts();
    for (int day = 0; day < 7; ++day) {
        const auto code = k_days.at(static_cast<std::size_t>(day));
        fill_option(form, "DAY", code, weekday_in_words(day, texts), first_value(asked, "day") == code);
    }
    for (const auto time : k_times) {
        fill_option(form, "TIME", time, texts.with("ask.about_time", {{"time", std::string(time)}}),
                    first_value(asked, "time") == time);
    }
    for (const auto radius : k_radii) {
        const auto label = texts.with("ask.within_km", {{"km", std::string(1, radius.front())}});
        fill_option(form, "RADIUS", radius, label, first_value(asked, "radius") == radius);
    }
    form.show_if(first_value(asked, "open") == "now", "OPEN_NOW");
}

/// \param checked the section to show where it was asked for; inner sections inherit outer ones, so each level has its
/// own
void fill_programme(View choice, const Taxonomy& taxonomy, ProgrammeIndex index, const Query& asked,
                    std::string_view checked) {
    const auto& programme = taxonomy.at(index);
    choice.set("CODE", programme.code);
    choice.words("LABEL", programme.label.in(choice.texts().language()));
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

} // namespace

void fill_ask_form(View form, const Context& context, const Links& links, const Query& asked) {
    form.set("ACTION", links.to("/search"));
    for (const auto name : k_carried) {
        const std::string value = first_value(asked, name);
        if (!value.empty()) {
            View hidden = form.section("CARRIED");
            hidden.set("NAME", name);
            hidden.set("VALUE", value);
        }
    }
    // A family's place is not for an address: staff ask for one elsewhere, in a body.
    form.show_if(context.staff == nullptr, "ASKS_PLACE");
    form.show(first_value(asked, "near").empty() ? "NO_PLACE" : "PLACE_KEPT");
    fill_families(form, context, asked);
    fill_ages(form, asked);
    fill_times(form, asked);
    for (const auto& condition : k_conditions) {
        View choice = form.section("CONDITION");
        choice.set("NAME", condition.parameter);
        choice.set("VALUE", condition.value);
        choice.words("LABEL", form.texts().get(condition.text));
        choice.show_if(holds(asked, condition.parameter, condition.value), "CHECKED");
    }
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
    for (const auto& [name, value] : *posted) {
        if (name == "place") {
            form.place = value;
        } else if (name == "age" && value == "expecting") {
            form.search = with(form.search, "for", value);
        } else if (value.empty() || !is_known(name)) {
            continue;
        } else if (std::ranges::find(k_lists, name) != k_lists.end()) {
            std::string values = first_value(form.search, name);
            values += values.empty() ? "" : ",";
            values += value;
            form.search = with(form.search, name, values);
        } else {
            form.search = with(form.search, name, value);
        }
    }
    if (!first_value(form.search, "open").empty()) {
        form.search = without(without(form.search, "day"), "time");
    }
    return form;
}

} // namespace shirube::server
