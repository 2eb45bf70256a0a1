// What one source row says, once cleaned: the hand-over from the importers to the store. Every field a source may leave
// out is optional; an empty optional means unknown, never zero and never "none".
#pragma once

#include "directory/address_rule.hpp"
#include "directory/codes.hpp"
#include "directory/schedule.hpp"
#include "geo/area.hpp"
#include "geo/lonlat.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace shirube::directory {

/// A place as a row states it.
struct SiteReading {
    std::string official_name;
    std::string public_name; ///< empty: the official name may be shown
    std::string kana;
    std::string address; ///< as written; empty where unknown or withheld
    std::string building;
    std::string municipality; ///< 5-digit code (JIS X 0402 without check digit); empty where unknown
    std::string municipality_name;
    std::optional<geo::LonLat> position;
    PositionQuality quality = PositionQuality::none;
    std::optional<double> accuracy_m; ///< radius that holds the true place; empty where the source gives a point
    std::string located_by;           ///< which source gave the position: "row" or the gazetteer's list
    bool place_is_for_staff = false;  ///< address and position are not for the public, which may know the district
};

/// Who agreed that the public may see a row that was gathered in the field, and when.
struct Consent {
    Day on{};
    std::string by; ///< in what role; never a person's name

    friend bool operator==(const Consent&, const Consent&) = default;
};

/// What a row says for staff alone (職員向け). None of it reaches the public's edition.
struct StaffReading {
    std::string referral_route{};         ///< how one gets there: 紹介の道筋
    std::optional<int> vacancy{};         ///< places free now; empty: unknown, which is not none
    std::optional<Day> vacancy_on;        ///< the day the vacancy was told
    std::string contact;                  ///< whom to ask, as the list names them: 担当
    std::vector<CorrectedField> withheld; ///< fields whose values are kept from the public

    [[nodiscard]] bool is_empty() const { return *this == StaffReading{}; }
    friend bool operator==(const StaffReading&, const StaffReading&) = default;
};

struct OrganizationReading {
    std::string name;             ///< empty: the row does not say who runs it
    std::string kind;             ///< 運営主体種別 as written
    std::string corporate_number; ///< 13 digits; empty where unknown
};

/// On what terms the residents of one municipality use a service (広域利用・相互利用の条件). What is not stated is
/// unknown.
struct UseTerms {
    std::string municipality; ///< 5-digit code, one of usable_by
    Contract contract = Contract::unknown;
    Fee fee = Fee::unknown;
    std::string fee_text;
    std::uint8_t weekdays = 0; ///< on which they may come, Monday the lowest bit; 0: not stated
    std::string text;          ///< the terms as written, whole

    friend bool operator==(const UseTerms&, const UseTerms&) = default;
};

/// One programme at the row's place.
struct ServiceReading {
    std::string programme; ///< taxonomy code
    std::optional<int> from_age_months;
    std::optional<int> to_age_months; ///< exclusive: "2歳まで" is 36
    std::string stage;                ///< 学校段階 as written
    std::vector<ForWhom> for_whom;
    std::string for_whom_text;
    Entry entry = Entry::unknown;
    std::string entry_text;
    Fee fee = Fee::unknown;
    std::string fee_text;
    Transport transport = Transport::unknown;
    std::optional<int> capacity;
    Contract contract = Contract::unknown;
    std::string department; ///< 所管課: which section of the municipality answers for it, as written
    Status status = Status::active;
    Certainty certainty = Certainty::confirmed;
    std::vector<Feature> features;
    std::vector<std::string> serves;    ///< "layer:district name or code", or a municipality code
    std::vector<std::string> usable_by; ///< municipality codes whose residents may use it; empty: not stated
    std::vector<UseTerms> use_terms{};  ///< of some of usable_by
    std::string phone;
    std::string url;
    std::string note;
    std::optional<Day> valid_from;
    std::optional<Day> valid_to;
    std::optional<Day> last_confirmed_on;
    std::optional<Visibility> visibility; ///< only where the row says; else the programme's default
    std::optional<Consent> consent;       ///< to its being public
    bool awaits_consent = false;          ///< its list asks who agreed to that, and nobody has
    StaffReading staff;
    std::vector<Schedule> schedules;
};

