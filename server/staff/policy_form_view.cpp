#include "server/staff/policy_form_view.hpp"

#include "directory/codes.hpp"
#include "directory/policy.hpp"
#include "server/coverage_question.hpp"
#include "server/pages/words.hpp"
#include "server/staff/staff_call.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <set>
#include <string>

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

void offer_programmes(View form, const directory::Reader& reader, const Query& fields) {
    const auto& taxonomy = reader.taxonomy();
    const std::string_view language = form.texts().language();
    const auto tick = [&](View box, directory::ProgrammeIndex programme) {
        box.set("CODE", taxonomy.at(programme).code);
        box.set("LABEL", taxonomy.at(programme).label.in(language));
        box.show_if(has(fields, "any_of", taxonomy.at(programme).code), "CHOSEN");
    };
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
            View box = group.section("PROGRAMME");
            tick(box, programme);
            box.show_if(programme == family, "WHOLE");
            any = any || has(fields, "any_of", taxonomy.at(programme).code);
        }
        group.show_if(any, "OPEN");
    }
}

void offer_layers(View form, const directory::Reader& reader, const Query& fields) {
    std::set<std::string> offered;
    for (const auto& layer : reader.layers()) {
        offer(form, "LAYER_OPTION", fields, "layer", layer.code, layer_in_words(layer.code, form.texts()));
        offered.insert(layer.code);
    }
    // One of which nobody has imported districts yet stays what it is.
    if (const std::string own{field_of(fields, "layer")}; !own.empty() && !offered.contains(own)) {
        offer(form, "LAYER_OPTION", fields, "layer", own, layer_in_words(own, form.texts()));
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
    for (const std::string mode : {"walk", "stroller", "bicycle", "car"}) {
        offer(form, "MODE_OPTION", fields, "mode", mode, texts.get("mode." + mode));
    }
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

constexpr std::array<std::string_view, 20> k_texts{
    "name_ja",       "name_easy", "name_en", "description_ja", "description_easy",   "description_en",   "source",
    "reach_percent", "minutes",   "detour",  "m_per_minute",   "children_from",      "children_to",      "ages_from",
    "ages_to",       "from",      "to",      "more",           "outreach_per_month", "list_valid_months"};
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
    offer_programmes(form, reader, fields);
    offer_layers(form, reader, fields);
    offer_needs(form, reader, fields);
    offer_choices(form, fields);
}

} // namespace shirube::server
