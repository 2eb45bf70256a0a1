#include "directory/match/match_rules.hpp"

#include "directory/embedded_file.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace shirube::directory {

namespace {

constexpr std::string_view k_shipped = "match/default.json";

std::shared_ptr<const MatchRules> read_shipped() {
    for (const auto& file : embedded_data()) {
        if (file.path != k_shipped) {
            continue;
        }
        auto rules = parse_match_rules(nlohmann::json::parse(file.content), Taxonomy::shipped());
        if (!rules) {
            throw std::runtime_error(fmt::format("The shipped rules of matching are wrong at {}: {}",
                                                 rules.error().pointer, rules.error().message));
        }
        return std::make_shared<const MatchRules>(*std::move(rules));
    }
    throw std::runtime_error("The program was built without its rules of matching.");
}

/// Its id and version are those it is kept under.
std::shared_ptr<const MatchRules> read_kept(const PolicyRow& row, const Taxonomy& taxonomy) {
    auto document = nlohmann::json::parse(row.document, nullptr, false);
    if (document.is_object()) {
        document["id"] = row.id;
        document["version"] = row.version;
    }
    auto rules = parse_match_rules(document, taxonomy);
    if (!rules) {
        return nullptr;
    }
    rules->municipality = row.municipality;
    return std::make_shared<const MatchRules>(*std::move(rules));
}

} // namespace

std::optional<std::size_t> MatchRules::find_need(std::string_view code) const noexcept {
    const auto found = std::ranges::find(needs, code, &MatchNeed::code);
    return found == needs.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - needs.begin()));
}

const std::shared_ptr<const MatchRules>& shipped_match_rules() {
    static const std::shared_ptr<const MatchRules> rules = read_shipped();
    return rules;
}

std::vector<std::shared_ptr<const MatchRules>> offered_match_rules(std::span<const PolicyRow> kept,
                                                                   const Taxonomy& taxonomy) {
    std::vector<std::shared_ptr<const MatchRules>> offered;
    for (const auto& row : kept) {
        if (auto rules = read_kept(row, taxonomy)) {
            offered.push_back(std::move(rules));
        }
    }
    offered.push_back(shipped_match_rules());
    return offered;
}

} // namespace shirube::directory
