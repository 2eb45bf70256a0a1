// The closed code lists of the directory: one enum a list, each with its code (stable, used by the API and the store)
// and its Japanese label (used by lists and pages). `unknown` is a value of its own wherever a source may be silent.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace shirube::directory {

/// How a family begins to use a service (利用方法).
enum class Entry : std::uint8_t { unknown, drop_in, register_first, apply, referral, municipal_decision };

/// Who brings a child to a service (送迎).
enum class Transport : std::uint8_t { unknown, none, guardian, provider, municipality, coordinator };

/// Where a service stands in its life (状態).
enum class Status : std::uint8_t { active, planned, pilot, suspended, closed };

/// How sure the directory is that a service exists as stated (確度).
enum class Certainty : std::uint8_t { confirmed, reported, stale };

/// The legal form between the municipality and whoever runs a service (契約).
enum class Contract : std::uint8_t {
    unknown,
    direct,
    direct_instructor,
    entrusted,
    partly_entrusted,
    registered,
    designated_manager,
    individual,
    mutual,
    subsidised,
    independent
};

/// How well a position is known. `withheld` was kept back by the source, `none` was never given or not found.
enum class PositionQuality : std::uint8_t { exact, block, town, municipality, withheld, none };

/// Who may see a record. Each class sees what stands before it too.
enum class Visibility : std::uint8_t { everyone, staff, coordinator };

/// Whether a service costs its user anything.
enum class Fee : std::uint8_t { unknown, free, paid };

/// A district's own state: 休校 and the like are reported apart, never counted as blank.
enum class DistrictStatus : std::uint8_t { active, suspended };

/// What a service offers at the place (特徴); a bit each.
enum class Feature : std::uint8_t { parking, stroller, private_room, step_free, online, visiting, line, web_form };

/// For whom a service is beyond an age (対象); a bit each.
enum class ForWhom : std::uint8_t { expecting, parents, young_carer, foreign_roots, disability };

/// What people find their way by (目印): somewhere that is no service of the directory but that they type.
enum class LandmarkKind : std::uint8_t { station, school, facility, postal_code };

/// What a figure of an indicator counts (単位). Figures of different units are never added or compared.
enum class Unit : std::uint8_t {
    persons,
    households,
    cumulative_persons,
    person_days,
    nights,
    sessions,
    hours,
    cases,
    percent
};

/// How two are tied to each other (つながり); always from the first to the second.
enum class RelationKind : std::uint8_t {
    entrusts,    ///< 委託: hands a programme over
    refers,      ///< 紹介: sends families on
    member_of,   ///< 構成員: belongs to a forum or a network
    coordinates, ///< 調整: answers for an area
    shares,      ///< 相互利用: opens its services to residents of another municipality
    succeeds,    ///< 承継: goes on with what another did
    hosts        ///< 場所の提供: gives room to another, or calls a forum together
};

/// What a meeting of organizations is (会議体).
enum class ForumKind : std::uint8_t {
    protection_council, ///< 要保護児童対策地域協議会, article 25-2 of the Child Welfare Act
    round_table,        ///< 円卓会議・連絡会
    area_conference,    ///< 地区ごとの会議
    network,            ///< a standing network of organizations
    other
};

/// What stands at one end of a relation.
enum class PartyKind : std::uint8_t { organization, site, forum, district, municipality };

/// Who decided a correction by hand (決めた人): a role. Names of persons are never kept.
enum class Decider : std::uint8_t { coordinator, department, centre, council, provider, visitor, other };

/// What a correction by hand speaks of: a value of a place, or of a service.
enum class CorrectedField : std::uint8_t {
    // Of the place:
    name,
    kana,
    public_name,
    address, ///< with building and position: who moves takes them along
    building,
    position,
    // Of the service:
    ages, ///< and the school stage
    for_whom,
    entry,
    fee,
    transport,
    capacity,
    contract,
    department,
    status,
    certainty,
    schedules,
    features,
    serves,
    usable_by,
    phone,
    url,
    note,
    valid_from,
    valid_to,
    last_confirmed_on
};

[[nodiscard]] constexpr bool is_of_the_place(CorrectedField field) noexcept {
    return field <= CorrectedField::position;
}

/// The stable code of a value, e.g. Entry::drop_in → "drop_in".
std::string_view code_of(Entry) noexcept;
std::string_view code_of(Transport) noexcept;
std::string_view code_of(Status) noexcept;
std::string_view code_of(Certainty) noexcept;
std::string_view code_of(Contract) noexcept;
std::string_view code_of(PositionQuality) noexcept;
std::string_view code_of(Visibility) noexcept;
std::string_view code_of(Fee) noexcept;
std::string_view code_of(DistrictStatus) noexcept;
std::string_view code_of(Feature) noexcept;
std::string_view code_of(ForWhom) noexcept;
std::string_view code_of(LandmarkKind) noexcept;
std::string_view code_of(Unit) noexcept;
std::string_view code_of(RelationKind) noexcept;
std::string_view code_of(ForumKind) noexcept;
std::string_view code_of(PartyKind) noexcept;
std::string_view code_of(Decider) noexcept;
std::string_view code_of(CorrectedField) noexcept;

/// The Japanese label as lists write it, e.g. Entry::drop_in → "立ち寄り".
std::string_view label_of(Entry) noexcept;
std::string_view label_of(Transport) noexcept;
std::string_view label_of(Status) noexcept;
std::string_view label_of(Certainty) noexcept;
std::string_view label_of(Contract) noexcept;
std::string_view label_of(Feature) noexcept;
std::string_view label_of(ForWhom) noexcept;
std::string_view label_of(LandmarkKind) noexcept;
std::string_view label_of(Unit) noexcept;
std::string_view label_of(RelationKind) noexcept;
std::string_view label_of(ForumKind) noexcept;
std::string_view label_of(PartyKind) noexcept;
std::string_view label_of(Decider) noexcept;
std::string_view label_of(Visibility) noexcept;
std::string_view label_of(CorrectedField) noexcept;

/// Reads a code or a Japanese label of list `T`; nothing where neither fits (the caller says so, it never guesses).
template <class T>
std::optional<T> parse_code(std::string_view text) noexcept;

} // namespace shirube::directory
