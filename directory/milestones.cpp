#include "directory/milestones.hpp"

#include "directory/embedded_data_file.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <stdexcept>

namespace shirube::directory {

namespace {

Label label_in(const nlohmann::json& json) {
    return {json.at("ja").get<std::string>(), json.at("ja_easy").get<std::string>(), json.at("en").get<std::string>()};
}

Milestone milestone_in(const nlohmann::json& json, const Taxonomy& taxonomy) {
    Milestone milestone;
    milestone.code = json.at("code").get<std::string>();
    milestone.from_months = json.at("from_months").get<int>();
    milestone.to_months = json.at("to_months").get<int>();
    milestone.label = label_in(json.at("label"));
    milestone.about = label_in(json.at("about"));
    milestone.source = json.at("source").get<std::string>();
    for (const auto& code : json.at("ask")) {
        const auto programme = taxonomy.by_code(code.get<std::string>());
        if (!programme) {
            throw std::runtime_error(
                fmt::format("milestone {} asks for an unknown programme: {}", milestone.code, code.get<std::string>()));
        }
        milestone.ask_for.push_back(*programme);
    }
    if (milestone.from_months >= milestone.to_months || milestone.ask_for.empty()) {
        throw std::runtime_error(fmt::format("milestone {} has no age, or nobody who answers for it", milestone.code));
    }
    return milestone;
}

} // namespace

const std::vector<Milestone>& shipped_milestones() {
    static const std::vector<Milestone> milestones =
        milestones_from_json(embedded_data_file("milestones.json"), Taxonomy::shipped());
    return milestones;
}

std::vector<Milestone> milestones_from_json(std::string_view text, const Taxonomy& taxonomy) {
    std::vector<Milestone> milestones;
    try {
        const auto document = nlohmann::json::parse(text);
        for (const auto& json : document.at("milestones")) {
            milestones.push_back(milestone_in(json, taxonomy));
        }
    } catch (const nlohmann::json::exception& fault) {
        throw std::runtime_error(fmt::format("milestones: {}", fault.what()));
    }
    std::ranges::stable_sort(milestones, {}, &Milestone::from_months);
    return milestones;
}

std::vector<const Milestone*> milestones_from(const std::vector<Milestone>& all, AgeRange age, std::size_t most) {
    constexpr int k_soon_months = 12;
    std::vector<const Milestone*> found;
    for (const Milestone& milestone : all) {
        const bool is_now = milestone.from_months < age.to_months && milestone.to_months > age.from_months;
        const bool is_soon =
            milestone.from_months >= age.to_months && milestone.from_months < age.to_months + k_soon_months;
        if (found.size() < most && (is_now || is_soon)) {
            found.push_back(&milestone);
        }
    }
    return found;
}

} // namespace shirube::directory
