#include "server/staff/policy_form_view.hpp"

#include "directory/codes.hpp"
#include "directory/policy.hpp"
#include "server/coverage_question.hpp"
#include "server/pages/words.hpp"
#include "server/staff/policy_form_parts.hpp"
#include "server/staff/staff_call.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace shirube::server {

namespace {

using directory::Policy;

bool has(const Query& fields, std::string_view name, std::string_view value) {
    return std::ranges::any_of(fields, [&](const auto& field) { return field.first == name && field.second == value; });
}

void offer(View form, std::string_view section, const Query& fields, std::string_view name, std::string_view value,
           std::string_view words) {
    View option = form.section(section);
    option.set("VALUE", value);
    option.set("WORDS", words);
    option.show_if(has(fields, name, value), "CHOSEN");
}

/// Boxes to tick for every programme, by families, whose field is `name`. \param form policy-programmes.html
void offer_programmes(View form, const directory::Reader& reader, const Query& fields, const std::string& name) {
    const auto& taxonomy = reader.taxonomy();
    const std::string_view language = form.texts().language();
    for (directory::ProgrammeIndex family = 0; family < taxonomy.programmes().size(); ++family) {
        if (!taxonomy.is_family(family)) {
            continue;
        }
        View group = form.section("FAMILY");
        group.words("FAMILY_NAME", taxonomy.at(family).label.in(language));
        bool any = false;
        for (const auto programme : taxonomy.with_descendants(family)) {
            // A family with something hidden below it cannot be asked for whole.
            Policy alone;
            alone.any_of = {programme};
            if (!is_open_to(alone, taxonomy, reader.audience())) {
                continue;
            }
            const auto& of = taxonomy.at(programme);
            View box = group.section("PROGRAMME");
            box.set("FIELD", name);
            box.set("CODE", of.code);
            box.set("LABEL", of.label.in(language));
            box.show_if(has(fields, name, of.code), "CHOSEN");
            box.show_if(programme == family, "WHOLE");
            any = any || has(fields, name, of.code);
        }
        group.show_if(any, "OPEN");
    }
}

void offer_functions(View form, const directory::Reader& reader, const Query& fields) {
    constexpr std::size_t k_least = 2;
    const auto rows = rows_shown(fields, "function", k_least, k_most_functions);
    for (std::size_t i = 1; i <= rows; ++i) {
        View row = form.section("FUNCTION");
        row.set("NUMBER", i);
        for (const auto& [value, field] :
             {std::pair{"NAME_JA", "name_ja"}, std::pair{"NAME_EASY", "name_easy"}, std::pair{"NAME_EN", "name_en"}}) {
            row.set(value, field_of(fields, numbered("function", i, field)));
        }
        offer_programmes(row.include("PROGRAMMES", "policy-programmes.html"), reader, fields,
                         numbered("function", i, "any_of"));
    }
}

void offer_modes(View to, const Query& fields, const std::string& name) {
    for (const std::string mode : {"walk", "stroller", "bicycle", "car"}) {
        offer(to, "MODE_OPTION", fields, name, mode, to.texts().get("mode." + mode));
    }
}

void offer_ways(View form, const Query& fields) {
    const auto rows = rows_shown(fields, "way", 1, k_most_ways);
    for (std::size_t i = 1; i <= rows; ++i) {
        View row = form.section("WAY");
        row.set("NUMBER", i);
        for (const auto& [value, field] : {std::pair{"DISTRICTS", "districts"}, std::pair{"MINUTES", "minutes"},
                                           std::pair{"M_PER_MINUTE", "m_per_minute"}, std::pair{"DETOUR", "detour"}}) {
            row.set(value, field_of(fields, numbered("way", i, field)));
        }
        offer_modes(row, fields, numbered("way", i, "mode"));
    }
}

void offer_supply(View form, const Query& fields) {
    for (const std::string decay : {"step", "gaussian"}) {
        offer(form, "DECAY_OPTION", fields, "supply_decay", decay, form.texts().get("policies.decay_" + decay));
    }
    for (const std::string rule : {"median", "unknown", "fixed"}) {
        offer(form, "UNKNOWN_OPTION", fields, "supply_unknown", rule, form.texts().get("policies.capacity_" + rule));
    }
    for (const std::string unit : {"places", "nights"}) {
        offer(form, "UNIT_OPTION", fields, "supply_unit", unit, form.texts().get("policies.unit_" + unit));
    }
}

void offer_layers(View form, const directory::Reader& reader, const Query& fields, std::string_view section,
                  std::string_view name) {
    std::set<std::string> offered;
    for (const auto& layer : reader.layers()) {
        offer(form, section, fields, name, layer.code, layer_in_words(layer.code, form.texts()));
        offered.insert(layer.code);
    }
    // One of which nobody has imported districts yet stays what it is.
    if (const std::string own{field_of(fields, name)}; !own.empty() && !offered.contains(own)) {
        offer(form, section, fields, name, own, layer_in_words(own, form.texts()));
    }
}

void offer_needs(View form, const directory::Reader& reader, const Query& fields) {
    std::map<std::string, std::string> needs;
    for (const auto& row : reader.needs()) {
        const std::string unit{directory::code_of(row.reading.unit)};
        needs.emplace(row.reading.indicator + "|" + unit,
                      fmt::format("{} ({})", row.reading.indicator, form.texts().get("unit." + unit)));
    }
    if (const std::string own{field_of(fields, "need")}; !own.empty()) {
        needs.emplace(own, own.substr(0, own.rfind('|')));
    }
    for (const auto& [value, words] : needs) {
        offer(form, "NEED_OPTION", fields, "need", value, words);
    }
}

void offer_choices(View form, const Query& fields) {
    const Texts& texts = form.texts();
    for (const std::string reading : {"presence", "reach", "function", "supply"}) {
        offer(form, "READING_OPTION", fields, "reading", reading, texts.get("reading." + reading));
    }
    offer_modes(form, fields, "mode");
    for (std::size_t day = 0; day < k_weekday_codes.size(); ++day) {
        offer(form, "WEEKDAY_OPTION", fields, "weekday", k_weekday_codes.at(day),
              weekday_in_words(static_cast<int>(day), texts));
    }
    for (const auto entry : {directory::Entry::drop_in, directory::Entry::register_first, directory::Entry::apply,
                             directory::Entry::referral, directory::Entry::municipal_decision}) {
        const std::string code{directory::code_of(entry)};
        offer(form, "ENTRY_OPTION", fields, "entry", code, texts.get("policies.entry_" + code));
    }
}

constexpr auto k_texts = std::to_array<std::string_view>({"name_ja",
                                                          "name_easy",
                                                          "name_en",
                                                          "description_ja",
                                                          "description_easy",
                                                          "description_en",
                                                          "source",
                                                          "reach_percent",
                                                          "minutes",
                                                          "detour",
                                                          "m_per_minute",
                                                          "children_from",
                                                          "children_to",
                                                          "ages_from",
                                                          "ages_to",
                                                          "from",
                                                          "to",
                                                          "outreach_per_month",
                                                          "list_valid_months",
                                                          "supply_sigma",
                                                          "supply_reach",
                                                          "supply_capacity"});
constexpr std::array<std::string_view, 4> k_ticks{"residents_only", "cells_by_centre", "count_planned",
                                                  "count_unconfirmed"};

std::string upper(std::string_view name) {
    std::string out{name};
    std::ranges::transform(out, out.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return out;
}

} // namespace

void fill_policy_form(View form, const directory::Reader& reader, const Query& fields) {
    for (const auto name : k_texts) {
        form.set(upper(name), field_of(fields, name));
    }
    for (const auto name : k_ticks) {
        form.show_if(!field_of(fields, name).empty(), upper(name) + "_CHOSEN");
    }
    offer_programmes(form.include("PROGRAMMES", "policy-programmes.html"), reader, fields, "any_of");
    offer_programmes(form.include("OUTREACH_PROGRAMMES", "policy-programmes.html"), reader, fields, "outreach_any_of");
    offer_layers(form, reader, fields, "LAYER_OPTION", "layer");
    offer_layers(form, reader, fields, "OUTREACH_LAYER_OPTION", "outreach_layer");
    offer_functions(form, reader, fields);
    offer_supply(form, fields);
    offer_ways(form, fields);
    offer_needs(form, reader, fields);
    offer_choices(form, fields);
}

} // namespace shirube::server
