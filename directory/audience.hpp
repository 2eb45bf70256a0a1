// Who reads: a class, and above the public a municipality. Everything an audience may not have is left out when its
// edition is built; there is no filter behind it.
#pragma once

#include "directory/codes.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace shirube::directory {

/// Up to which class an audience sees the hidden rows of one municipality: its own, or one that shares them with it.
struct SeenOwner {
    std::string owner; ///< 5-digit code, see owner_of()
    Visibility up_to = Visibility::staff;

    friend bool operator==(const SeenOwner&, const SeenOwner&) = default;
};

/// The public, or the staff (or coordinators) of one municipality.
struct Audience {
    std::string municipality{};      ///< empty: the public
    std::vector<SeenOwner> owners{}; ///< its own first; empty for the public

    [[nodiscard]] bool is_public() const noexcept { return owners.empty(); }

    /// The highest class it sees of its own municipality.
    [[nodiscard]] Visibility sees() const noexcept {
        return owners.empty() ? Visibility::everyone : owners.front().up_to;
    }

    /// Whether a record of that class and owner belongs to this audience's edition.
    [[nodiscard]] bool may_see(Visibility visibility, std::string_view owner) const noexcept;

    friend bool operator==(const Audience&, const Audience&) = default;
};

/// The municipality that hidden rows of `municipality` belong to: itself, or the designated city of a ward.
std::string owner_of(std::string_view municipality);

} // namespace shirube::directory
