// Names that lists keep for staff: no tie makes one known by whom it is tied to, whatever was imported first and
// whatever was decided afterwards.
#pragma once

#include "directory/codes.hpp"
#include "directory/reading.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shirube::directory {

/// What a place is called that is kept from the public.
struct HiddenName {
    std::string name;
    std::string municipality; ///< whose staff see it: its list's owner, else where it lies; empty: nobody says
    Visibility sees = Visibility::staff;
};

/// Places that the public is not told of, by what they are called.
class HiddenNames {
  public:
    HiddenNames() = default;
    explicit HiddenNames(const std::vector<HiddenName>& names);

    [[nodiscard]] bool is_empty() const noexcept { return anywhere_.empty(); }

    /// Who may see a tie, or a meeting, by whom it names; everyone where no name is a hidden place's. Who writes for
    /// one municipality learns of no other's hidden names, not even that there are such: of a row with an owner its own
    /// names alone count.
    [[nodiscard]] Visibility floor_of(const RelationReading& tie) const;
    [[nodiscard]] Visibility floor_of(const ForumReading& forum) const;

  private:
    /// \param usual the municipality where the party does not say its own; empty: any
    /// \param owner whose names alone count; empty: everybody's
    [[nodiscard]] Visibility floor_of(const PartyReading& party, std::string_view usual, std::string_view owner) const;

    std::map<std::pair<std::string, std::string>, Visibility> sees_; ///< by folded name, then whose
    std::map<std::string, Visibility, std::less<>> anywhere_;
};

} // namespace shirube::directory
