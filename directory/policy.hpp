// A policy (判定基準): a named, versioned, readable rule that says what counts as covered. Data, not code.
#pragma once

#include "directory/audience.hpp"
#include "directory/codes.hpp"
#include "directory/schedule.hpp"
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

/// How coverage is read.
enum class ReadingKind : std::uint8_t {
    presence, ///< something that counts, in each district
    function, ///< something for every function of a set: a base *and* user support
    reach,    ///< so large a share of the children within so many minutes
    supply    ///< capacity shared by those who can reach it (enhanced two-step floating catchment)
};

std::string_view code_of(ReadingKind) noexcept;

/// One of the things that a district must have all of.
struct PolicyFunction {
    Label name;
    std::vector<ProgrammeIndex> any_of; ///< families allowed
};

/// Years of age, end exclusive.
struct AgeBand {
    int from_years = 0;
    int to_years = 0;

    friend bool operator==(const AgeBand&, const AgeBand&) = default;
};

/// How one gets there, and how long that may take.
struct Travel {
    std::string mode = "walk"; ///< walk, stroller, bicycle, car
    double minutes = 15;
    double m_per_minute = 80; ///< 不動産の表示に関する公正競争規約施行規則: 80 m of road a minute
    double detour = 1.3;      ///< road length over straight line

    /// In a straight line.
    [[nodiscard]] double reach_m() const noexcept { return minutes * m_per_minute / detour; }

    friend bool operator==(const Travel&, const Travel&) = default;
};

/// Which children a policy counts, and to whose district those of a cell on a border belong.
struct CountedChildren {
    int from_years = 0;
    int to_years = 15;      ///< end exclusive
    bool by_centre = false; ///< all of a cell to the district that holds its middle; else parted by surface

    friend bool operator==(const CountedChildren&, const CountedChildren&) = default;
};

/// Another way of getting there for some districts: a mountain village is not judged by an adult's feet.
struct LocalTravel {
    std::vector<std::string> districts; ///< codes of the layer
    Travel travel;

    friend bool operator==(const LocalTravel&, const LocalTravel&) = default;
};

/// What a supply reading takes a service to hold whose capacity nobody states.
enum class UnknownCapacity : std::uint8_t {
    unknown, ///< then the supply of whoever can reach it is unknown too
    median,  ///< the median of the stated capacities of its programme among what counts
    fixed    ///< a number that the policy states
};

struct Supply {
    bool is_gaussian = false; ///< exp(-d²/2σ²), up to the reach; else a step: full weight within the reach
    double sigma_m = 500;     ///< on the ground as it is walked: straight line × detour
    double reach_m = 1200;    ///< likewise; beyond it nobody comes
    UnknownCapacity unknown = UnknownCapacity::median;
    double capacity = 0;    ///< of `fixed`
    bool in_nights = false; ///< places × the nights of the year they are open: what a need in nights is compared with

    friend bool operator==(const Supply&, const Supply&) = default;
};

/// A need that weighs the map in place of children; see NeedReading for the words.
struct NeedWeight {
    std::string indicator;
    std::string unit; ///< code; empty: the only one there is

    friend bool operator==(const NeedWeight&, const NeedWeight&) = default;
};

/// A merged area has one agency, and in each school district that it is made of at least outreach.
struct OutreachInEach {
    std::string layer;                  ///< of the constituents
    std::vector<ProgrammeIndex> any_of; ///< what counts there beside the policy's own programmes

    friend bool operator==(const OutreachInEach&, const OutreachInEach&) = default;
};

struct Policy {
    std::string id;
    int version = 1;
    Label name;
    Label description;                ///< one plain sentence
    std::string source;               ///< the law, notice or city practice it comes from
    std::string layer = "chugakkoku"; ///< its own; a request may ask for another
    ReadingKind reading = ReadingKind::presence;
    std::vector<ProgrammeIndex> any_of; ///< as written, families allowed; of a function reading: those of all functions
    std::vector<PolicyFunction> functions; ///< of a function reading
    std::optional<OutreachInEach> outreach_in_each;

    bool count_planned = false;
    bool count_unconfirmed = false; ///< whether unconfirmed services alone make a district covered
    std::vector<Entry> entry;       ///< ways in that count; empty: any
    bool residents_only = false;    ///< whether what a district's residents may not use counts for it
    std::optional<AgeBand> ages;    ///< what counts takes in children of some of these ages
    std::optional<TimeWindow> when; ///< what counts is open in it
    int outreach_per_month = 1;     ///< how many sessions a month make the tier `outreach`
    int list_valid_months = 24;     ///< how long a complete list with an as-of date can speak for absence

    int children_from_years = 0; ///< the weight: children of these ages, end exclusive
    int children_to_years = 15;
    bool cells_by_centre = false;   ///< else by surface
    std::optional<NeedWeight> need; ///< beside children, what the map is weighed by
    Travel travel;                  ///< for share_covered
    std::vector<LocalTravel> local_travel;
    std::optional<double> reach_share; ///< of the children that must be within reach; a reach reading has one
    std::optional<Supply> supply;      ///< of a supply reading

    [[nodiscard]] CountedChildren counted_children() const noexcept {
        return {children_from_years, children_to_years, cells_by_centre};
    }
    /// How the children of a district get there.
    [[nodiscard]] const Travel& travel_in(std::string_view district) const;
};

/// Why a policy document was not taken: the JSON pointer and a sentence in two languages.
struct PolicyProblem {
    std::string pointer;
    std::string message;
    std::string message_ja;

    [[nodiscard]] const std::string& in(std::string_view language) const noexcept {
        return language == "en" ? message : message_ja;
    }
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
