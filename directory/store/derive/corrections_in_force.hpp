// The corrections in force, as those who derive places and services ask for them. They are few: all are held.
#pragma once

#include "directory/linking/link_places.hpp"
#include "directory/reading.hpp"
#include "directory/store/sqlite.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace shirube::directory {

/// A correction of values, with its row.
struct Correction {
    std::int64_t row_id = 0;
    std::int64_t list_id = 0;
    CorrectionReading reading;
};

class CorrectionsInForce {
  public:
    explicit CorrectionsInForce(Database& database);

    /// The places in all() of those that speak of a place or a service; ascending.
    [[nodiscard]] std::span<const std::size_t> of(const std::string& public_id) const;

    /// Corrections of values, the oldest decision first; then by the list's date, its name and the row's key, so that
    /// the order of imports does not matter.
    [[nodiscard]] const std::vector<Correction>& all() const noexcept { return all_; }

    /// What was decided on two places, by the ids of the places as stated. Of several decisions on the same two the
    /// newest holds; of one day the careful one. One that names something hidden holds only among what is as hidden:
    /// there it may stand beside one that holds for any. What names things of two owners is nobody's to say.
    [[nodiscard]] const std::vector<LinkDecision>& decisions() const noexcept { return decisions_; }

  private:
    std::vector<Correction> all_;
    std::unordered_map<std::string, std::vector<std::size_t>> by_target_;
    std::vector<LinkDecision> decisions_;
};

/// Where a place or a service of a public id stands now.
struct StandingPlace {
    std::string place_id; ///< public id of the place as its rows state it
    std::string unit;     ///< the municipality whose places are compared with it
    std::int64_t site_id = 0;
    std::string name;
    std::string address;
    Visibility visibility = Visibility::everyone; ///< who may see what the id names: a service, or a place by some row
    std::string owner;                            ///< of what is hidden
};

class StandingPlaces {
  public:
    explicit StandingPlaces(Database& database);

    /// Empty where no row in force states a place, or has a service, of that id.
    std::vector<StandingPlace> of(const std::string& public_id);

  private:
    Statement select_;
};

} // namespace shirube::directory
