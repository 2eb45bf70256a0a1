// A policy as its JSON document: reading it again gives the same policy.
#include "directory/minutes.hpp"
#include "directory/policy.hpp"
#include "directory/policy/policy_words.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace shirube::directory {

namespace {

using nlohmann::json;

json label_document(const Label& label) { return {{"ja", label.ja}, {"ja_easy", label.ja_easy}, {"en", label.en}}; }

json codes_document(const std::vector<ProgrammeIndex>& programmes, const Taxonomy& taxonomy) {
    json codes = json::array();
    for (const auto programme : programmes) {
        codes.push_back(taxonomy.at(programme).code);
    }
    return codes;
}

json travel_document(const Travel& travel) {
    return {{"mode", travel.mode},
            {"minutes", travel.minutes},
            {"m_per_minute", travel.m_per_minute},
            {"detour", travel.detour}};
}

json window_document(const TimeWindow& window) {
    json weekdays = json::array();
    for (std::size_t i = 0; i < k_weekdays.size(); ++i) {
        if (((window.weekdays >> i) & 1U) != 0) {
            weekdays.push_back(k_weekdays[i]);
        }
    }
    const auto time = [](int minute) { return fmt::format("{:02}:{:02}", minute / 60, minute % 60); };
    // What ends on the next day ends earlier in the day than it began.
    const int to = window.to_minute > k_minutes_a_day ? window.to_minute - k_minutes_a_day : window.to_minute;
    return {{"weekdays", weekdays}, {"from", time(window.from_minute)}, {"to", time(to)}};
}

json supply_document(const Supply& supply) {
    json out{{"decay", supply.is_gaussian ? "gaussian" : "step"},
             {"reach_m", supply.reach_m},
             {"unknown_capacity", std::ranges::find(k_capacities, supply.unknown, &CapacityWord::rule)->code}};
    if (supply.is_gaussian) {
        out["sigma_m"] = supply.sigma_m;
    }
    if (supply.unknown == UnknownCapacity::fixed) {
        out["capacity"] = supply.capacity;
    }
    if (supply.in_nights) {
        out["unit"] = "nights";
    }
    return out;
}

void write_what_counts(const Policy& policy, const Taxonomy& taxonomy, json& out) {
    if (!policy.entry.empty()) {
        json ways = json::array();
        for (const auto entry : policy.entry) {
            ways.push_back(code_of(entry));
        }
        out["entry"] = std::move(ways);
    }
    if (policy.residents_only) {
        out["residents_only"] = true;
    }
    if (policy.ages) {
        out["ages"] = {{"from_years", policy.ages->from_years}, {"to_years", policy.ages->to_years}};
    }
    if (policy.when) {
        out["when"] = window_document(*policy.when);
    }
    if (policy.outreach_in_each) {
        out["outreach_in_each"] = {{"layer", policy.outreach_in_each->layer},
                                   {"any_of", codes_document(policy.outreach_in_each->any_of, taxonomy)}};
    }
}

void write_ways(const Policy& policy, json& out) {
    if (!policy.local_travel.empty()) {
        json ways = json::array();
        for (const auto& local : policy.local_travel) {
            json way = travel_document(local.travel);
            way["districts"] = local.districts;
            ways.push_back(std::move(way));
        }
        out["walk_in"] = std::move(ways);
    }
    if (policy.reach_share) {
        out["reach_share"] = *policy.reach_share;
    }
    if (policy.supply) {
        out["supply"] = supply_document(*policy.supply);
    }
}

} // namespace

std::string_view code_of(ReadingKind kind) noexcept {
    return std::ranges::find(k_readings, kind, &ReadingWord::kind)->code;
}

json to_document(const Policy& policy, const Taxonomy& taxonomy) {
    json out{{"id", policy.id},
             {"version", policy.version},
             {"name", label_document(policy.name)},
             {"description", label_document(policy.description)},
             {"source", policy.source},
             {"layer", policy.layer},
             {"reading", code_of(policy.reading)},
             {"count_planned", policy.count_planned},
             {"count_unconfirmed", policy.count_unconfirmed},
             {"outreach_per_month", policy.outreach_per_month},
             {"list_valid_months", policy.list_valid_months},
             {"weight",
              {{"children", {{"from_years", policy.children_from_years}, {"to_years", policy.children_to_years}}}}},
             {"walk", travel_document(policy.travel)}};
    if (policy.reading == ReadingKind::function) {
        json functions = json::array();
        for (const auto& function : policy.functions) {
            functions.push_back(
                {{"name", label_document(function.name)}, {"any_of", codes_document(function.any_of, taxonomy)}});
        }
        out["functions"] = std::move(functions);
    } else {
        out["any_of"] = codes_document(policy.any_of, taxonomy);
    }
    if (policy.cells_by_centre) {
        out["weight"]["cells"] = "centre";
    }
    if (policy.need) {
        out["weight"]["need"] = {{"indicator", policy.need->indicator}};
        if (!policy.need->unit.empty()) {
            out["weight"]["need"]["unit"] = policy.need->unit;
        }
    }
    write_what_counts(policy, taxonomy, out);
    write_ways(policy, out);
    return out;
}

} // namespace shirube::directory
