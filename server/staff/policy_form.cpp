#include "server/staff/policy_form.hpp"

#include "directory/codes.hpp"
#include "server/coverage_question.hpp"
#include "server/numbers.hpp"
#include "server/staff/policy_form_parts.hpp"
#include "server/staff/staff_call.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace shirube::server {

namespace {

using nlohmann::json;

constexpr auto k_fields = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"/name", "name_ja"},
    {"/description", "description_ja"},
    {"/source", "source"},
    {"/layer", "layer"},
    {"/reading", "reading"},
    {"/any_of", "any_of"},
    {"/reach_share", "reach_percent"},
    {"/walk/mode", "mode"},
    {"/walk/minutes", "minutes"},
    {"/walk/m_per_minute", "m_per_minute"},
    {"/walk/detour", "detour"},
    {"/walk_in", "walk_in"},
    {"/weight/children", "children_from"},
    {"/weight/need", "need"},
    {"/ages", "ages_from"},
    {"/stage", "ages_from"},
    {"/when", "from"},
    {"/entry", "entry"},
    {"/residents_only", "residents_only"},
    {"/outreach_per_month", "outreach_per_month"},
    {"/outreach_in_each", "outreach_layer"},
    {"/list_valid_months", "list_valid_months"},
    {"/functions", "functions"},
    {"/supply", "supply_reach"},
    {"/supply/sigma_m", "supply_sigma"},
    {"/supply/capacity", "supply_capacity"},
    {"/supply/unknown_capacity", "supply_unknown"},
    {"/supply/decay", "supply_decay"},
    {"/supply/unit", "supply_unit"},
});

/// A number where it is one; else the text, so that the document is refused with what was typed.
json number_or_text(std::string_view text) {
    const auto number = parse_number(text);
    return number ? json(*number) : json(std::string{text});
}

/// The last year of a form is one that counts, a document's is one that does not.
json year_after(std::string_view text) {
    const auto number = parse_number(text);
    return number ? json(*number + 1) : json(std::string{text});
}

std::string plain(double value) { return fmt::format("{:.10g}", value); }

bool is_ticked(const Query& fields, std::string_view name) { return !field_of(fields, name).empty(); }

json window_of(const Query& fields) {
    json window = json::object();
    if (json days = all_of(fields, "weekday"); !days.empty()) {
        window["weekdays"] = std::move(days);
    }
    for (const char* member : {"from", "to"}) {
        if (const auto time = field_of(fields, member); !time.empty()) {
            window[member] = time;
        }
    }
    return window;
}

json weight_of(const Query& fields) {
    json children = json::object();
    put_number(children, "from_years", fields, "children_from");
    if (const auto last = field_of(fields, "children_to"); !last.empty()) {
        children["to_years"] = year_after(last);
    }
    json weight{{"children", std::move(children)}};
    if (is_ticked(fields, "cells_by_centre")) {
        weight["cells"] = "centre";
    }
    if (const auto need = field_of(fields, "need"); !need.empty()) {
        const auto bar = need.rfind('|');
        weight["need"] = {{"indicator", need.substr(0, bar)}};
        if (bar != std::string_view::npos && bar + 1 < need.size()) {
            weight["need"]["unit"] = need.substr(bar + 1);
        }
    }
    return weight;
}

json ages_of(const Query& fields) {
    constexpr int k_after_the_oldest = 40;
    const auto from = field_of(fields, "ages_from");
    const auto to = field_of(fields, "ages_to");
    return {{"from_years", from.empty() ? json(0) : number_or_text(from)},
            {"to_years", to.empty() ? json(k_after_the_oldest) : year_after(to)}};
}

void add(Query& fields, std::string name, std::string value) { fields.emplace_back(std::move(name), std::move(value)); }

void add_window(Query& fields, const json& window) {
    if (window.at("weekdays").size() < k_weekday_codes.size()) {
        for (const auto& day : window.at("weekdays")) {
            add(fields, "weekday", day);
        }
    }
    add(fields, "from", window.at("from"));
    add(fields, "to", window.at("to"));
}

} // namespace

json all_of(const Query& fields, std::string_view name) {
    json values = json::array();
    for (const auto& [field, value] : fields) {
        if (field == name && !value.empty()) {
            values.push_back(value);
        }
    }
    return values;
}

json label_of(const Query& fields, const std::string& name) {
    const std::string ja{field_of(fields, name + "_ja")};
    const auto or_ja = [&](const std::string& suffix) {
        const auto text = field_of(fields, name + suffix);
        return text.empty() ? ja : std::string{text};
    };
    return {{"ja", ja}, {"ja_easy", or_ja("_easy")}, {"en", or_ja("_en")}};
}

