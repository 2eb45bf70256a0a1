// A layout of landmarks: how its header is known, and what one record of it says. A new one is a file that implements
// LandmarkLayout and a line in landmark_layouts().
#pragma once

#include "directory/reading.hpp"
#include "directory/taxonomy.hpp"
#include "importers/columns/row_cells.hpp"
#include "importers/landmarks/surroundings.hpp"
#include "importers/layouts/layout.hpp"
#include "importers/locating/locator.hpp"
#include "importers/report/intake.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace shirube::importers {

/// What reading landmarks needs beside the file.
struct LandmarkDesk {
    const directory::Taxonomy& taxonomy;
    const Locator& locator;
    const Surroundings& around;
    double within_m = 0; ///< of lists of the whole country what lies farther from every town is left out; 0: nothing is

    /// Whether a point is near enough to be kept; every one is, where no gazetteer says what there is.
    [[nodiscard]] bool is_near(geo::LonLat point) const {
        return within_m <= 0 || around.empty() || around.has_town_within(point, within_m);
    }
};

enum class LandmarkFate : std::uint8_t {
    taken,
    outside, ///< of another part of the country
    same,    ///< it goes on with, or says again, what a row before it said
    rejected ///< a note says why
};

struct LandmarkOutcome {
    LandmarkFate fate = LandmarkFate::rejected;
    std::string key{}; ///< identity within the list, where it was taken
    directory::PositionQuality quality = directory::PositionQuality::none;
    directory::LandmarkReading reading{};
};

class LandmarkLayout {
  public:
    virtual ~LandmarkLayout() = default;

    /// One record; records come in the order of the table. Doubts are noted at the cells.
    virtual LandmarkOutcome read(RowCells& cells) = 0;

    /// The prefecture all records so far were of; empty where they were of several, or none says.
    [[nodiscard]] virtual std::string prefecture() const { return {}; }
};

/// A layout before any table: what names it, and what knows its tables.
struct LandmarkLayoutKind {
    std::string_view profile;
    std::string_view publisher; ///< of the lists; empty: whoever imports says
    bool is_one_list = false;   ///< of the state: a new edition takes the place of the one before, whatever its file
    HeaderFit (*fit)(std::span<const std::string> header);
    std::unique_ptr<LandmarkLayout> (*make)(const Table& table, const LandmarkDesk& desk, const ImportOptions& options);
};

/// Every layout known, in the order in which they are tried.
std::span<const LandmarkLayoutKind> landmark_layouts();

/// Whether a name may not stand among what everybody is shown: a protected place, a private home.
bool may_not_be_named(std::string_view name);

} // namespace shirube::importers