struct ResourceReading {
    SiteReading site;
    OrganizationReading organization;
    std::vector<ServiceReading> services; ///< at least one
    std::string owner; ///< whose staff may see what is hidden; empty: that of the place's municipality
};

/// A district that another is made of, by its code or by name and municipality; without a name every district of the
/// municipality (its area as a whole, of layer shikuchoson).
struct DistrictMember {
    std::string layer;
    std::string municipality;
    std::string name; ///< or code

    friend bool operator==(const DistrictMember&, const DistrictMember&) = default;
};

/// One polygon (or several) of one district, what it is made of, or addresses that belong to it; rows of the same
/// municipality and folded name are one district.
struct DistrictReading {
    std::string layer;
    std::string municipality;
    std::string municipality_name;
    std::string name;
    std::string school_code; ///< where the edition has one
    DistrictStatus status = DistrictStatus::active;
    geo::MultiPolygon geometry; ///< valid; mended where the source's was not; empty where the row has none
    std::vector<DistrictMember> members;
    std::vector<AddressRule> addresses;
    std::optional<Day> valid_from;
    std::optional<Day> valid_to; ///< the last day
};

/// One age band of one census cell; `count` is empty where the source suppressed it.
struct BandReading {
    int from_age_years = 0;
    std::optional<int> to_age_years; ///< exclusive; empty: and over
    std::optional<std::int64_t> count;
};

/// The people of one census cell, or of one town (町丁・字). A town has no border here: it is a circle around its point
/// in the gazetteer, and has no position where the gazetteer does not know it.
struct PopulationReading {
    std::string mesh;                    ///< JIS X 0410 digits; empty: a town
    std::string town;                    ///< its name as written; empty: a cell
    std::string town_code;               ///< how its list calls it (KEY_CODE, 地域コード); never empty for a town
    std::string municipality;            ///< of a town: 5-digit code
    std::string municipality_name;       ///< of a town, where known
    std::optional<geo::LonLat> position; ///< of a town: the gazetteer's point
    std::optional<double> accuracy_m;    ///< radius around it that holds the town
    std::optional<std::int64_t> total;
    std::vector<BandReading> bands;
    std::string suppressed_into;      ///< the cell or town that carries this one's detail (HTKSAKI)
    std::vector<std::string> carries; ///< cells or towns whose detail this one carries (GASSAN)
};

struct TownReading {
    std::string prefecture;
    std::string municipality;      ///< code where known
    std::string municipality_name; ///< with its 郡, as the gazetteer writes it
    std::string town;
    std::string koaza;
    geo::LonLat position{};
    double accuracy_m = 0; ///< radius within which an address of the town lies, see importers/locating/town_extent.hpp
    /// Its blocks as pack_blocks() leaves them (directory/blocks.hpp); null where the gazetteer has none.
    std::shared_ptr<const std::string> blocks{};
    /// The gazetteer has blocks alone: `position` is their middle, and stands where no other has the town itself.
    bool is_middle_of_blocks = false;
};

/// Something people find their way by: a station, a school, a hall, or a postal code, which stands for its town.
struct LandmarkReading {
    LandmarkKind kind = LandmarkKind::facility;
    std::string name;                    ///< as the source writes it; of a postal code "123-4567"
    std::string kana;                    ///< of a postal code its town's; empty where unknown
    std::string detail;                  ///< of a station its line, of a postal code its town; may be empty
    std::string municipality;            ///< 5-digit code; empty where unknown
    std::string municipality_name;       ///< empty where unknown
    std::optional<geo::LonLat> position; ///< empty: it is known, and nobody knows where it lies
    double accuracy_m = 0;               ///< radius that holds it; 0: the source gives the point

    friend bool operator==(const LandmarkReading&, const LandmarkReading&) = default;
};

/// A figure of one indicator for one area and period. A value that is missing is unknown, one that the source kept back
/// is `suppressed`; neither is zero.
struct NeedReading {
    std::string indicator; ///< its code or name, as written
    Unit unit = Unit::persons;
    std::string layer;        ///< of districts; "municipality" and "mesh" stand for these
    std::string code;         ///< of the district, the municipality or the cell; empty: known by its name alone
    std::string name;         ///< as written; may be empty where there is a code
    std::string municipality; ///< 5-digit code; empty where unknown
    std::optional<Day> from;  ///< first day of the period
    std::optional<Day> to;    ///< last day of the period
    std::optional<double> value;
    bool suppressed = false;
    std::string source; ///< of this row, where it says; else its list's
    std::string note;
};

