// Names that lists keep for staff: no tie makes one known by whom it is tied to, whatever was imported first and
// whatever was decided afterwards.
#pragma once

#include "directory/codes.hpp"
#include "directory/reading.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shirube::directory {

/// What a place is called that is kept from the public, or that is publicly called otherwise.
struct HiddenName {
    std::string name;
    std::string municipality; ///< whose staff see it: its list's owner, else where it lies; empty: nobody says
    Visibility sees = Visibility::staff;
    std::string called{}; ///< what everybody may call it; empty: nothing
};

/// An organization or a place as a tie names it, and whose matter its name is.
struct TiedName {
    std::string folded;
    std::string whose;       ///< the municipality; empty: nobody says
    bool is_foreign = false; ///< another municipality's than that whose staff wrote the tie
};

/// Whom a tie's end names; nothing where that is no organization or place.
/// \param usual the municipality where the party does not say its own
/// \param owner the tie's, as its row says (RelationReading::owner); empty: whoever runs the program wrote it
std::optional<TiedName> tied_name(const PartyReading& party, std::string_view usual, std::string_view owner);

class HiddenNames {
  public:
    HiddenNames() = default;
    explicit HiddenNames(const std::vector<HiddenName>& names);

    [[nodiscard]] bool empty() const noexcept { return anywhere_.empty(); }

    /// What is hidden under a name. Of another municipality's names nothing is told to whoever writes for one: not even
    /// that there are such.
    [[nodiscard]] const HiddenName* find(const TiedName& name) const;

    /// Who may see a tie by whom it names; everyone where no name is hidden altogether.
    [[nodiscard]] Visibility floor_of(const RelationReading& tie) const;
    /// The same of a member of a meeting.
    [[nodiscard]] Visibility floor_of(const ForumReading& forum, const PartyReading& member) const;

  private:
    [[nodiscard]] Visibility floor_of(const PartyReading& party, std::string_view usual, std::string_view owner) const;

    std::map<std::pair<std::string, std::string>, HiddenName> names_; ///< by folded name, then whose
    std::map<std::string, HiddenName, std::less<>> anywhere_;
};

} // namespace shirube::directory