void put_number(json& document, const char* member, const Query& fields, std::string_view name) {
    if (const auto text = field_of(fields, name); !text.empty()) {
        document[member] = number_or_text(text);
    }
}

void add_label(Query& fields, const std::string& name, const directory::Label& label) {
    fields.emplace_back(name + "_ja", label.ja);
    fields.emplace_back(name + "_easy", label.ja_easy == label.ja ? std::string{} : label.ja_easy);
    fields.emplace_back(name + "_en", label.en == label.ja ? std::string{} : label.en);
}

Query policy_fields(const directory::Policy& policy, const directory::Taxonomy& taxonomy) {
    const json document = to_document(policy, taxonomy);
    Query fields;
    add_label(fields, "name", policy.name);
    add_label(fields, "description", policy.description);
    add(fields, "source", policy.source);
    add(fields, "layer", policy.layer);
    add(fields, "reading", std::string{code_of(policy.reading)});
    if (policy.reading != directory::ReadingKind::function) {
        for (const auto programme : policy.any_of) {
            add(fields, "any_of", taxonomy.at(programme).code);
        }
    }
    if (policy.reach_share) {
        add(fields, "reach_percent", plain(*policy.reach_share * 100));
    }
    add(fields, "mode", policy.travel.mode);
    add(fields, "minutes", plain(policy.travel.minutes));
    add(fields, "m_per_minute", plain(policy.travel.m_per_minute));
    add(fields, "detour", plain(policy.travel.detour));
    add(fields, "children_from", std::to_string(policy.children_from_years));
    add(fields, "children_to", std::to_string(policy.children_to_years - 1));
    if (policy.need) {
        add(fields, "need", policy.need->indicator + "|" + policy.need->unit);
    }
    if (policy.ages) {
        add(fields, "ages_from", std::to_string(policy.ages->from_years));
        add(fields, "ages_to", std::to_string(policy.ages->to_years - 1));
    }
    if (policy.when) {
        add_window(fields, document.at("when"));
    }
    for (const auto entry : policy.entry) {
        add(fields, "entry", std::string{directory::code_of(entry)});
    }
    for (const auto& [name, is_set] :
         {std::pair{"residents_only", policy.residents_only}, std::pair{"cells_by_centre", policy.cells_by_centre},
          std::pair{"count_planned", policy.count_planned}, std::pair{"count_unconfirmed", policy.count_unconfirmed}}) {
        if (is_set) {
            add(fields, name, "1");
        }
    }
    add(fields, "outreach_per_month", std::to_string(policy.outreach_per_month));
    add(fields, "list_valid_months", std::to_string(policy.list_valid_months));
    add_part_fields(fields, policy, taxonomy);
    return fields;
}

json policy_document(const Query& fields) {
    json document{{"id", "own"},
                  {"name", label_of(fields, "name")},
                  {"description", label_of(fields, "description")},
                  {"source", std::string{field_of(fields, "source")}},
                  {"layer", std::string{field_of(fields, "layer")}},
                  {"reading", std::string{field_of(fields, "reading")}},
                  {"weight", weight_of(fields)}};
    add_parts(document, fields);
    if (document.at("reading") != "function") {
        document["any_of"] = all_of(fields, "any_of");
    }
    if (const auto percent = field_of(fields, "reach_percent"); !percent.empty()) {
        const auto number = parse_number(percent);
        document["reach_share"] = number ? json(*number / 100) : json(std::string{percent});
    }
    json walk{{"mode", std::string{field_of(fields, "mode")}}};
    for (const char* member : {"minutes", "m_per_minute", "detour"}) {
        put_number(walk, member, fields, member);
    }
    document["walk"] = std::move(walk);
    if (!field_of(fields, "ages_from").empty() || !field_of(fields, "ages_to").empty()) {
        document["ages"] = ages_of(fields);
    }
    if (json window = window_of(fields); !window.empty()) {
        document["when"] = std::move(window);
    }
    if (json ways = all_of(fields, "entry"); !ways.empty()) {
        document["entry"] = std::move(ways);
    }
    for (const char* member : {"residents_only", "count_planned", "count_unconfirmed"}) {
        if (is_ticked(fields, member)) {
            document[member] = true;
        }
    }
    put_number(document, "outreach_per_month", fields, "outreach_per_month");
    put_number(document, "list_valid_months", fields, "list_valid_months");
    return document;
}

std::string_view field_at(std::string_view pointer) {
    const std::pair<std::string_view, std::string_view>* best = nullptr;
    for (const auto& field : k_fields) {
        if (pointer.starts_with(field.first) && (best == nullptr || field.first.size() > best->first.size())) {
            best = &field;
        }
    }
    return best == nullptr ? std::string_view{} : best->second;
}

} // namespace shirube::server