/// A day on which public places keep Sunday's hours (国民の祝日・休日).
struct HolidayReading {
    Day day{};
    std::string name;
};

/// What somebody decided by hand: that two places are one or two, or what a place or a service is really like.
struct CorrectionReading {
    std::string target;    ///< public id of a service or a site
    std::string other;     ///< of a decision on two places: the other one; empty: values are corrected
    bool same = false;     ///< of a decision on two places
    std::optional<Day> on; ///< when it was decided; the newest goes before
    std::optional<Decider> by;
    std::string reason;
    std::vector<CorrectedField> fields; ///< that are corrected; one whose value is empty is made unknown
    SiteReading site;                   ///< their values
    ServiceReading service;             ///< its programme stays empty

    [[nodiscard]] bool is_decision() const noexcept { return !other.empty(); }
};

/// One end of a relation, as its row names it. Who it is, is found in an edition (directory/network/): a row may come
/// before the list that knows the place.
struct PartyReading {
    PartyKind kind = PartyKind::organization; ///< an organization that no list runs a service by may be a place
    std::string name;                         ///< as written; of a district its name or code
    std::string municipality;                 ///< 5-digit code; empty where the row does not say
    std::string layer;                        ///< of a district

    friend bool operator==(const PartyReading&, const PartyReading&) = default;
};

/// Referrals of one period, counted three ways. Null is unknown: who never asked for an answer knows of none, which is
/// not that none came.
struct ReferralCounts {
    std::optional<std::int64_t> informed; ///< the user was told of the place (情報提供)
    std::optional<std::int64_t> linked;   ///< the two spoke, with consent (つなぎ)
    std::optional<std::int64_t> fed_back; ///< it was told how it went on (結果の共有)

    friend bool operator==(const ReferralCounts&, const ReferralCounts&) = default;
};

/// What somebody decided by hand about a tie or a meeting. A row without a target is one itself, written on a page; one
/// with a target changes what another row says, see directory/network/tie_decisions.hpp.
struct TieDecision {
    std::string target;              ///< public id of the tie or meeting it speaks of; empty: the row's own
    bool is_wrong = false;           ///< it never was so: nobody sees the target
    std::vector<std::string> fields; ///< members of the row's document that go before the target's; one that the
                                     ///< document leaves out is made unknown
    std::optional<Day> on;           ///< when it was decided; the newest goes before
    std::optional<Decider> by;
    std::string reason; ///< how one knows; for the own staff alone

    friend bool operator==(const TieDecision&, const TieDecision&) = default;
};

/// A tie between two (つながり), directed and dated.
struct RelationReading {
    RelationKind kind = RelationKind::refers;
    PartyReading from;
    PartyReading to;
    std::string programme; ///< taxonomy code that it is about; empty: not stated
    std::optional<Day> valid_from;
    std::optional<Day> valid_to; ///< the last day
    ReferralCounts referrals;    ///< of `refers`
    std::string period;          ///< that the counts are of, as written
    UseTerms terms;              ///< of `shares`; its municipality is that of `to`
    std::string source;          ///< of this row, where it says; else its list's
    std::string note;
    std::optional<Visibility> visibility; ///< only where the row says; else the kind's (directory/network/)
    std::string owner;                    ///< whose staff may see what is hidden; empty: that of `from`
    std::optional<Day> confirmed_on{};    ///< somebody last said that it is so
    TieDecision decided{};                ///< the last that a page or a list of decisions says about it

    friend bool operator==(const RelationReading&, const RelationReading&) = default;
};

/// Who belongs to a meeting, and since and until when; empty days: as long as the meeting stands, for all that is
/// known.
struct ForumMember : PartyReading {
    std::optional<Day> joined_on;
    std::optional<Day> left_on;                   ///< the last day
    Visibility visibility = Visibility::everyone; ///< who may know that it belongs to the meeting

    ForumMember() = default;
    ForumMember(PartyReading party) : PartyReading(std::move(party)) {}

    friend bool operator==(const ForumMember&, const ForumMember&) = default;
};

