// One audience's whole state as read from the store: plain rows, sorted by their public ids or codes, from which a
// snapshot is built. Indices point into the vectors of the same State.
#pragma once

#include "directory/address_rule.hpp"
#include "directory/audience.hpp"
#include "directory/batch.hpp"
#include "directory/codes.hpp"
#include "directory/schedule.hpp"
#include "directory/taxonomy.hpp"
#include "geo/area.hpp"
#include "geo/lonlat.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace shirube::directory {

inline constexpr std::uint32_t k_no_index = 0xffffffffU;

struct OrganizationRow {
    std::string id;
    std::string name;
    std::string kind;
    friend bool operator==(const OrganizationRow&, const OrganizationRow&) = default;
};

struct SiteRow {
    std::string id;
    std::string name;          ///< the name this audience may see
    std::string official_name; ///< empty where the audience may not see it
    std::string kana;
    std::string address;
    std::string building;
    std::string municipality;
    std::string municipality_name;
    std::optional<geo::LonLat> position;
    PositionQuality quality = PositionQuality::none;
    std::optional<double> accuracy_m;
    friend bool operator==(const SiteRow&, const SiteRow&) = default;
};

/// Where a fact comes from.
struct ListRow {
    std::string name;
    std::string profile;
    std::string publisher;
    std::string source;
    std::string licence;
    std::string as_of;
    ImportKind kind = ImportKind::resources;
    std::vector<Claim> claims;
    friend bool operator==(const ListRow&, const ListRow&) = default;
};

/// What staff are told of a service beside what the public has. Nobody else's edition holds one.
struct StaffRow {
    std::vector<StaffReading> says;  ///< by each list that says something
    std::optional<Consent> consent;  ///< to its being public
    bool place_is_for_staff = false; ///< the public is not told its address
    bool awaits_consent = false;     ///< a list asks who agreed to its being public, and nobody has
    friend bool operator==(const StaffRow&, const StaffRow&) = default;
};

struct ServiceRow {
    std::string id;
    std::uint32_t site = k_no_index;
    std::uint32_t organization = k_no_index;
    std::uint32_t list = k_no_index;        ///< the list that is shown for it
    std::vector<std::uint32_t> other_lists; ///< that have it too, and may fill what the first leaves unknown
    ProgrammeIndex programme = 0;
    std::optional<int> from_age_months;
    std::optional<int> to_age_months;
    std::string stage;
    std::uint8_t for_whom = 0; ///< bits of ForWhom
    std::string for_whom_text;
    Entry entry = Entry::unknown;
    std::string entry_text;
    Fee fee = Fee::unknown;
    std::string fee_text;
    Transport transport = Transport::unknown;
    std::optional<int> capacity;
    Contract contract = Contract::unknown;
    std::string department; ///< which section of the municipality answers for it; empty: not stated
    Status status = Status::active;
    Certainty certainty = Certainty::confirmed;
    std::uint8_t features = 0; ///< bits of Feature
    std::vector<std::string> serves;
    std::vector<std::string> usable_by;
    std::vector<UseTerms> use_terms; ///< of some of usable_by
    std::string phone;
    std::string url;
    std::string note;
    std::optional<Day> valid_from;
    std::optional<Day> valid_to;
    std::optional<Day> last_confirmed_on;
    std::vector<Schedule> schedules;
    Visibility visibility = Visibility::everyone;
    std::string owner{};                     ///< of what is hidden: whose staff see it
    std::shared_ptr<const StaffRow> staff{}; ///< null where there is nothing for staff alone
};

struct DistrictRow {
    std::string layer;
    std::string code;
    std::string name;
    std::string municipality;
    std::string municipality_name;
    DistrictStatus status = DistrictStatus::active;
    geo::MultiPolygon geometry; ///< empty: nobody knows where it lies
    std::uint32_t list = k_no_index;
    std::vector<AddressRule> addresses; ///< they go before the geometry
    std::optional<Day> valid_from;
    std::optional<Day> valid_to; ///< the last day
};

