// A town's lists twice over: with what the public may not have, and without; and what happens to a store that takes
// them, in the same order for both.
#pragma once

#include "directory/batch.hpp"
#include "directory/store.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace shirube::tests {

/// The editions of one list, oldest first.
using Editions = std::vector<directory::Batch>;

struct LeakTown {
    std::vector<Editions> shown;      ///< what the public may have of each list
    std::vector<Editions> whole;      ///< the same lists with hidden rows among theirs, then lists of hidden rows alone
    std::vector<std::string> secrets; ///< words that stand in hidden rows alone: names, addresses, telephone numbers
};

/// An import of an edition (the next of its list), or taking one back.
struct Step {
    std::size_t list = 0;
    std::size_t edition = 0;
    bool undo = false;
};

/// Two to four lists of places of two dozen names in a few streets, districts, population, needs and a gazetteer; and
/// hidden rows of every kind: of protected programmes and of shown ones that a row keeps for staff, alone, beside and
/// at the places that are shown, under their names and under others, run by the same and by other organizations, by
/// address alone, closed, planned, and gone from a complete list. The same seed makes the same town.
LeakTown make_leak_town(std::uint64_t seed);

/// Adds corrections by hand and decisions on pairs: of what is shown, and in lists of their own of what is hidden.
void add_corrections(LeakTown& town, const std::set<std::string>& shown_ids, const std::set<std::string>& hidden_ids,
                     std::uint64_t seed);

/// Every edition of every list of `whole` imported once, some taken back, lists in any order among each other.
std::vector<Step> make_steps(const LeakTown& town, std::uint64_t seed);

/// Applies the steps that speak of these lists.
void apply(directory::Store& store, const std::vector<Editions>& lists, const std::vector<Step>& steps);

/// The public ids of every service and site that the store ever had.
std::set<std::string> ids_in(const std::filesystem::path& store);

} // namespace shirube::tests
