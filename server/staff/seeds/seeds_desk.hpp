// What of the seeds and needs whoever asks may see, and whether they may write.
#pragma once

#include "directory/seeds/seed_book.hpp"
#include "directory/seeds/seed_matching.hpp"
#include "directory/seeds/seed_sight.hpp"
#include "server/staff/staff_call.hpp"

#include <string>
#include <vector>

namespace shirube::server {

struct SeedsDesk {
    std::string owner; ///< whose staff asks; empty: the whole store's administrator, who has none
    directory::SeenSeeds seen;
    bool may_write = false;

    [[nodiscard]] bool owns(const directory::Seed& seed) const { return may_write && seed.owner == owner; }
    /// Whether askings about a pair may be noted: by the municipality of the one or of the other.
    [[nodiscard]] bool may_ask(const directory::Seed& offer, const directory::Seed& want) const {
        return owns(offer) || owns(want);
    }
    [[nodiscard]] bool may_answer(const directory::Asking& asking) const;
};

/// \throws directory::SeedsError
SeedsDesk seeds_desk(const StaffCall& call);

/// Those that still stand of the other kind, ranked for one.
std::vector<directory::RankedSeed> ranked_for(const directory::Seed& seed, const SeedsDesk& desk,
                                              const directory::Reader& reader, directory::Day today,
                                              std::vector<directory::Seed>& others);

/// How many of the other kind still stand that share a family of programmes with it.
std::size_t in_same_family(const directory::Seed& seed, const SeedsDesk& desk, const directory::Reader& reader,
                           directory::Day today);

/// What is wrong with the file is a sentence for a person, and a problem for a program.
Answer with_seeds(const StaffCall& call, Answer (*answer)(const StaffCall&, const SeedsDesk&));

/// 404 as a page.
Answer no_such_seed(const StaffCall& call);

std::string address_of_seed(const directory::Seed& seed);

} // namespace shirube::server
