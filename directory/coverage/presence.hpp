// What a cell of a table says is there: something, perhaps, surely nothing, or nobody knows.
#pragma once

#include "directory/taxonomy.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace shirube::directory {

/// First match.
enum class Presence : std::uint8_t {
    some,     ///< surely something
    possible, ///< something that no list confirms, or whose list does not say what is asked
    none,     ///< complete lists in force name nothing
    unknown   ///< no list says
};

inline constexpr std::array k_presences{Presence::some, Presence::possible, Presence::none, Presence::unknown};

std::string_view code_of(Presence) noexcept;
const Label& label_of(Presence);

/// \param is_complete whether lists in force hold all there is
constexpr Presence presence_of(int surely, int possibly, bool is_complete) noexcept {
    if (surely > 0) {
        return Presence::some;
    }
    if (possibly > 0) {
        return Presence::possible;
    }
    return is_complete ? Presence::none : Presence::unknown;
}

/// How many cells say what; they add up to all.
struct PresenceSum {
    int some = 0;
    int possible = 0;
    int none = 0;
    int unknown = 0;

    void add(Presence presence) noexcept {
        some += presence == Presence::some ? 1 : 0;
        possible += presence == Presence::possible ? 1 : 0;
        none += presence == Presence::none ? 1 : 0;
        unknown += presence == Presence::unknown ? 1 : 0;
    }
    [[nodiscard]] int of(Presence presence) const noexcept {
        return presence == Presence::some       ? some
               : presence == Presence::possible ? possible
               : presence == Presence::none     ? none
                                                : unknown;
    }
};

} // namespace shirube::directory
