#include "directory/taxonomy.hpp"

#include "directory/embedded_data_file.hpp"
#include "directory/fold.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace shirube::directory {

namespace {

Label read_label(const nlohmann::json& json) {
    return {json.at("ja").get<std::string>(), json.at("ja_easy").get<std::string>(), json.at("en").get<std::string>()};
}

std::optional<Day> read_day(const nlohmann::json& json, const char* name) {
    if (!json.contains(name)) {
        return std::nullopt;
    }
    const auto text = json.at(name).get<std::string>();
    const auto day = parse_day(text);
    if (!day) {
        throw std::runtime_error(fmt::format("{} is no date: {}", name, text));
    }
    return day;
}

Programme read_programme(const nlohmann::json& json, const std::unordered_map<std::string, ProgrammeIndex>& known) {
    Programme programme;
    programme.code = json.at("code").get<std::string>();
    programme.label = read_label(json.at("label"));
    programme.public_label = json.contains("public_label") ? read_label(json.at("public_label")) : programme.label;
    if (json.contains("parent")) {
        const auto parent = json.at("parent").get<std::string>();
        const auto found = known.find(parent);
        if (found == known.end()) {
            throw std::runtime_error(fmt::format("programme {} stands before its parent {}", programme.code, parent));
        }
        programme.parent = found->second;
        programme.outreach = json.value("outreach", false);
    }
    if (json.contains("visibility")) {
        const auto visibility = parse_code<Visibility>(json.at("visibility").get<std::string>());
        if (!visibility) {
            throw std::runtime_error(fmt::format("programme {}: unknown visibility", programme.code));
        }
        programme.visibility = *visibility;
    }
    programme.source = json.value("source", std::string{});
    if (json.contains("about")) {
        programme.about = read_label(json.at("about"));
    }
    programme.words = json.value("words", std::vector<std::string>{});
    return programme;
}

} // namespace

const std::string& Label::in(std::string_view language) const noexcept {
    if (language == "en") {
        return en;
    }
    if (language == "ja-easy") {
        return ja_easy;
    }
    return ja;
}

Taxonomy Taxonomy::from_json(std::string_view text) {
    Taxonomy taxonomy;
    try {
        const auto json = nlohmann::json::parse(text);
        for (const auto& entry : json.at("programmes")) {
            auto programme = read_programme(entry, taxonomy.by_code_);
            if (taxonomy.programmes_.size() >= std::numeric_limits<ProgrammeIndex>::max()) {
                throw std::runtime_error("too many programmes");
            }
            const auto index = static_cast<ProgrammeIndex>(taxonomy.programmes_.size());
            if (!taxonomy.by_code_.emplace(programme.code, index).second) {
                throw std::runtime_error(fmt::format("programme {} stands twice", programme.code));
            }
            taxonomy.programmes_.push_back(std::move(programme));
        }
        for (const auto& entry : json.at("aliases")) {
            const auto code = entry.at("programme").get<std::string>();
            const auto programme = taxonomy.by_code(code);
            if (!programme) {
                throw std::runtime_error(fmt::format("alias of an unknown programme {}", code));
            }
            taxonomy.aliases_.push_back({entry.at("name").get<std::string>(), *programme,
                                         entry.value("municipalities", std::vector<std::string>{}),
                                         read_day(entry, "valid_from"), read_day(entry, "valid_to")});
        }
    } catch (const nlohmann::json::exception& error) {
        throw std::runtime_error(fmt::format("The taxonomy cannot be read: {}", error.what()));
    }
    for (std::size_t i = 0; i < taxonomy.programmes_.size(); ++i) {
        taxonomy.by_folded_label_.emplace(fold(taxonomy.programmes_[i].label.ja), static_cast<ProgrammeIndex>(i));
    }
    for (std::size_t i = 0; i < taxonomy.aliases_.size(); ++i) {
        taxonomy.by_folded_alias_.emplace(fold(taxonomy.aliases_[i].name), i);
    }
    return taxonomy;
}

const Taxonomy& Taxonomy::shipped() {
    static const Taxonomy taxonomy = from_json(embedded_data_file("taxonomy.json"));
    return taxonomy;
}

std::optional<ProgrammeIndex> Taxonomy::by_code(std::string_view code) const {
    const auto found = by_code_.find(std::string{code});
    if (found == by_code_.end()) {
        return std::nullopt;
    }
    return found->second;
}

std::optional<ProgrammeIndex> Taxonomy::by_name(std::string_view name, std::string_view municipality) const {
    if (const auto code = by_code(name)) {
        return code;
    }
    const auto key = fold(name);
    if (key.empty()) {
        return std::nullopt;
    }
    if (const auto label = by_folded_label_.find(key); label != by_folded_label_.end()) {
        return label->second;
    }

    // A local alias beats one that holds everywhere; two of the same reach that disagree are no answer.
    std::optional<ProgrammeIndex> local;
    std::optional<ProgrammeIndex> everywhere;
    bool local_disagrees = false;
    bool everywhere_disagrees = false;
    const auto [first, last] = by_folded_alias_.equal_range(key);
    for (auto it = first; it != last; ++it) {
        const Alias& alias = aliases_[it->second];
        auto& found = alias.municipalities.empty() ? everywhere : local;
        auto& disagrees = alias.municipalities.empty() ? everywhere_disagrees : local_disagrees;
        if (!alias.municipalities.empty() &&
            std::ranges::find(alias.municipalities, municipality) == alias.municipalities.end()) {
            continue;
        }
        if (found && *found != alias.programme) {
            disagrees = true;
        }
        found = alias.programme;
    }
    if (local) {
        return local_disagrees ? std::nullopt : local;
    }
    return everywhere_disagrees ? std::nullopt : everywhere;
}

std::vector<ProgrammeIndex> Taxonomy::with_descendants(ProgrammeIndex index) const {
    // Parents stand before their children, so one pass is enough.
    std::vector<ProgrammeIndex> found{index};
    for (std::size_t i = index + std::size_t{1}; i < programmes_.size(); ++i) {
        const auto parent = programmes_[i].parent;
        if (parent && std::ranges::find(found, *parent) != found.end()) {
            found.push_back(static_cast<ProgrammeIndex>(i));
        }
    }
    return found;
}

bool Taxonomy::is_family(ProgrammeIndex index) const { return !programmes_.at(index).parent.has_value(); }

ProgrammeIndex Taxonomy::family_of(ProgrammeIndex index) const {
    while (const auto parent = programmes_.at(index).parent) {
        index = *parent;
    }
    return index;
}

} // namespace shirube::directory
