// Whose matter a tie or a meeting is, and who may see it at most: nobody makes another municipality's ties, and no name
// that lists keep for staff becomes known by whom it is tied to.
#pragma once

#include "directory/reading.hpp"
#include "directory/store.hpp"
#include "importers/columns/row_cells.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shirube::importers {

struct ImportOptions;

/// Places that the public is not told of, by what they are called.
class HiddenNames {
  public:
    HiddenNames() = default;
    explicit HiddenNames(const std::vector<directory::HiddenName>& names);

    /// Who may see the name at least; everyone where it is no hidden place's.
    /// \param usual the municipality where the party does not say its own; empty: any
    [[nodiscard]] directory::Visibility floor_of(const directory::PartyReading& party, std::string_view usual) const;

  private:
    std::map<std::pair<std::string, std::string>, directory::Visibility> sees_; ///< by folded name, then municipality
    std::map<std::string, directory::Visibility, std::less<>> anywhere_;
};

/// Settles who may see it, and notes what was changed: tie_of_another, tie_hidden_end. A decision on another row is
/// left as it is: whether it may speak of that one the store decides.
/// \returns false where it is not the owner's to write (`options.owner`; empty: whoever runs the program may write
/// all): tie_of_others
bool settle_audience(RowCells& cells, const HiddenNames* hidden, const ImportOptions& options,
                     directory::RelationReading& relation);
bool settle_audience(RowCells& cells, const HiddenNames* hidden, const ImportOptions& options,
                     directory::ForumReading& forum);

} // namespace shirube::importers
