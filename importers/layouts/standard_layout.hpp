// What the layouts of the municipal standard data sets share: an edition's columns, and the way of a row.
#pragma once

#include "importers/columns/row_cells.hpp"
#include "importers/layouts/layout.hpp"
#include "importers/layouts/standard_row.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::importers {

/// What distinguishes the old edition of a set from the new one.
struct StandardEdition {
    std::string_view profile;
    std::span<const std::string_view> columns;
    std::span<const std::string_view> required;
    StandardColumns names;
};

/// Columns by their names; a blank row is blank, what may not be listed is refused, and the rest is read by the set.
class StandardLayout : public ResourceLayout {
  public:
    /// \param edition outlives the layout
    explicit StandardLayout(const StandardEdition& edition) : edition_(edition) {}

    [[nodiscard]] std::string_view profile() const override { return edition_.profile; }
    [[nodiscard]] HeaderFit fit(std::span<const std::string> header) const override;
    [[nodiscard]] bool is_contact(std::string_view column) const override;

    /// A list of such a layout speaks of whatever its rows name.
    [[nodiscard]] std::vector<std::string> default_programmes() const override { return {}; }

    [[nodiscard]] RowOutcome read(std::span<const std::string> header, const Record& record,
                                  const LayoutContext& context) const final;

  protected:
    /// The programmes a row speaks of, or why it can be none of them. Neither: it is of something else, out of scope.
    struct Programmes {
        std::vector<directory::ProgrammeIndex> found{};
        std::optional<CellProblem> problem{}; ///< of 種別
    };
    [[nodiscard]] virtual Programmes programmes_of(RowCells& cells, const LayoutContext& context) const = 0;

    /// The services of a row that speaks of these programmes.
    [[nodiscard]] virtual std::vector<directory::ServiceReading> read_services(
        RowCells& cells, std::span<const directory::ProgrammeIndex> programmes,
        const directory::Taxonomy& taxonomy) const = 0;

  private:
    const StandardEdition& edition_;
};

} // namespace shirube::importers
