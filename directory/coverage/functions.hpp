// Whether a district has all that a policy asks for together: every function of a set, and in a merged area something
// in each school district that it is made of.
#pragma once

#include "directory/coverage/claims.hpp"
#include "directory/coverage/tiers.hpp"
#include "directory/policy.hpp"
#include "directory/reader.hpp"

#include <cstdint>
#include <vector>

namespace shirube::directory {

class Functions {
  public:
    Functions(const Reader& reader, const Policy& policy, const Layer& layer, const LayerMunicipalities& municipalities,
              Day day);

    /// A service that surely stands in a district (place within the layer), and one that perhaps does.
    void note_standing(std::uint32_t area, std::uint32_t service);
    void note_possible(std::uint32_t area, std::uint32_t service);
    /// After all services have been noted.
    void decide();

    /// Whether all of it is there; yes where the policy asks for none.
    [[nodiscard]] Holds of(std::uint32_t area) const { return areas_[area].holds; }
    /// Indices into Policy::functions that no standing service has.
    [[nodiscard]] const std::vector<std::uint32_t>& missing(std::uint32_t area) const { return areas_[area].missing; }
    /// Constituent districts that have nothing, as indices into Reader::districts().
    [[nodiscard]] const std::vector<std::uint32_t>& constituents_missing(std::uint32_t area) const {
        return areas_[area].constituents_missing;
    }

  private:
    struct Area {
        std::uint32_t standing = 0; ///< a bit a function
        std::uint32_t possible = 0;
        Holds holds = Holds::yes;
        std::vector<std::uint32_t> missing;
        std::vector<std::uint32_t> constituents_missing;
    };

    void decide_functions();
    void decide_constituents();

    const Reader& reader_;
    const Policy& policy_;
    const Layer& layer_;
    const LayerMunicipalities& municipalities_;
    Day day_;
    std::vector<std::uint32_t> functions_of_programme_; ///< a bit a function, by ProgrammeIndex
    std::vector<Claims> claims_;                        ///< by function: what lists say of its programmes
    std::vector<Area> areas_;
};

} // namespace shirube::directory
