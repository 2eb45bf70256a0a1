// A policy (判定基準): a named, versioned, readable rule that says what counts as covered. Data, not code.
#pragma once

#include "directory/audience.hpp"
#include "directory/codes.hpp"
#include "directory/taxonomy.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::directory {

/// How coverage is read. Function, reach as a threshold and supply follow; the document's field is there already.
enum class ReadingKind : std::uint8_t { presence };

struct Policy {
    std::string id;
    int version = 1;
    Label name;
    Label description;                ///< one plain sentence
    std::string source;               ///< the law, notice or city practice it comes from
    std::string layer = "chugakkoku"; ///< its own; a request may ask for another
    ReadingKind reading = ReadingKind::presence;
    std::vector<ProgrammeIndex> any_of; ///< as written, families allowed
    bool count_planned = false;
    bool count_unconfirmed = false; ///< whether unconfirmed services alone make a district covered
    int outreach_per_month = 1;     ///< how many sessions a month make the tier `outreach`
    int children_from_years = 0;    ///< the weight: children of these ages, end exclusive
    int children_to_years = 15;
    double walk_minutes = 15;      ///< for share_covered
    double walk_m_per_minute = 80; ///< 不動産の表示に関する公正競争規約施行規則: 80 m of road a minute
    double detour = 1.3;           ///< road length over straight line
    int list_valid_months = 24;    ///< how long a complete list with an as-of date can speak for absence
};

/// Why a policy document was not taken: the JSON pointer and a sentence.
struct PolicyProblem {
    std::string pointer;
    std::string message;
};

std::expected<Policy, PolicyProblem> parse_policy(const nlohmann::json& document, const Taxonomy& taxonomy);
nlohmann::json to_document(const Policy& policy, const Taxonomy& taxonomy);

/// The policies shipped with the program (directory/data/policies/*.json), by id.
std::span<const Policy> shipped_policies();
const Policy* find_policy(std::string_view id);

/// Whether all of a policy's programmes are public. One that is not is not offered to the public at all: its map would
/// show false blanks.
bool is_open_to(const Policy& policy, const Taxonomy& taxonomy, const Audience& audience);

} // namespace shirube::directory
