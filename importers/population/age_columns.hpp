// Columns of people by age, understood by their labels: the total, and bands that can be added up. Where a table tells
// men and women alone, a band is the two together.
#pragma once

#include "directory/reading.hpp"
#include "importers/population/population.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::importers {

class AgeColumns {
  public:
    AgeColumns() = default;

    /// \param labels one a column, as the file writes them
    explicit AgeColumns(std::span<const std::string> labels);

    [[nodiscard]] bool has_ages() const noexcept { return !bands_.empty(); }

    /// Told of a cell that is no count: its column and what it holds.
    using Unreadable = std::function<void(std::size_t column, std::string_view cell)>;

    /// Fills total and bands of `reading` from a row's cells. A band of two columns is known where both are.
    void read(std::span<const std::string> cells, directory::PopulationReading& reading,
              const Unreadable& unreadable) const;

    /// What a column was understood as, for --explain: "total", "ages 0-14"; empty: nothing of ours.
    [[nodiscard]] std::string understood(std::size_t column) const;

  private:
    struct Summands {
        MeshColumn meaning;
        std::vector<std::size_t> columns; ///< one, or men and women
        std::vector<std::size_t> less;    ///< of a band between two open ones: those who are older
    };
    /// Adds the bands of children that lie between open ones.
    static void add_between_open(std::vector<Summands>& whole);

    std::optional<Summands> total_;
    std::vector<Summands> bands_;
};

} // namespace shirube::importers
