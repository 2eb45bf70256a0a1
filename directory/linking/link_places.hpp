// Which of the places that rows state are one, and which pairs a person should look at. A function of the set of places
// and decisions alone: in whatever order they are given, the answer is the same.
#pragma once

#include "directory/linking/score.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace shirube::directory {

/// What a person decided on two stated places, by their ids.
struct LinkDecision {
    std::string a;
    std::string b;
    bool same = false;
    /// Where it speaks of something hidden it holds only for two of which one is hidden as well: it must not move what
    /// more may see. Of several on the same two the most hidden that may speak holds.
    Visibility visibility = Visibility::everyone;
};

struct DoubtfulPair {
    std::size_t a = 0; ///< places in the input
    std::size_t b = 0;
    Score score;
};

struct LinkedPlaces {
    /// By place of the input: the place whose id stands for all that are one with it. The smallest id of those that
    /// most may see: what is hidden changes no public id, and what is for coordinators none of the staff's.
    std::vector<std::size_t> site;
    /// By place of the input: why it is linked, empty where it stands alone or stands for the others.
    std::vector<std::string> reason;
    std::vector<DoubtfulPair> doubts; ///< not linked; ascending by ids
};

/// \param places with different ids, all of one municipality (a designated city with its wards)
LinkedPlaces link_places(std::span<const StatedPlace> places, std::span<const LinkDecision> decisions);

} // namespace shirube::directory
