// What every organization and every place of an edition runs: asked of the few that somebody names, instead of going
// through all services of a country.
#pragma once

#include "directory/reader.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace shirube::directory {

/// Asked for by Reader::who_runs().
class WhoRuns {
  public:
    explicit WhoRuns(const Reader& reader);

    /// Services that an organization runs, by index, in the order of their ids.
    /// \param organization a row of Reader::organizations() that is there
    [[nodiscard]] std::span<const std::uint32_t> run_by(std::uint32_t organization) const noexcept {
        return by_organization_.of(organization);
    }
    /// Likewise, what is run at a place. \param site a row of Reader::sites() that is there
    [[nodiscard]] std::span<const std::uint32_t> run_at(std::uint32_t site) const noexcept { return by_site_.of(site); }

  private:
    class ByRow {
      public:
        ByRow() = default;
        /// \param row_of the row of each of these services, or k_no_index
        ByRow(std::span<const std::uint32_t> services, std::span<const std::uint32_t> row_of, std::size_t rows);

        [[nodiscard]] std::span<const std::uint32_t> of(std::uint32_t row) const noexcept {
            return std::span(services_).subspan(first_[row], first_[row + 1] - first_[row]);
        }

      private:
        std::vector<std::uint32_t> first_; ///< by row, one past the last too
        std::vector<std::uint32_t> services_;
    };

    ByRow by_organization_;
    ByRow by_site_;
};

} // namespace shirube::directory
