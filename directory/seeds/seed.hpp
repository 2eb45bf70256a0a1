// Seeds and needs (シーズとニーズ): an offer says who would take on a programme, a want which municipality looks for
// somebody who does, an asking who asked whom about a want and what they answered. Everything that may be unknown is.
#pragma once

#include "directory/calendar.hpp"
#include "directory/codes.hpp"
#include "directory/schedule.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::directory {

enum class SeedKind : std::uint8_t { offer, want };

/// Whose staff see it beside the municipality that entered it.
enum class SeedSharing : std::uint8_t {
    own,  ///< nobody else's
    area, ///< those of the municipalities that its area names
    all   ///< every municipality's
};

enum class SeedState : std::uint8_t {
    open,
    settled,  ///< somebody was found
    withdrawn ///< it does not stand any more
};

/// Whether it is for nights too.
enum class SeedNights : std::uint8_t { unknown, no, yes };

/// What a fee is paid for.
enum class FeePer : std::uint8_t { hour, session, day, night, month, year };

struct SeedFee {
    std::int64_t yen = 0;
    FeePer per = FeePer::day;
    friend bool operator==(const SeedFee&, const SeedFee&) = default;
};

/// How much: persons, nights, households …
struct SeedAmount {
    std::int64_t count = 0; ///< zero is a stated zero
    Unit unit = Unit::persons;
    friend bool operator==(const SeedAmount&, const SeedAmount&) = default;
};

struct Seed {
    std::string id; ///< empty: not kept yet
    SeedKind kind = SeedKind::offer;
    std::string owner;                    ///< the municipality that entered it, see owner_of(); of a want it is its
    std::string key;                      ///< its number in the owner's own list; empty: it has none
    std::string organization;             ///< of an offer
    std::string site;                     ///< of an offer: public id; empty: not stated
    std::vector<std::string> programmes;  ///< codes of the taxonomy, at least one
    std::vector<std::string> areas;       ///< codes (2 or 5 digits) and "layer:code"; empty: not stated, or all of it
    std::optional<std::int64_t> within_m; ///< of an offer, from its site
    std::optional<SeedAmount> amount;     ///< offered or wanted
    std::optional<Day> from;
    WeekdayMask weekdays = 0; ///< 0: not stated
    SeedNights nights = SeedNights::unknown;
    std::optional<int> from_age;     ///< whole years
    std::optional<int> to_age;       ///< whole years, this one too
    std::vector<Contract> contracts; ///< any of them would do; empty: not stated
    std::optional<SeedFee> fee;      ///< of an offer at least, of a want what is paid
    std::string terms;               ///< in words
    std::string contact;             ///< a department or a role
    std::string phone;
    std::string mail;
    std::string note;
    std::string source;
    Day as_of{};
    std::optional<Day> until; ///< the last day on which it holds
    SeedSharing sharing = SeedSharing::own;
    SeedState state = SeedState::open;
    /// Coordinators alone see it where it names what is for them: a programme, a place, an organization.
    Visibility kept_for = Visibility::staff;
    std::int64_t version = 0; ///< counts its changes

    friend bool operator==(const Seed&, const Seed&) = default;
};

/// Whether somebody may still be found for it, or by it.
bool stands(const Seed& seed, Day today) noexcept;

enum class SeedAnswer : std::uint8_t { waiting, yes, declined, later };

/// Why somebody declines.
enum class DeclineReason : std::uint8_t { no_staff, no_room, too_far, fee_too_low, other_terms, not_ready, other };

struct Asking {
    std::string id; ///< empty: not kept yet
    std::string owner;
    std::string want;
    std::string offer; ///< empty: of whom nothing is offered
    std::string organization;
    std::string asked_by;
    Day asked_on{};
    SeedAnswer answer = SeedAnswer::waiting;
    std::optional<DeclineReason> reason; ///< of one that declines
    std::string words;
    std::optional<Day> answered_on;
    Visibility kept_for = Visibility::staff; ///< of one whose organization is typed

    friend bool operator==(const Asking&, const Asking&) = default;
};

inline constexpr std::size_t k_longest_seed_line = 120;  ///< characters: names, contacts, sources
inline constexpr std::size_t k_longest_seed_words = 500; ///< characters: terms, notes, answers
inline constexpr std::size_t k_most_seed_parts = 60;     ///< of a list: programmes, areas
inline constexpr std::int64_t k_most_seed_amount = 1'000'000;
inline constexpr std::int64_t k_most_seed_yen = 1'000'000'000;
inline constexpr std::int64_t k_farthest_seed_m = 500'000;
inline constexpr int k_oldest_seed_age = 39;
inline constexpr std::int64_t k_most_seeds_of_owner = 2'000; ///< of each kind
inline constexpr std::int64_t k_most_askings_of_owner = 20'000;

inline constexpr std::array k_seed_sharings{SeedSharing::own, SeedSharing::area, SeedSharing::all};
inline constexpr std::array k_seed_states{SeedState::open, SeedState::settled, SeedState::withdrawn};
inline constexpr std::array k_fee_pers{FeePer::hour,  FeePer::session, FeePer::day,
                                       FeePer::night, FeePer::month,   FeePer::year};
inline constexpr std::array k_seed_answers{SeedAnswer::waiting, SeedAnswer::yes, SeedAnswer::declined,
                                           SeedAnswer::later};
inline constexpr std::array k_decline_reasons{
    DeclineReason::no_staff,    DeclineReason::no_room,   DeclineReason::too_far, DeclineReason::fee_too_low,
    DeclineReason::other_terms, DeclineReason::not_ready, DeclineReason::other};
/// Those that an amount may be of.
inline constexpr std::array k_seed_units{Unit::persons,     Unit::households, Unit::cumulative_persons,
                                         Unit::person_days, Unit::nights,     Unit::sessions,
                                         Unit::hours,       Unit::cases};
inline constexpr std::array k_seed_contracts{
    Contract::direct,     Contract::direct_instructor,  Contract::entrusted,  Contract::partly_entrusted,
    Contract::registered, Contract::designated_manager, Contract::individual, Contract::mutual,
    Contract::subsidised, Contract::independent};

std::string_view code_of(SeedKind) noexcept;
std::string_view code_of(SeedSharing) noexcept;
std::string_view code_of(SeedState) noexcept;
std::string_view code_of(SeedNights) noexcept;
std::string_view code_of(FeePer) noexcept;
std::string_view code_of(SeedAnswer) noexcept;
std::string_view code_of(DeclineReason) noexcept;

/// The Japanese word as lists write it.
std::string_view label_of(SeedSharing) noexcept;
std::string_view label_of(SeedState) noexcept;
std::string_view label_of(SeedNights) noexcept;
std::string_view label_of(FeePer) noexcept;
std::string_view label_of(SeedAnswer) noexcept;
std::string_view label_of(DeclineReason) noexcept;

/// Reads a code or a Japanese word; nothing where neither fits.
template <class T>
std::optional<T> parse_seed_code(std::string_view text) noexcept;

} // namespace shirube::directory