/// A census cell or a town of people, of those that are counted: see directory/population.hpp.
struct CellRow {
    std::string mesh; ///< empty: a town
    std::optional<std::int64_t> total;
    std::vector<BandReading> bands;
    std::string suppressed_into; ///< the cell or town that carries its detail; empty: it has its own
    std::uint32_t list = k_no_index;
    bool carrier_missing = false; ///< its detail was added to one that is not counted: its ages are unknown, not zero
    std::string town{};           ///< as written
    std::string town_code{};
    std::string municipality{};            ///< of a town
    std::optional<geo::LonLat> position{}; ///< of a town, where the gazetteer knows it
    double accuracy_m = 0;                 ///< radius around the position that holds the town
};

/// Ages 0 to 17, by the year: what parts a census band. A policy for children asks for no others.
inline constexpr int k_profile_years = 18;

/// How the children of a municipality are spread over years of age; see directory/age_profile.hpp.
struct AgeProfile {
    std::string municipality;
    std::array<std::int64_t, k_profile_years> children{};
    std::uint32_t list = k_no_index;
};

/// A figure of an indicator, see NeedReading.
struct NeedRow {
    NeedReading reading;
    std::uint32_t list = k_no_index;
};

/// A public holiday of the list in force.
struct HolidayRow {
    Day day;
    std::string name;
    std::uint32_t list = k_no_index;
};

/// A station, a school, a hall or a postal code of a list in force.
struct LandmarkRow {
    LandmarkReading reading;
    std::uint32_t list = k_no_index;
};

/// A tie between two, of a list in force.
struct RelationRow {
    std::string id;
    RelationReading reading;
    std::uint32_t list = k_no_index;
    Visibility visibility = Visibility::everyone;
    std::string owner{}; ///< of what is hidden: whose staff see it
};

/// A meeting of organizations, of a list in force.
struct ForumRow {
    std::string id;
    ForumReading reading;
    std::uint32_t list = k_no_index;
    Visibility visibility = Visibility::everyone;
    std::string owner{};
};

/// Visiting helpers, counted; its own municipality's staff alone have it.
struct HelperCountRow {
    HelperCountReading reading;
    std::uint32_t list = k_no_index;
};

/// A public id that was given out and now leads to another: a place or a service that several lists have.
struct MovedId {
    std::string id;
    std::string to;
    friend bool operator==(const MovedId&, const MovedId&) = default;
};

/// A public id of what a complete list no longer has (廃止).
struct EndedId {
    std::string id;
    std::string since; ///< the list's date, as its edition states it; empty where it states none
    friend bool operator==(const EndedId&, const EndedId&) = default;
};

/// A document that the staff of a municipality keep, a policy or rules of matching, in the version that this audience
/// has.
struct PolicyRow {
    std::string id;
    std::string municipality;
    int version = 1;
    std::optional<int> public_version{}; ///< which everybody has
    std::string document;                ///< JSON, see parse_policy() and parse_match_rules()
    friend bool operator==(const PolicyRow&, const PolicyRow&) = default;
};

struct State {
    Audience audience;                          ///< whose state it is
    std::vector<ListRow> lists;                 ///< by name
    std::vector<OrganizationRow> organizations; ///< by id
    std::vector<SiteRow> sites;                 ///< by id
    std::vector<ServiceRow> services;           ///< by id
    std::vector<DistrictRow> districts;         ///< by layer, code
    std::vector<CellRow> cells;                 ///< cells by mesh, then towns by municipality and code
    std::vector<AgeProfile> age_profiles;       ///< by municipality
    std::vector<NeedRow> needs;                 ///< by indicator, unit, layer, area, period
    std::vector<HolidayRow> holidays;           ///< by day; empty: none was imported, the shipped ones hold
    std::vector<TownReading> towns;             ///< by municipality, town, koaza
    std::vector<LandmarkRow> landmarks;         ///< by kind, name, municipality, detail
    std::vector<RelationRow> relations;         ///< by id
    std::vector<ForumRow> forums;               ///< by id
    std::vector<HelperCountRow> helper_counts;  ///< by organization, programme, layer, area, skill
    std::vector<PolicyRow> policies;            ///< by id; beside the shipped ones
    std::vector<PolicyRow> match_rules;         ///< the audience's own municipality's, what was kept last first
    std::vector<MovedId> moved;                 ///< by id; not part of the edition
    std::vector<EndedId> ended;                 ///< services, by id; not part of the edition
    std::vector<EndedId> ended_sites;           ///< by id; not part of the edition
};

} // namespace shirube::directory
