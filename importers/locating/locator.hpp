// From an address to a position, as finely as the gazetteer knows it: its block or lot, else its town, with the
// quality. A point is never invented: an address that names no town of the gazetteer stays without one, and a number
// that the town's blocks do not have leaves it at its town.
#pragma once

#include "directory/reading.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::importers {

/// Where an address lies, as well as the gazetteer knows.
struct Location {
    geo::LonLat position{};
    directory::PositionQuality quality = directory::PositionQuality::town;
    double accuracy_m = 0;    ///< radius that holds the true place
    std::string municipality; ///< 5-digit code where the gazetteer knows it
    std::string municipality_name;
    std::string matched; ///< the gazetteer's own words for it
};

class Locator {
  public:
    explicit Locator(std::vector<directory::TownReading> towns);
    Locator(Locator&&) noexcept;
    Locator& operator=(Locator&&) noexcept;
    ~Locator();

    /// \param address as written, with or without prefecture and municipality, any numerals
    /// \param municipality 5-digit code or name the row or the list states; empty where unknown
    /// Nothing where no single town fits: several towns of one name in different municipalities are no answer.
    [[nodiscard]] std::optional<Location> locate(std::string_view address, std::string_view municipality) const;

    /// The same no further than to the town: for names of towns, whose numbers are no lots.
    [[nodiscard]] std::optional<Location> locate_town(std::string_view town, std::string_view municipality) const;

    /// The municipality itself: the middle of its towns, with a radius that holds them. Nothing where the gazetteer has
    /// none of that code or name, or several (a city of wards). \param prefecture its full name; empty where unknown
    [[nodiscard]] std::optional<Location> locate_municipality(std::string_view municipality,
                                                              std::string_view prefecture) const;

    /// Candidates for a search field, best first: towns and municipalities whose name holds what was typed, folded. Of
    /// a municipality `matched` is empty.
    [[nodiscard]] std::vector<Location> candidates(std::string_view text, std::size_t most) const;

    [[nodiscard]] bool empty() const noexcept;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace shirube::importers
