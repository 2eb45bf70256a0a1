#include "directory/policy.hpp"

#include "directory/embedded_file.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <stdexcept>

namespace shirube::directory {

namespace {

using nlohmann::json;

/// Thrown inside parse_policy only: the way out of a nested document.
struct Fault {
    PolicyProblem problem;
};

[[noreturn]] void fail(std::string pointer, std::string message) {
    throw Fault{{std::move(pointer), std::move(message)}};
}

std::string text_at(const json& document, const char* name, const std::string& pointer) {
    const auto found = document.find(name);
    if (found == document.end() || !found->is_string() || found->get_ref<const std::string&>().empty()) {
        fail(pointer + "/" + name, fmt::format("\"{}\" must be a text that is not empty.", name));
    }
    return found->get<std::string>();
}

Label label_at(const json& document, const char* name) {
    const std::string pointer = fmt::format("/{}", name);
    const auto found = document.find(name);
    if (found == document.end() || !found->is_object()) {
        fail(pointer, "It must have ja, ja_easy and en.");
    }
    return {text_at(*found, "ja", pointer), text_at(*found, "ja_easy", pointer), text_at(*found, "en", pointer)};
}

double number_at(const json& document, const char* name, double otherwise, double least, double most,
                 const std::string& pointer = {}) {
    const auto found = document.find(name);
    if (found == document.end()) {
        return otherwise;
    }
    if (!found->is_number()) {
        fail(pointer + "/" + name, fmt::format("\"{}\" must be a number.", name));
    }
    const auto value = found->get<double>();
    if (!(value >= least && value <= most)) {
        fail(pointer + "/" + name, fmt::format("\"{}\" must lie from {} to {}.", name, least, most));
    }
    return value;
}

bool flag_at(const json& document, const char* name) {
    const auto found = document.find(name);
    if (found == document.end()) {
        return false;
    }
    if (!found->is_boolean()) {
        fail(fmt::format("/{}", name), fmt::format("\"{}\" must be true or false.", name));
    }
    return found->get<bool>();
}

std::vector<ProgrammeIndex> programmes_at(const json& document, const Taxonomy& taxonomy) {
    const auto found = document.find("any_of");
    if (found == document.end() || !found->is_array() || found->empty()) {
        fail("/any_of", "\"any_of\" must list at least one programme code.");
    }
    std::vector<ProgrammeIndex> programmes;
    for (std::size_t i = 0; i < found->size(); ++i) {
        const auto& entry = (*found)[i];
        const auto programme = entry.is_string() ? taxonomy.by_code(entry.get<std::string>()) : std::nullopt;
        if (!programme) {
            fail(fmt::format("/any_of/{}", i), "The taxonomy has no programme of this code; see /api/v1/taxonomy.");
        }
        programmes.push_back(*programme);
    }
    return programmes;
}

void refuse_unknown_members(const json& document) {
    static const std::set<std::string> known{"id",
                                             "version",
                                             "name",
                                             "description",
                                             "source",
                                             "layer",
                                             "reading",
                                             "any_of",
                                             "count_planned",
                                             "count_unconfirmed",
                                             "weight",
                                             "walk",
                                             "outreach_per_month",
                                             "list_valid_months"};
    for (const auto& [name, value] : document.items()) {
        if (!known.contains(name)) {
            fail("/" + name, fmt::format("A policy has no member \"{}\".", name));
        }
    }
}

Policy read_policy(const json& document, const Taxonomy& taxonomy) {
    if (!document.is_object()) {
        fail("", "A policy is a JSON object.");
    }
    refuse_unknown_members(document);
    Policy policy;
    policy.id = text_at(document, "id", "");
    policy.version = static_cast<int>(number_at(document, "version", 1, 1, 1'000'000));
    policy.name = label_at(document, "name");
    policy.description = label_at(document, "description");
    policy.source = text_at(document, "source", "");
    policy.layer = text_at(document, "layer", "");
    if (const auto reading = text_at(document, "reading", ""); reading != "presence") {
        fail("/reading", fmt::format("The reading \"{}\" is not known; \"presence\" is.", reading));
    }
    policy.any_of = programmes_at(document, taxonomy);
    policy.count_planned = flag_at(document, "count_planned");
    policy.count_unconfirmed = flag_at(document, "count_unconfirmed");
    policy.outreach_per_month = static_cast<int>(number_at(document, "outreach_per_month", 1, 1, 31));
    policy.list_valid_months = static_cast<int>(number_at(document, "list_valid_months", 24, 1, 240));
    if (const auto weight = document.find("weight"); weight != document.end()) {
        if (!weight->is_object() || !weight->contains("children")) {
            fail("/weight", "It must have \"children\".");
        }
        const auto& children = weight->at("children");
        if (!children.is_object()) {
            fail("/weight/children", "It must have from_years and to_years.");
        }
        policy.children_from_years = static_cast<int>(number_at(children, "from_years", 0, 0, 39, "/weight/children"));
        policy.children_to_years = static_cast<int>(number_at(children, "to_years", 15, 1, 40, "/weight/children"));
        if (policy.children_to_years <= policy.children_from_years) {
            fail("/weight/children/to_years", "to_years is exclusive and must be greater than from_years.");
        }
    }
    if (const auto walk = document.find("walk"); walk != document.end()) {
        if (!walk->is_object()) {
            fail("/walk", "It may have minutes, m_per_minute and detour.");
        }
        policy.walk_minutes = number_at(*walk, "minutes", 15, 1, 120, "/walk");
        policy.walk_m_per_minute = number_at(*walk, "m_per_minute", 80, 10, 300, "/walk");
        policy.detour = number_at(*walk, "detour", 1.3, 1, 3, "/walk");
    }
    return policy;
}

std::vector<Policy> read_shipped() {
    std::vector<Policy> policies;
    for (const auto& file : embedded_data()) {
        if (!file.path.starts_with("policies/")) {
            continue;
        }
        auto policy = parse_policy(json::parse(file.content), Taxonomy::shipped());
        if (!policy) {
            throw std::runtime_error(fmt::format("The shipped policy {} is wrong at {}: {}", file.path,
                                                 policy.error().pointer, policy.error().message));
        }
        policies.push_back(std::move(*policy));
    }
    std::ranges::sort(policies, {}, &Policy::id);
    return policies;
}

json label_document(const Label& label) { return {{"ja", label.ja}, {"ja_easy", label.ja_easy}, {"en", label.en}}; }

} // namespace

std::expected<Policy, PolicyProblem> parse_policy(const json& document, const Taxonomy& taxonomy) {
    try {
        return read_policy(document, taxonomy);
    } catch (const Fault& fault) {
        return std::unexpected(fault.problem);
    }
}

json to_document(const Policy& policy, const Taxonomy& taxonomy) {
    json any_of = json::array();
    for (const auto programme : policy.any_of) {
        any_of.push_back(taxonomy.at(programme).code);
    }
    return {
        {"id", policy.id},
        {"version", policy.version},
        {"name", label_document(policy.name)},
        {"description", label_document(policy.description)},
        {"source", policy.source},
        {"layer", policy.layer},
        {"reading", "presence"},
        {"any_of", any_of},
        {"count_planned", policy.count_planned},
        {"count_unconfirmed", policy.count_unconfirmed},
        {"outreach_per_month", policy.outreach_per_month},
        {"list_valid_months", policy.list_valid_months},
        {"weight",
         {{"children", {{"from_years", policy.children_from_years}, {"to_years", policy.children_to_years}}}}},
        {"walk",
         {{"minutes", policy.walk_minutes}, {"m_per_minute", policy.walk_m_per_minute}, {"detour", policy.detour}}}};
}

std::span<const Policy> shipped_policies() {
    static const std::vector<Policy> policies = read_shipped();
    return policies;
}

const Policy* find_policy(std::string_view id) {
    const auto policies = shipped_policies();
    const auto found = std::ranges::find(policies, id, &Policy::id);
    return found == policies.end() ? nullptr : &*found;
}

bool is_open_to(const Policy& policy, const Taxonomy& taxonomy, const Audience& audience) {
    return std::ranges::all_of(policy.any_of, [&](ProgrammeIndex programme) {
        return std::ranges::all_of(taxonomy.with_descendants(programme), [&](ProgrammeIndex below) {
            return taxonomy.at(below).visibility <= audience.sees();
        });
    });
}

} // namespace shirube::directory