/// A meeting of organizations (会議体). Who belongs to it is told here, or by relations `member_of`.
struct ForumReading {
    ForumKind kind = ForumKind::other;
    std::string name;
    std::string municipality;             ///< 5-digit code
    std::string layer;                    ///< of the area it is for; empty: the whole municipality
    std::string area;                     ///< name or code of the district
    std::string cadence;                  ///< how often it meets, as written
    std::optional<double> times_per_year; ///< where `cadence` tells it
    std::vector<ForumMember> members;
    std::optional<Day> valid_from;
    std::optional<Day> valid_to; ///< the last day
    std::string source;
    std::string note;
    std::optional<Visibility> visibility;
    std::string owner;                 ///< empty: its municipality
    std::optional<Day> confirmed_on{}; ///< somebody last said that it is so
    TieDecision decided{};

    friend bool operator==(const ForumReading&, const ForumReading&) = default;
};

/// How many visiting helpers an organization has for an area, weekdays and a skill (訪問支援員). Helpers are counted,
/// never named: a row that names one is rejected.
struct HelperCountReading {
    std::string organization;
    std::string municipality;          ///< 5-digit code
    std::string programme;             ///< taxonomy code they work in; empty: not stated
    std::string layer;                 ///< of the area; empty: the whole municipality
    std::string area;                  ///< name or code of the district
    std::uint8_t weekdays = 0;         ///< Monday the lowest bit; 0: not stated
    std::string hours;                 ///< as written
    std::string skill;                 ///< as written: 沐浴, 外国語, …
    std::optional<std::int64_t> count; ///< empty: unknown, which is not none
    std::optional<Day> counted_on;
    std::string note;

    friend bool operator==(const HelperCountReading&, const HelperCountReading&) = default;
};

using AnyReading =
    std::variant<ResourceReading, DistrictReading, PopulationReading, TownReading, NeedReading, HolidayReading,
                 CorrectionReading, LandmarkReading, RelationReading, ForumReading, HelperCountReading>;

/// One of them. Copied and destroyed in one place: written out wherever a row moves, they were a twentieth of the
/// program.
class Reading : public AnyReading {
  public:
    using AnyReading::AnyReading;
    Reading(const Reading&);
    Reading(Reading&&) noexcept;
    Reading& operator=(const Reading&);
    Reading& operator=(Reading&&) noexcept;
    ~Reading();
};

/// As the store keeps it beside the verbatim row: JSON. A district's geometry is left out; it has a column.
std::string text_of(const Reading& reading);

/// The terms that a service's row of the store keeps: a JSON array. Throws as read_as() does.
std::vector<UseTerms> use_terms_of(std::string_view text);

/// What text_of() wrote, as one of the readings above. Throws nlohmann::json::exception or std::runtime_error on text
/// that it did not write.
template <typename Kind>
Kind read_as(std::string_view text);

void to_json(nlohmann::json&, const ResourceReading&);
void from_json(const nlohmann::json&, ResourceReading&);
void to_json(nlohmann::json&, const DistrictReading&);
void from_json(const nlohmann::json&, DistrictReading&);
void to_json(nlohmann::json&, const PopulationReading&);
void from_json(const nlohmann::json&, PopulationReading&);
void to_json(nlohmann::json&, const TownReading&);
void from_json(const nlohmann::json&, TownReading&);
void to_json(nlohmann::json&, const NeedReading&);
void from_json(const nlohmann::json&, NeedReading&);
void to_json(nlohmann::json&, const HolidayReading&);
void from_json(const nlohmann::json&, HolidayReading&);
void to_json(nlohmann::json&, const LandmarkReading&);
void from_json(const nlohmann::json&, LandmarkReading&);
void to_json(nlohmann::json&, const UseTerms&);
void from_json(const nlohmann::json&, UseTerms&);
void to_json(nlohmann::json&, const RelationReading&);
void from_json(const nlohmann::json&, RelationReading&);
void to_json(nlohmann::json&, const ForumReading&);
void from_json(const nlohmann::json&, ForumReading&);
void to_json(nlohmann::json&, const HelperCountReading&);
void from_json(const nlohmann::json&, HelperCountReading&);
void to_json(nlohmann::json&, const CorrectionReading&);
void from_json(const nlohmann::json&, CorrectionReading&);

} // namespace shirube::directory
