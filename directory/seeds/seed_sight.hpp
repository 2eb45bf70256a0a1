// What of the seeds, needs and askings an audience has. What it may not have is left out here, once, before anything is
// shown, matched or counted.
#pragma once

#include "directory/reader.hpp"
#include "directory/seeds/seed.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace shirube::directory {

/// Everything of a file of seeds.
struct AllSeeds {
    std::vector<Seed> seeds;
    std::vector<Asking> askings; ///< what was noted last first
};

struct SeenSeeds {
    std::vector<Seed> offers;    ///< by programme, organization and id
    std::vector<Seed> wants;     ///< by owner, programme and id
    std::vector<Asking> askings; ///< the newest first

    [[nodiscard]] const Seed* find(std::string_view id) const noexcept;
    /// The newest asking of that pair; null where there is none.
    [[nodiscard]] const Asking* last_between(std::string_view offer, std::string_view want) const noexcept;
};

/// \param reader of the audience; the public's has nothing
SeenSeeds seen_by(const Reader& reader, AllSeeds all);

/// The least class of readers who may know of an organization of that name: everyone where it is nobody of the
/// directory's. \param reader of the owner
Visibility class_of_organization(const std::string& name, const Reader& reader);

/// The same of all that a record names: its programmes, its place, its organization. Others may be told of it where
/// that is everyone.
Visibility class_of_named(const Seed& seed, const Reader& reader);

/// How often something was asked and answered, of the askings given.
struct AskedCounts {
    std::size_t askings = 0;
    std::size_t organizations = 0; ///< different ones
    std::size_t waiting = 0;
    std::size_t yes = 0;
    std::size_t later = 0;
    std::size_t declined = 0;
    std::size_t declined_organizations = 0;
    struct Reason {
        DeclineReason reason = DeclineReason::other;
        std::size_t askings = 0;
        std::size_t organizations = 0;
    };
    std::vector<Reason> reasons; ///< that were given, the most frequent first
};
AskedCounts counts_of(const std::vector<Asking>& askings);

} // namespace shirube::directory
