// Stations, schools, halls and postal codes of an edition: found by what is typed, and by what lies near.
#pragma once

#include "directory/reader.hpp"
#include "directory/snapshot/text_index.hpp"
#include "directory/state.hpp"
#include "geo/point_index.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::directory {

class LandmarkBook {
  public:
    explicit LandmarkBook(std::vector<LandmarkRow> rows);

    [[nodiscard]] const std::vector<LandmarkRow>& rows() const noexcept { return rows_; }

    /// Name, reading, and of a postal code its town, folded and apart: a document a row.
    [[nodiscard]] const TextIndex& text() const noexcept { return text_; }

    /// Whose whole name or reading is this, folded; of a station with or without its 駅. Ascending.
    [[nodiscard]] std::vector<std::uint32_t> called(std::string_view name) const;

    [[nodiscard]] std::optional<NearLandmark> nearest(LandmarkKind kind, geo::LonLat point, double within_m) const;

  private:
    static constexpr std::size_t k_kinds = 4;
    struct Located {
        std::vector<std::uint32_t> rows; ///< by item of the index
        geo::PointIndex index;
    };
    std::vector<LandmarkRow> rows_;
    std::vector<std::string> readings_; ///< by row, folded; empty: nobody knows
    TextIndex text_;
    std::array<Located, k_kinds> located_; ///< by kind; postal codes are not asked for what lies near
};

} // namespace shirube::directory
