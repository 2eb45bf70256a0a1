// A town's lists with hidden records of every kind, of two municipalities, and what happens to a store that takes them.
// What one audience may have of them is said in leak_part.hpp.
#pragma once

#include "directory/batch.hpp"
#include "directory/store.hpp"

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace shirube::tests {

/// The two municipalities that hide things, and a third they have agreements with.
inline constexpr const char* k_ours = "99201";
inline constexpr const char* k_theirs = "99341";
inline constexpr const char* k_thirds = "99202";

/// The editions of one list, oldest first.
using Editions = std::vector<directory::Batch>;

/// A policy that a municipality keeps: what of it everybody may have, and what its staff alone.
struct LeakPolicy {
    std::string municipality;
    std::string shown;  ///< JSON of the version that is public; empty: none is
    std::string hidden; ///< JSON of a version that is not; empty: there is none
    bool retired = false;
};

/// Rules of matching, which are their municipality's alone.
struct LeakRules {
    std::string municipality;
    std::string hidden; ///< JSON
};

struct LeakTown {
    std::vector<Editions> lists;
    std::vector<directory::Agreement> agreements;
    std::vector<LeakPolicy> policies;
    std::vector<LeakRules> rules;
    std::size_t well_known = 0;       ///< the list that no import takes back: it has every name that a tie may tell
    std::vector<std::string> secrets; ///< words that stand in what is hidden alone: names, addresses, telephone numbers
};

/// An import of an edition (the next of its list), or taking one back.
struct Step {
    std::size_t list = 0;
    std::size_t edition = 0;
    bool undo = false;
};

/// Lists of places of two dozen names in a few streets, complete and partial ones; districts, population, needs and a
/// gazetteer. Some of their rows, and all of further lists, are hidden: of protected programmes, kept for staff or for
/// coordinators by their row, owned by the municipality they lie in or by the other; alone, beside and at places that
/// are shown, in the same rows before or behind what is shown, under their names and under others, run by the same and
/// by other organizations, by address alone, closed, planned, gone and left out. Rows come to be public, and of
/// complete lists also hidden. Public and hidden rows say things for staff, withhold fields and their place. The same
/// seed makes the same town.
LeakTown make_leak_town(std::uint64_t seed);

/// Adds corrections by hand and decisions on pairs that name any of the ids, each in a list of others like it.
void add_corrections(LeakTown& town, const std::set<std::string>& shown_ids, const std::set<std::string>& hidden_ids,
                     std::uint64_t seed);

/// Every edition of every list imported once, some taken back, lists in any order among each other.
std::vector<Step> make_steps(const LeakTown& town, std::uint64_t seed);

} // namespace shirube::tests
