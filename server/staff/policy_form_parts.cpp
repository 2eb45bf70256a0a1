#include "server/staff/policy_form_parts.hpp"

#include "server/staff/policy_form.hpp"
#include "server/staff/staff_call.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

namespace shirube::server {

namespace {

using nlohmann::json;

std::string plain(double value) { return fmt::format("{:.10g}", value); }

/// Codes as people part them: by spaces, lines, commas of either width.
json codes_in(std::string_view text) {
    std::string parted{text};
    for (const std::string_view mark : {"、", "，", "　"}) {
        for (auto at = parted.find(mark); at != std::string::npos; at = parted.find(mark, at)) {
            parted.replace(at, mark.size(), " ");
        }
    }
    json codes = json::array();
    std::string code;
    for (const char character : parted + ' ') {
        if (character != ' ' && character != ',' && character != '\n' && character != '\r' && character != '\t') {
            code += character;
        } else if (!code.empty()) {
            codes.push_back(std::exchange(code, {}));
        }
    }
    return codes;
}

void add_functions(json& document, const Query& fields) {
    json functions = json::array();
    for (std::size_t i = 1; i <= k_most_functions; ++i) {
        json any_of = all_of(fields, numbered("function", i, "any_of"));
        const auto name = numbered("function", i, "name");
        if (any_of.empty() && field_of(fields, name + "_ja").empty()) {
            continue;
        }
        functions.push_back({{"name", label_of(fields, name)}, {"any_of", std::move(any_of)}});
    }
    if (!functions.empty() || document.at("reading") == "function") {
        document["functions"] = std::move(functions);
    }
}

void add_supply(json& document, const Query& fields) {
    json supply = json::object();
    for (const auto& [member, field] : {std::pair{"sigma_m", "supply_sigma"}, std::pair{"reach_m", "supply_reach"},
                                        std::pair{"capacity", "supply_capacity"}}) {
        put_number(supply, member, fields, field);
    }
    // What is chosen and not written is what every form sends.
    if (supply.empty() && document.at("reading") != "supply") {
        return;
    }
    for (const auto& [member, field] :
         {std::pair{"decay", "supply_decay"}, std::pair{"unknown_capacity", "supply_unknown"},
          std::pair{"unit", "supply_unit"}}) {
        if (const auto chosen = field_of(fields, field); !chosen.empty()) {
            supply[member] = chosen;
        }
    }
    document["supply"] = std::move(supply);
}

void add_ways(json& document, const Query& fields) {
    json ways = json::array();
    for (std::size_t i = 1; i <= k_most_ways; ++i) {
        json way{{"districts", codes_in(field_of(fields, numbered("way", i, "districts")))}};
        if (const auto mode = field_of(fields, numbered("way", i, "mode")); !mode.empty()) {
            way["mode"] = mode;
        }
        for (const char* member : {"minutes", "m_per_minute", "detour"}) {
            put_number(way, member, fields, numbered("way", i, member));
        }
        const bool has_more = way.size() > (way.contains("mode") ? 2U : 1U);
        if (!way.at("districts").empty() || has_more) {
            ways.push_back(std::move(way));
        }
    }
    if (!ways.empty()) {
        document["walk_in"] = std::move(ways);
    }
}

void add_outreach(json& document, const Query& fields) {
    json any_of = all_of(fields, "outreach_any_of");
    const auto layer = field_of(fields, "outreach_layer");
    if (!layer.empty() || !any_of.empty()) {
        document["outreach_in_each"] = {{"layer", layer}, {"any_of", std::move(any_of)}};
    }
}

} // namespace

std::string numbered(const char* row, std::size_t number, const char* field) {
    return fmt::format("{}{}_{}", row, number, field);
}

std::size_t rows_shown(const Query& fields, const char* row, std::size_t least, std::size_t most) {
    std::size_t last = 0;
    for (std::size_t i = 1; i <= most; ++i) {
        const std::string start = fmt::format("{}{}_", row, i);
        if (std::ranges::any_of(fields, [&](const auto& field) {
                // A mode is chosen in every row.
                return field.first.starts_with(start) && !field.second.empty() && !field.first.ends_with("_mode");
            })) {
            last = i;
        }
    }
    return std::min(std::max(last + 1, least), most);
}

void add_part_fields(Query& fields, const directory::Policy& policy, const directory::Taxonomy& taxonomy) {
    for (std::size_t i = 0; i < policy.functions.size(); ++i) {
        add_label(fields, numbered("function", i + 1, "name"), policy.functions[i].name);
        for (const auto programme : policy.functions[i].any_of) {
            fields.emplace_back(numbered("function", i + 1, "any_of"), taxonomy.at(programme).code);
        }
    }
    if (policy.supply) {
        const json document = to_document(policy, taxonomy);
        const json& supply = document.at("supply");
        fields.emplace_back("supply_decay", supply.at("decay"));
        fields.emplace_back("supply_reach", plain(policy.supply->reach_m));
        fields.emplace_back("supply_unknown", supply.at("unknown_capacity"));
        fields.emplace_back("supply_unit", policy.supply->in_nights ? "nights" : "places");
        if (policy.supply->is_gaussian) {
            fields.emplace_back("supply_sigma", plain(policy.supply->sigma_m));
        }
        if (supply.contains("capacity")) {
            fields.emplace_back("supply_capacity", plain(policy.supply->capacity));
        }
    }
    for (std::size_t i = 0; i < policy.local_travel.size(); ++i) {
        const auto& [districts, travel] = policy.local_travel[i];
        std::string codes;
        for (const auto& code : districts) {
            codes += (codes.empty() ? "" : " ") + code;
        }
        fields.emplace_back(numbered("way", i + 1, "districts"), codes);
        fields.emplace_back(numbered("way", i + 1, "mode"), travel.mode);
        fields.emplace_back(numbered("way", i + 1, "minutes"), plain(travel.minutes));
        fields.emplace_back(numbered("way", i + 1, "m_per_minute"), plain(travel.m_per_minute));
        fields.emplace_back(numbered("way", i + 1, "detour"), plain(travel.detour));
    }
    if (policy.outreach_in_each) {
        fields.emplace_back("outreach_layer", policy.outreach_in_each->layer);
        for (const auto programme : policy.outreach_in_each->any_of) {
            fields.emplace_back("outreach_any_of", taxonomy.at(programme).code);
        }
    }
}

void add_parts(json& document, const Query& fields) {
    add_functions(document, fields);
    add_supply(document, fields);
    add_ways(document, fields);
    add_outreach(document, fields);
}

} // namespace shirube::server
